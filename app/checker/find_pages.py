"""Finding the council that issues badges where somebody lives."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from app.checker.site import site
from app.checker.statement_pages import add_statements
from app.checker.visit import read_address, visit
from app.councils.listing import as_place
from app.web.pages import words

find_pages = Blueprint("find", __name__)
find_pages.url_value_preprocessor(read_address)
add_statements(find_pages)


@find_pages.get("/find-your-council")
def choose() -> str:
    """The list of councils; with a script, searched as one types."""
    return _choose(None, "")


@find_pages.get("/confirm-your-council")
def confirm() -> Response | str:
    """Says who issues badges in the place chosen, and lets the person say that it is not theirs."""
    typed = request.args.get("typed", "").strip()[:200]
    chosen, councils, today = request.args.get("council", ""), site().councils, site().today()
    place = councils.place(chosen, today)
    if place is None and (heirs := councils.successors(chosen, today)):
        # Chosen from a list that was open when the council ended.
        if len(heirs) > 1:
            return _choose(
                words().text("find.ended"), as_place(councils.register.councils[chosen]).name(visit().language)
            )
        [place] = heirs
    if place is None:
        matches = councils.named(typed, today) or councils.search(typed, today)
        if len(matches) != 1:
            return _choose(_error(typed, len(matches)), typed)
        place = matches[0]
    issuer = councils.get(place.issuer, today)
    if issuer is None:
        return redirect("find-your-council", 303)
    language = visit().language
    return visit().page(
        "find/confirm.html",
        place=place.name(language),
        issuer=issuer.name(language),
        district=not place.issues,
        english_only=issuer.nearest(language) != language,
        onward=f"/{issuer.slug}/{visit().service.id}/{issuer.nearest(language)}/start",
        back="find-your-council",
    )


def _choose(error: str | None, typed: str) -> str:
    places = site().councils.listed(site().today(), visit().language)
    return visit().page("find/choose.html", matches=places, error=error, has_errors=error is not None, typed=typed)


def _error(typed: str, matches: int) -> str:
    if not typed:
        return words().text("find.missing")
    return words().text("find.several" if matches else "find.none", typed=typed)

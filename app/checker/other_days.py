"""What stands at the addresses of a council that is no more, or not yet: since when, and who issues badges instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, current_app, g, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.checker.phone import PHONE_PREFIX
from app.checker.site import site
from app.checker.visit import FOOTER, Visit, visit
from app.web.hosts import on_own_host
from app.web.pages import page, words

if TYPE_CHECKING:
    from datetime import date

    from app.councils.succession import Area, Instead

GONE, NOT_YET = 410, 404
UNDER_WAY = "council-gone"
"""Why a check cannot go on: the council it was for is no more."""


def lead_on(pages: Blueprint) -> None:
    """Lets every page of a blueprint lead on while its council issues no badges."""
    pages.before_request(_lead_on)


def _lead_on() -> AnyResponse | None:
    here = visit()
    slug, day = here.here.slug, here.day
    if here.draft or site().councils.get(slug, day):
        return None
    if request.method == "POST" or "s" in request.args:
        # The answers stay behind, and the browser's Refresh asks to send nothing again.
        return redirect(f"start?because={UNDER_WAY}", 303)
    span = site().councils.register.councils[slug].span
    if span.end is not None and span.end <= day:
        return _page(here, "gone", span.end, GONE)
    # A council of the register that issues no badges today and has not ended is still to begin.
    return _page(here, "not_yet", span.start or day, NOT_YET)


def _page(here: Visit, when: str, change: date, status: int) -> Response:
    """The page; it belongs to no council, so it has neither its name at the top nor its phone at the foot."""
    found = site().councils.register.instead_of(here.here.slug, here.day)
    service = f"{_origin()}/{here.service.id}/{here.language}/"
    html = page(
        "find/other_day.html",
        service_name=here.words.service,
        service_url=f"{service}find-your-council",
        footer_links=[(service + name, key) for name, key in FOOTER],
        embedded=g.get("embedded", False),
        when=when,
        council=None,
        name=here.here.name(here.language),
        change=words().day(change),
        under_way=request.args.get("because") == UNDER_WAY,
        choices=[_choice(here, each) for each in found],
    )
    return make_response(html, status)


def _choice(here: Visit, instead: Instead) -> dict[str, object]:
    place, layout = instead.place, PHONE_PREFIX if g.get("phone") else ""
    return {
        "name": place.name(here.language),
        "onward": f"{_origin()}{layout}/{place.slug}/{here.service.id}/{_language(here, place.slug)}/start",
        "english_only": _language(here, place.slug) != here.language,
        "areas": [_area(area) for area in instead.areas],
    }


def _language(here: Visit, slug: str) -> str:
    """The language of the page, or one that the council has its pages in."""
    return site().councils.councils[slug].nearest(here.language)


def _origin() -> str:
    """What leads from a council's own host, where there is no other council, to the service's."""
    host = current_app.extensions["settings"].service_hosts[0]
    return f"{request.scheme}://{host}" if on_own_host() else ""


def _area(area: Area) -> str:
    return area.name if area.whole else words().text("change.part", district=area.name)

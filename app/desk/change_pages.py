"""A draft of a rule, set against what people shared and what was counted. Nothing of it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, make_response, request

from app.desk import log
from app.desk.access import Action
from app.desk.desk import database, place_name, site
from app.desk.pages import allows, desk_page, desk_pages
from app.desk.shared_pages import LANGUAGE, council_view, councils_of, nation_name, nation_view, nations, the_service
from app.engine.couple import NotComparableError
from app.engine.problem import LoadError
from app.engine.rulebook import load_draft
from app.tallies.calendar import released_months
from app.tallies.impact import Impact, council_count, impact_of, months_of, nation_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flask.typing import ResponseReturnValue

    from app.tallies.bounds import Count
    from app.tallies.shared_groups import View

MONTHS = 12
LARGEST = 400_000
"""A draft in bytes. The longest law that we know has 15,000."""


@desk_pages.route("/<council>/change", methods=("GET", "POST"))
@allows(Action.REVIEW)
def show_change(council: str) -> ResponseReturnValue:
    """A draft, tried on what may be seen of a council."""
    found = site().councils.known(council)
    if found is None:
        abort(404)

    def count(months: Sequence[str]) -> Count:
        return council_count(database(), the_service(), council, months, site().today())

    return _show(found.nation, place_name(council), lambda: council_view(council), count)


@desk_pages.get("/national/change")
@allows(Action.SEE_NATIONAL)
def choose_change() -> ResponseReturnValue:
    """The nations to choose from."""
    return desk_page("desk/shared_nations.html", nations=nations(), title="desk.change.title", below="change")


@desk_pages.route("/national/change/<nation>", methods=("GET", "POST"))
@allows(Action.SEE_NATIONAL)
def show_change_of_nation(nation: str) -> ResponseReturnValue:
    """A draft, tried on what may be seen of a nation."""
    councils = councils_of(nation)

    def count(months: Sequence[str]) -> Count:
        return nation_count(database(), the_service(), councils, months, site().today())

    return _show(nation, nation_name(nation), lambda: nation_view(nation), count)


def _show(
    nation: str, name: str, view: Callable[[], View], count: Callable[[Sequence[str]], Count]
) -> ResponseReturnValue:
    if request.method == "GET":
        return desk_page("desk/change.html", title_place=name, at=request.path, problems=(), typed="", found=None)
    sent = request.files.get("file")
    data = (sent.read(LARGEST + 1) if sent and sent.filename else b"") or request.form.get("law", "").encode()
    try:
        found, problems = _try(nation, data, view, count), []
    except LoadError as error:
        found, problems = None, [(each.line, each.message) for each in error.problems]
    except NotComparableError as error:
        found, problems = None, [(1, str(error))]
    typed = data[:LARGEST].decode(errors="replace")
    words = the_service().words[LANGUAGE]
    shown = desk_page(
        "desk/change.html",
        title_place=name,
        at=request.path,
        problems=problems,
        typed=typed,
        found=found,
        words=words,
    )
    return make_response(shown, 422 if problems else 200)


def _try(nation: str, data: bytes, view: Callable[[], View], count: Callable[[Sequence[str]], Count]) -> Impact:
    today, service = site().today(), the_service()
    old = service.rules(nation, today)
    if old is None:
        abort(404)
    draft = load_draft(service, nation, data)
    months = months_of(service, old, released_months(today, MONTHS))
    log.record(log.Event.LOOKED, f"what a draft would change, {draft.version}")
    return impact_of(service, old, draft, view().groups, (months, count(months)))

"""What a council settled: listed, filtered, and taken away as cases for the rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response, abort, make_response, request

from app.desk import people, reviews, rounds
from app.desk.access import Action
from app.desk.bank import PAGE, Banked, banked, case_file
from app.desk.desk import database, place_name
from app.desk.gone_case import gone_page
from app.desk.log import Event, record
from app.desk.pages import allows, desk_page, desk_pages
from app.desk.still_shared import people_now
from app.desk.told_case import law_of, told

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@dataclass(frozen=True, slots=True)
class _Entry:
    """A settled case in words: ids stand for names where the version of its rules is kept no more.

    ``gone`` says why it can be shown no more: for its ``rules`` or for those who ``shared`` it.
    """

    banked: Banked
    outcome: str
    criterion: str
    by: str
    gone: str | None


@desk_pages.get("/<council>/bank")
@allows(Action.REVIEW)
def show_bank(council: str) -> ResponseReturnValue:
    """A page of what was settled, of one criterion or outcome if one is chosen."""
    with database().connect().execution_options(reads=True) as connection:
        names = {each.id: each.known_as for each in people.of_place(connection, council)}
        settled = banked(connection, council)
    entries = [_entry(each, council, names) for each in settled]
    record(Event.LOOKED, "knowledge bank")
    outcome, criterion = request.args.get("outcome", ""), request.args.get("criterion", "")
    fitting = [
        each
        for each in entries
        if outcome in ("", each.banked.settled.outcome) and criterion in ("", each.banked.settled.criterion)
    ]
    pages = max(1, -(-len(fitting) // PAGE))
    number = min(max(request.args.get("page", 1, type=int), 1), pages)
    return desk_page(
        "desk/bank.html",
        place=council,
        title_place=place_name(council),
        entries=fitting[(number - 1) * PAGE : number * PAGE],
        total=len(fitting),
        number=number,
        pages=pages,
        outcomes={each.banked.settled.outcome: each.outcome for each in entries},
        criteria={each.banked.settled.criterion: each.criterion for each in entries},
        outcome=outcome,
        criterion=criterion,
    )


@desk_pages.get("/<council>/bank/<int:number>/<case>.yaml")
@allows(Action.REVIEW)
def download_case(council: str, number: int, case: str) -> ResponseReturnValue:
    """A settled case as a file for the rules."""
    with database().connect().execution_options(reads=True) as connection:
        found = rounds.by_number(connection, council, number)
        drawn = rounds.case_of_round(connection, found, case) if found else None
        settled = reviews.settled(connection, drawn) if drawn else None
    if drawn is None or settled is None:
        abort(404)
    in_words = told(drawn)
    if in_words is None:
        return make_response(gone_page(drawn), 410)
    record(Event.EXPORTED, f"{case}.yaml")
    response = Response(case_file(in_words, settled), mimetype="application/yaml")
    response.headers["Content-Disposition"] = f"attachment; filename={case}.yaml"
    return response


def _entry(found: Banked, place: str, names: dict[int, str]) -> _Entry:
    case, settled, by = found.case, found.settled, names.get(found.settled.by, "")
    law = law_of(case.service, case.nation, case.version)
    if law is None:
        return _Entry(found, settled.outcome, settled.criterion, by, "rules")
    gone = "shared" if people_now(case.id, found.people, place, law.rules) is None else None
    return _Entry(found, law.outcomes[settled.outcome], law.basis(settled.criterion), by, gone)

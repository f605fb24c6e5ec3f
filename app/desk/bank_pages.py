"""What a council settled: listed, filtered, and taken away as cases for the rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response, abort, request

from app.desk import people, reviews, rounds
from app.desk.access import Action
from app.desk.bank import PAGE, Banked, banked, case_file
from app.desk.desk import database, place_name
from app.desk.log import Event, record
from app.desk.pages import allows, desk_page, desk_pages
from app.desk.told_case import law_of, told

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@dataclass(frozen=True, slots=True)
class _Entry:
    """A settled case in words: ids stand for names where the version of its rules is kept no more."""

    banked: Banked
    outcome: str
    criterion: str
    by: str
    kept: bool


@desk_pages.get("/<council>/bank")
@allows(Action.REVIEW)
def show_bank(council: str) -> ResponseReturnValue:
    """A page of what was settled, of one criterion or outcome if one is chosen."""
    with database().connect().execution_options(reads=True) as connection:
        names = {each.id: each.known_as for each in people.of_place(connection, council)}
        entries = [_entry(each, names) for each in banked(connection, council)]
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
@allows(Action.EXPORT)
def download_case(council: str, number: int, case: str) -> ResponseReturnValue:
    """A settled case as a file for the rules."""
    with database().connect().execution_options(reads=True) as connection:
        found = rounds.by_number(connection, council, number)
        drawn = rounds.case_of_round(connection, found, case) if found else None
        settled = reviews.settled(connection, drawn) if drawn else None
    in_words = told(drawn) if drawn else None
    if settled is None or in_words is None:
        abort(404)
    record(Event.EXPORTED, f"{case}.yaml")
    response = Response(case_file(in_words, settled), mimetype="application/yaml")
    response.headers["Content-Disposition"] = f"attachment; filename={case}.yaml"
    return response


def _entry(found: Banked, names: dict[int, str]) -> _Entry:
    case, settled = found.case, found.settled
    law = law_of(case.service, case.nation, case.version)
    outcome = law.words.outcomes[settled.outcome].title.to("they") if law else settled.outcome
    criterion = law.basis(settled.criterion) if law else settled.criterion
    return _Entry(found, outcome, criterion, names.get(settled.by, ""), law is not None)

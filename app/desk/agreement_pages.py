"""How far a council's assessors agree, with each other and with the checker, and the agenda to talk about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import abort, request

from app.desk import reviews, rounds, ties
from app.desk.access import Action
from app.desk.desk import database, place_name
from app.desk.log import Event, record
from app.desk.pages import allows, desk_page, desk_pages
from app.desk.review_pages import me
from app.desk.told_case import Law, law_of, told
from app.engine.decision import outcome_ids

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy import Connection

    from app.desk.rounds import Round
    from app.desk.ties import Reviewed

MOST_CASES = 10
"""On an agenda: as many as a meeting can talk about."""


@dataclass(frozen=True, slots=True)
class _Version:
    """A version under which cases were drawn, with its rules if they are kept, and whatever was reviewed under it."""

    round: Round
    law: Law | None
    cases: tuple[Reviewed, ...]


@desk_pages.get("/<council>/agreement")
@allows(Action.REVIEW)
def show_agreement(council: str) -> ResponseReturnValue:
    """The measures of one version of the rules, the newest unless another is asked for."""
    with database().connect().execution_options(reads=True) as connection:
        all_rounds = rounds.of_place(connection, council)
        found = _version(connection, all_rounds)
    record(Event.LOOKED, "agreement")
    common = {"place": council, "title_place": place_name(council), "versions": _versions(all_rounds)}
    if found is None:
        return desk_page("desk/agreement.html", **common, found=None)
    outcomes = outcome_ids(found.law.rules) if found.law else tuple({o for c in found.cases for o in c.given.values()})
    measured = [("between", ties.between_assessors(found.cases, outcomes))] if len(outcomes) > 1 else []
    if found.law:
        measured.append(("checker", ties.with_checker(found.cases, outcomes)))
    return desk_page(
        "desk/agreement.html",
        **common,
        found=found,
        measured=measured,
        names=_names(found),
        gone=sum(each.told is None for each in found.cases) if found.law else 0,
        tied=[("criteria", ties.by_criterion(found.cases)), ("questions", ties.by_question(found.cases))],
        fewest=ties.FEWEST_CASES,
    )


@desk_pages.get("/<council>/agreement/agenda")
@allows(Action.REVIEW)
def show_agenda(council: str) -> ResponseReturnValue:
    """The cases with most disagreement. One that this member has still to review is only counted."""
    with database().connect().execution_options(reads=True) as connection:
        found = _version(connection, rounds.of_place(connection, council))
        settled = rounds.settled_before(connection, council)
        open_ = [
            each
            for each in (found.cases if found else ())
            if each.told and each.disagreeing > 0 and each.drawn.case.id not in settled
        ]
        mine = [each for each in open_ if me().id in each.given]
        mine = sorted(mine, key=lambda each: (-each.disagreeing, each.drawn.case.id))[:MOST_CASES]
        shown = [(each, reviews.counts(connection, each.drawn)) for each in mine]
    record(Event.LOOKED, "agenda")
    unseen = sum(me().id not in each.given for each in open_)
    return desk_page("desk/agenda.html", place=council, title_place=place_name(council), cases=shown, unseen=unseen)


def _versions(all_rounds: tuple[Round, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.version for each in all_rounds))


def _version(connection: Connection, all_rounds: tuple[Round, ...]) -> _Version | None:
    """The version that the address asks for, or the newest; None without any round."""
    if not all_rounds:
        return None
    asked = request.args.get("version", all_rounds[0].version)
    of_version = [each for each in all_rounds if each.version == asked]
    if not of_version:
        abort(404)
    first = of_version[0]
    given = reviews.given_by_case(connection, first.place, asked)
    drawn = {case.case.id: case for each in of_version for case in rounds.cases_of(connection, each)}
    cases = tuple(ties.Reviewed(drawn[each], given[each], told(drawn[each])) for each in drawn if each in given)
    return _Version(first, law_of(first.service, first.nation, first.version), cases)


def _names(found: _Version) -> dict[str, str]:
    """Outcomes, criteria and questions in words, by id; ids alone where the rules are kept no more."""
    if found.law is None:
        return {outcome: outcome for each in found.cases for outcome in each.given.values()}
    words = found.law.words
    outcomes = {each: said.title.to("they") for each, said in words.outcomes.items()}
    questions = {each: said.title.to("they") for each, said in words.questions.items()}
    return {**outcomes, **found.law.criteria, **questions}

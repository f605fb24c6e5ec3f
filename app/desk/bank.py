"""The knowledge bank: what a council settled, to be found by criterion and outcome and kept as cases for the rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml
from sqlalchemy import Connection, and_, select

from app.desk.case import Case
from app.desk.reviews import Settlement
from app.desk.tables import ROUND_CASES, ROUNDS, SETTLEMENTS
from app.tallies.share import read_answers

if TYPE_CHECKING:
    from sqlalchemy import Row

    from app.desk.told_case import ToldCase

PAGE = 20
"""Settled cases on a page."""

_WIDTH = 116


@dataclass(frozen=True, slots=True)
class Banked:
    """A settled case, the round in which it was settled, and how many people shared it when that was drawn."""

    case: Case
    round: int
    people: int
    settled: Settlement


def banked(connection: Connection, place: str) -> tuple[Banked, ...]:
    """All that a place settled, the newest first."""
    query = (
        select(
            SETTLEMENTS,
            ROUNDS.c.service,
            ROUNDS.c.nation,
            ROUNDS.c.version,
            ROUND_CASES.c.answers,
            ROUND_CASES.c.people,
        )
        .join(ROUNDS, ROUNDS.c.id == SETTLEMENTS.c.round)
        .join(
            ROUND_CASES,
            and_(ROUND_CASES.c.round == SETTLEMENTS.c.round, ROUND_CASES.c.case_id == SETTLEMENTS.c.case_id),
        )
        .where(SETTLEMENTS.c.place == place)
        .order_by(SETTLEMENTS.c.at.desc(), SETTLEMENTS.c.case_id)
    )
    return tuple(map(_banked, connection.execute(query)))


def case_file(told: ToldCase, settled: Settlement) -> str:
    """A settled case as a file that ``flask rules cases`` tries, under the law of the day on which its rules began.

    It asks for the criterion too, where that can give the outcome by itself.
    """
    case, rules = told.drawn.case, told.rules
    gives = {each.id for each in rules.criteria if each.route == settled.outcome}
    expect: dict[str, object] = {"outcome": settled.outcome}
    if settled.criterion in gives:
        expect["because"] = [settled.criterion]
    given = {question: _given(told, question) for question in case.answers}
    entry = {
        "id": f"BANK-{case.id}",
        "nation": case.nation,
        "on": rules.in_force,
        "facts": " ".join(f"{title} {'; '.join(labels)}." for title, labels in told.answers),
        "answers": given,
        "expect": expect,
        "confidence": "medium",
        "source": told.basis(settled.criterion),
        "note": settled.reason,
    }
    head = "# A case that assessors settled. Try it with: flask --app app rules cases FILE\n"
    return head + yaml.safe_dump({"cases": [entry]}, sort_keys=False, allow_unicode=True, width=_WIDTH)


def _given(told: ToldCase, question: str) -> str | list[str]:
    asked, ticked = told.rules.question(question), told.drawn.case.answers[question]
    if not asked.many:
        return next(iter(ticked))
    return sorted(ticked) or ([asked.exclusive] if asked.exclusive else [])


def _banked(row: Row[tuple[object, ...]]) -> Banked:
    case = Case(row.service, row.nation, row.version, read_answers(row.answers))
    return Banked(case, row.round, row.people, Settlement(row.outcome, row.criterion, row.reason, row.member, row.at))

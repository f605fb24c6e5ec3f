"""Rounds of review: what was drawn for a council, by whom, and how far its members have come with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Row, and_, func, insert, select

from app.desk.case import Case
from app.desk.draw import FEWEST, draw
from app.desk.tables import REVIEWS, ROUND_CASES, ROUNDS, SETTLEMENTS
from app.tallies.share import read_answers, write_answers

if TYPE_CHECKING:
    from datetime import datetime

    from app.desk.draw import Drawn
    from app.desk.member import Member
    from app.desk.pool import Candidate
    from app.engine.rules import Rules


@dataclass(frozen=True, slots=True)
class Round:
    """A round of a place, under one version of the rules, with the seed by which it can be drawn again."""

    id: int
    place: str
    service: str
    nation: str
    version: str
    seed: int
    drawn: datetime


@dataclass(frozen=True, slots=True)
class RoundCase:
    """A case of a round: its number in it, how many people shared it, rounded, and its weight."""

    round: Round
    number: int
    case: Case
    people: int
    borderline: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Progress:
    """How many have reviewed a case, whether this member has, and whether it is settled."""

    reviews: int
    mine: bool
    settled: bool


def save(connection: Connection, by: Member, rules: Rules, seed: int, drawn: Iterable[Drawn], at: datetime) -> int:
    """Keeps a round that was drawn; returns its number."""
    values = {"place": by.place, "service": rules.service, "nation": rules.nation, "version": rules.version}
    made = insert(ROUNDS).values(**values, seed=seed, drawn=at, member=by.id).returning(ROUNDS.c.id)
    number: int = connection.execute(made).scalar_one()
    rows = [
        {
            "round": number,
            "case_id": each.candidate.case.id,
            "number": place,
            "answers": write_answers(each.candidate.case.answers),
            "people": each.candidate.people,
            "borderline": each.candidate.borderline,
            "weight": each.weight,
        }
        for place, each in enumerate(drawn, 1)
    ]
    connection.execute(insert(ROUND_CASES), rows)
    return number


def draw_for(connection: Connection, place: str, pool: Iterable[Candidate], size: int, seed: int) -> tuple[Drawn, ...]:
    """So many cases for a place, of those that it has not settled; nothing where too few are left for a round."""
    settled = settled_before(connection, place)
    left = [each for each in pool if each.case.id not in settled]
    return draw(left, size, seed, drawn_before(connection, place)) if len(left) >= FEWEST else ()


def of_place(connection: Connection, place: str) -> tuple[Round, ...]:
    """All rounds of a place, the newest first."""
    found = select(ROUNDS).where(ROUNDS.c.place == place).order_by(ROUNDS.c.id.desc())
    return tuple(map(_round, connection.execute(found)))


def by_number(connection: Connection, place: str, number: int) -> Round | None:
    """A round of a place; None where that is no round of that place."""
    found = select(ROUNDS).where(ROUNDS.c.place == place, ROUNDS.c.id == number)
    row = connection.execute(found).one_or_none()
    return _round(row) if row else None


def cases_of(connection: Connection, found: Round) -> tuple[RoundCase, ...]:
    """The cases of a round, in order."""
    rows = select(ROUND_CASES).where(ROUND_CASES.c.round == found.id).order_by(ROUND_CASES.c.number)
    return tuple(_case(found, row) for row in connection.execute(rows))


def case_of_round(connection: Connection, found: Round, case: str) -> RoundCase | None:
    """A case of a round by its id."""
    query = select(ROUND_CASES).where(ROUND_CASES.c.round == found.id, ROUND_CASES.c.case_id == case)
    row = connection.execute(query).one_or_none()
    return _case(found, row) if row else None


def drawn_before(connection: Connection, place: str) -> frozenset[str]:
    """The ids of all cases that were ever drawn for a place."""
    query = select(ROUND_CASES.c.case_id).join(ROUNDS, ROUNDS.c.id == ROUND_CASES.c.round)
    return frozenset(connection.scalars(query.where(ROUNDS.c.place == place)))


def settled_before(connection: Connection, place: str) -> frozenset[str]:
    """The ids of all cases that a place has settled."""
    return frozenset(connection.scalars(select(SETTLEMENTS.c.case_id).where(SETTLEMENTS.c.place == place)))


def progress(connection: Connection, found: Round, by: Member) -> Mapping[str, Progress]:
    """By the id of each case of a round, how far it has come; reviews in the council's other rounds count too."""
    ours = REVIEWS.c.round.in_(select(ROUNDS.c.id).where(ROUNDS.c.place == found.place))
    counts = (
        select(ROUND_CASES.c.case_id, func.count(REVIEWS.c.member))
        .select_from(ROUND_CASES)
        .outerjoin(REVIEWS, and_(REVIEWS.c.case_id == ROUND_CASES.c.case_id, ours))
        .where(ROUND_CASES.c.round == found.id)
        .group_by(ROUND_CASES.c.case_id)
    )
    done = reviewed_by(connection, by)
    settled = settled_before(connection, found.place)
    return {case: Progress(count, case in done, case in settled) for case, count in connection.execute(counts)}


def reviewed_by(connection: Connection, by: Member) -> frozenset[str]:
    """The ids of all cases that a member has reviewed."""
    return frozenset(connection.scalars(select(REVIEWS.c.case_id).where(REVIEWS.c.member == by.id)))


def _round(row: Row[tuple[object, ...]]) -> Round:
    return Round(row.id, row.place, row.service, row.nation, row.version, row.seed, row.drawn)


def _case(found: Round, row: Row[tuple[object, ...]]) -> RoundCase:
    case = Case(found.service, found.nation, found.version, read_answers(row.answers))
    return RoundCase(found, row.number, case, row.people, row.borderline, row.weight)

"""What members made of cases: given once, before anybody's else is seen, and never changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, and_, func, select
from sqlalchemy.dialects import postgresql, sqlite

from app.desk.tables import REVIEWS, ROUNDS, SETTLEMENTS

if TYPE_CHECKING:
    from datetime import datetime

    from app.desk.member import Member
    from app.desk.rounds import RoundCase

NOTES = 10
"""The latest notes that a page shows."""

LONGEST_NOTE, LONGEST_REASON = 500, 1000
"""Letters."""

ENOUGH = 2
"""Members who must have reviewed a case before it can be settled."""

_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True, slots=True)
class Review:
    """What a member says of a case; ``basis`` is a criterion by its id, or ``source:`` and what the law calls it."""

    outcome: str
    basis: str
    note: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a council agreed on, and who wrote it down when."""

    outcome: str
    criterion: str
    reason: str
    by: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """How many members gave which outcome, and rested it on what; and the latest notes, by the outcome of each."""

    outcomes: Counter[str]
    bases: Counter[str]
    notes: tuple[tuple[str, str], ...]

    @property
    def total(self) -> int:
        """How many members have reviewed the case."""
        return self.outcomes.total()


def give(connection: Connection, by: Member, case: RoundCase, review: Review, at: datetime) -> bool:
    """Keeps a review; False, and nothing is changed, where this member has given theirs before."""
    if own(connection, by, case) is not None:
        return False
    values = {"case_id": case.case.id, "member": by.id, "round": case.round.id, "at": at}
    given = {"outcome": review.outcome, "basis": review.basis, "note": review.note}
    made: Any = _INSERT[connection.dialect.name](REVIEWS)
    return connection.execute(made.values(**values, **given).on_conflict_do_nothing()).rowcount > 0


def own(connection: Connection, by: Member, case: RoundCase) -> Review | None:
    """The review that a member gave."""
    found = select(REVIEWS).where(REVIEWS.c.case_id == case.case.id, REVIEWS.c.member == by.id)
    row = connection.execute(found).one_or_none()
    return Review(row.outcome, row.basis, row.note) if row else None


def counts(connection: Connection, case: RoundCase) -> Counts:
    """What all members of the council made of a case, counted by the database: there may be thousands."""
    ours = _of_place(case)
    grouped = select(REVIEWS.c.outcome, REVIEWS.c.basis, func.count()).where(ours)
    outcomes, bases = Counter[str](), Counter[str]()
    for outcome, basis, count in connection.execute(grouped.group_by(REVIEWS.c.outcome, REVIEWS.c.basis)):
        outcomes[outcome] += count
        bases[basis] += count
    latest = select(REVIEWS.c.outcome, REVIEWS.c.note).where(ours, REVIEWS.c.note != "")
    notes = connection.execute(latest.order_by(REVIEWS.c.at.desc(), REVIEWS.c.member).limit(NOTES))
    return Counts(outcomes, bases, tuple((row.outcome, row.note) for row in notes))


def settle(connection: Connection, by: Member, case: RoundCase, agreed: Settlement) -> bool:
    """Keeps what was agreed; False, and nothing is changed, where the council has settled the case before."""
    if settled(connection, case) is not None:
        return False
    values = {"case_id": case.case.id, "place": by.place, "round": case.round.id, "at": agreed.at, "member": by.id}
    said = {"outcome": agreed.outcome, "criterion": agreed.criterion, "reason": agreed.reason}
    made: Any = _INSERT[connection.dialect.name](SETTLEMENTS)
    return connection.execute(made.values(**values, **said).on_conflict_do_nothing()).rowcount > 0


def settled(connection: Connection, case: RoundCase) -> Settlement | None:
    """What the council agreed on for a case."""
    found = select(SETTLEMENTS).where(SETTLEMENTS.c.case_id == case.case.id, SETTLEMENTS.c.place == case.round.place)
    row = connection.execute(found).one_or_none()
    return Settlement(row.outcome, row.criterion, row.reason, row.member, row.at) if row else None


def given_by_case(connection: Connection, place: str, version: str) -> Mapping[str, Mapping[int, str]]:
    """For each case of a place under a version: which member gave which outcome."""
    query = (
        select(REVIEWS.c.case_id, REVIEWS.c.member, REVIEWS.c.outcome)
        .join(ROUNDS, ROUNDS.c.id == REVIEWS.c.round)
        .where(ROUNDS.c.place == place, ROUNDS.c.version == version)
    )
    found: dict[str, dict[int, str]] = {}
    for case, member, outcome in connection.execute(query):
        found.setdefault(case, {})[member] = outcome
    return found


def _of_place(case: RoundCase) -> ColumnElement[bool]:
    rounds = select(ROUNDS.c.id).where(ROUNDS.c.place == case.round.place)
    return and_(REVIEWS.c.case_id == case.case.id, REVIEWS.c.round.in_(rounds))

"""Answers that people chose to share with those who decide about badges, until they take them back or time is over.

Whoever shares gets a code, made from the random number of the check, so that the same check shared twice is there once.
Only a digest of the code is kept: what is in the table opens nothing, and leads to no check.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from app.tallies.readable_code import BITS, read_code, write_code
from app.tallies.tables import SHARE

if TYPE_CHECKING:
    from app.engine.answers import Answers
    from app.tallies.cell import Place

KEPT_DAYS = 90
"""How long shared answers are kept at most. The day on which each ends is a Monday, so that it tells no day."""

_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True, slots=True)
class Shares:
    """Shared answers in a database."""

    engine: Engine

    def share(self, number: int, place: Place, nation: str, answers: Answers, today: date) -> str:
        """Keeps the complete answers of the check of that number, and returns the code that takes them back."""
        code = code_of(number)
        row = {
            "digest": _digest(code),
            "council": place.council,
            "service": place.service,
            "nation": nation,
            "version": place.version,
            "month": place.month,
            "until": last_day(today),
            "answers": write_answers(answers),
        }
        with self.engine.begin() as connection:
            insert: Any = _INSERT[self.engine.dialect.name](SHARE)
            connection.execute(insert.values(row).on_conflict_do_nothing())
        return code

    def holds(self, code: str, today: date) -> bool:
        """Whether answers are shared under this code."""
        found = select(SHARE.c.digest).where(SHARE.c.digest == _digest(code), SHARE.c.until >= today)
        with self.engine.connect().execution_options(reads=True) as connection:
            return connection.scalar(found) is not None

    def take_back(self, code: str) -> bool:
        """Deletes the answers of this code, however it was typed; False if there are none. Raises MistypedError."""
        with self.engine.begin() as connection:
            return connection.execute(delete(SHARE).where(SHARE.c.digest == _digest(code))).rowcount > 0

    def forget_council(self, council: str, service: str, last: str) -> None:
        """Deletes what was shared with a council up to a month."""
        mine = (SHARE.c.council == council, SHARE.c.service == service, SHARE.c.month <= last)
        with self.engine.begin() as connection:
            connection.execute(delete(SHARE).where(*mine))

    def forget_old(self, today: date) -> int:
        """Deletes the answers whose time is over; returns of how many people."""
        with self.engine.begin() as connection:
            return connection.execute(delete(SHARE).where(SHARE.c.until < today)).rowcount


def code_of(number: int) -> str:
    """The code of a check: from its random number, which is in no database and no log."""
    drawn = hashlib.sha256(f"share 1\0{number}".encode()).digest()
    return write_code(int.from_bytes(drawn) >> 256 - BITS)


def last_day(today: date) -> date:
    """The last day of what is shared today: a Monday, 84 to 90 days ahead."""
    latest = today + timedelta(days=KEPT_DAYS)
    return latest - timedelta(days=latest.weekday())


def write_answers(answers: Answers) -> str:
    """Answers as text, the same for the same answers."""
    return json.dumps({question: sorted(answers[question]) for question in sorted(answers)}, separators=(",", ":"))


def read_answers(text: str) -> Answers:
    """What ``write_answers`` wrote."""
    return {question: frozenset(ticked) for question, ticked in json.loads(text).items()}


def _digest(code: str) -> str:
    return hashlib.sha256(f"share 1\0{read_code(code)}".encode()).hexdigest()

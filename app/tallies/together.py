"""Councils together, month by month: added up once and kept, since what is released never changes.

Adding up 208 councils over three years takes seconds, and a page may take a fifth of one. What is kept is made of
counts as they are shown, and of nothing else.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from app.tallies.cell import CHECKS, Family
from app.tallies.tables import TOGETHER

Sum = tuple[str, str, int, int]
"""A family and a key, the sum of the counts that are shown, and how many those are."""

MonthSum = tuple[str, str, str, int, int]
"""The same of a month, which comes first."""

_INSERT: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_ROWS = 500
_DONE = (Family.BEGUN.value, CHECKS)
"""Kept of every month that was added up, even if nothing was counted in it."""

_log = logging.getLogger("checker.tallies")


class Together:
    """The sums over these councils. Others have sums of their own."""

    def __init__(self, engine: Engine, councils: Collection[str], service: str) -> None:
        self._engine = engine
        digest = hashlib.sha256("\n".join(sorted(set(councils))).encode()).hexdigest()[:32]
        self._mine = (TOGETHER.c.councils == digest, TOGETHER.c.service == service)
        self._named = {"councils": digest, "service": service}

    def read(
        self, months: Sequence[str], families: Collection[Family], add_up: Callable[[str], Iterable[Sum]]
    ) -> list[MonthSum]:
        """The sums of released months; ``add_up`` works out those of a month, of every family, if none are kept."""
        wanted = {family.value for family in families}
        columns = (TOGETHER.c.month, TOGETHER.c.family, TOGETHER.c.key, TOGETHER.c.low, TOGETHER.c.shown)
        kept = select(*columns).where(
            *self._mine, TOGETHER.c.month.in_(months), TOGETHER.c.family.in_(wanted | {_DONE[0]})
        )
        with self._engine.connect().execution_options(reads=True) as connection:
            sums: list[MonthSum] = [tuple(row) for row in connection.execute(kept)]
        done = {month for month, family, key, *_ in sums if (family, key) == _DONE}
        for month in months:
            if month not in done:
                found = list({_DONE: (*_DONE, 0, 0), **{each[:2]: each for each in add_up(month)}}.values())
                self._keep(month, found)
                sums.extend((month, *each) for each in found)
        return [each for each in sums if each[1] in wanted]

    def _keep(self, month: str, sums: Sequence[Sum]) -> None:
        """Keeps the sums of a month, if the database lets us; somebody else may have been faster."""
        rows = [
            {**self._named, "month": month, "family": family, "key": key, "low": low, "shown": shown}
            for family, key, low, shown in sums
        ]
        insert = _INSERT[self._engine.dialect.name](TOGETHER)
        try:
            with self._engine.begin() as connection:
                for start in range(0, len(rows), _ROWS):
                    connection.execute(insert.values(rows[start : start + _ROWS]).on_conflict_do_nothing())
        except SQLAlchemyError as error:
            _log.warning(
                "the sums of %s could not be kept, and are added up each time: %s", month, type(error).__name__
            )

"""The store of tallies: adds what was spooled, each thing once, and forgets what is too old."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Engine, delete
from sqlalchemy.dialects import postgresql, sqlite

from app.tallies.blur import KEYS, draw
from app.tallies.calendar import months_before, released
from app.tallies.cell import Entry, Place, Thing, month_of
from app.tallies.tables import DRAINED, MARK, TALLY, TOGETHER

KEPT_MONTHS = 37
"""Three years and the month that is not finished."""

MARKED_MONTHS = 2
"""This month and the last: a mark outlives its check's token, and what is known of it is no finer than a month."""

Row = TypeVar("Row")

_ROWS = 500
"""Rows in one statement: each database limits what one may carry."""

_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Store:
    """Tallies in a database. ``key`` draws the key of each check; only for what was made up may it be foreseen."""

    def __init__(self, engine: Engine, key: Callable[[], int] = draw) -> None:
        self.engine = engine
        self._key = key
        self._insert: Any = _INSERT[engine.dialect.name]

    def add(self, entries: Iterable[Entry], today: date, segment: str | None = None) -> bool:
        """Counts entries, all or none. Those of a ``segment`` that was counted before are not, and it says False.

        What comes after its month was released counts in the month of today, so that a figure once shown stays.
        """
        with self.engine.begin() as connection:
            if segment is not None and not self._first(connection, DRAINED.c.segment, [{"segment": segment}]):
                return False
            timely = [replace(entry, place=_timely(entry.place, today)) for entry in entries]
            self._count(connection, self._unmarked(connection, timely))
            return True

    def forget_segment(self, segment: str) -> None:
        """Forgets that a segment was counted, once its file is gone. One that dies in between leaves its 32 letters."""
        with self.engine.begin() as connection:
            connection.execute(delete(DRAINED).where(DRAINED.c.segment == segment))

    def forget_council(self, council: str, service: str, last: str) -> None:
        """Deletes what is counted for a council up to a month, and the sums that it may be part of."""
        mine = (TALLY.c.council == council, TALLY.c.service == service, TALLY.c.month <= last)
        with self.engine.begin() as connection:
            connection.execute(delete(TALLY).where(*mine))
            connection.execute(delete(TOGETHER))

    def forget_old(self, today: date) -> tuple[int, int]:
        """Deletes tallies and marks that are too old; returns how many of each."""
        with self.engine.begin() as connection:
            oldest, oldest_mark = (months_before(today, kept - 1) for kept in (KEPT_MONTHS, MARKED_MONTHS))
            tallies = connection.execute(delete(TALLY).where(TALLY.c.month < oldest))
            connection.execute(delete(TOGETHER).where(TOGETHER.c.month < oldest))
            marks = connection.execute(delete(MARK).where(MARK.c.month < oldest_mark))
            return tallies.rowcount, marks.rowcount

    def _unmarked(self, connection: Connection, entries: Sequence[Entry]) -> Iterator[Entry]:
        """The entries without marks, and of those with marks each that is met for the first time.

        Every mark is kept: two servers may have their keys in another order, and each looks first for its own.
        """
        months: dict[str, str] = {}
        marked: list[Entry] = []
        for entry in entries:
            if not entry.marks:
                yield entry
            elif months.keys().isdisjoint(entry.marks):
                marked.append(entry)
            months.update(dict.fromkeys(entry.marks, entry.place.month))
        # In order, here and below, so that no two transactions wait for each other.
        rows = [{"mark": mark, "month": months[mark]} for mark in sorted(months)]
        new = set(self._first(connection, MARK.c.mark, rows))
        yield from (entry for entry in marked if new.issuperset(entry.marks))

    def _first(self, connection: Connection, column: Column[str], rows: Sequence[dict[str, str]]) -> list[str]:
        """Adds rows, and returns those that were not there, by this column."""
        added: list[str] = []
        for some in _batches(rows):
            statement = self._insert(column.table).values(some).on_conflict_do_nothing().returning(column)
            added.extend(connection.scalars(statement))
        return added

    def _count(self, connection: Connection, entries: Iterable[Entry]) -> None:
        counts: Counter[tuple[Place, Thing]] = Counter()
        sums: Counter[tuple[Place, Thing]] = Counter()
        for entry in entries:
            key = self._key()
            for thing in entry.things:
                counts[entry.place, thing] += 1
                sums[entry.place, thing] += key
        rows = [_row(place, thing, n, sums[place, thing]) for (place, thing), n in counts.items()]
        keys = [column.name for column in TALLY.primary_key]
        rows.sort(key=lambda row: [row[key] for key in keys])
        for some in _batches(rows):
            statement = self._insert(TALLY).values(some)
            new, old = statement.excluded, TALLY.c
            added = {"n": old.n + new.n, "blur": (old.blur + new.blur) % KEYS}
            connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=added))


def _row(place: Place, thing: Thing, count: int, keys: int) -> dict[str, Any]:
    family, key = thing
    return {
        "council": place.council,
        "service": place.service,
        "month": place.month,
        "version": place.version,
        "family": family.value,
        "key": key,
        "n": count,
        "blur": keys % KEYS,
    }


def _timely(place: Place, today: date) -> Place:
    return replace(place, month=month_of(today)) if released(place.month, today) else place


def _batches(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), _ROWS):
        yield rows[start : start + _ROWS]

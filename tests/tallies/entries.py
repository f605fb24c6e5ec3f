"""Entries to count, and what counts them, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, func, select

from app.tallies.cell import Entry, Family, Place
from app.tallies.counting import Counting
from app.tallies.mark import Marker
from app.tallies.spool import Spool
from app.tallies.store import Store
from app.tallies.tables import DRAINED, TALLY

TODAY = date(2026, 11, 26)
SECRET = "sight:severely_registered"
"""What somebody answered."""


def entry(key: str | None = SECRET, marks: Sequence[str] = ()) -> Entry:
    """What was counted; a key of None is one that no database takes."""
    return Entry(Place("kent", "blue-badge", "2026-11", "0123456789ab"), ((Family.OPTION, key),), tuple(marks))  # type: ignore[arg-type]


def counting(engine: Engine, folder: Path, *keys: str) -> Counting:
    return Counting(Spool(folder, keys), Store(engine), Marker(keys), lambda: TODAY)


def total(engine: Engine) -> int:
    """How often anything was counted."""
    with engine.connect() as connection:
        return int(connection.scalar(select(func.coalesce(func.sum(TALLY.c.n), 0))) or 0)


def half_done(engine: Engine) -> int:
    """How many files of the spool are known as counted and not yet deleted."""
    with engine.connect() as connection:
        return int(connection.scalar(select(func.count()).select_from(DRAINED)) or 0)

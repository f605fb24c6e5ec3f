"""Counting: entries go to the spool at once, and from there into the store when it can take them."""

from __future__ import annotations

import atexit
import logging
import os
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from app.tallies.database import why
from app.tallies.share import Shares

if TYPE_CHECKING:
    from app.tallies.cell import Entry
    from app.tallies.mark import Event, Marker
    from app.tallies.spool import Batch, Spool
    from app.tallies.store import Store

_log = logging.getLogger("checker.tallies")

PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
"""Between two attempts to count: longer each time that the database fails."""

MOST_FAILURES = 2
"""In one attempt. One may be the fault of what is to be counted; with two, the database is left alone for a while."""


@dataclass(frozen=True, slots=True)
class Drained:
    """What an attempt to empty the spool came to: entries counted, and lines put aside since no key opens them."""

    counted: int
    unreadable: int


@dataclass(slots=True)
class Counting:
    """The spool, the store, and the thread of each process that carries from one to the other."""

    spool: Spool
    store: Store
    marker: Marker
    today: Callable[[], date]
    _process: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)
    _starting: threading.Lock = field(default_factory=threading.Lock)
    _draining: threading.Lock = field(default_factory=threading.Lock)
    _retained: date | None = None

    def count(self, entry: Entry) -> None:
        """Sees to it that an entry is counted. Waits for no database, and never fails."""
        self.spool.append(entry)

    def marks(self, number: int, event: Event) -> tuple[str, ...]:
        """The marks by which a check is known again, once it was counted for this event."""
        return self.marker.marks(number, event)

    def start(self) -> None:
        """Starts this process's thread, unless it runs."""
        if self._process == os.getpid():
            return
        with self._starting:
            if self._process != os.getpid():
                self._stop, self._draining = threading.Event(), threading.Lock()
                threading.Thread(target=self._run, name="tallies", daemon=True).start()
                atexit.register(self.stop)
                self._process = os.getpid()

    def stop(self) -> None:
        """Ends the thread, and counts what there is, if the database is there."""
        self._stop.set()
        self._attempt()

    def drain(self) -> Drained:
        """Counts what is in the spool and waits in memory; raises what the database or the disk raises.

        Whatever fails in between is counted another time, and nothing twice.
        """
        counted = unreadable = 0
        failures: list[SQLAlchemyError | OSError] = []
        with self._draining, closing(self.spool.batches()) as batches:
            for batch in batches:
                try:
                    counted += self._take(batch)
                    unreadable += batch.unreadable
                except (SQLAlchemyError, OSError) as error:
                    failures.append(error)
                    if len(failures) == MOST_FAILURES:
                        break
        if failures:
            raise failures[0]
        return Drained(counted, unreadable)

    def _take(self, batch: Batch) -> int:
        added = bool(batch.entries) and self.store.add(batch.entries, self.today(), batch.id)
        if batch.unreadable:
            _log.error("%d lines open with no key of STATE_KEYS, and are kept in the spool", batch.unreadable)
        batch.delete()
        if batch.entries:
            self.store.forget_segment(batch.id)
        return len(batch.entries) if added else 0

    def retain(self) -> None:
        """Once a day, deletes shared answers whose time is over; raises what the database raises, to be tried again."""
        today = self.today()
        if self._retained != today:
            Shares(self.store.engine).forget_old(today)
            self._retained = today

    def _run(self) -> None:
        pause = PAUSE_SECONDS
        while not self._stop.wait(pause):
            pause = PAUSE_SECONDS if self._attempt() else min(2 * pause, LONGEST_PAUSE_SECONDS)

    def _attempt(self) -> bool:
        """Counts what there is, and says in the log why, if it cannot. Nothing that goes wrong here ends the thread."""
        try:
            self.drain()
            self.retain()
        except Exception as error:
            where = f"{self.spool.waiting} in memory only" if self.spool.waiting else "kept in the spool"
            _log.warning("not counted yet, %s: %s", where, why(error))
            return False
        if self.spool.unwritable:
            _log.warning(
                "the spool cannot be written to, so what is counted waits in memory: %s", self.spool.unwritable
            )
            return False
        return True

"""Counting: entries go to the spool at once, and from there into the store when it can take them."""

from __future__ import annotations

import atexit
import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from app.tallies.share import Shares

if TYPE_CHECKING:
    from app.tallies.cell import Entry
    from app.tallies.mark import Event, Marker
    from app.tallies.spool import Segment, Spool
    from app.tallies.store import Store

_log = logging.getLogger("checker.tallies")

PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
"""Between two attempts to count: longer each time that the database fails."""

UNREADABLE = ".unreadable"


@dataclass(frozen=True, slots=True)
class Drained:
    """What an attempt to empty the spool came to: entries counted, and lines that no key opens."""

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
    _retained: date | None = None

    def count(self, entry: Entry) -> None:
        """Sees to it that an entry is counted. Waits for no database, and never fails."""
        self.spool.append(entry)

    def marks(self, number: int, event: Event) -> tuple[str, ...]:
        """The marks by which a check is known again, once it was counted for this event."""
        return self.marker.marks(number, event)

    def start(self) -> None:
        """Starts this process's thread, unless it runs."""
        if self._process != os.getpid():
            self._process = os.getpid()
            self._stop = threading.Event()
            threading.Thread(target=self._run, name="tallies", daemon=True).start()
            atexit.register(self.stop)

    def stop(self) -> None:
        """Ends the thread, and counts what there is, if the database is there."""
        self._stop.set()
        try:
            self.drain()
        except (SQLAlchemyError, OSError) as error:
            _log.warning("not counted yet, and kept in the spool: %s", _short(error))

    def drain(self) -> Drained:
        """Counts what is in the spool and waits in memory; raises what the database or the disk raises.

        Whatever fails in between is counted another time, and nothing twice.
        """
        counted = unreadable = 0
        with self.spool.waiting() as entries:
            if entries:
                self.store.add(entries, self.today())
                counted += len(entries)
        with self.spool.hand_over() as segments:
            for segment in segments:
                entries, wrong = self.spool.read(segment)
                self.store.add(entries, self.today(), segment.id)
                self._take_away(segment, wrong)
                counted, unreadable = counted + len(entries), unreadable + wrong
        return Drained(counted, unreadable)

    def retain(self) -> None:
        """Once a day, deletes shared answers whose time is over; raises what the database raises, to be tried again."""
        today = self.today()
        if self._retained != today:
            Shares(self.store.engine).forget_old(today)
            self._retained = today

    def _take_away(self, segment: Segment, unreadable: int) -> None:
        if unreadable:
            kept = segment.path.rename(segment.path.with_suffix(UNREADABLE))
            _log.error("%d lines of %s open with no key of STATE_KEYS, and are kept", unreadable, kept.name)
        else:
            segment.delete()
        self.store.forget_segment(segment.id)

    def _run(self) -> None:
        pause = PAUSE_SECONDS
        while not self._stop.wait(pause):
            try:
                self.retain()
                self.drain()
                pause = PAUSE_SECONDS
            except (SQLAlchemyError, OSError) as error:
                pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
                _log.warning("not counted yet, and kept in the spool: %s", _short(error))


def _short(error: Exception) -> str:
    """What went wrong without what was to be written: a statement would hold what people answered."""
    return (
        f"{type(error).__name__}: {str(getattr(error, 'orig', error)).splitlines()[0]}" if str(error) else repr(error)
    )

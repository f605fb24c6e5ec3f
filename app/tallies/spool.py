"""The spool: what is to be counted, on the disk before anybody is answered, so that no answer waits for the database.

Each process appends to a file of its own, a sealed line for each entry, and holds a lock on it as long as it lives. A
file whose owner has gone is anybody's to count. What cannot be written to the disk waits in memory.
"""

from __future__ import annotations

import fcntl
import json
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from app.tallies.cell import Entry, Family, Place

SUFFIX = ".spool"


class Spool:
    """A folder of entries under keys of Fernet, newest first: the first seals, every key opens.

    ``unwritable`` is the last reason why an entry could not be put on the disk. ``unreadable`` counts lines that no key
    opened: they stay where they are.
    """

    def __init__(self, folder: Path, keys: Sequence[str]) -> None:
        self.folder = folder
        self.unwritable: OSError | None = None
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._lock = threading.Lock()
        self._own: Segment | None = None
        self._waiting: list[Entry] = []

    def append(self, entry: Entry) -> None:
        """Keeps an entry: on the disk, or else in memory. Never fails."""
        line = self._fernet.encrypt(_write(entry)) + b"\n"
        with self._lock:
            try:
                self._current().append(line)
                self.unwritable = None
            except OSError as error:
                self.unwritable = error
                self._waiting.append(entry)

    @contextmanager
    def hand_over(self) -> Iterator[list[Segment]]:
        """The files that are complete: this process's own, and those whose owners have gone; each locked while held."""
        with self._lock:
            own, self._own = self._own, None
        segments = [own] if own else []
        try:
            known = {segment.path for segment in segments}
            segments += [found for path in self._files() if path not in known and (found := adopt(path))]
            yield segments
        finally:
            for segment in segments:
                segment.close()

    @contextmanager
    def waiting(self) -> Iterator[list[Entry]]:
        """The entries in memory. If what is done with them fails, they go on waiting."""
        with self._lock:
            entries, self._waiting = self._waiting, []
        try:
            yield entries
        except BaseException:
            with self._lock:
                self._waiting = entries + self._waiting
            raise

    def read(self, segment: Segment) -> tuple[list[Entry], int]:
        """The entries of a file, and how many lines no key opens. A last line that was cut off was never answered."""
        entries, unreadable = [], 0
        for line in segment.lines():
            try:
                entries.append(_read(self._fernet.decrypt(line)))
            except (InvalidToken, ValueError, KeyError, TypeError):
                unreadable += 1
        return entries, unreadable

    @property
    def size(self) -> int:
        """How many bytes are on the disk and not counted yet."""
        with suppress(OSError):
            return sum(path.stat().st_size for path in self._files())
        return 0

    def _current(self) -> Segment:
        if self._own is None or self._own.process != os.getpid():
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._own = create(self.folder / f"{uuid4().hex}{SUFFIX}")
        return self._own

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob(f"*{SUFFIX}"))


class Segment:
    """One file of the spool, open and locked by this process."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self.process = os.getpid()
        self._descriptor = descriptor

    @property
    def id(self) -> str:
        """A name that no other has."""
        return self.path.stem

    def append(self, line: bytes) -> None:
        """Puts a line on the disk, or leaves the file as it was and raises OSError."""
        before = os.fstat(self._descriptor).st_size
        try:
            written = os.write(self._descriptor, line)
            if written < len(line):
                raise OSError(0, f"only {written} of {len(line)} bytes could be written")
            os.fdatasync(self._descriptor)
        except OSError:
            with suppress(OSError):
                os.ftruncate(self._descriptor, before)
            raise

    def lines(self) -> list[bytes]:
        """The lines that are whole."""
        return self.path.read_bytes().split(b"\n")[:-1]

    def delete(self) -> None:
        """Takes the file away."""
        self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Gives up the lock."""
        os.close(self._descriptor)


def create(path: Path) -> Segment:
    """A new file, locked before anybody can see it under its name."""
    hidden = path.with_suffix(".new")
    descriptor = os.open(hidden, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    hidden.rename(path)
    return Segment(path, descriptor)


def adopt(path: Path) -> Segment | None:
    """A file whose owner has gone; None where it has not, or somebody was faster."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if path.exists():
            return Segment(path, descriptor)
    except OSError:
        pass
    os.close(descriptor)
    return None


def _write(entry: Entry) -> bytes:
    place = entry.place
    return json.dumps(
        [place.council, place.service, place.month, place.version, entry.things, entry.marks], separators=(",", ":")
    ).encode()


def _read(content: bytes) -> Entry:
    council, service, month, version, things, marks = json.loads(content)
    return Entry(
        Place(council, service, month, version),
        tuple((Family(family), key) for family, key in things),
        tuple(marks),
    )

"""The spool: what is to be counted, on the disk before anybody is answered, so that no answer waits for the database.

Each process appends to a file of its own, a sealed line for each entry, and holds a lock on it as long as it lives. A
file whose owner has gone is anybody's to count. What cannot be written to the disk waits in memory.
"""

from __future__ import annotations

import os
import random
import threading
import weakref
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from app.tallies.cell import Entry
from app.tallies.line import LineSealer, UnreadableLineError
from app.tallies.segment import SUFFIX, Segment, adopt, create, sync_folder

UNREADABLE = ".unreadable"
"""Ends the names of files of lines that no key opens. Under another name with SUFFIX they are tried once more."""

LARGEST_BYTES = 1024 * 1024
"""A file that is larger takes no more: each is counted in one piece, in memory and in one transaction."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries that are counted together, under an ``id`` that no other batch has.

    ``unreadable`` lines beside them opened with no key; they are kept. ``delete`` is for when the entries are counted.
    """

    id: str
    entries: tuple[Entry, ...]
    delete: Callable[[], None]
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class Left:
    """What is on the disk and not counted: bytes, files of lines that no key opens, lines that need an older key."""

    size: int
    unreadable: int
    older: int


class Spool:
    """A folder of entries under keys of Fernet, newest first: the first seals, every key opens.

    ``unwritable`` is why the last entry could not be put on the disk, if so.
    """

    def __init__(self, folder: Path, keys: Sequence[str]) -> None:
        self.folder = folder
        self.unwritable: OSError | None = None
        self._sealer = LineSealer(keys)
        self._own: Segment | None = None
        self._begin()
        os.register_at_fork(after_in_child=partial(_begin_anew, weakref.ref(self)))

    def _begin(self) -> None:
        """What was there when a process was forked is its parent's."""
        self._lock = threading.Lock()
        self.close()
        self._memory: Batch | None = None
        self._waiting: list[Entry] = []

    def close(self) -> None:
        """Leaves this process's file to others. The next entry begins a new one."""
        with self._lock:
            own, self._own = self._own, None
        if own:
            own.close()

    def append(self, entry: Entry) -> None:
        """Keeps an entry: on the disk, or else in memory. Never fails."""
        line = self._sealer.seal(entry)
        with self._lock:
            try:
                self._current().append(line)
                self.unwritable = None
            except OSError as error:
                self.unwritable = error
                self._waiting.append(entry)

    def batches(self) -> Generator[Batch, None, None]:
        """What is complete, one at a time and nobody else's meanwhile: from memory, then from the disk.

        The files come in no order, so that one which cannot be counted does not hold up the same others for ever.
        """
        if memory := self._from_memory():
            yield memory
        for path in self._in_any_order():
            segment = self._take(path)
            if segment is not None:
                try:
                    yield self._batch(segment)
                finally:
                    segment.close()

    @property
    def waiting(self) -> int:
        """How many entries are in memory only."""
        with self._lock:
            return len(self._waiting) + (len(self._memory.entries) if self._memory else 0)

    def left(self) -> Left:
        """What is on the disk, in the files of every process."""
        size = older = 0
        for path in self._paths(SUFFIX):
            with suppress(FileNotFoundError):
                content = path.read_bytes()
                size += len(content)
                older += sum(not self._sealer.is_of_newest(line) for line in content.split(b"\n")[:-1])
        return Left(size, len(self._paths(UNREADABLE)), older)

    def _from_memory(self) -> Batch | None:
        # Once it was tried, it stays as it is: whether the database has taken it may not be known.
        with self._lock:
            if self._memory is None and self._waiting:
                self._memory = Batch(uuid4().hex, tuple(self._waiting), self._forget_memory)
                self._waiting = []
            return self._memory

    def _forget_memory(self) -> None:
        with self._lock:
            self._memory = None

    def _current(self) -> Segment:
        if self._own and (self._own.torn or self._own.size >= LARGEST_BYTES):
            self._own.close()
            self._own = None
        if self._own is None:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._own = create(self.folder)
        return self._own

    def _in_any_order(self) -> list[Path]:
        with self._lock:
            own = {self._own.path} if self._own else set()  # it may be gone from the folder
        paths = [*own.union(self._paths(SUFFIX))]
        random.shuffle(paths)
        return paths

    def _take(self, path: Path) -> Segment | None:
        with self._lock:
            if self._own and self._own.path == path:
                own, self._own = self._own, None
                return own
        return adopt(path)

    def _batch(self, segment: Segment) -> Batch:
        entries, unreadable = [], []
        for line in segment.lines():
            try:
                entries.append(self._sealer.open(line))
            except UnreadableLineError:
                unreadable.append(line)
        if unreadable:
            self._keep(segment.id, unreadable)
        return Batch(segment.id, tuple(entries), segment.delete, len(unreadable))

    def _keep(self, segment: str, lines: Sequence[bytes]) -> None:
        """Puts lines aside, each time in the same file: one that no database has met under its name."""
        kept = self.folder / f"{sha256(segment.encode()).hexdigest()[:32]}{UNREADABLE}"
        with kept.open("wb") as file:
            file.writelines(line + b"\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(self.folder)

    def _paths(self, suffix: str) -> list[Path]:
        try:
            return [path for path in self.folder.iterdir() if path.suffix == suffix]
        except (FileNotFoundError, NotADirectoryError):
            return []


def _begin_anew(spool: weakref.ref[Spool]) -> None:
    if found := spool():
        found._begin()

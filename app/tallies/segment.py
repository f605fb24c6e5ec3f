"""One file of the spool: written by one process, locked as long as that lives, then counted by any."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

SUFFIX = ".spool"


class Segment:
    """A file that is open and locked by this process.

    ``torn`` says that it ends in a part of a line that could not be taken back: then it takes no more.
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self.torn = False
        self._descriptor = descriptor

    @property
    def id(self) -> str:
        """A name that no other has."""
        return self.path.stem

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return os.fstat(self._descriptor).st_size

    def append(self, line: bytes) -> None:
        """Puts a line on the disk, or leaves the file as it was and raises OSError."""
        before = self.size
        try:
            written = os.write(self._descriptor, line)
            if written < len(line):
                raise OSError(0, f"only {written} of {len(line)} bytes could be written")
            os.fdatasync(self._descriptor)
        except OSError:
            self.torn = True
            os.ftruncate(self._descriptor, before)
            self.torn = False
            raise

    def lines(self) -> list[bytes]:
        """The lines that are whole, even of a file that somebody has deleted. A part of one was never answered."""
        return os.pread(self._descriptor, self.size, 0).split(b"\n")[:-1]

    def delete(self) -> None:
        """Takes the file away."""
        self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Gives up the lock."""
        os.close(self._descriptor)


def create(folder: Path) -> Segment:
    """A new file, locked, and there even after the power has failed. Whoever dies in between leaves an empty one."""
    path = folder / f"{uuid4().hex}{SUFFIX}"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        taken = not path.exists()  # for one left behind, and deleted, before it was locked
        sync_folder(folder)
    except OSError:
        os.close(descriptor)
        raise
    if taken:
        os.close(descriptor)
        return create(folder)
    return Segment(path, descriptor)


def adopt(path: Path) -> Segment | None:
    """A file whose owner has gone; None where it has not, or somebody was faster."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return None
    with suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if path.exists():
            return Segment(path, descriptor)
    os.close(descriptor)
    return None


def sync_folder(folder: Path) -> None:
    """Puts the names of a folder's files on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

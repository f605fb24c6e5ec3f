"""A line of the spool: an entry, sealed."""

from __future__ import annotations

import json
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from app.tallies.cell import Entry, Family, Place


class UnreadableLineError(ValueError):
    """A line that no key opens, or that holds no entry."""


class LineSealer:
    """Seals entries under keys of Fernet, newest first: the first seals, every key opens."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._newest = Fernet(keys[0])
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def seal(self, entry: Entry) -> bytes:
        """A line with its end."""
        place = entry.place
        content = [place.council, place.service, place.month, place.version, entry.things, entry.marks]
        return self._newest.encrypt(json.dumps(content, separators=(",", ":")).encode()) + b"\n"

    def open(self, line: bytes) -> Entry:
        """The entry of a line; raises UnreadableLineError."""
        try:
            council, service, month, version, things, marks = json.loads(self._fernet.decrypt(line))
            return Entry(
                Place(council, service, month, version),
                tuple((Family(family), key) for family, key in things),
                tuple(marks),
            )
        except (InvalidToken, ValueError, TypeError) as error:
            raise UnreadableLineError from error

    def is_of_newest(self, line: bytes) -> bool:
        """Whether the first key opens it."""
        try:
            self._newest.decrypt(line)
        except InvalidToken:
            return False
        return True

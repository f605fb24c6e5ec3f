"""Marks: by which a check that is sent twice is known again, without its number."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from typing import Literal

BYTES = 16

Event = Literal["begun", "finished"]
"""What a check can be counted for, each once."""


class Marker:
    """Makes marks under keys of 32 bytes as URL-safe base64, newest first."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = tuple(urlsafe_b64decode(key) for key in keys)

    def marks(self, number: int, event: Event) -> tuple[str, ...]:
        """The marks of a check's number for an event, one under each key.

        All are looked for, since the check may have been counted before a key was put in front.
        """
        said = f"{event}\0{number}".encode()
        return tuple(hmac.digest(key, b"mark 1\0" + said, "sha256")[:BYTES].hex() for key in self._keys)

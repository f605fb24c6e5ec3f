"""The citizen's state, sealed: carried in the address, readable by nobody else, stored nowhere.

A token is encrypted and authenticated and has one length whatever was answered. It is a carrier, not an authority: what
it holds is weighed against the rules each time.
"""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

LIFETIME_SECONDS = 24 * 60 * 60
"""Longer than the 20 hours above which WCAG 2.2.1 asks for no warning."""

BLOCK_BYTES = 320
"""What every state is padded to before it is sealed."""

_FORM = 1


class UnreadableStateError(ValueError):
    """A token that no key of ours opens: altered, cut off, or sealed with a key since destroyed."""


class ExpiredStateError(ValueError):
    """A token whose check began longer ago than a state lives."""


@dataclass(frozen=True, slots=True)
class CheckState:
    """A check as far as it has come.

    ``answers`` has a number for each question of the vocabulary: a bit for each option ticked, 0 while unanswered.
    ``submitted`` is what was sent for the question at ``step`` and could not be used; the page shows it again with the
    error. ``changing`` is set while an answer is changed from "check your answers". ``begun`` is in seconds since 1970;
    ``number`` is random and marks the check, not the person.
    """

    council: str
    nation: str
    version: str
    step: int
    begun: int
    number: int
    answers: tuple[int, ...]
    submitted: int | None = None
    changing: bool = False


def new_key() -> str:
    """A key for one process that nobody else needs to open states of."""
    return Fernet.generate_key().decode()


class StateSealer:
    """Seals states into tokens and opens them again. The first key seals; every key opens."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def seal(self, state: CheckState) -> str:
        """A token for the state, safe in an address."""
        content = json.dumps([_FORM, *astuple(state)], separators=(",", ":")).encode()
        if len(content) > BLOCK_BYTES:
            message = f"a check can come to {len(content)} bytes, and a sealed state holds {BLOCK_BYTES}"
            raise ValueError(message)
        return self._fernet.encrypt(content.ljust(BLOCK_BYTES)).decode().rstrip("=")

    def open(self, token: str, now: int) -> CheckState:
        """The state of a token; raises UnreadableStateError or ExpiredStateError. ``now`` is in seconds since 1970."""
        try:
            padded = token.encode("ascii") + b"=" * (-len(token) % 4)
            form, council, nation, version, step, begun, number, answers, submitted, changing = json.loads(
                self._fernet.decrypt(padded)
            )
        except (InvalidToken, ValueError, TypeError) as error:
            raise UnreadableStateError from error
        if form != _FORM:
            raise UnreadableStateError
        if now - begun > LIFETIME_SECONDS:
            raise ExpiredStateError
        return CheckState(council, nation, version, step, begun, number, tuple(answers), submitted, changing)

"""Receipts: codes that a person may quote, from which the holder of the key learns what was answered, and the rules.

Nothing is stored. A code carries the day of issue and the number of the path that the answers took, sealed under a key
that is bound to those rules. Most numbers are no path, so a code that was altered opens to nothing.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.engine.path_number import paths
from app.engine.problem import LoadError
from app.tallies.readable_code import BITS, MistypedError, read_code, write_code
from app.tallies.sealed_number import seal, unseal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.engine.answers import Answers
    from app.engine.rules import Rules

LIFETIME = timedelta(days=366)
"""A year, and a day for clocks and time zones that differ."""

_DAYS = 1 << 13
"""Days are counted round and round: 22 years, so that a receipt and one as old as that are never both of use."""

_PATHS = (1 << BITS) // _DAYS
MOST_PATHS = _PATHS >> 32
"""So many that a code made up without a key has at most one chance in 2 to the power of 32 to open under it."""

_FORM = "receipt 1"


class ReceiptError(ValueError):
    """A code that does not open. ``code`` is one of mistyped, foreign, expired; the text says what to do instead."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a code says: on which day, under which rules, which answers."""

    issued: date
    rules: Rules
    answers: Answers


class Receipts:
    """Issues receipts under the first key, and opens those of every key, for all rules that are kept.

    Keys are 32 bytes as URL-safe base64, newest first.
    """

    def __init__(self, keys: Sequence[str], kept: Sequence[Rules]) -> None:
        self._keys = tuple(urlsafe_b64decode(key) for key in keys)
        self._kept = tuple(kept)

    def check_room(self) -> None:
        """Raises LoadError for rules with more paths than a receipt can tell apart.

        Explores each graph, so that no visitor waits for it later.
        """
        problems = [
            rules.law.problem(
                ("criteria",),
                "too-much-to-carry",
                f"{rules.nation} has {paths(rules).count} paths, and a receipt holds {MOST_PATHS}; ask fewer questions "
                "or offer fewer options",
            )
            for rules in self._kept
            if paths(rules).count > MOST_PATHS
        ]
        if problems:
            raise LoadError(problems)

    def issue(self, rules: Rules, answers: Answers, day: date) -> str:
        """The code for complete answers, the same each time on one day. The rules must have room."""
        content = day.toordinal() % _DAYS * _PATHS + paths(rules).number(answers)
        return write_code(seal(_bound(self._keys[0], rules), content, BITS))

    def open(self, code: str, today: date) -> Receipt:
        """What a code says, however it was typed; raises ReceiptError."""
        try:
            sealed = read_code(code)
        except MistypedError as error:
            raise ReceiptError("mistyped", f"this is not a whole code: {error}") from error
        for rules in self._kept:
            for key in self._keys:
                days, number = divmod(unseal(_bound(key, rules), sealed, BITS), _PATHS)
                if number < paths(rules).count:
                    issued = _day(days, today)
                    _check_age(issued, today)
                    return Receipt(issued, rules, paths(rules).answers(number))
        message = (
            "nothing here opens this code: it was altered, or made by another service, or under rules no longer kept "
            "here; compare it with the page that it was on, or ask for the answers instead"
        )
        raise ReceiptError("foreign", message)


def _bound(key: bytes, rules: Rules) -> bytes:
    """A key for these rules alone, and for as long as their paths are numbered in this way."""
    bound_to = (_FORM, rules.service, rules.nation, rules.version, str(paths(rules).count))
    return hmac.digest(key, "\0".join(bound_to).encode(), "sha256")


def _day(days: int, today: date) -> date:
    """The latest such day; tomorrow counts, since another server's clock may be ahead."""
    latest = today + timedelta(days=1)
    return latest - timedelta(days=(latest.toordinal() - days) % _DAYS)


def _check_age(issued: date, today: date) -> None:
    if today - issued > LIFETIME:
        message = f"this code is of {issued}, and a code opens for 12 months; ask for a new check"
        raise ReceiptError("expired", message)

"""A number sealed under a key into another of the same size, so that a short code can carry nothing but content.

A Feistel network over the whole number (as in NIST SP 800-38G), its rounds keyed with HMAC-SHA256. Under another key,
or with any bit changed, what opens is a number at random. Equal numbers are sealed alike.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable

ROUNDS = 10


def seal(key: bytes, number: int, bits: int) -> int:
    """The sealed form of a number of so many bits."""
    return _turn(key, number, bits, range(ROUNDS))


def unseal(key: bytes, number: int, bits: int) -> int:
    """The number of which this is the sealed form."""
    return _turn(key, number, bits, reversed(range(ROUNDS)))


def _turn(key: bytes, number: int, bits: int, rounds: Iterable[int]) -> int:
    widths = (bits // 2, bits - bits // 2)
    halves = [number >> widths[1], number & (1 << widths[1]) - 1]
    for turn in rounds:
        here = turn % 2
        message = bytes([turn]) + halves[1 - here].to_bytes(32)
        mask = int.from_bytes(hmac.digest(key, message, "sha256"))
        halves[here] ^= mask & (1 << widths[here]) - 1
    return halves[0] << widths[1] | halves[1]

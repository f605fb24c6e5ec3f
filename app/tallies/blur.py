"""The blur: a small random number that a counter carries from its first count.

Without it, counts that have to add up to as many checks would give each other away: see docs/decisions/0018-tallies.md.
"""

from __future__ import annotations

import math
import secrets

RATIO = math.exp(-1)
"""How much less likely each next number is, up and down. No number is impossible."""

_random = secrets.SystemRandom()


def draw() -> int:
    """A number of the two-sided geometric distribution: 0 in 46 of 100, between -3 and 3 in 97."""
    return _steps() - _steps()


def _steps() -> int:
    return int(math.log(1.0 - _random.random()) / math.log(RATIO))

"""The blur: a small number by which a count is off, the same for everything that counted the same checks.

Each check that is counted brings a random key, and a counter keeps the sum of the keys beside the count. From that sum
follows the blur. So counts of the same checks have the same blur, and looking again tells nothing more; those of other
checks have others. The method is the Office for National Statistics' for the Census, which calls it cell keys. See
docs/decisions/0020-disclosure.md.
"""

from __future__ import annotations

import math
import secrets
from bisect import bisect_right
from itertools import accumulate
from random import Random

from sqlalchemy import ColumnElement, case

KEYS = 2**30
"""A key is 0 or more and less than this, and so is a sum of keys, which begins again at 0.

Two of them added up still fit an integer of 32 bits, which is what a database has.
"""

LARGEST = 19
"""A count is off by this at most. By more than 16 it is in one case of 17 million, by more than 7 in one of 2,000."""

RATIO = math.exp(-1)
"""How much less likely each next number is, up and down."""

NUMBERS = (0, *(number for size in range(1, LARGEST + 1) for number in (size, -size)))
"""The numbers that there are, the likeliest first."""


def _share(number: int) -> float:
    return RATIO ** abs(number) / sum(RATIO ** abs(each) for each in NUMBERS)


_UP_TO = tuple(round(KEYS * share) for share in accumulate(map(_share, NUMBERS)))
"""Below which sum of keys each number is the blur, and no number before it."""

CHANCES = {number: (up_to - below) / KEYS for number, below, up_to in zip(NUMBERS, (0, *_UP_TO), _UP_TO, strict=False)}
"""How likely each number is the blur of a count."""

_random = secrets.SystemRandom()


def draw(chance: Random = _random) -> int:
    """The key of a check. Nobody may foresee it, or know it later."""
    return chance.randrange(KEYS)


def blur(keys: int) -> int:
    """The blur of a sum of keys: 0 in 46 of 100, between -3 and 3 in 97."""
    return NUMBERS[bisect_right(_UP_TO, keys % KEYS)]


def blur_of(keys: ColumnElement[int]) -> ColumnElement[int]:
    """The same in SQL."""
    left = keys % KEYS
    return case(
        *((left < up_to, number) for up_to, number in zip(_UP_TO[:-1], NUMBERS, strict=False)), else_=NUMBERS[-1]
    )

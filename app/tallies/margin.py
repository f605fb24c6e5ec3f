"""How far what is shown can be from what was counted, all but certainly.

Blur and rounding push some counts up and others down, so a sum of many is off by far less than the worst of each.
"""

from __future__ import annotations

import math
from functools import cache

from app.tallies.blur import CHANCES, LARGEST
from app.tallies.disclosure import MOST_HIDDEN, STEP, Figure, shown

IN_HOW_MANY = 100_000
"""One figure in so many, at most, lies further off on one side, whatever was counted."""

_EVERY_COUNT = range(MOST_HIDDEN + 1 + LARGEST + STEP)
"""All that differ in how they can be shown: above, rounding begins again every five."""

_RATES = tuple(rate / 50 for rate in range(1, 50))


def limits(figure: Figure) -> tuple[int, int]:
    """The least and the most things that a figure can be of, if it is none of the few that lie further off."""
    off = margin(figure.counts)
    return max(0, figure.low - off), figure.high + off


@cache
def margin(counts: int) -> int:
    """How far below its low, and above its high end, a figure made of so many counts can be.

    This is Chernoff's bound. Of any one count the mean of e to the power of (rate * how far it lies beyond its end) is
    at most what ``_growth`` says, and counts of different checks have blurs that know nothing of each other.
    """
    if not counts:
        return 0
    return math.floor(min((math.log(IN_HOW_MANY) + counts * growth) / rate for rate, growth in _growths()))


@cache
def _growths() -> tuple[tuple[float, float], ...]:
    return tuple((rate, max(_growth(rate, count) for count in _EVERY_COUNT)) for rate in _RATES)


def _growth(rate: float, count: int) -> float:
    """The logarithm of the larger of both means of a count: of how far it lies above, and below, what is shown."""
    ends = [(chance, shown(count + number)) for number, chance in (CHANCES if count else {0: 1.0}).items()]
    above = sum(chance * math.exp(rate * (count - figure.high)) for chance, figure in ends)
    below = sum(chance * math.exp(rate * (figure.low - count)) for chance, figure in ends)
    return math.log(max(above, below))

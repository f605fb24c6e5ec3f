"""Disclosure control: the one way from what is counted to what anybody sees.

A count of a council in a month first gets its blur. If it then is 0 to 7 it is shown as "7 or fewer", any other rounded
to the nearest 5. Whatever else is shown is made of counts so shown, and of nothing else. The blur is there because many
counts have to add up to as many checks, and so would give each other away: see docs/decisions/0020-disclosure.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func

from app.tallies.blur import blur_of

MOST_HIDDEN = 7
STEP = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure made of ``counts`` counts, of which ``hidden`` are 7 or fewer: it lies between ``low`` and ``high``.

    Each of the others is rounded, and each has its blur, so either end can be off: see app/tallies/margin.py.
    """

    low: int
    counts: int
    hidden: int

    @property
    def high(self) -> int:
        """The most that it can be, but for blur and rounding."""
        return self.low + MOST_HIDDEN * self.hidden

    def __add__(self, other: Figure) -> Figure:
        return Figure(self.low + other.low, self.counts + other.counts, self.hidden + other.hidden)


NOTHING = Figure(0, 0, 0)


def shown(count: int) -> Figure:
    """How a count that has its blur is shown."""
    return Figure(0, 1, 1) if count <= MOST_HIDDEN else Figure((count + STEP // 2) // STEP * STEP, 1, 0)


def blurred(count: ColumnElement[int], keys: ColumnElement[int]) -> ColumnElement[int]:
    """In SQL: a count with its blur, from the sum of the keys of what it counts. It can be less than nothing."""
    return count + blur_of(keys)


def shown_sum(count: ColumnElement[int]) -> ColumnElement[int]:
    """In SQL: the sum of the counts that are shown, each rounded to the nearest 5."""
    up = count + STEP // 2
    rounded = up - up % STEP  # PostgreSQL's sums are no integers, and so their division leaves fractions
    return func.coalesce(func.sum(case((count <= MOST_HIDDEN, 0), else_=rounded)), 0)


def shown_counts(count: ColumnElement[int]) -> ColumnElement[int]:
    """In SQL: how many counts are shown. All others that there could be are hidden, stored or not."""
    return func.coalesce(func.sum(case((count <= MOST_HIDDEN, 0), else_=1)), 0)

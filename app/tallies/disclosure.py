"""Disclosure control: the one way from what is counted to what anybody sees.

A count of a council in a month, of 0 to 7, is shown as "7 or fewer", any other rounded to the nearest 5. Whatever else
is shown is made of counts so shown, and of nothing else. So no two figures, taken from each other, tell more than each.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func

from app.tallies.cell import Family

MOST_HIDDEN = 7
STEP = 5

EXACT = frozenset({Family.BEGUN, Family.OUTCOME})
"""The families without blur: one partition of the checks begun, and one of those finished, give nothing away."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure made of ``counts`` counts, of which ``hidden`` are 7 or fewer: it lies between ``low`` and ``high``.

    Each of the others is rounded, so either end can be off by 2 for each of those.
    """

    low: int
    counts: int
    hidden: int

    @property
    def high(self) -> int:
        """The most that it can be, before rounding."""
        return self.low + MOST_HIDDEN * self.hidden

    def __add__(self, other: Figure) -> Figure:
        return Figure(self.low + other.low, self.counts + other.counts, self.hidden + other.hidden)


NOTHING = Figure(0, 0, 0)


def shown_sum(count: ColumnElement[int]) -> ColumnElement[int]:
    """In SQL: the sum of the counts that are shown, each rounded to the nearest 5."""
    rounded = (count + STEP // 2) // STEP * STEP
    return func.coalesce(func.sum(case((count <= MOST_HIDDEN, 0), else_=rounded)), 0)


def shown_counts(count: ColumnElement[int]) -> ColumnElement[int]:
    """In SQL: how many counts are shown. All others that there could be are hidden, stored or not."""
    return func.coalesce(func.sum(case((count <= MOST_HIDDEN, 0), else_=1)), 0)

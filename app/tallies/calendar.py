"""Months: which are finished, and when their figures are released."""

from __future__ import annotations

from datetime import date, timedelta

from app.tallies.cell import month_of

SETTLING = timedelta(days=1)
"""How long after its end a month takes in what was spooled before. Then its figures are released, and never change."""


def released(month: str, today: date) -> bool:
    """Whether the figures of a month are released."""
    return month < month_of(today - SETTLING)


def months_before(today: date, count: int) -> str:
    """The month so many months before that of the day."""
    index = today.year * 12 + today.month - 1 - count
    return month_of(date(index // 12, index % 12 + 1, 1))


def released_months(today: date, count: int) -> tuple[str, ...]:
    """The last months that are released, oldest first."""
    last = today - SETTLING
    return tuple(months_before(last, back) for back in range(count, 0, -1))

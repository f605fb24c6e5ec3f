"""The day that it is in the United Kingdom, where laws and councils change at midnight by the clock on the wall."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

_CHANGES_AT = 1
"""The clocks change at this hour, Greenwich mean time (Summer Time Act 1972, section 1)."""
_SUNDAY = 6


def uk_day(now: datetime) -> date:
    """The day in the United Kingdom at a moment that says its own time zone.

    Worked out here, since a machine need not have the data of time zones.
    """
    here = now.astimezone(UTC)
    summer = _last_sunday(here.year, 3) <= here < _last_sunday(here.year, 10)
    return (here + timedelta(hours=1) if summer else here).date()


def _last_sunday(year: int, month: int) -> datetime:
    """When the clocks change in a month of 31 days."""
    last = datetime(year, month, 31, _CHANGES_AT, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() - _SUNDAY) % 7)

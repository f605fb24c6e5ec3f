"""The periods that figures can be seen for: finished months alone, and never more than are offered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.tallies.calendar import SETTLING, released, released_months

if TYPE_CHECKING:
    from app.web.site_words import SiteWords

OFFERED_MONTHS = 36
"""How many finished months there are to choose from. Older ones are deleted."""

LENGTHS = {"month": 1, "quarter": 3, "year": 12, "all": OFFERED_MONTHS}
"""The choices that are not one named month, and how many months each has, up to the last one finished."""

DEFAULT = "month"

_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)


class NoPeriodError(LookupError):
    """There are no figures for what was asked. ``from_`` is the day from which there will be, if there ever will.

    ``month`` is the one that was asked for, None where it was no month at all.
    """

    def __init__(self, month: str | None, from_: date | None = None) -> None:
        self.month = month
        self.from_ = from_
        super().__init__(f"there are no figures for {month}")


@dataclass(frozen=True, slots=True)
class Period:
    """Months in a row, oldest first; ``before`` are as many that came before them, none where those are not kept.

    ``choice`` is how it is named in an address. ``trend`` are the months to see how things went: at least a year, as
    far as there is one.
    """

    choice: str
    months: tuple[str, ...]
    before: tuple[str, ...]
    trend: tuple[str, ...]

    @property
    def needed(self) -> tuple[str, ...]:
        """Every month of it, each once."""
        return tuple(sorted({*self.months, *self.before, *self.trend}))


def read_period(choice: str, today: date) -> Period:
    """The period of that name as it is today; raises NoPeriodError."""
    kept = released_months(today, OFFERED_MONTHS)
    if choice in LENGTHS:
        return _period(choice, kept, len(kept) - LENGTHS[choice], len(kept))
    if not _MONTH.fullmatch(choice):
        raise NoPeriodError(None)
    if not released(choice, today):
        raise NoPeriodError(choice, release_day(choice))
    if choice not in kept:
        raise NoPeriodError(choice)
    return _period(choice, kept, kept.index(choice), kept.index(choice) + 1)


def named_months(today: date) -> tuple[str, ...]:
    """Every month that can be chosen, the newest first."""
    return released_months(today, OFFERED_MONTHS)[::-1]


def release_day(month: str) -> date:
    """The first day on which the figures of a month can be seen."""
    year, number = int(month[:4]), int(month[5:])
    return date(year + number // 12, number % 12 + 1, 1) + SETTLING


def first_days(months: tuple[str, ...]) -> tuple[date, ...]:
    """The first day of each month."""
    return tuple(date(int(month[:4]), int(month[5:]), 1) for month in months)


def month_in_words(month: str, words: SiteWords) -> str:
    """A month as people say it."""
    return words.text("desk.report.month", month=words.words[f"date.month.{int(month[5:])}"], year=int(month[:4]))


def months_in_words(months: tuple[str, ...], words: SiteWords) -> str:
    """Months in a row, by the first and the last."""
    first, last = (month_in_words(month, words) for month in (months[0], months[-1]))
    return first if len(months) == 1 else words.text("desk.report.months", first=first, last=last)


def _period(choice: str, kept: tuple[str, ...], start: int, end: int) -> Period:
    length = end - start
    before = kept[start - length : start] if start >= length else ()
    return Period(choice, kept[start:end], before, kept[max(0, min(start, end - 12)) : end])

"""The days on which a council exists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """From ``start`` up to, and without, ``end``; without a bound where one is None."""

    start: date | None = None
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day lies within."""
        return (self.start or date.min) <= day < (self.end or date.max)

    def covers(self, other: Span) -> bool:
        """Whether every day of the other lies within."""
        starts = (self.start or date.min) <= (other.start or date.min)
        return starts and (other.end or date.max) <= (self.end or date.max)

    @property
    def is_empty(self) -> bool:
        """Whether it ends before it has begun."""
        return (self.start or date.min) >= (self.end or date.max)


ALWAYS = Span()

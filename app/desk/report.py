"""A report: the figures of a place in a period. A page shows one, and each file holds one, so they cannot differ.

These models are the JSON too, and its schema is made from them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.tallies.disclosure import Figure
from app.tallies.wording import NO_DATA, SMALL, Bounded, value

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARE_FROM = 100
"""The least number of which a share is given: of fewer, rounding alone would move it by several points."""

MONTH = r"^20\d\d-(0[1-9]|1[0-2])$"

Kind = Literal["figures", "questions"]


class Said(BaseModel):
    """A part of a report; it never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Shown(Said):
    """A figure as anybody may see it. It is made of ``counts`` counts, of which ``hidden`` are 7 or fewer."""

    value: int | Literal["[c]", "[x]"] = Field(
        description="The figure; [c] where a part of it is hidden, [x] where there is nothing to count."
    )
    low: int = Field(ge=0, description="The least that it is, before rounding.")
    high: int = Field(ge=0, description="The most that it is, before rounding.")
    counts: int = Field(ge=0, description="Of how many counts of a council in a month it is made.")
    hidden: int = Field(ge=0, description="How many of them are 7 or fewer.")


class Share(Said):
    """A part of a number, in whole per cent, between two bounds that are the same where nothing is hidden."""

    low: int = Field(ge=0, le=100)
    high: int = Field(ge=0, le=100)


class Source(Said):
    """A provision of law or guidance."""

    text: str
    url: str


class Row(Said):
    """One thing that is counted."""

    id: str
    name: str
    group: str = Field(description="What it belongs to, such as the route of a criterion. Can be empty.")
    gone: bool = Field(description="Whether the rules in force no longer have it.")
    sources: tuple[Source, ...]
    now: Shown
    of: Shown = Field(description="The number that it is part of.")
    share: Share | None = Field(description="The part of that number; null where it is hidden or under 100.")
    before: Shown | None = Field(description="The same in the period before; null where that is not kept.")


class Months(Said):
    """Months in a row, such as 2026-10, and in words."""

    first: str = Field(pattern=MONTH)
    last: str = Field(pattern=MONTH)
    text: str


class Section(Said):
    """A table: one kind of thing, counted alike."""

    id: str
    title: str
    about: str
    period: Months
    of: Shown | None = Field(description="The number that all rows are part of; null where each has its own.")
    unit: str = Field(description="What that number counts.")
    rows: tuple[Row, ...]


class Coverage(Said):
    """Of how many councils together; ``counted`` had more than 7 checks begun in some month of the period."""

    councils: int
    counted: int


class Place(Said):
    """A council or, for councils together, ``national``; ``nation`` is empty for the whole United Kingdom."""

    id: str
    name: str
    nation: str


class Report(Said):
    """Figures of a place in a period."""

    kind: Kind
    service: str
    place: Place
    period: Months
    before: Months | None
    coverage: Coverage | None = Field(description="Null for one council.")
    how: tuple[str, ...] = Field(description="How to read any figure.")
    notes: tuple[str, ...] = Field(description="What else there is to say of these.")
    sections: tuple[Section, ...]

    def in_order(self) -> Iterator[tuple[Section, Row]]:
        """Every row, with the section that it stands in."""
        for section in self.sections:
            for row in section.rows:
                yield section, row


def show(figure: Bounded) -> Shown:
    """A figure as it is shown."""
    return Shown(value=value(figure), low=figure.low, high=figure.high, counts=figure.counts, hidden=figure.hidden)


def left(reached: Figure, answered: Figure) -> Shown:
    """How many were not answered of those reached: from what is shown of each, and never under nothing."""
    low, high = (max(0, n) for n in (reached.low - answered.high, reached.high - answered.low))
    both = reached + answered
    if not both.counts or low == high:
        return Shown(value=low if both.counts else NO_DATA, low=low, high=high, counts=both.counts, hidden=0)
    return Shown(value=SMALL, low=low, high=high, counts=both.counts, hidden=both.hidden)


def share(part: Shown, whole: Shown) -> Share | None:
    """A part in per cent, from the least to the most that it can be; None where that says too little."""
    if whole.low < SHARE_FROM or part.value == NO_DATA:
        return None
    low, high = round(100 * part.low / whole.high), round(100 * part.high / whole.low)
    return Share(low=min(low, 100), high=min(high, 100))

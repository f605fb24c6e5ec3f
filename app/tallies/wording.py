"""How a figure is written: in words on a page, and in the cells of a file.

On a page, ``in_words(figure, tool_words())`` gives "25", "7 or fewer", "40 to 61" or "21 or fewer"; once on each page
with figures, ``w.prose(HOW)`` says how to read them. In a file, ``cells(figure)`` are the cells under ``COLUMNS``: a
number where all of the figure is shown, else the marker that the Government Statistical Service's guidance gives for
it, then what it lies between. For JSON: ``bounds(figure)``. Nothing here is ever a count that is not shown.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, Protocol

from app.tallies.disclosure import Figure

HOW = "desk.figures.how"
"""The words that say how to read figures."""

SMALL: Literal["[c]"] = "[c]"
"""Suppressed to protect confidentiality."""

NO_DATA: Literal["[x]"] = "[x]"
"""Not available: a figure made of no counts at all."""

COLUMNS = ("value", "low", "high", "hidden")
"""Of a figure in a file: a number or a marker, the least and the most that it is, and how many counts are hidden."""


class Words(Protocol):
    """Words by key, such as those of pages and tools."""

    def text(self, key: str, **values: str | int) -> str:
        """The words with values filled in."""


class Bounded(Protocol):
    """A figure, or what was worked out from figures."""

    @property
    def low(self) -> int:
        """The least that it is."""

    @property
    def high(self) -> int:
        """The most that it is."""

    @property
    def counts(self) -> int:
        """Of how many counts it is made."""

    @property
    def hidden(self) -> int:
        """How many of them are 7 or fewer."""


class Bounds(NamedTuple):
    """What a figure lies between, and how many of its counts are 7 or fewer."""

    low: int
    high: int
    hidden: int


def in_words(figure: Bounded, words: Words) -> str:
    """The figure for people to read."""
    if not figure.counts:
        return words.text("desk.figures.none")
    if not figure.hidden:
        return f"{figure.low:,}"
    if not figure.low:
        return words.text("desk.figures.or_fewer", most=f"{figure.high:,}")
    return words.text("desk.figures.between", least=f"{figure.low:,}", most=f"{figure.high:,}")


def value(figure: Bounded) -> int | Literal["[c]", "[x]"]:
    """The figure where all of it is shown, else a marker."""
    if not figure.counts:
        return NO_DATA
    return SMALL if figure.hidden else figure.low


def bounds(figure: Figure) -> Bounds:
    """The figure for programs; ``_asdict()`` for JSON."""
    return Bounds(figure.low, figure.high, figure.hidden)


def cells(figure: Figure) -> tuple[int | str, int, int, int]:
    """The figure in a row of a file, under ``COLUMNS``."""
    return (value(figure), *bounds(figure))

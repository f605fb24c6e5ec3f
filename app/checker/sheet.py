"""One page of paper: how large its letters can be, and what gives way where it has no room for all.

A server cannot see a page, so it counts lines of so many letters. Tests in a browser hold that what it keeps fits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from markupsafe import Markup

POINTS = (12, 11, 10)
"""The sizes of letters there are, the one to be preferred first. Anything smaller would be hard to read."""

_ROOM = 688
"""The height of an A4 page between its margins and below the council's name, in points."""
_STRIP = 28
"""What a strip above the council's name takes of it."""
_TITLE = 22, 50
"""The height of a line of the title, in points, and how many letters it has."""
_COLUMN = 249
"""The width of each of the two columns, in points."""
_LINE, _LETTER = 1.2, 0.49
"""The height of a line and the mean width of a letter, in sizes of letters; a line leaves some of its end empty."""
_GAP, _HEADING = 0.3, 0.9
"""What a paragraph and a heading take beside their lines, in lines."""

_BLOCK = re.compile(r"</(?:h2|li|p|div)>|<br>")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The size of the letters in points, and the optional parts for which there is room; the others are empty."""

    points: int
    parts: Mapping[str, Markup]


def lay_out(
    title: str,
    across: Markup,
    flowing: Sequence[Markup],
    beside: Sequence[Markup],
    optional: Mapping[str, Markup],
    *,
    strip: bool,
) -> Sheet:
    """The largest letters with which all fits; with the smallest, the optional parts that do, the first before others.

    The other parts are never left off: the title, what stands ``across`` the page, what flows through both columns,
    and what stands ``beside`` each other in them. Optional parts flow through both columns too. A ``strip`` above all
    says that nothing here is real.
    """
    line, letters = _TITLE
    room = _ROOM - ceil(len(title) / letters) * line - (_STRIP if strip else 0)

    def fits(parts: Mapping[str, Markup], points: int) -> bool:
        flow = sum(_height(part, points) for part in (across, *flowing, *parts.values()))
        return flow / 2 + max(_height(part, points) for part in beside) <= room

    for points in POINTS:
        if fits(optional, points):
            return Sheet(points, optional)
    kept: dict[str, Markup] = {}
    for name, part in optional.items():
        kept[name] = part if fits({**kept, name: part}, points) else Markup()
    return Sheet(points, kept)


def _height(part: Markup, points: int) -> float:
    """How much of a column it takes, in points."""
    html = str(part)
    lines = html.count("<h2") * _HEADING
    for block in _BLOCK.split(html):
        if text := " ".join(_TAG.sub("", block).split()):
            lines += ceil(len(text) * points * _LETTER / _COLUMN) + _GAP
    return lines * points * _LINE

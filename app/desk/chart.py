"""Charts as SVG within a page: shapes alone, without a colour, so that the stylesheet draws them for screen and paper.

A chart is no more than an illustration: beside each stands the table that it was made from. Leather scales and places;
what it would paint is left off, and what is hidden of a figure is drawn as an outline that follows what is shown.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol
from xml.etree import ElementTree as ET

import leather
from leather.axis import Axis
from leather.scales import Linear, Ordinal
from leather.series import Series
from leather.shapes.base import Shape
from markupsafe import Markup

WIDTH = 324
"""In units that are about a pixel on the narrowest screen that pages are made for."""

_MARGIN = 18
_OUTER = WIDTH + 2 * _MARGIN
"""Leather keeps a twentieth of the width free on each side, which is cut off again."""

_LETTERS, _LINES, _LINE, _BAR, _GAP = 42, 2, 18, 14, 14
_COLUMNS_HEIGHT, _HEAD, _FOOT = 200, 10, 20
_ROOM_FOR_FIGURES = 1.55
"""How much wider the scale is than the longest bar: the figure stands behind it."""

_PAINT = ("fill", "stroke", "stroke-width", "font-family", "font-size", "version")


@dataclass(frozen=True, slots=True)
class Point:
    """Something with a figure: what is shown of it, the most that it can be, and the figure in words."""

    label: str
    low: int
    high: int
    text: str


def bars(points: Sequence[Point], name: str) -> Markup:
    """A bar for each point, under its label and followed by its figure; ``name`` tells what there is to see."""
    ids = _ids(points)
    shape = _Bars(points)
    chart = leather.Chart()
    chart.set_x_scale(Linear(0, round(_top(points) * _ROOM_FOR_FIGURES)))
    chart.set_y_scale(Ordinal(ids[::-1]))
    chart.set_x_axis(_NoAxis())
    chart.set_y_axis(_NoAxis())
    chart.add_series(Series([(point.low, each) for each, point in zip(ids, points, strict=True)]), shape)
    return _drawn(chart, shape.row * len(points), name)


def columns(points: Sequence[Point], name: str) -> Markup:
    """A column for each point, which are in the order of time: the first and the last are labelled."""
    ids = _ids(points)
    ticks = _round_ticks(_top(points))
    chart = leather.Chart()
    chart.set_x_scale(Ordinal(ids))
    chart.set_y_scale(Linear(0, ticks[-1]))
    chart.set_x_axis(_NoAxis(_FOOT))
    chart.set_y_axis(Axis(ticks, lambda value, *_: f"{int(value):,}"))
    chart.add_series(Series([(each, point.low) for each, point in zip(ids, points, strict=True)]), _Columns(points))
    return _drawn(chart, _COLUMNS_HEIGHT, name)


class _Scale(Protocol):
    """What Leather gives a shape to place things by."""

    def project(self, value: float | str, start: float, end: float) -> Decimal:
        """Where a value lies."""

    def project_interval(self, value: float | str, start: float, end: float) -> tuple[Decimal, Decimal]:
        """Where that which stands for a value begins and ends."""


class _Datum(Protocol):
    """A pair of values."""

    x: int | str
    y: int | str


class _Series(Protocol):
    """What Leather gives a shape to draw."""

    def data(self) -> Iterator[_Datum]:
        """The pairs, in order."""


class _NoAxis(Axis):
    """An axis that is not drawn, for which ``room`` is kept."""

    def __init__(self, room: int = 0) -> None:
        super().__init__()
        self._room = room

    def estimate_label_margin(self, _scale: object, _orient: str) -> int:
        return self._room

    def to_svg(self, *_: object) -> ET.Element:
        return ET.Element("g")


class _Bars(Shape):
    """A label, a bar of what is shown, an outline of what is hidden, and the figure."""

    def __init__(self, points: Sequence[Point]) -> None:
        self._points = points
        self._heads = [textwrap.wrap(each.label, _LETTERS, max_lines=_LINES, placeholder=" …") for each in points]
        self._lines = max(map(len, self._heads))
        self.row = self._lines * _LINE + _BAR + _GAP

    def validate_series(self, series: object) -> None:
        """Any is ours."""

    def to_svg(
        self, width: float, height: float, x_scale: _Scale, y_scale: _Scale, series: _Series, _palette: object
    ) -> ET.Element:
        group = ET.Element("g")
        for point, head, datum in zip(self._points, self._heads, series.data(), strict=True):
            _, top = y_scale.project_interval(datum.y, height, 0)
            start, low, high = (float(x_scale.project(value, 0, width)) for value in (0, point.low, point.high))
            foot = float(top) + self._lines * _LINE
            for number, line in enumerate(reversed(head)):
                group.append(_text("label", start, foot - 4 - number * _LINE, line))
            group.append(_rect("shown", start, foot, low - start, _BAR))
            if high > low:
                group.append(_rect("hidden", low, foot, high - low, _BAR))
            group.append(_text("figure", high + 6, foot + _BAR - 2, point.text))
        return group


class _Columns(Shape):
    """A column of what is shown, and on it an outline of what is hidden."""

    def __init__(self, points: Sequence[Point]) -> None:
        self._points = points

    def validate_series(self, series: object) -> None:
        """Any is ours."""

    def to_svg(
        self, width: float, height: float, x_scale: _Scale, y_scale: _Scale, series: _Series, _palette: object
    ) -> ET.Element:
        group = ET.Element("g")
        for point, datum in zip(self._points, series.data(), strict=True):
            start, end = map(float, x_scale.project_interval(datum.x, 0, width))
            zero, low, high = (float(y_scale.project(value, height, 0)) for value in (0, point.low, point.high))
            group.append(_rect("shown", start, low, end - start, zero - low))
            if high < low:
                group.append(_rect("hidden", start, high, end - start, low - high))
        foot = float(height) + _FOOT - 4
        group.append(_text("label", 0, foot, self._points[0].label))
        if len(self._points) > 1:
            last = _text("label", float(width), foot, self._points[-1].label)
            last.set("text-anchor", "end")
            group.append(last)
        return group


def _rect(kind: str, x: float, y: float, width: float, height: float) -> ET.Element:
    places = {"x": x, "y": y, "width": width, "height": height}
    return ET.Element("rect", {"class": f"app-chart__{kind}", **{name: f"{n:.1f}" for name, n in places.items()}})


def _text(kind: str, x: float, y: float, text: str) -> ET.Element:
    found = ET.Element("text", {"class": f"app-chart__{kind}", "x": f"{x:.1f}", "y": f"{y:.1f}"})
    found.text = text
    return found


def _ids(points: Sequence[Point]) -> list[str]:
    """Labels may be alike, and these are not."""
    return [str(number) for number in range(len(points))]


def _top(points: Sequence[Point]) -> int:
    return max(point.high for point in points)


def _round_ticks(top: int) -> list[int]:
    """From nothing up to a round number that is no less, in at most four steps."""
    step = next(step for step in _steps() if 4 * step >= top)
    return list(range(0, top + step, step))


def _steps() -> Iterator[int]:
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def _drawn(chart: leather.Chart, height: int, name: str) -> Markup:
    group = chart.to_svg_group(_OUTER, height + 2 * _MARGIN)
    group.remove(group[0])  # the ground that it would paint
    for element in group.iter():
        for attribute in _PAINT:
            element.attrib.pop(attribute, None)
        if element.tag in ("line", "text") and "class" not in element.attrib:
            element.set("class", "app-chart__line" if element.tag == "line" else "app-chart__tick")
    box = f"{_MARGIN} {_MARGIN - _HEAD} {WIDTH} {height + _HEAD}"
    svg = ET.Element("svg", {"class": "app-chart", "viewBox": box, "role": "img", "aria-label": name})
    svg.append(group)
    return Markup(ET.tostring(svg, encoding="unicode"))  # noqa: S704 - made by us, and every text in it is escaped

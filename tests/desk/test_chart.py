from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from xml.etree import ElementTree as ET

import pytest
from markupsafe import Markup

from app.desk.chart import WIDTH, Point, bars, columns

POINTS = (
    Point("In full", 40, 40, "40"),
    Point("In part, <b>& so on</b>", 20, 34, "20 to 34"),
    Point(
        "A label that is so long that it takes up more than two lines, and says at the end what nobody sees", 0, 7, "7"
    ),
)
Draw = Callable[[Sequence[Point], str], Markup]
DRAWS = pytest.mark.parametrize("draw", [bars, columns])


def drawn(draw: Draw, points: Sequence[Point] = POINTS) -> ET.Element:
    return ET.fromstring(draw(points, 'All of "it" & <more>'))  # noqa: S314 - our own


def widths(svg: ET.Element, kind: str, side: str) -> list[float]:
    return [float(each.get(side, "")) for each in svg.iter("rect") if each.get("class") == f"app-chart__{kind}"]


@DRAWS
def test_a_chart_is_an_image_with_a_name(draw: Draw) -> None:
    svg = drawn(draw)
    assert (svg.get("role"), svg.get("aria-label")) == ("img", 'All of "it" & <more>')


@DRAWS
def test_a_chart_leaves_all_paint_to_the_stylesheet(draw: Draw) -> None:
    for element in drawn(draw).iter():
        assert not {"style", "fill", "stroke", "font-family", "font-size"} & element.attrib.keys()
        if element.tag in ("rect", "text", "line"):
            assert str(element.get("class")).startswith("app-chart__")


@pytest.mark.parametrize(("draw", "side"), [(bars, "width"), (columns, "height")])
def test_what_is_hidden_is_an_outline_in_proportion(draw: Draw, side: str) -> None:
    svg = drawn(draw)
    full, part, none = widths(svg, "shown", side)
    outlines = widths(svg, "hidden", side)
    assert [part / full, none] == pytest.approx([0.5, 0], abs=0.01)
    assert [each / full for each in outlines] == pytest.approx([14 / 40, 7 / 40], abs=0.01)


def test_bars_stand_under_their_labels_and_say_their_figures() -> None:
    svg = drawn(bars)
    texts = [(each.get("class"), each.text) for each in svg.iter("text")]
    assert ("app-chart__label", "In part, <b>& so on</b>") in texts
    assert [text for kind, text in texts if kind == "app-chart__figure"] == ["40", "20 to 34", "7"]
    assert sum(str(text).endswith("…") for _, text in texts) == 1
    assert all(float(each.get("x", "")) + float(each.get("width", "")) < WIDTH * 0.7 for each in svg.iter("rect"))


def test_labels_alike_are_two_bars() -> None:
    assert len(widths(drawn(bars, [Point("Same", 5, 5, "5"), Point("Same", 10, 10, "10")]), "shown", "width")) == 2


@pytest.mark.parametrize("count", [1, 12, 36])
def test_columns_name_the_first_and_the_last(count: int) -> None:
    svg = drawn(columns, [Point(f"Month {number}", 5, 5, "5") for number in range(count)])
    labels = [each.text for each in svg.iter("text") if each.get("class") == "app-chart__label"]
    assert labels == list(dict.fromkeys(("Month 0", f"Month {count - 1}")))
    assert len(widths(svg, "shown", "width")) == count


@pytest.mark.parametrize(
    ("top", "ticks"), [(1, ["0", "1"]), (40, ["0", "10", "20", "30", "40"]), (4_500, ["0", "2,000", "4,000", "6,000"])]
)
def test_ticks_are_round(top: int, ticks: list[str]) -> None:
    svg = drawn(columns, [Point("Month", top, top, str(top))])
    found = [each.text or "" for each in svg.iter("text") if each.get("class") == "app-chart__tick"]
    assert sorted(found, key=lambda text: int(re.sub(",", "", text))) == ticks

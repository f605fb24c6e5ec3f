"""All but certainly is what was counted within the margin of what is shown."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest

from app.tallies.blur import CHANCES, LARGEST, blur, draw
from app.tallies.disclosure import NOTHING, Figure, shown
from app.tallies.margin import IN_HOW_MANY, limits, margin

Off = dict[int, float]
"""By how much a figure is off, and how likely that is."""


@cache
def off(count: int, side: int) -> Off:
    """How far a count lies above the high end of what is shown of it (side 1), or below the low one (side -1)."""
    found: Off = {}
    for number, chance in (CHANCES if count else {0: 1.0}).items():
        figure = shown(count + number)
        beyond = count - figure.high if side > 0 else figure.low - count
        found[beyond] = found.get(beyond, 0.0) + chance
    return found


def together(one: Off, other: Off) -> Off:
    found: Off = {}
    for (a, chance_a), (b, chance_b) in ((x, y) for x in one.items() for y in other.items()):
        found[a + b] = found.get(a + b, 0.0) + chance_a * chance_b
    return found


def worse_than(many: Off, least: float) -> float:
    return sum(chance for beyond, chance in many.items() if beyond > least)


@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize("counts", [1, 2, 3, 12])
@pytest.mark.parametrize("count", [*range(28), 33, 50, 1003])
def test_the_same_count_many_times_is_seldom_off_by_more(count: int, counts: int, side: int) -> None:
    """Which is the worst: every sum of counts is no worse than one of the worst of them alone."""
    many: Off = {0: 1.0}
    for _ in range(counts):
        many = together(many, off(count, side))
    assert sum(many.values()) == pytest.approx(1)
    assert worse_than(many, margin(counts)) <= 1 / IN_HOW_MANY


def test_the_margin_of_one_count_is_near_the_least_that_will_do() -> None:
    needed = next(m for m in range(99) if all(worse_than(off(n, s), m) <= 1e-5 for n in range(60) for s in (1, -1)))
    assert needed <= margin(1) <= needed + 2


@pytest.mark.parametrize(("counts", "most"), [(1, 14), (12, 39), (36, 80), (2496, 2300)])
def test_the_margin_of_many_counts_is_less_than_each_of_them_could_be_off(counts: int, most: int) -> None:
    assert margin(counts - 1) <= margin(counts) <= most < counts * (LARGEST + 2)


@pytest.mark.parametrize("seed", range(5))
def test_a_year_of_counts_lies_within_the_limits_of_its_total(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - nothing here is secret
    for typical in (1, 6, 9, 40):
        counts = [chance.randrange(2 * typical) for _ in range(12)]
        figure = sum((shown(n + blur(draw(chance))) if n else shown(0) for n in counts), NOTHING)
        least, most = limits(figure)
        assert least <= sum(counts) <= most


@pytest.mark.parametrize(
    ("figure", "found"),
    [
        (NOTHING, (0, 0)),
        (Figure(0, 1, 1), (0, 21)),
        (Figure(10, 1, 0), (0, 24)),
        (Figure(100, 2, 1), (83, 124)),
    ],
)
def test_limits_are_the_ends_of_a_figure_and_its_margin(figure: Figure, found: tuple[int, int]) -> None:
    assert limits(figure) == found

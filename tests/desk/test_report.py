from __future__ import annotations

import pytest

from app.desk.report import left, share, show
from app.tallies.disclosure import NOTHING, Figure


@pytest.mark.parametrize(
    ("reached", "answered", "value", "low", "high"),
    [
        (Figure(100, 1, 0), Figure(90, 1, 0), 10, 10, 10),
        (Figure(90, 1, 0), Figure(100, 1, 0), 0, 0, 0),
        (Figure(0, 1, 1), Figure(0, 1, 1), "[c]", 0, 7),
        (Figure(100, 2, 1), Figure(60, 2, 1), "[c]", 33, 47),
        (Figure(40, 1, 0), Figure(30, 3, 2), "[c]", 0, 10),
        (Figure(0, 1, 1), Figure(20, 1, 0), 0, 0, 0),
        (NOTHING, NOTHING, "[x]", 0, 0),
    ],
)
def test_what_was_left_lies_between_what_is_shown(
    reached: Figure, answered: Figure, value: int | str, low: int, high: int
) -> None:
    found = left(reached, answered)
    assert (found.value, found.low, found.high) == (value, low, high)
    assert bool(found.hidden) == (value == "[c]")


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (Figure(25, 1, 0), Figure(100, 1, 0), (25, 25)),
        (Figure(25, 1, 0), Figure(95, 1, 0), None),
        (Figure(25, 1, 0), Figure(95, 2, 1), None),
        (Figure(0, 1, 1), Figure(200, 1, 0), (0, 4)),
        (Figure(90, 2, 1), Figure(110, 3, 2), (73, 88)),
        (Figure(105, 1, 0), Figure(100, 1, 0), (100, 100)),
        (NOTHING, Figure(100, 1, 0), None),
    ],
)
def test_a_share_is_given_where_it_says_something(
    part: Figure, whole: Figure, expected: tuple[int, int] | None
) -> None:
    found = share(show(part), show(whole))
    assert (found and (found.low, found.high)) == expected

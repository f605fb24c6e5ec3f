"""The part of a test's cells that `make test` runs, where an argument changes nearly the same under all the others."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

MARK = "covering"
"""The mark of a test of which a part covers the rest: `covering(1)` each value, `covering(2)` each two together."""


def covering(cells: Sequence[Mapping[str, Hashable]], together: int) -> list[int]:
    """The places of cells in which all values, or each so many ``together``, are met that are met in any; in order."""
    shows = [_shown(cell, together) for cell in cells]
    left = {each for cell in shows for each in cell}
    used: Counter[tuple[str, Hashable]] = Counter()
    found: list[int] = []

    def gain(place: int) -> tuple[int, int]:
        """How much is new in a cell; where that is alike, the one whose values were had least is next."""
        return len(shows[place] & left), -sum(used[value] for value in cells[place].items())

    while left:
        place = max(range(len(cells)), key=gain)
        found.append(place)
        left -= shows[place]
        used.update(cells[place].items())
    return sorted(found)


def take_covering(items: list[pytest.Item]) -> list[pytest.Item]:
    """Takes away, of each marked test, the cells that others cover; returns what it took."""
    tests: dict[tuple[str, int], list[pytest.Function]] = {}
    for item in items:
        mark = item.get_closest_marker(MARK)
        if mark is not None and isinstance(item, pytest.Function):
            tests.setdefault((item.nodeid.partition("[")[0], mark.args[0]), []).append(item)
    taken: list[pytest.Item] = []
    for (_, together), cells in tests.items():
        kept = covering([_cell(item) for item in cells], together)
        taken += [item for place, item in enumerate(cells) if place not in kept]
    items[:] = [item for item in items if item not in taken]
    return taken


def _cell(item: pytest.Function) -> Mapping[str, Hashable]:
    """The arguments of a cell, each by its name; what cannot be hashed is one object in all cells."""
    return {
        name: value if isinstance(value, str | bool | tuple) else id(value)
        for name, value in item.callspec.params.items()
    }


def _shown(cell: Mapping[str, Hashable], together: int) -> set[frozenset[tuple[str, Hashable]]]:
    return {frozenset(some) for some in combinations(cell.items(), together)}

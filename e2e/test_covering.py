"""What is left out of a test's cells is covered by what is kept."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest

from e2e.covering import covering

if TYPE_CHECKING:
    from collections.abc import Hashable

CELLS: list[dict[str, Hashable]] = [
    {"place": place, "language": language, "layout": layout, "scripts": scripts}
    for place, language, layout, scripts in product("abcdef", ("en", "cy"), ("own page", "embedded"), (True, False))
]


def shown(cells: list[dict[str, Hashable]], together: int) -> set[frozenset[tuple[str, Hashable]]]:
    return {frozenset(some) for cell in cells for some in combinations(cell.items(), together)}


@pytest.mark.parametrize(("together", "least", "most"), [(1, 6, 6), (2, 12, 16), (4, 48, 48)])
def test_what_is_kept_has_all_that_any_cell_shows_in_few_cells(together: int, least: int, most: int) -> None:
    kept = covering(CELLS, together)
    assert shown([CELLS[place] for place in kept], together) == shown(CELLS, together)
    assert least <= len(kept) <= most
    assert covering(CELLS, together) == kept


def test_languages_take_turns() -> None:
    languages = [CELLS[place]["language"] for place in covering(CELLS, 1)]
    assert languages.count("en") == languages.count("cy") == 3

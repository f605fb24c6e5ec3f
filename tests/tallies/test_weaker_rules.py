"""Each part of the rule is needed: without it the attacker, who fails against the whole, succeeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import combinations
from random import Random

import numpy as np
import pytest
from sqlalchemy import Engine

from app.tallies.blur import draw
from app.tallies.cell import Entry, Family, Place
from app.tallies.disclosure import Figure
from app.tallies.figures import Figures, NotReleasedError
from app.tallies.store import Store
from tests.tallies.attacker import ENOUGH, OURS, UNBLURRED, Cell, Rule, Solver, Structure, plausible
from tests.tallies.databases import emptied, sqlite

HIDDEN: Cell = ("hidden",)


def limits(counts: dict[Cell, int], rule: Rule) -> list[tuple[Sequence[Cell], tuple[int, int]]]:
    return [((cell,), rule.limits(rule.shown(count))) for cell, count in counts.items()]


# Of a count that nothing else depends on, even without blur.


@pytest.mark.parametrize(("most_hidden", "values"), [(2, [0, 1, 2]), (7, [0, 1, 2, 3, 4, 5, 6, 7])])
def test_to_hide_only_counts_up_to_two_leaves_three_values(most_hidden: int, values: list[int]) -> None:
    rule = Rule(most_hidden)
    assert Solver(Structure(), limits({HIDDEN: 2}, rule)).values(HIDDEN) == values


@pytest.mark.parametrize(("step", "values"), [(1, [4]), (5, [0, 1, 2, 3, 4, 5, 6, 7])])
def test_without_rounding_what_must_add_up_gives_a_hidden_count_away(step: int, values: list[int]) -> None:
    outcomes = {("a",): 30, ("b",): 18, HIDDEN: 4}
    languages = {("en",): 40, ("cy",): 12}
    structure = Structure((tuple(outcomes), tuple(languages)))
    attacker = Solver(structure, limits(outcomes | languages, Rule(step=step)))
    assert attacker.values(HIDDEN) == values


def test_totals_of_exact_counts_give_a_hidden_count_away_though_they_are_rounded() -> None:
    """The attacker asks for the total of any set of months; those of one key, 8 shown and one hidden, will do."""
    counts: dict[Cell, int] = {(str(month),): count for month, count in enumerate((8, 9, 10, 11, 12, 13, 14, 16))}
    counts[HIDDEN] = 4
    alone = limits(counts, UNBLURRED)
    several = [cells for size in (2, 3) for cells in combinations(counts, size)]
    exact = [(cells, UNBLURRED.limits(UNBLURRED.shown(sum(counts[cell] for cell in cells)))) for cells in several]
    assert Solver(Structure(), [*alone, *exact]).values(HIDDEN) == [4]
    of_shown = [(cells, _sum([UNBLURRED.limits(UNBLURRED.shown(counts[each])) for each in cells])) for cells in several]
    assert Solver(Structure(), [*alone, *of_shown]).values(HIDDEN) == list(range(8))


def _sum(several: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return sum(least for least, _ in several), sum(most for _, most in several)


# Of a month that changes while it is looked at. The attacker sends a check of his own and looks, again and again.

OCTOBER, NOVEMBER, LATER = date(2026, 10, 15), date(2026, 11, 2), date(2026, 12, 2)
MONTH = "2026-10"
OWN = 25
"""How many checks of his own the attacker sends."""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = emptied(sqlite(tmp_path_factory.mktemp("weaker")))
    yield engine
    engine.dispose()


class Council:
    """A council of its own in the database, with some checks of October."""

    def __init__(self, engine: Engine, name: str, others: int, seed: int) -> None:
        self._store = Store(engine, partial(draw, Random(seed)))  # noqa: S311 - nothing here is secret
        self._figures = Figures(engine)
        self._place = Place(name, "blue-badge", MONTH, "0123456789ab")
        self.send(others, OCTOBER)

    def send(self, count: int, today: date) -> None:
        """Sends checks that all come to one outcome, which are counted on this day."""
        self._store.add([Entry(self._place, ((Family.OUTCOME, "assessed"),))] * count, today)

    def look(self, today: date) -> Figure:
        """What is shown of them to somebody whose clock says this."""
        figures = self._figures.of_council(self._place.council, "blue-badge", [MONTH], [Family.OUTCOME], today)
        return figures.of(Family.OUTCOME, "assessed", MONTH)


def values(looks: Sequence[tuple[int, Figure]]) -> list[int]:
    """Which counts of others are plausible, from looks after so many checks of the attacker's own."""
    evidence = [OURS.likelihood(figure, 40 + own)[own:] for own, figure in looks]
    return plausible(np.prod(evidence, axis=0))


@pytest.mark.parametrize("others", range(0, 8))
def test_a_month_shown_before_it_is_finished_gives_a_hidden_count_away(others: int, database: Engine) -> None:
    council = Council(database, f"daily {others}", others, seed=others)
    looks = [(0, council.look(NOVEMBER))]  # a clock that runs ahead: ours shows nothing of a month that goes on
    for own in range(1, OWN + 1):
        with pytest.raises(NotReleasedError):
            council.look(OCTOBER)
        council.send(1, OCTOBER)
        looks.append((own, council.look(NOVEMBER)))
    assert any(abs(value - others) <= 1 for value in values(looks))
    assert len(values(looks)) < ENOUGH
    assert len(values(looks[-1:])) >= ENOUGH


@pytest.mark.parametrize("others", range(0, 8))
@pytest.mark.parametrize("counted_on", [LATER, OCTOBER], ids=["ours", "weaker"])
def test_counts_that_change_a_released_month_give_a_hidden_count_away(
    counted_on: date, others: int, database: Engine
) -> None:
    council = Council(database, f"late {counted_on} {others}", others, seed=others)
    looks = [(0, council.look(LATER))]
    for own in range(1, OWN + 1):
        council.send(1, counted_on)
        looks.append((own, council.look(LATER)))
    if counted_on == LATER:
        assert len({figure for _, figure in looks}) == 1
        assert len(values(looks[:1])) >= ENOUGH
    else:
        assert len(values(looks)) < ENOUGH

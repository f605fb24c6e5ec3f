"""The least and the most that a draft would move, against counts by hand and against people counted one by one."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from random import Random

import pytest

from app.engine.rulebook import Service
from app.engine.rules import Rules
from app.engine.traces import About, Trace, Traces
from app.tallies.blur import blur, draw
from app.tallies.bounds import Bound, Bounds, Count, cheapest
from app.tallies.cell import Family, Thing
from app.tallies.disclosure import Figure, shown
from tests.tallies.drafts import DRAFTS, FOUR, TWELVE, WALKERS, draft_of, made_up_draft, moved

HIDDEN, MANY = Figure(0, 1, 1), Figure(900, 1, 0)
PLANNING, MOVING = "pip_planning_journeys", "pip_moving_around"
ASSESSED = Trace(About.OUTCOME, "", "assessed")
TWELVE_POINTS, FOUR_POINTS = Trace(About.OPTION, PLANNING, "12"), Trace(About.OPTION, MOVING, "4")


def counted(figures: Mapping[Thing, Figure], others: Figure = HIDDEN) -> Count:
    return lambda family, key: figures.get((family, key), others)


def exactly(counts: Mapping[Thing, int]) -> Count:
    """Figures of so many that what blur and rounding can do is next to nothing."""
    return counted({thing: Figure(1000 * n, 1, 0) for thing, n in counts.items()})


def bound(service: Service, england: Rules, law: str, count: Count, new: str = "automatic") -> Bound:
    found = Bounds(england, draft_of(service, law)).within(count)
    return next(each for each in found if (each.old, each.new) == ("assessed", new))


def test_no_more_are_moved_than_gave_the_option_that_the_draft_asks_for(service: Service, england: Rules) -> None:
    """Shown: 100 assessed, 40 with such an award, 20 with 12 points. One count can be 14 off."""
    figures = {
        (Family.OUTCOME, "assessed"): Figure(100, 1, 0),
        (Family.CRITERION, "ENG-ASSESS-PLANNING-AWARD:met"): Figure(40, 1, 0),
        (Family.OPTION, f"{PLANNING}:12"): Figure(20, 1, 0),
    }
    found = bound(service, england, TWELVE, counted(figures))
    assert (found.most, found.among) == (34, (TWELVE_POINTS,))


def test_all_with_the_option_are_moved_but_for_those_who_may_be_elsewhere(service: Service, england: Rules) -> None:
    """Of 200 with 4 points, 30 were told "depends", 20 "unlikely", 10 of another route, or may have been."""
    figures = {
        (Family.OUTCOME, "automatic"): Figure(40, 1, 0),
        (Family.OUTCOME, "depends"): Figure(30, 1, 0),
        (Family.OUTCOME, "unlikely"): Figure(20, 1, 0),
        (Family.OUTCOME, "special_route"): Figure(10, 1, 0),
        (Family.OPTION, f"{MOVING}:4"): Figure(200, 1, 0),
    }
    found = bound(service, england, FOUR, counted(figures, MANY))
    assert (found.most, found.among, found.of) == (214, (FOUR_POINTS,), FOUR_POINTS)
    assert [each.value for each in found.but_for] == ["automatic", "depends", "special_route", "unlikely"]
    assert found.least == 186 - 54 - 44 - 24 - 34


def test_a_criterion_that_becomes_automatic_moves_those_who_met_it(service: Service, england: Rules) -> None:
    figures = {(Family.CRITERION, "ENG-ASSESS-WALK:met"): Figure(600, 1, 0)}
    found = bound(service, england, WALKERS, counted(figures, MANY))
    assert (found.least, found.most, found.but_for) == (586, 614, ())


def test_all_together_are_bounded_more_closely_than_move_by_move(service: Service, england: Rules) -> None:
    """Of 200 with 4 points all are moved but for those who were told "automatic", wherever the others come from."""
    figures = {
        (Family.OUTCOME, "automatic"): Figure(40, 1, 0),
        (Family.OPTION, f"{MOVING}:4"): Figure(200, 1, 0),
    }
    found = Bounds(england, draft_of(service, FOUR)).together(counted(figures, MANY))
    assert (found.least, found.most, found.of) == (186 - 54, 214, FOUR_POINTS)


def test_where_only_the_outcome_tells_that_is_said(service: Service, england: Rules) -> None:
    found = bound(service, england, TWELVE, counted({(Family.OUTCOME, "assessed"): Figure(20, 1, 0)}, MANY))
    assert (found.least, found.most, found.among, found.tells) == (0, 34, (ASSESSED,), False)


@pytest.mark.parametrize("name", DRAFTS)
def test_the_true_number_moved_always_lies_within_the_bounds(name: str, service: Service, england: Rules) -> None:
    draft = draft_of(service, DRAFTS[name])
    for seed in range(2):
        hold(service, england, draft, Bounds(england, draft), seed)
    for work in (10, 4_000):
        hold(service, england, draft, Bounds(england, draft, work), 2)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("nation", ["england", "scotland", "wales", "northern_ireland"])
def test_so_it_does_for_drafts_that_nobody_thought_about(nation: str, seed: int, service: Service) -> None:
    old, draft = service.laws[nation][-1], made_up_draft(service, nation, seed)
    hold(service, old, draft, Bounds(old, draft), seed)


def hold(service: Service, old: Rules, draft: Rules, bounds: Bounds, seed: int) -> None:
    """Holds bounds to the truth, by figures as they are shown and by all but exact ones."""
    chance, truth = Random(seed), moved(service, old, draft, 150, seed)  # noqa: S311 - nothing here is secret
    figures = {thing: shown(n + blur(draw(chance))) for thing, n in truth.counts.items()}
    for count, times in ((counted(figures), 1), (exactly(truth.counts), 1000)):
        found = {(each.old, each.new): each for each in bounds.within(count)}
        assert set(truth.moved) <= set(found)
        for pair, each in found.items():
            assert each.least <= times * truth.moved[pair] <= each.most
        together = bounds.together(count)
        assert together.least <= times * truth.moved.total() <= together.most
        assert together.most <= sum(each.most for each in found.values())


def test_the_cheapest_traces_are_those_that_trying_all_finds() -> None:
    traces = [Trace(About.OPTION, "q", str(number)) for number in range(7)]
    for seed in range(60):
        chance = Random(seed)  # noqa: S311 - nothing here is secret
        sets: list[Traces] = [frozenset(chance.sample(traces, chance.randint(1, 4))) for _ in range(6)]
        cost = {each: chance.randint(1, 20) for each in traces}
        found = cheapest(sets, cost.__getitem__)
        chosen = (each for size in range(8) for each in combinations(traces, size))
        fits = [each for each in chosen if all(not one.isdisjoint(each) for one in sets)]
        assert all(not one.isdisjoint(found) for one in sets)
        assert sum(map(cost.__getitem__, found)) == min(sum(map(cost.__getitem__, each)) for each in fits)


def test_looking_for_the_cheapest_ends_in_time_with_what_still_bounds() -> None:
    chance = Random(1)  # noqa: S311 - nothing here is secret
    traces = [Trace(About.OPTION, "q", f"{number:03}") for number in range(80)]
    sets = [frozenset(chance.sample(traces, 5)) for _ in range(200)]
    found = cheapest(sets, lambda each: 50 + int(each.value) % 7)
    assert all(not one.isdisjoint(found) for one in sets)


def test_bounds_are_written_for_machines_with_what_they_come_from() -> None:
    data = Bound("assessed", "automatic", 0, 14, (TWELVE_POINTS,)).as_data()
    assert data["among"] == ({"about": "option", "of": PLANNING, "value": "12"},)
    assert set(data) == {"old", "new", "least", "most", "among", "of", "but_for", "tells"}

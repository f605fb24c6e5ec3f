"""The attacker learns little from what is shown; and much, once any part of the rule is missing."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement, product
from math import exp, factorial, prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.engine.rulebook import Service
from app.engine.rules import Rules
from app.tallies.blur import KEYS, LARGEST, blur
from app.tallies.cell import Family
from tests.engine.people import RawAnswers, made_up_people
from tests.tallies.attacker import (
    ENOUGH,
    OURS,
    UNBLURRED,
    Cell,
    Evidence,
    Rule,
    Solver,
    Structure,
    guess,
    plausible,
)
from tests.tallies.checks import Counts, came_to, counts_of, first_of, structure_of

SELDOM = 1e-6
"""What is less likely is not looked at, and counts for the attacker."""

EDGES = (0, 1, 2, 3, 5, 7, 8, 12, 13, 17, 18, 22)
"""Counts at the edges of their rounding, and the smallest."""


UNUSUAL = LARGEST - ENOUGH + 1
"""A blur that is larger can leave fewer than four values."""


def seen(counts: Counts, structure: Structure, rule: Rule) -> Solver:
    """The attacker, with all that is shown of these counts: every other figure is made of that."""
    cells = {cell for cells in structure.partitions for cell in cells}
    cells |= {cell for cells, _ in structure.covered for cell in cells}
    return Solver(structure, [((cell,), rule.limits(counts.shown(cell, rule))) for cell in sorted(cells)])


def hidden(counts: Counts, cells: Sequence[Cell], rule: Rule) -> Iterator[Cell]:
    return (cell for cell in cells if counts.shown(cell, rule).hidden)


# What is seen of one month, as hard limits.


@st.composite
def months(draw: st.DrawFn) -> tuple[Counts, Structure]:
    """A month of a council: outcomes at edges or anywhere, and families that count the same checks in other ways.

    Blurs of outcomes are as they come or, by the key of the last check, as large as only one in 17 million is not.
    """
    sizes = draw(st.lists(st.sampled_from(EDGES) | st.integers(0, 90), min_size=2, max_size=5))
    blurs = draw(st.lists(st.none() | st.integers(-UNUSUAL, UNUSUAL), min_size=len(sizes), max_size=len(sizes)))
    ways = draw(st.lists(st.sampled_from([(1,), (0.97, 0.03), (0.5, 0.4, 0.1), (0.9, 0.05, 0.05)]), max_size=12))
    chance, counts = random.Random(draw(st.integers(0, 2**32))), Counts()  # noqa: S311 - nothing here is secret
    for outcome, (size, wanted) in enumerate(zip(sizes, blurs, strict=True)):
        label = ("outcome", str(outcome))
        for left in reversed(range(size)):
            others = [(f"family {number}", str(chance.choices(range(len(w)), w)[0])) for number, w in enumerate(ways)]
            key = chance.randrange(KEYS)
            if wanted is not None and not left:
                key = (first_of(wanted) - counts.keys[label]) % KEYS
            counts.add([label, *others], key)
        assert wanted is None or not size or counts.blurred(label) == size + wanted
    families = [[("outcome", str(number)) for number in range(len(sizes))]]
    families += [[(f"family {number}", str(key)) for key in range(len(w))] for number, w in enumerate(ways)]
    return counts, Structure(tuple(map(tuple, families)))


@given(months())
@settings(max_examples=60, deadline=None)
def test_at_least_four_values_of_a_hidden_count_stay_possible(month: tuple[Counts, Structure]) -> None:
    counts, structure = month
    attacker = seen(counts, structure, OURS)
    for cell in hidden(counts, [cell for cells in structure.partitions for cell in cells], OURS):
        values = attacker.values(cell)
        assert counts.n[cell] in values
        assert len(values) >= ENOUGH


UNLUCKY = {"unlikely": 13, "special_route": 8, "assessed": 8}
"""As few as can be shown so: in a month of 17 checks in English and 12 in Welsh, which are as many as can be."""


def unlucky(service: Service, england: Rules) -> Iterator[RawAnswers]:
    left = Counter(UNLUCKY)
    for person in made_up_people(service.vocabulary, 400, seed=5):
        (outcome,) = (key for family, key in came_to(service, england, person) if family == Family.OUTCOME)
        if left[outcome]:
            left[outcome] -= 1
            yield person


def test_without_blur_counts_that_add_up_to_as_many_checks_give_a_hidden_one_away(
    service: Service, england: Rules
) -> None:
    structure, languages = structure_of(england), ["en"] * 17 + ["cy"] * 12
    counts = counts_of(service, england, unlucky(service, england), 6, languages)
    assert structure.holds(counts.n)
    assert len(languages) == sum(counts.n[cell] for cell in structure.partitions[0])
    for outcome in ("automatic", "depends"):
        assert seen(counts, structure, UNBLURRED).values((Family.OUTCOME, outcome)) == [0]
        assert len(seen(counts, structure, OURS).values((Family.OUTCOME, outcome))) >= 2 * ENOUGH


@pytest.mark.parametrize(("size", "seed"), [(18, 1), (30, 2), (60, 3), (300, 4)])
def test_checks_that_people_did_stay_hidden(size: int, seed: int, service: Service, england: Rules) -> None:
    structure = structure_of(england)
    counts = counts_of(service, england, made_up_people(service.vocabulary, size, seed), seed)
    assert structure.holds(counts.n)
    attacker = seen(counts, structure, OURS)
    cells = [cells[0] for cells in structure.partitions[5:]] + list(structure.partitions[0])
    looked = list(hidden(counts, cells, OURS))
    assert looked
    for cell in looked:
        least, most = attacker.range(cell)
        assert least <= counts.n[cell] <= most
        assert most - least >= ENOUGH - 1


# What is seen, as evidence. The attacker is told how many checks there were: with enough looks he would find out.


def found_out(truth: Sequence[int], rules: Sequence[Rule], cell: int, looks: int = 1) -> float:
    """How likely one family's shown counts leave the attacker fewer than four values of a cell that are plausible.

    ``rules`` has the rule of each count, and ``looks`` says how often each is shown, with a blur of its own.
    """
    total, failed = sum(truth), 0.0
    ways = [list(_ways(n, rule, total, looks)) for n, rule in zip(truth, rules, strict=True)]
    for way in product(*ways):
        chance = float(np.prod([each for each, _ in way]))
        if chance < SELDOM or len(plausible(guess([[likely for _, likely in way]], 0, cell, total))) < ENOUGH:
            failed += chance
    return failed


def _ways(count: int, rule: Rule, upto: int, looks: int) -> Iterator[tuple[float, NDArray[np.float64]]]:
    """In which ways a count is shown: how likely each is, and how likely it would be were the count 0, 1, ..."""
    figures = sorted({rule.shown(count + number) for number, _ in rule.blur}, key=lambda figure: figure.low)
    likely = [rule.likelihood(figure, upto) for figure in figures]
    for several in combinations_with_replacement(likely, looks):
        times = Counter(map(id, several)).values()
        orders = factorial(looks) // prod(map(factorial, times))
        together = np.prod(several, axis=0)
        yield orders * float(together[count]), together


CORNERS = [
    (a, b, x) for a, b, x in product((0, 3, 7, 8, 9, 12, 13), (0, 7, 8, 10, 12, 13), (0, 1, 3, 7)) if a + b + x > 8
]


def test_told_how_many_checks_there_were_the_attacker_seldom_rules_out_all_but_three_values() -> None:
    """For a cell of 7 or fewer, in all corners; the worst is where all but the hidden ones are one cell of 9 or 10."""
    worst = max(CORNERS, key=lambda truth: found_out(truth, (OURS,) * 3, 2))
    assert found_out(worst, (OURS,) * 3, 2) < 0.05


def test_where_outcomes_are_exact_the_number_of_checks_gives_a_hidden_one_away() -> None:
    assert found_out((8, 8, 0), (UNBLURRED,) * 3, 2) == 1
    assert found_out((8, 8, 0), (OURS,) * 3, 2) < 0.05


def test_the_number_of_checks_is_found_out_from_many_families_however_blurred() -> None:
    """So that no promise can rest on its not being known: a dozen families in which the second key is seldom."""
    chance = random.Random(8)  # noqa: S311 - nothing here is secret
    seldom = np.array([exp(-0.3) * 0.3**n / factorial(n) for n in range(60)])
    families: list[Evidence] = []
    for _ in range(12):
        few = chance.choices(range(4), seldom[:4].tolist())[0]
        count = 31 - few + blur(chance.randrange(KEYS))
        families.append([OURS.likelihood(OURS.shown(count), 59), OURS.likelihood(OURS.shown(few), 59) * seldom])
    sums = guess([*families, [np.ones(60)]], 12, 0)
    assert 31 in plausible(sums)
    assert len(plausible(sums)) < ENOUGH + 1


def test_the_same_checks_under_five_keys_would_average_a_blur_of_each_key_away() -> None:
    assert found_out((8, 8, 0), (OURS,) * 3, 2, looks=5) > 0.5


def test_five_keys_that_count_the_same_checks_are_shown_alike(service: Service, england: Rules) -> None:
    """An organisation's four papers and the answer that it is one."""
    keys = ("organisation_proof", "organisation_people", "organisation_vehicles", "organisation_logo")
    cells = [(Family.OPTION, "who:organisation"), *((Family.EVIDENCE, key) for key in keys)]
    for seed in range(20):
        counts = counts_of(service, england, made_up_people(service.vocabulary, 60, seed), seed)
        assert len({(counts.n[cell], counts.blurred(cell)) for cell in cells}) == 1


# Somebody sends checks of his own that he knows all about, and takes them off what is shown.


def found_out_by_sending(others: int, sent: Sequence[int]) -> float:
    """How likely fewer than four values are plausible of others' checks, counted by keys to each of which he sent some.

    He sent to each key otherwise, so that each counts checks, and has a blur, of its own.
    """
    failed = 0.0
    looks = [[(chance, likely[own:][:20]) for chance, likely in _ways(others + own, OURS, own + 20, 1)] for own in sent]
    for way in product(*looks):
        together = np.prod([likely for _, likely in way], axis=0)
        failed += float(together[others]) * (len(plausible(together)) < ENOUGH)
    return failed


@pytest.mark.parametrize("others", range(8))
def test_checks_sent_to_one_key_tell_no_more_of_it(others: int) -> None:
    assert max(found_out_by_sending(others, [own]) for own in range(30)) < 0.01


def test_checks_sent_to_two_keys_that_count_the_same_others_tell_whether_there_are_any() -> None:
    """A limit of the blur, and no more: decision 20 names it."""
    assert found_out_by_sending(0, [6, 10]) > 0.5
    assert max(found_out_by_sending(others, [6, 10]) for others in range(3, 8)) < 0.05

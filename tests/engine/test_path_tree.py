from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.answers import parse_answers
from app.engine.decision import decide
from app.engine.forks import Ticks
from app.engine.formula import Ticked
from app.engine.graph import explore
from app.engine.path_tree import FEW, LEVELS, PathTree, Way, path_tree
from app.engine.rulebook import Service
from app.engine.rules import Rules
from tests.conftest import TODAY
from tests.engine.people import made_up_people
from tests.engine.small_rules import everybody, rules_for_all

NATIONS = ("england", "wales", "scotland", "northern_ireland")
Answer = Callable[[str], Ticked]


def fits(ticks: Ticks, ticked: Ticked) -> bool:
    return all(ticked & set(group) for group in ticks.some) and not ticked & set(ticks.none)


def walk(tree: PathTree, answer: Answer) -> tuple[list[str], str]:
    """The questions seen and the outcome of a reader who follows the page with somebody's answers."""
    asked = []
    step = tree.step(1)
    while True:
        asked.append(step.question)
        [way] = [way for way in step.ways if any(fits(ticks, answer(step.question)) for ticks in way.when)]
        if isinstance(way.to, str):
            return asked, way.to
        step = tree.step(way.to)


def ends(tree: PathTree) -> list[Way]:
    return [way for step in tree.steps for way in step.ways if isinstance(way.to, str)]


@settings(max_examples=80, deadline=None)
@given(rules_for_all(), st.data())
def test_a_reader_of_the_tree_sees_what_the_check_asks_and_decides(rules: Rules, data: st.DataObject) -> None:
    tree = path_tree(rules)
    for person in data.draw(st.lists(st.sampled_from(list(everybody(rules))), min_size=1, max_size=20)):
        decision = decide(rules, person)
        assert bool(tree.steps) == bool(decision.asked)
        if tree.steps:
            assert walk(tree, decision.journey.answers.__getitem__) == (list(decision.asked), decision.outcome)


@settings(max_examples=60, deadline=None)
@given(rules_for_all())
def test_each_way_tells_how_many_paths_go_there_exactly(rules: Rules) -> None:
    tree = path_tree(rules)
    paths = {tuple(decide(rules, person).journey.answers.items()) for person in everybody(rules)}
    assert tree.paths == len(paths) == sum(explore(rules, everybody=True).lengths().values())
    if not tree.steps:
        return
    assert sum(way.paths for way in tree.step(1).ways) == tree.paths
    assert sum(way.paths for way in ends(tree)) == tree.paths
    for step in tree.steps[1:]:
        coming = [way for before in step.comes_from for way in tree.step(before).ways if way.to == step.number]
        assert sum(way.paths for way in coming) == sum(way.paths for way in step.ways)


@pytest.mark.parametrize("nation", NATIONS)
def test_the_tree_of_a_nation_reads_onwards_and_holds_every_path(service: Service, nation: str) -> None:
    rules = service.rules(nation, TODAY)
    assert rules is not None
    tree = path_tree(rules)
    assert tree.paths == sum(explore(rules, everybody=True).lengths().values()) == sum(way.paths for way in ends(tree))
    assert [step.number for step in tree.steps] == list(range(1, len(tree.steps) + 1))
    assert len(tree.steps) < 400
    for step in tree.steps:
        assert 1 <= step.level <= LEVELS
        assert all(before < step.number for before in step.comes_from)
        if step.level > 1:
            [before] = step.comes_from
            assert tree.step(before).level == step.level - 1
            assert len(tree.step(before).ways) <= FEW
    for person in made_up_people(service.vocabulary, 100, seed=11):
        decision = decide(rules, parse_answers(service.vocabulary, person))
        found = walk(tree, decision.journey.answers.__getitem__)
        assert found == (list(decision.asked), decision.outcome)


def test_no_two_steps_are_alike(england: Rules) -> None:
    tree = path_tree(england)
    alike = [(step.question, [(way.when, way.to) for way in step.ways]) for step in tree.steps]
    assert len(alike) == len({repr(each) for each in alike})


def test_signs_of_one_difficulty_are_one_condition(england: Rules) -> None:
    steps = [step for step in path_tree(england).steps if step.question == "walking"]
    assert steps
    for step in steps:
        [[ticked], [none]] = [way.when for way in step.ways]
        assert ticked == Ticks((none.none,))
        assert len(none.none) == 9


def test_an_award_that_settles_it_is_told_of_first(england: Rules) -> None:
    steps = [step for step in path_tree(england).steps if step.question == "benefits" and len(step.ways) > FEW]
    assert steps
    for step in steps:
        assert step.ways[0].when == (Ticks((("wpms",),)),)
        assert step.ways[0].to == "automatic"

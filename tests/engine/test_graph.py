from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.answers import Answers
from app.engine.closest import nearest_changes
from app.engine.decision import decide, outcome_ids
from app.engine.formula import Value
from app.engine.graph import explore
from app.engine.journey import follow
from app.engine.rules import Rules
from app.engine.vocabulary import Route
from tests.engine.small_rules import ROUTES, everybody, small_rules


@settings(max_examples=60, deadline=None)
@given(small_rules(), st.permutations(ROUTES))
def test_the_graph_agrees_with_brute_force_on_every_path_outcome_and_question(made: Rules, routes: list[Route]) -> None:
    rules = replace(made, routes=tuple(routes))
    paths = {}
    for person in everybody(rules):
        if answerable(rules, person):
            decision = decide(rules, person)
            paths[tuple(decision.journey.answers.items())] = decision.outcome
    graph = explore(rules, everybody=True)
    assert graph.lengths() == Counter(len(path) for path in paths)
    assert len(decide(rules, graph.longest()).asked) == max(len(path) for path in paths)
    assert graph.outcomes() == Counter(paths.values())
    questions, outcomes = graph.witnesses()
    assert outcomes.keys() == set(paths.values())
    assert questions.keys() == {question for path in paths for question, _ in path}
    for outcome, witness in outcomes.items():
        assert decide(rules, witness).outcome == outcome
    for question, witness in questions.items():
        journey = follow(rules, {name: ticked for name, ticked in witness.items() if name != question})
        assert journey.next is not None
        assert journey.next.id == question


def answerable(rules: Rules, person: Answers) -> bool:
    return follow(rules, person).complete


def test_england_is_explored_exactly(england: Rules) -> None:
    graph = explore(england)
    lengths = graph.lengths()
    questions, outcomes = graph.witnesses()
    assert set(outcomes) == set(outcome_ids(england))
    assert (min(lengths), max(lengths), sum(lengths.values())) == (2, 17, 26_584_663_475)
    assert len(graph.states) < 1000
    assert len(questions) == 20


@settings(max_examples=60, deadline=None)
@given(small_rules(), st.randoms(use_true_random=False))
def test_a_nearest_change_is_true_for_these_answers(rules: Rules, chance: Random) -> None:
    person = chance.choice([each for each in everybody(rules) if answerable(rules, each)])
    decision = decide(rules, person)
    for change in nearest_changes(rules, decision):
        ticked = decision.journey.answers[change.question]
        assert change.options
        for option in change.options:
            assert option not in ticked
            given = ticked | {option} if rules.question(change.question).many else frozenset({option})
            journey = follow(rules, {**decision.journey.answers, change.question: given})
            left = journey.remainder.criteria[rules.criteria.index(change.reason.criterion)]
            assert (left is Value.MET) is not change.more
            assert left not in (Value.NOT_MET, Value.OPEN)

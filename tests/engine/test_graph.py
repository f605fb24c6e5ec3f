from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import chain, combinations
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.closest import nearest_changes
from app.engine.decision import decide, outcome_ids
from app.engine.document import Document
from app.engine.formula import Comparison, Formula, Value, every, negate, some
from app.engine.graph import explore
from app.engine.journey import follow
from app.engine.rules import Asked, Criterion, Rules
from app.engine.vocabulary import Route

SOME_FILE: Any = Document(Path("some.yaml"), None, "", {})
ROUTES = (Route(id="sure", ends=True), Route(id="special", ends=True), Route(id="maybe"))
OPTIONS = {"a": ("1", "2", "?"), "b": ("1", "2"), "c": ("1", "2", "none"), "d": ("1", "?")}


def comparison() -> st.SearchStrategy[Formula]:
    def build(question: str) -> st.SearchStrategy[Formula]:
        options = st.frozensets(
            st.sampled_from([option for option in OPTIONS[question] if option != "none"]), min_size=1
        )
        unsure = st.frozensets(st.sampled_from(OPTIONS[question]), max_size=1).map(lambda found: found - {"none"})
        return st.builds(lambda met, maybe: Comparison(question, met, maybe - met), options, unsure)

    return st.sampled_from(sorted(OPTIONS)).flatmap(build)


def conditions() -> st.SearchStrategy[Formula]:
    return st.recursive(
        comparison(),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(every),
            st.lists(inner, min_size=1, max_size=3).map(some),
            inner.map(negate),
        ),
        max_leaves=4,
    )


def small_rules() -> st.SearchStrategy[Rules]:
    def asked(question: str, condition: Formula, offer: Formula) -> Asked:
        many = "none" in OPTIONS[question]
        offers: dict[str, Formula] = dict.fromkeys(OPTIONS[question], Value.MET)
        if many:
            offers["2"] = offer
        return Asked(question, many, "none" if many else None, condition, offers)

    first, second = (Comparison("a", frozenset({option})) for option in ("1", "2"))
    before: st.SearchStrategy[Formula] = st.sampled_from([Value.MET, first, second])
    questions = st.tuples(before, before).map(
        lambda two: (
            asked("a", Value.MET, Value.MET),
            asked("b", two[0], Value.MET),
            asked("c", Value.MET, two[1]),
            asked("d", two[1], Value.MET),
        )
    )
    criterion = st.builds(lambda route, test: (route.id, test), st.sampled_from(ROUTES), conditions())
    return st.builds(_rules, questions, st.lists(criterion, min_size=1, max_size=4))


def _rules(questions: tuple[Asked, ...], criteria: list[tuple[str, Formula]]) -> Rules:
    return Rules(
        service="s", nation="n", version="v", in_force=date(2026, 1, 1), checked=date(2026, 1, 1), routes=ROUTES,
        longest_journey=9,
        vocabulary=SOME_FILE,
        law=SOME_FILE,
        voice_question="a", voices={}, questions=questions, remarks=(),
        criteria=tuple(
            Criterion(f"C{index}", route, Value.MET, test, (), ("letter",), True, False)
            for index, (route, test) in enumerate(criteria)
        ),
    )  # fmt: skip


def everybody(rules: Rules) -> Iterator[dict[str, frozenset[str]]]:
    """Brute force: every set of answers to every question."""
    ways = []
    for question in rules.questions:
        options = [option for option in question.offers if option != question.exclusive]
        sets = chain.from_iterable(combinations(options, size) for size in range(len(options) + 1))
        ways.append([frozenset(ticked) for ticked in sets if question.many or len(ticked) == 1])
    people: list[dict[str, frozenset[str]]] = [{}]
    for question, answers in zip(rules.questions, ways, strict=True):
        people = [{**person, question.id: ticked} for person in people for ticked in answers]
    yield from people


@settings(max_examples=150, deadline=None)
@given(small_rules())
def test_the_graph_agrees_with_brute_force_on_every_path_outcome_and_question(rules: Rules) -> None:
    paths = {}
    for person in everybody(rules):
        decision = decide(rules, person)
        paths[tuple(decision.journey.answers.items())] = decision.outcome
    graph = explore(rules)
    assert graph.lengths() == Counter(len(path) for path in paths)
    assert len(decide(rules, graph.longest()).asked) == max(len(path) for path in paths)
    questions, outcomes = graph.witnesses()
    assert outcomes.keys() == set(paths.values())
    assert questions.keys() == {question for path in paths for question, _ in path}
    for outcome, witness in outcomes.items():
        assert decide(rules, witness).outcome == outcome
    for question, witness in questions.items():
        journey = follow(rules, {name: ticked for name, ticked in witness.items() if name != question})
        assert journey.next is not None
        assert journey.next.id == question


def test_england_is_explored_exactly(england: Rules) -> None:
    graph = explore(england)
    lengths = graph.lengths()
    questions, outcomes = graph.witnesses()
    assert set(outcomes) == set(outcome_ids(england))
    assert (min(lengths), max(lengths), sum(lengths.values())) == (2, 17, 26_584_663_475)
    assert len(graph.states) < 1000
    assert len(questions) == 20


@settings(max_examples=100, deadline=None)
@given(small_rules(), st.randoms(use_true_random=False))
def test_a_nearest_change_is_true_for_these_answers(rules: Rules, chance: Random) -> None:
    person = chance.choice(list(everybody(rules)))
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

"""What the prover has to find, a second time: for each code, everybody of whom it is true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

from app.engine.decision import outcome_ids
from app.engine.formula import Ticked, Value, comparisons
from app.engine.rules import Asked, Criterion, Rules
from tests.engine.small_rules import all_answers
from tests.proofs.brute_force import Known, Person, Point, can_exist, offers, outcome, people, points, worth

Shown = tuple[Person, ...]
"""Somebody who shows a fault; of two people, the second has only one answer other than the first."""
Found = Mapping[tuple[str, str], list[Shown]]
"""By code and what it is about, all who show the fault: none where there can be none."""


def brute_proofs(rules: Rules) -> Found:
    """Everything that is wrong with the rules, whether or not it is called intended."""
    everyone = people(rules)
    found: dict[tuple[str, str], list[Shown]] = defaultdict(list)
    for code, about, shown in (*_of_the_way(rules, everyone), *_of_criteria(rules, everyone)):
        found[code, about].append(shown)
    faults = {("contradiction", each) for each in (*_never_met(rules, everyone), *_ruling_out_nobody(rules))}
    faults |= set(_never_reached(rules))
    return {**found, **{fault: [] for fault in faults}}


def _never_met(rules: Rules, everyone: list[Person]) -> Iterator[str]:
    return (each.id for each in rules.criteria if not any(_met(each, person) for person in everyone))


def _ruling_out_nobody(rules: Rules) -> Iterator[str]:
    everyone = people(replace(rules, impossible=()))
    for index, assumed in enumerate(rules.impossible):
        if not any(worth(assumed, person) is Value.MET for person in everyone):
            yield str(index)


def _never_reached(rules: Rules) -> Iterator[tuple[str, str]]:
    """Questions that nobody is asked though some criterion names them, and outcomes that nobody gets."""
    named = {each.question for criterion in rules.criteria for each in comparisons(criterion.whole)}
    reached = list(points(rules))
    asked = {point.question.id for point in reached if point.question is not None}
    outcomes = {outcome(rules, point.known) for point in reached if point.question is None}
    yield from (("unreachable-question", each) for each in named - asked)
    yield from (("unreachable-outcome", each) for each in set(outcome_ids(rules)) - outcomes)


def _of_the_way(rules: Rules, everyone: list[Person]) -> Iterator[tuple[str, str, Shown]]:
    reached = list(points(rules))
    for point in reached:
        if point.question is None:
            if len(point.given) > rules.longest_journey:
                yield "journey-too-long", rules.nation, (point.given,)
            continue
        if not point.answers:
            yield "no-outcome", point.question.id, (point.given,)
        if point.question.id != rules.voice_question and _useless(rules, point):
            yield "useless-question", point.question.id, (point.given,)
    for criterion in rules.criteria:
        if not any(_met(criterion, point.known) for point in reached):
            yield from (("unreachable-criterion", criterion.id, (each,)) for each in everyone if _met(criterion, each))


def _useless(rules: Rules, point: Point) -> bool:
    """Whether every criterion comes out the same for each answer that is on offer, whatever comes after."""
    assert point.question is not None
    later = rules.questions[rules.questions.index(point.question) + 1 :]
    answers = all_answers(point.question, offers(point.question, point.known))
    for rest in product(*(all_answers(question, list(question.offers)) for question in later)):
        afterwards = dict(zip((question.id for question in later), rest, strict=True))
        if len({_values(rules, point, {**afterwards, point.question.id: ticked}) for ticked in answers}) > 1:
            return False
    return True


def _values(rules: Rules, point: Point, answers: Person) -> tuple[Value | None, ...]:
    """How far each criterion is met when these answers follow, of those that ``ask_when`` lets be asked."""
    known: dict[str, Ticked | None] = {}
    for question in rules.questions:
        if question.id in answers and worth(question.ask_when, known) is Value.MET:
            known[question.id] = answers[question.id]
        else:
            known[question.id] = point.given.get(question.id)
    return tuple(worth(criterion.whole, known) for criterion in rules.criteria)


def _of_criteria(rules: Rules, everyone: list[Person]) -> Iterator[tuple[str, str, Shown]]:
    for criterion in rules.criteria:
        meeting = [each for each in everyone if _met(criterion, each)]
        if not meeting:
            continue
        if not any(_misses(criterion, each) for each in everyone):
            yield from (("always-true", criterion.id, (each,)) for each in meeting)
        for question in rules.questions:
            if any(each.question == question.id for each in comparisons(criterion.whole)):
                for code, shown in _of_question(rules, criterion, question, everyone, meeting):
                    yield code, criterion.id, shown


def _of_question(
    rules: Rules, criterion: Criterion, question: Asked, everyone: list[Person], meeting: list[Person]
) -> Iterator[tuple[str, Shown]]:
    ranks = [route.id for route in rules.routes]
    for each in meeting:
        if worth(question.ask_when, each) is not Value.MET and not _met(criterion, {**each, question.id: None}):
            yield "unsound-skip", (each,)
        if question.ceiling is not None and ranks.index(criterion.route) < ranks.index(question.ceiling):
            yield "promise-above-route", (each,)
        for option in question.unsure & frozenset(offers(question, each)):
            unsure = {**each, question.id: frozenset({option})}
            if worth(criterion.whole, unsure) is Value.NOT_MET:
                yield "unlikely-with-open", (each, unsure)
    for each in everyone if question.many else ():
        for option in question.offers.keys() - {question.exclusive} - each[question.id]:
            more = {**each, question.id: each[question.id] | {option}}
            if _is_worse(criterion, each, more) and can_exist(rules, more):
                yield "worse-for-more", (each, more)


def _met(criterion: Criterion, known: Known) -> bool:
    return worth(criterion.whole, known) is Value.MET


def _misses(criterion: Criterion, person: Person) -> bool:
    return worth(criterion.applies, person) is Value.MET and worth(criterion.test, person) is not Value.MET


def _is_worse(criterion: Criterion, person: Person, other: Person) -> bool:
    return (worth(criterion.whole, person) or Value.NOT_MET) > (worth(criterion.whole, other) or Value.NOT_MET)

"""The cases from which a round can be drawn: people made from the rules, and groups of people who shared answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from app.desk.case import Case, case_of
from app.engine.decision import conclude
from app.engine.journey import follow
from app.engine.sign_off import sign_off

if TYPE_CHECKING:
    from app.engine.answers import Answers
    from app.engine.decision import Decision
    from app.engine.formula import Ticked
    from app.engine.journey import Step
    from app.engine.rules import Rules

SharedGroups = Callable[[str, "Rules"], Iterable[tuple[Case, int]]]
"""Of a council and rules: what groups of people shared with it, each as one case, with how many they are, rounded."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that can be drawn. ``people`` is how many shared it, rounded; 0 where it was made from the rules."""

    case: Case
    people: int
    borderline: bool


def pool(rules: Rules, shared: Iterable[tuple[Case, int]] = ()) -> tuple[Candidate, ...]:
    """Each case once, in an order that only the cases decide. What people shared goes before the same made up."""
    found = {candidate.case.id: candidate for candidate in _generated(rules)}
    for case, people in shared:
        found[case.id] = Candidate(case, people, is_borderline(rules, case.decision(rules)))
    return tuple(found[each] for each in sorted(found))


def is_borderline(rules: Rules, decision: Decision) -> bool:
    """Whether one other answer, with nothing more to ask, leads to another outcome."""
    for answers in _others(rules, decision):
        journey = follow(rules, answers)
        if journey.complete and conclude(rules, journey).outcome != decision.outcome:
            return True
    return False


@lru_cache(maxsize=16)
def _generated(rules: Rules) -> tuple[Candidate, ...]:
    decisions = (row.decision for row in sign_off(rules))
    return tuple(Candidate(case_of(rules, each), 0, is_borderline(rules, each)) for each in decisions)


def _others(rules: Rules, decision: Decision) -> Iterator[Answers]:
    for step in decision.journey.asked:
        for ticked in _other_answers(rules, step):
            yield {**decision.journey.answers, step.question: ticked}


def _other_answers(rules: Rules, step: Step) -> Iterator[Ticked]:
    """Every other answer; where several options can be ticked, one more or one less."""
    question = rules.question(step.question)
    for option in step.offers:
        if option != question.exclusive or not question.many:
            ticked = step.ticked ^ {option} if question.many else frozenset({option})
            if ticked != step.ticked:
                yield ticked

"""From the answers so far to the next question, or to the end of the check.

Pure, and without any order of its own: the questions' order is authored, and whether one is asked follows from what
is left of the criteria.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from app.engine.formula import (
    Comparison,
    Formula,
    Ticked,
    Value,
    answered,
    can_be_met,
    comparisons,
    options_told_apart,
    substitute,
)

if TYPE_CHECKING:
    from app.engine.answers import Answers
    from app.engine.rules import Asked, Criterion, Rules
    from app.engine.vocabulary import Route

Replace = Callable[[Comparison], Formula]


class MissingAnswerError(LookupError):
    """A question that has to be asked has no usable answer."""

    def __init__(self, question: str) -> None:
        self.question = question
        super().__init__(f"the question {question!r} has no answer")


@dataclass(frozen=True, slots=True)
class Remainder:
    """What is still to be learned: each criterion, condition of asking, of offering, and of the impossible, simplified.

    Two histories with equal remainders at the same question have the same future. ``questions`` are the ids in order;
    ``conditional`` names those that asking or offering hangs on, which are few.
    """

    questions: tuple[str, ...]
    criteria: tuple[Formula, ...]
    asking: tuple[Formula, ...]
    offering: tuple[tuple[Formula, ...], ...]
    conditional: frozenset[str]
    impossible: tuple[Formula, ...] = ()
    position: int = 0

    def known(self, question: str, replace: Replace) -> Remainder:
        """With every comparison with the question replaced, and with those questions that now will not be asked."""
        criteria = _left(self.criteria, question, replace)
        impossible = _left(self.impossible, question, replace)
        asking, offering = self.asking, self.offering
        if question in self.conditional:
            asking = _left(asking, question, replace)
            offering = tuple([_left(offers, question, replace) for offers in offering])
        after = self._after(criteria, asking, offering, impossible, self.position)
        if asking is self.asking:
            return after
        for other, before, now in zip(self.questions, self.asking, asking, strict=True):
            if now is not before and isinstance(now, Value) and now is not Value.MET:
                after = after.known(other, answered(None))
        return after

    def at(self, position: int) -> Remainder:
        """At another question."""
        return self._after(self.criteria, self.asking, self.offering, self.impossible, position)

    def past(self) -> Remainder:
        """At the next question."""
        return self.at(self.position + 1)

    def _after(
        self,
        criteria: tuple[Formula, ...],
        asking: tuple[Formula, ...],
        offering: tuple[tuple[Formula, ...], ...],
        impossible: tuple[Formula, ...],
        position: int,
    ) -> Remainder:
        """Of the same questions; ``dataclasses.replace`` takes three times as long."""
        return Remainder(self.questions, criteria, asking, offering, self.conditional, impossible, position)


def _left(parts: tuple[Formula, ...], question: str, replace: Replace) -> tuple[Formula, ...]:
    return tuple([part if isinstance(part, Value) else substitute(part, question, replace) for part in parts])


@lru_cache(maxsize=64)
def start(rules: Rules) -> Remainder:
    """What is to be learned when nothing is known."""
    asking = tuple(question.ask_when for question in rules.questions)
    offering = tuple(tuple(question.offers.values()) for question in rules.questions)
    conditions = [*asking, *(when for offers in offering for when in offers)]
    conditional = frozenset(comparison.question for when in conditions for comparison in comparisons(when))
    return Remainder(
        questions=tuple(question.id for question in rules.questions),
        criteria=tuple(criterion.whole for criterion in rules.criteria),
        asking=asking,
        offering=offering,
        conditional=conditional,
        impossible=rules.impossible,
    )


def offered(rules: Rules, remainder: Remainder) -> tuple[str, ...]:
    """The options of the question at this position that the person is offered."""
    question = rules.questions[remainder.position]
    offers = zip(question.offers, remainder.offering[remainder.position], strict=True)
    return tuple(option for option, when in offers if when is not Value.NOT_MET)


def advance(rules: Rules, remainder: Remainder) -> Remainder:
    """Moves on to the next question that has to be asked, or past the last one when the check has ended.

    A question is asked while what is left of some criterion depends on it and nothing that ends the check is certain.
    What depends on a question that was passed over is open; what an early end leaves unsaid stays as it is.
    """
    while remainder.position < len(rules.questions):
        if ended(rules, remainder):
            return remainder.at(len(rules.questions))
        if matters(rules, remainder):
            return remainder
        question = rules.questions[remainder.position]
        remainder = remainder.known(question.id, answered(None)).past()
    return remainder


def ended(rules: Rules, remainder: Remainder) -> bool:
    """Whether an outcome that ends the check is certain: one of its criteria is met, none of a better route can be."""
    for route, places in by_route(rules):
        parts = [remainder.criteria[place] for place in places]
        if route.ends and Value.MET in parts:
            return True
        if any(not isinstance(part, Value) and can_be_met(part) for part in parts):
            return False
    return False


@lru_cache(maxsize=64)
def by_route(rules: Rules) -> tuple[tuple[Route, tuple[int, ...]], ...]:
    """The routes, best first, each with the places of its criteria in the file."""
    criteria = tuple(enumerate(rules.criteria))
    return tuple(
        (route, tuple(place for place, criterion in criteria if criterion.route == route.id)) for route in rules.routes
    )


def hanging(rules: Rules, remainder: Remainder) -> Iterator[Criterion]:
    """The criteria of which what is left depends on the question at this position: why it is asked."""
    question = rules.questions[remainder.position].id
    options = frozenset(offered(rules, remainder))
    return (
        criterion
        for criterion, part in zip(rules.criteria, remainder.criteria, strict=True)
        if not isinstance(part, Value) and options & options_told_apart(part, question)
    )


def matters(rules: Rules, remainder: Remainder) -> bool:
    """Whether the question at this position may be asked, and something depends on it."""
    if remainder.asking[remainder.position] is not Value.MET:
        return False
    return any(True for _ in hanging(rules, remainder))


@dataclass(frozen=True, slots=True)
class Journey:
    """The path that answers take: what is asked, in order, each with what was offered and ticked.

    ``next`` is the question still to be answered, None when the check has ended.
    """

    asked: tuple[Step, ...]
    next: Asked | None
    next_offers: tuple[str, ...]
    remainder: Remainder

    @property
    def answers(self) -> Answers:
        """Only the answers to questions asked, and of them only options offered."""
        return {step.question: step.ticked for step in self.asked}

    @property
    def complete(self) -> bool:
        """Whether everything that has to be asked has its answer."""
        return self.next is None


@dataclass(frozen=True, slots=True)
class Step:
    """A question asked, the options offered, those ticked, and what was still to be learned before."""

    question: str
    offers: tuple[str, ...]
    ticked: Ticked
    remainder: Remainder


def follow(rules: Rules, answers: Answers) -> Journey:
    """Walks the questions with these answers, as far as they reach.

    Answers to questions not asked are ignored, and so are options that are not offered.
    """
    steps: list[Step] = []
    remainder = advance(rules, start(rules))
    while remainder.position < len(rules.questions):
        question, offers = rules.questions[remainder.position], offered(rules, remainder)
        ticked = _usable(question, offers, answers.get(question.id))
        if ticked is None:
            return Journey(tuple(steps), question, offers, remainder)
        steps.append(Step(question.id, offers, ticked, remainder))
        remainder = _onwards(rules, remainder, ticked)
    return Journey(tuple(steps), None, (), remainder)


@lru_cache(maxsize=1 << 12)
def _onwards(rules: Rules, remainder: Remainder, ticked: Ticked) -> Remainder:
    """What is left at the next question, once the one at this position is answered: each page asks it of each step."""
    question = rules.questions[remainder.position]
    return advance(rules, remainder.known(question.id, answered(ticked)).past())


def _usable(question: Asked, offers: tuple[str, ...], ticked: Ticked | None) -> Ticked | None:
    if ticked is None:
        return None
    usable = ticked & frozenset(offers)
    return usable if question.many or len(usable) == 1 else None

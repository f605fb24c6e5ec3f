"""What one other answer would have changed: every other outcome that is one answer away, and by which answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.engine.decision import conclude
from app.engine.formula import Ticked, Value
from app.engine.journey import follow

if TYPE_CHECKING:
    from app.engine.decision import Decision
    from app.engine.journey import Step
    from app.engine.rules import Rules


@dataclass(frozen=True, slots=True)
class Other:
    """With another answer to a question the outcome would have been this one; None where more would have been asked.

    ``option`` is the one that differs: ``ticked`` says whether it would have been, and in a list ``beside`` says
    whether other options stay ticked.
    """

    question: str
    option: str
    ticked: bool
    beside: bool
    outcome: str | None


def others(rules: Rules, decision: Decision) -> tuple[Other, ...]:
    """The other answers, one at a time, that would have led to another outcome or to more questions.

    Of a list of options, one more or one less. Answers that nobody can give together are left out.
    """
    found = (other for step in decision.journey.asked for other in _of_question(rules, decision, step))
    return tuple(other for other in found if other.outcome != decision.outcome)


def _of_question(rules: Rules, decision: Decision, step: Step) -> Iterator[Other]:
    question = rules.question(step.question)
    for option in step.offers:
        if question.many and option == question.exclusive:
            continue
        ticked = step.ticked ^ {option} if question.many else frozenset({option})
        if ticked != step.ticked:
            outcomes = _outcome(rules, decision, step.question, ticked)
            beside = question.many and bool(ticked - {option})
            yield from (Other(step.question, option, option in ticked, beside, outcome) for outcome in outcomes)


def _outcome(rules: Rules, decision: Decision, question: str, ticked: Ticked) -> Iterator[str | None]:
    journey = follow(rules, {**decision.journey.answers, question: ticked})
    if Value.MET not in journey.remainder.impossible:
        yield conclude(rules, journey).outcome if journey.complete else None

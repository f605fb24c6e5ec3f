"""The outcome of a check and its reasons: every criterion, how far it is met, and the answers that made it so."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.engine.formula import All, AnyOf, Comparison, Formula, Not, Value, compare
from app.engine.journey import Journey, MissingAnswerError, follow

if TYPE_CHECKING:
    from app.engine.answers import Answers
    from app.engine.law import CouncilFact
    from app.engine.rules import Criterion, Remark, Rules
    from app.engine.vocabulary import Voice

DEPENDS = "depends"
UNLIKELY = "unlikely"
"""The two outcomes of every service that no route gives: something is left open, or nothing is met."""


def outcome_ids(rules: Rules) -> tuple[str, ...]:
    """Every outcome, best first."""
    return (*(route.id for route in rules.routes), DEPENDS, UNLIKELY)


@dataclass(frozen=True, slots=True)
class Reason:
    """How far a criterion is met; ``value`` is None where the check ended before it was considered.

    ``applies`` is false where the provision is not addressed to this person. ``hangs_on`` names the questions whose
    answers made its test come out so.
    """

    criterion: Criterion
    value: Value | None
    applies: bool
    hangs_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What the answers come to. Never a score, and never more than the route of a criterion allows."""

    outcome: str
    reasons: tuple[Reason, ...]
    journey: Journey

    @property
    def because(self) -> tuple[Reason, ...]:
        """The met criteria of the route that gave the outcome, in the order of the file."""
        return tuple(r for r in self.reasons if r.value is Value.MET and r.criterion.route == self.outcome)

    @property
    def also_met(self) -> tuple[Reason, ...]:
        """The met criteria of other routes."""
        return tuple(r for r in self.reasons if r.value is Value.MET and r.criterion.route != self.outcome)

    @property
    def open(self) -> tuple[Reason, ...]:
        """The criteria that hang on something not known yet."""
        return tuple(r for r in self.reasons if r.value is Value.OPEN)

    @property
    def considered(self) -> tuple[Reason, ...]:
        """The criteria that are addressed to this person and not met."""
        return tuple(r for r in self.reasons if r.value is Value.NOT_MET and r.applies)

    @property
    def asked(self) -> tuple[str, ...]:
        """The questions that the person saw, in order."""
        return tuple(step.question for step in self.journey.asked)


def decide(rules: Rules, answers: Answers) -> Decision:
    """Decides on the questions that these answers lead through; answers to others change nothing.

    Raises MissingAnswerError for the first question asked that has no usable answer.
    """
    journey = follow(rules, answers)
    if journey.next is not None:
        raise MissingAnswerError(journey.next.id)
    return conclude(rules, journey)


def conclude(rules: Rules, journey: Journey) -> Decision:
    """The decision at the end of a complete journey."""
    known = journey.answers
    reasons = []
    for criterion, left in zip(rules.criteria, journey.remainder.criteria, strict=True):
        applies = _weigh(criterion.applies, known)[0] is not Value.NOT_MET
        value = left if isinstance(left, Value) else None
        hangs_on = _weigh(criterion.test, known)[1] if value is not None else frozenset()
        in_order = tuple(step.question for step in journey.asked if step.question in hangs_on)
        reasons.append(Reason(criterion, value, applies, in_order))
    return Decision(_outcome(rules, reasons), tuple(reasons), journey)


def fitting(
    remarks: tuple[Remark, ...], decision: Decision, place: str, said: Collection[CouncilFact] = ()
) -> tuple[str, ...]:
    """The ids of the notes to be shown at a place of this person's outcome page; ``said`` is what the council says."""
    met = {reason.criterion.id for reason in decision.reasons if reason.value is Value.MET}
    return tuple(
        remark.note.id
        for remark in remarks
        if remark.note.place == place
        and remark.note.unless_council_says not in said
        and (not remark.note.outcomes or decision.outcome in remark.note.outcomes)
        and (not remark.note.criteria or met & set(remark.note.criteria))
        and weigh(remark.when, decision.journey.answers) is Value.MET
    )


def weigh(formula: Formula, answers: Answers) -> Value:
    """How far a formula is met by these answers; a question without one leaves it open."""
    return _weigh(formula, answers)[0]


def voice_of(rules: Rules, answers: Answers) -> Voice:
    """In which voice to speak to whoever gave these answers."""
    for option in answers.get(rules.voice_question, ()):
        return rules.voices.get(option, "you")
    return "you"


def _outcome(rules: Rules, reasons: list[Reason]) -> str:
    met = {reason.criterion.route for reason in reasons if reason.value is Value.MET}
    for route in rules.routes:
        if route.id in met:
            return route.id
    return DEPENDS if any(reason.value is Value.OPEN for reason in reasons) else UNLIKELY


def _weigh(formula: Formula, answers: Answers) -> tuple[Value, frozenset[str]]:
    """The value, and the questions whose answers give it that value."""
    match formula:
        case Value():
            return formula, frozenset()
        case Comparison(question=question):
            return compare(formula, answers.get(question)), frozenset({question} & answers.keys())
        case Not(part):
            value, hangs_on = _weigh(part, answers)
            return Value(Value.MET - value), hangs_on
        case All(parts) | AnyOf(parts):
            weighed = [_weigh(part, answers) for part in parts]
            values = [value for value, _ in weighed]
            whole = min(values) if isinstance(formula, All) else max(values)
            return whole, frozenset().union(*(hangs_on for value, hangs_on in weighed if value is whole))

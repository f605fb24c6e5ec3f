"""What rules that begin later would make of the answers of a finished check."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.engine.decision import Decision, Reason, conclude, outcome_ids
from app.engine.formula import Value, can_be_met
from app.engine.journey import Remainder, follow

if TYPE_CHECKING:
    from app.engine.rules import Criterion, Rules


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a later version would make of the answers.

    ``outcome`` is None where it hangs on something that was not asked. Else ``makes`` are the criteria that the outcome
    would rest on, met or open; ``lost`` those that today's rests on and that then would be neither. ``worse`` compares
    the two outcomes.
    """

    rules: Rules
    outcome: str | None
    makes: tuple[Criterion, ...] = ()
    lost: tuple[Criterion, ...] = ()
    worse: bool = False


def outlooks(decision: Decision, later: Iterable[Rules]) -> tuple[Outlook, ...]:
    """The outlook under each later version, in their order, that differs from the one before it.

    The first is held against the decision itself. Nothing where nothing changes for these answers.
    """
    found: list[Outlook] = []
    before: str | None = decision.outcome
    for rules in later:
        outlook = _look(decision, rules)
        if outlook.outcome != before:
            found.append(outlook)
        before = outlook.outcome
    return tuple(found)


def _look(decision: Decision, rules: Rules) -> Outlook:
    journey = follow(rules, decision.journey.answers)
    if not journey.complete and not _settled(rules, journey.remainder):
        return Outlook(rules, None)
    then = conclude(rules, journey)
    helping = {reason.criterion.id for reason in then.reasons if reason.value is not Value.NOT_MET}
    lost = tuple(reason.criterion for reason in _resting_on(decision) if reason.criterion.id not in helping)
    ranking = outcome_ids(rules)
    worse = ranking.index(then.outcome) > ranking.index(decision.outcome)
    return Outlook(rules, then.outcome, tuple(reason.criterion for reason in _resting_on(then)), lost, worse)


def _settled(rules: Rules, remainder: Remainder) -> bool:
    """Whether the outcome is certain whatever else is asked: a route is met, and no better one still can be."""
    for route in rules.routes:
        parts = [
            part
            for criterion, part in zip(rules.criteria, remainder.criteria, strict=True)
            if criterion.route == route.id
        ]
        if Value.MET in parts:
            return True
        if any(not isinstance(part, Value) and can_be_met(part) for part in parts):
            return False
    return False


def _resting_on(decision: Decision) -> tuple[Reason, ...]:
    return decision.because or decision.open

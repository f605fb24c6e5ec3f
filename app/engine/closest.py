"""Which single answer, had it been another, would have mattered.

True for these answers, and never advice to alter them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.engine.decision import Decision, Reason, weigh
from app.engine.formula import Comparison, Formula, Value, can_be_met, comparisons
from app.engine.journey import Step, follow

if TYPE_CHECKING:
    from app.engine.rules import Rules


@dataclass(frozen=True, slots=True)
class Change:
    """With any of ``options`` in the answer to ``question`` the criterion would be met.

    With ``more``, it could be met after further questions.
    """

    question: str
    options: tuple[str, ...]
    reason: Reason
    more: bool


def nearest_changes(rules: Rules, decision: Decision) -> tuple[Change, ...]:
    """For each criterion that the answers met in part, the first single change that would let it be met."""
    found = []
    for reason in decision.considered:
        if _part_met(reason.criterion.test, decision):
            changes = sorted(_changes(rules, decision, reason), key=lambda change: change.more)
            found.extend(changes[:1])
    return tuple(found)


def _part_met(test: Formula, decision: Decision) -> bool:
    return any(weigh(comparison, decision.journey.answers) is Value.MET for comparison in comparisons(test))


def _changes(rules: Rules, decision: Decision, reason: Reason) -> Iterator[Change]:
    index = rules.criteria.index(reason.criterion)
    met_by = {comparison.question: comparison for comparison in comparisons(reason.criterion.test)}
    for step in decision.journey.asked:
        if step.question in met_by:
            would: dict[bool, list[str]] = {False: [], True: []}
            for option in _other_options(step, met_by[step.question]):
                after = follow(rules, {**decision.journey.answers, step.question: _with(rules, step, option)})
                left = after.remainder.criteria[index]
                if left is Value.MET or (not isinstance(left, Value) and can_be_met(left)):
                    would[left is not Value.MET].append(option)
            for more, options in would.items():
                if options:
                    yield Change(step.question, tuple(options), reason, more)


def _other_options(step: Step, comparison: Comparison) -> list[str]:
    return [option for option in step.offers if option in comparison.met and option not in step.ticked]


def _with(rules: Rules, step: Step, option: str) -> frozenset[str]:
    return step.ticked | {option} if rules.question(step.question).many else frozenset({option})

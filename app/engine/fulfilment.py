"""The ways in which answers can fulfil a formula, each as small as it can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from app.engine.formula import All, AnyOf, Comparison, Formula, Not, Ticked, Value, compare

if TYPE_CHECKING:
    from app.engine.rules import Asked, Rules

Fulfilment = Mapping[str, tuple[Ticked, ...]]
"""By question id, in the order of asking, the answers any of which will do. Every question named has to be answered."""


@dataclass(frozen=True, slots=True)
class _Demand:
    """That a comparison be met, or be not met."""

    comparison: Comparison
    value: Value


def fulfilments(rules: Rules, formula: Formula) -> tuple[Fulfilment, ...]:
    """Every minimal way of meeting the formula, and of being asked what it hangs on: one for each alternative.

    Whether the check has ended before, and whether the options are offered to anybody, is not considered. Of a question
    with several options no more is ticked than it takes.
    """
    clauses = _clauses(formula, Value.MET)
    for question in reversed(rules.questions):
        clauses = [each for clause in clauses for each in _asked(question, clause)]
    minimal = [clause for clause in clauses if not any(other < clause for other in clauses)]
    found = [each for clause in minimal if (each := _fulfilment(rules, clause)) is not None]
    # The parts of a formula have no order of their own.
    return tuple(sorted(found, key=lambda each: [(name, list(map(sorted, ticked))) for name, ticked in each.items()]))


def _clauses(formula: Formula, value: Value) -> list[frozenset[_Demand]]:
    match formula:
        case Value():
            return [frozenset()] if formula is value else []
        case Comparison():
            return [frozenset({_Demand(formula, value)})]
        case Not(part):
            return _clauses(part, Value(Value.MET - value))
        case All(parts) | AnyOf(parts):
            ways = [_clauses(part, value) for part in parts]
            if isinstance(formula, All) == (value is Value.MET):
                return [frozenset().union(*each) for each in product(*ways)]
            return [clause for each in ways for clause in each]


def _asked(question: Asked, clause: frozenset[_Demand]) -> list[frozenset[_Demand]]:
    """The clause, with what it takes to be asked the question where it needs its answer."""
    if all(demand.comparison.question != question.id for demand in clause):
        return [clause]
    return [clause | before for before in _clauses(question.ask_when, Value.MET)]


def _fulfilment(rules: Rules, clause: frozenset[_Demand]) -> Fulfilment | None:
    found = {}
    for question in rules.questions:
        demands = [demand for demand in clause if demand.comparison.question == question.id]
        if demands:
            found[question.id] = tuple(dict.fromkeys(_answers(question, demands)))
    return found if all(found.values()) else None


def _answers(question: Asked, demands: list[_Demand]) -> Iterator[Ticked]:
    choices: list[Ticked] = [frozenset({option}) for option in question.offers]
    if question.many:
        needed = [demand.comparison.met for demand in demands if demand.value is Value.MET]
        in_order = [[option for option in question.offers if option in met] for met in needed]
        choices = [frozenset(each) for each in product(*in_order)]
    for ticked in choices:
        if all(compare(demand.comparison, ticked) is demand.value for demand in demands):
            yield ticked

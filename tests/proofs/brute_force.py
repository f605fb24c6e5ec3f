"""The engine's promises written a second time, plainly and slowly: try everybody, and look.

Nothing here simplifies a formula, merges histories or searches. A formula is worked out anew each time, from what is
known; None stands for what is not decided yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.engine.formula import All, AnyOf, Comparison, Formula, Not, Ticked, Value
from app.engine.rules import Asked, Rules
from tests.engine.small_rules import all_answers, everybody

Known = Mapping[str, Ticked | None]
"""By question, its answer, or None if it was passed over. A question that is not in it may still be asked."""
Person = Mapping[str, Ticked]


def worth(formula: Formula, known: Known) -> Value | None:
    match formula:
        case Value():
            return formula
        case Comparison(question, met, unsure):
            if question not in known:
                return None
            ticked = known[question]
            if ticked is None:
                return Value.OPEN
            return Value.MET if ticked & met else Value.OPEN if ticked & unsure else Value.NOT_MET
        case Not(part):
            value = worth(part, known)
            return None if value is None else Value(2 - value)
        case All(parts) | AnyOf(parts):
            return _together([worth(part, known) for part in parts], isinstance(formula, All))


def _together(values: list[Value | None], both: bool) -> Value | None:
    if (Value.NOT_MET if both else Value.MET) in values:
        return Value.NOT_MET if both else Value.MET
    known = [value for value in values if value is not None]
    return None if len(known) < len(values) else min(known) if both else max(known)


def hangs_on(formula: Formula, known: Known, question: str, options: frozenset[str]) -> bool:
    """Whether the question still has a say in the formula, with these options."""
    if worth(formula, known) is not None:
        return False
    match formula:
        case Comparison():
            return formula.question == question and bool(options & (formula.met | formula.open))
        case Not(part):
            return hangs_on(part, known, question, options)
        case All(parts) | AnyOf(parts):
            return any(hangs_on(part, known, question, options) for part in parts)
        case _:
            return False


def hope(formula: Formula, known: Known) -> Value:
    """The best that can still become of it, each comparison taken by itself."""
    value = worth(formula, known)
    if value is not None:
        return value
    match formula:
        case All(parts):
            return min(hope(part, known) for part in parts)
        case AnyOf(parts):
            return max(hope(part, known) for part in parts)
        case _:
            return Value.MET


@dataclass(frozen=True)
class Point:
    """Somewhere on a path: what was answered so far, and the question that is asked now (None at the end)."""

    given: Person
    known: Known
    question: Asked | None
    answers: Sequence[Ticked]


def offers(question: Asked, known: Known) -> list[str]:
    return [option for option, when in question.offers.items() if worth(when, known) is not Value.NOT_MET]


def possible(rules: Rules, known: Known) -> bool:
    return all(worth(part, known) is not Value.MET for part in rules.impossible)


def points(rules: Rules, *, all_people: bool = False) -> Iterator[Point]:
    """Every point of every path, those of one path in order, without the people whom the rules call impossible."""
    waiting: list[tuple[int, Person]] = [(0, {})]
    while waiting:
        start, given = waiting.pop()
        position, known = _next(rules, start, given)
        if position is None:
            yield Point(given, known, None, ())
            continue
        question = rules.questions[position]
        options = [option for option in offers(question, known) if option != question.exclusive]
        answers = [
            ticked
            for ticked in all_answers(question, options)
            if all_people or possible(rules, {**known, question.id: ticked})
        ]
        yield Point(given, known, question, answers)
        waiting += [(position + 1, {**given, question.id: ticked}) for ticked in answers]


def _next(rules: Rules, position: int, given: Person) -> tuple[int | None, Known]:
    """The next question to ask from a position on; with what is known by then."""
    for now, question in enumerate(rules.questions[position:], position):
        known = _known(rules, now, given)
        if _certain(rules, known):
            return None, known
        options = frozenset(offers(question, known))
        if worth(question.ask_when, known) is Value.MET and any(
            hangs_on(criterion.whole, known, question.id, options) for criterion in rules.criteria
        ):
            return now, known
    return None, _known(rules, len(rules.questions), given)


def _known(rules: Rules, position: int, given: Person) -> Known:
    known: dict[str, Ticked | None] = {}
    for index, question in enumerate(rules.questions):
        if index < position:
            known[question.id] = given.get(question.id)
        elif worth(question.ask_when, known) not in (None, Value.MET):
            known[question.id] = None
    return known


def _certain(rules: Rules, known: Known) -> bool:
    """Whether a criterion of a route that ends the check is met, and none of a better route can be any more."""
    for route in rules.routes:
        parts = [criterion.whole for criterion in rules.criteria if criterion.route == route.id]
        if any(worth(part, known) is Value.MET for part in parts):
            return route.ends
        if any(worth(part, known) is None and hope(part, known) is Value.MET for part in parts):
            return False
    return False


def outcome(rules: Rules, known: Known) -> str:
    values = [(worth(criterion.whole, known), criterion.route) for criterion in rules.criteria]
    for route in rules.routes:
        if (Value.MET, route.id) in values:
            return route.id
    return "depends" if any(value is Value.OPEN for value, _ in values) else "unlikely"


def can_exist(rules: Rules, person: Person) -> bool:
    """Whether somebody can give all these answers: each on offer, and nothing impossible."""
    return possible(rules, person) and all(
        person[question.id] <= frozenset(offers(question, person)) for question in rules.questions
    )


def people(rules: Rules) -> list[Person]:
    """Everybody: an answer to every question, whether or not it would be asked."""
    return [person for person in everybody(rules) if can_exist(rules, person)]

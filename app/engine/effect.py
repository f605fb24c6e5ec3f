"""What two versions of a nation's law can come to for somebody of whom only a part is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.engine.decision import DEPENDS, UNLIKELY
from app.engine.difference import lacks
from app.engine.formula import Formula, Value, answered, some, substitute
from app.engine.search import find_person

if TYPE_CHECKING:
    from app.engine.answers import Answers
    from app.engine.rules import Rules


@dataclass(frozen=True, slots=True)
class Effect:
    """An outcome before and after that some answers lead to, and the changed criteria that bear on it."""

    old: str
    new: str
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody: answers, their outcome, and all the criteria that make it."""

    answers: Answers
    outcome: str
    criteria: tuple[str, ...]


def effects_on(old: Rules, new: Rules, known: Known) -> frozenset[Effect]:
    """All that can be of the people of whom this is known, whatever else they answered."""
    mine = [criterion for criterion in old.criteria if criterion.id in known.criteria]
    others = [criterion for criterion in old.criteria if criterion.id not in known.criteria]
    ends = any(route.ends for route in old.routes if route.id == known.outcome)
    route = [each for each in others if each.route == known.outcome]
    parts = (*(each.whole for each in mine), some(each.whole for each in route), some(each.whole for each in others))
    wanted = Value.OPEN if known.outcome == DEPENDS else Value.NOT_MET if known.outcome == UNLIKELY else Value.MET

    def fits(values: tuple[Value, ...]) -> bool:
        *made, same_route, rest = values
        if any(value is not wanted for value in made):
            return False
        if wanted is not Value.MET:
            return rest is Value.NOT_MET
        return ends or same_route is not Value.MET  # where the check ended, others were perhaps not considered

    found = _Walk(old, new, known.answers, parts).effects(fits)
    return frozenset(effect for effect in found if effect.old == known.outcome)


def changed(old: Rules, new: Rules) -> tuple[str, ...]:
    """The ids of the criteria that are on one side only, or are not the same on both."""
    before, after = ({each.id: (each.route, each.whole) for each in rules.criteria} for rules in (old, new))
    return tuple(name for name in {**before, **after} if before.get(name) != after.get(name))


class _Walk:
    """All answers to what is not known, those alike as one."""

    def __init__(self, old: Rules, new: Rules, answers: Answers, parts: Iterable[Formula]) -> None:
        self.old, self.new = old, new
        self.answers = answers
        self.parts = tuple(map(self._left, parts))
        self.changed = changed(old, new)

    def effects(self, fits: Callable[[tuple[Value, ...]], bool]) -> frozenset[Effect]:
        found: set[Effect] = set()

        def note(values: tuple[Value, ...], effect: Effect) -> None:
            if fits(values):
                found.add(effect)

        self.each(note)
        return frozenset(found)

    def each(self, note: Callable[[tuple[Value, ...], Effect], None]) -> None:
        """Hands on the values of the parts, with what they come with, once for all that differ."""
        sides = (self.old, self.new)
        routes = [tuple(map(self._left, _by_route(rules))) for rules in sides]
        twins = [tuple(map(self._left, self._twins(rules))) for rules in sides]
        formulas = (*self.parts, *routes[0], *routes[1], *twins[0], *twins[1])
        sizes = [len(self.parts), len(routes[0]), len(routes[1]), len(twins[0]), len(twins[1])]

        def goal(values: tuple[Value, ...]) -> bool:
            own, old, new, before, after = _split(values, sizes)
            outcomes = _outcome(self.old, old), _outcome(self.new, new)
            note(own, Effect(*outcomes, tuple(self._causes(outcomes, before, after))))
            return False  # so that it goes on to all others

        questions = tuple(
            replace(each, offers={option: self._left(when) for option, when in each.offers.items()})
            for each in self.new.questions
        )
        impossible = tuple(map(self._left, self.new.impossible))
        find_person(replace(self.new, questions=questions, impossible=impossible), formulas, goal)

    def _left(self, formula: Formula) -> Formula:
        for question, ticked in self.answers.items():
            formula = substitute(formula, question, answered(ticked))
        return formula

    def _twins(self, rules: Rules) -> Iterator[Formula]:
        there = {each.id: each for each in rules.criteria}
        for name in self.changed:
            yield there[name].whole if name in there else Value.NOT_MET

    def _causes(self, outcomes: tuple[str, str], before: tuple[Value, ...], after: tuple[Value, ...]) -> Iterator[str]:
        routes = [{each.id: each.route for each in rules.criteria} for rules in (self.old, self.new)]
        if outcomes[0] == outcomes[1]:
            return
        for name, old, new in zip(self.changed, before, after, strict=True):
            was, now = (each.get(name) for each in routes)
            same = was == now
            if (_gives(outcomes[0], old, was) and lacks(old, new, same_route=same)) or (
                _gives(outcomes[1], new, now) and lacks(new, old, same_route=same)
            ):
                yield name


def _by_route(rules: Rules) -> tuple[Formula, ...]:
    return tuple(some(each.whole for each in rules.criteria if each.route == route.id) for route in rules.routes)


def _outcome(rules: Rules, values: tuple[Value, ...]) -> str:
    for route, value in zip(rules.routes, values, strict=True):
        if value is Value.MET:
            return route.id
    return DEPENDS if Value.OPEN in values else UNLIKELY


def _gives(outcome: str, value: Value, route: str | None) -> bool:
    return value is Value.OPEN if outcome == DEPENDS else value is Value.MET and route == outcome


def _split(values: tuple[Value, ...], sizes: Iterable[int]) -> Iterator[tuple[Value, ...]]:
    start = 0
    for size in sizes:
        yield values[start : start + size]
        start += size

"""Finding a person: answers under which formulas come out as asked. Exact, and small because like options are one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations
from typing import TYPE_CHECKING

from app.engine.formula import Comparison, Formula, Ticked, Value, answered, comparisons, substitute

if TYPE_CHECKING:
    from app.engine.answers import Answers
    from app.engine.rules import Asked, Rules

Goal = Callable[[tuple[Value, ...]], bool]
Offers = tuple[tuple[str, str, Formula], ...]


def find_person(rules: Rules, formulas: tuple[Formula, ...], goal: Goal) -> Answers | None:
    """Answers to the questions that the formulas mention, so that their values reach the goal; None if there are none.

    Only options on offer are given, and nobody whom the rules call impossible is found. Whether the journey would ask
    is not considered.
    """
    mentioned = _mentioned((*formulas, *rules.impossible))
    for question in reversed(rules.questions):  # an offer hangs on earlier questions, and theirs on still earlier ones
        if question.id in mentioned:
            mentioned |= _mentioned(tuple(question.offers.values()))
    offers = tuple(
        (question.id, option, when)
        for question in rules.questions
        if question.id in mentioned
        for option, when in question.offers.items()
        if when is not Value.MET
    )
    return _Search(rules, goal, set()).from_here(0, _Left(formulas, rules.impossible, offers), {})


def _mentioned(formulas: tuple[Formula, ...]) -> set[str]:
    return {each.question for part in formulas for each in comparisons(part)}


@dataclass(frozen=True, slots=True)
class _Left:
    """What is still to be decided: the formulas, those that must not be met, and what is offered."""

    formulas: tuple[Formula, ...]
    impossible: tuple[Formula, ...]
    offers: Offers

    def known(self, question: str, ticked: Ticked) -> _Left:
        by = answered(ticked)
        return _Left(
            tuple(substitute(part, question, by) for part in self.formulas),
            tuple(substitute(part, question, by) for part in self.impossible),
            tuple((name, option, substitute(when, question, by)) for name, option, when in self.offers),
        )

    @property
    def decided(self) -> bool:
        return all(isinstance(part, Value) for part in (*self.formulas, *self.impossible))


@dataclass(frozen=True, slots=True)
class _Search:
    rules: Rules
    goal: Goal
    seen: set[tuple[int, _Left]]

    def from_here(self, position: int, left: _Left, so_far: Answers) -> Answers | None:
        if Value.MET in left.impossible:
            return None
        if left.decided:
            values = tuple(part for part in left.formulas if isinstance(part, Value))
            return so_far if self.goal(values) else None
        if position == len(self.rules.questions) or (position, left) in self.seen:
            return None
        self.seen.add((position, left))
        question = self.rules.questions[position]
        about = _about(question, (*left.formulas, *left.impossible, *(when for _, _, when in left.offers)))
        if not about:
            return self.from_here(position + 1, left, so_far)
        for ticked in _answers(question, about, left.offers):
            found = self.from_here(position + 1, left.known(question.id, ticked), {**so_far, question.id: ticked})
            if found is not None:
                return found
        return None


def _about(question: Asked, formulas: tuple[Formula, ...]) -> tuple[Comparison, ...]:
    found = {each for part in formulas for each in comparisons(part) if each.question == question.id}
    return tuple(sorted(found, key=lambda each: (sorted(each.met), sorted(each.open))))


def _answers(question: Asked, about: tuple[Comparison, ...], offers: Offers) -> Iterator[Ticked]:
    """One answer of each kind that the comparisons can tell apart."""
    withheld = {option for name, option, when in offers if name == question.id and when is Value.NOT_MET}
    kinds: dict[tuple[tuple[bool, bool], ...], str] = {}
    for option in question.offers:
        if option != question.exclusive and option not in withheld:
            kinds.setdefault(tuple((option in each.met, option in each.open) for each in about), option)
    if not question.many:
        yield from (frozenset({option}) for option in kinds.values())
        return
    options = [option for kind, option in kinds.items() if any(chain.from_iterable(kind))]
    sets = chain.from_iterable(combinations(options, size) for size in range(len(options) + 1))
    yield from map(frozenset, sets)

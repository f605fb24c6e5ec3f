"""What is left of each criterion by itself, at every question that people come to.

A check is all of its criteria side by side: each is settled by the answers alone, whatever becomes of the others. What
they share is which questions are asked and when the check ends; so the stages that can stand side by side are found by
walking every path, histories of equal remainders together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from app.engine.formula import Comparison, Formula, Value, answered, can_be_met, comparisons, option_known
from app.engine.journey import Remainder, ended, matters, offered

if TYPE_CHECKING:
    from app.engine.rules import Asked, Rules


@dataclass(frozen=True, slots=True)
class Stage:
    """What is left of a criterion, and of the asking and offering of whatever that hangs on.

    ``usable`` are the comparisons that some option on offer can meet or leave open. Equal stages have equal futures, as
    long as the same questions are asked.
    """

    criterion: int
    part: Formula
    asking: tuple[tuple[str, Formula], ...]
    offering: tuple[tuple[str, tuple[Formula, ...]], ...]
    usable: frozenset[Comparison]

    @property
    def size(self) -> int:
        """How much is still to be learned; it only ever becomes less."""
        offers = [formula for _, formulas in self.offering for formula in formulas]
        formulas = (self.part, *(formula for _, formula in self.asking), *offers)
        return sum(len(comparisons(formula)) for formula in formulas)

    @property
    def can_be_met(self) -> bool:
        """Whether answers to what is left can still meet the criterion."""
        return can_be_met(self.part)

    def wants(self, question: str) -> bool:
        """Whether the question is asked for its sake, once it is the question's turn."""
        undecided = {name for name, _ in self.asking}
        return question not in undecided and any(each.question == question for each in self.usable)


Standing = Stage | Value
"""How a criterion stands: settled, or at a stage."""


def standing(rules: Rules, remainder: Remainder, index: int) -> Standing:
    """How the criterion of that index stands."""
    part = remainder.criteria[index]
    if isinstance(part, Value):
        return part
    return _stage(rules, index, replace(remainder, criteria=(part,), impossible=(), position=0))


@lru_cache(maxsize=1 << 14)
def _stage(rules: Rules, index: int, remainder: Remainder) -> Stage:
    [part] = remainder.criteria
    asked = {question.id: place for place, question in enumerate(rules.questions)}
    concerned, new = set[str](), {each.question for each in comparisons(part)}
    while new - concerned:
        concerned |= new
        hung_on = [
            formula for each in new for formula in (remainder.asking[asked[each]], *remainder.offering[asked[each]])
        ]
        new = {each.question for formula in hung_on for each in comparisons(formula)}
    in_order = [(name, place) for name, place in asked.items() if name in concerned]
    asking = tuple((name, remainder.asking[place]) for name, place in in_order)
    offering = tuple((name, remainder.offering[place]) for name, place in in_order)
    return Stage(
        index,
        part,
        tuple((name, when) for name, when in asking if not isinstance(when, Value)),
        tuple((name, whens) for name, whens in offering if any(not isinstance(when, Value) for when in whens)),
        frozenset(each for each in comparisons(part) if _on_offer(rules, remainder, each)),
    )


def _on_offer(rules: Rules, remainder: Remainder, comparison: Comparison) -> bool:
    place = next(place for place, question in enumerate(rules.questions) if question.id == comparison.question)
    options = set(offered(rules, replace(remainder, position=place)))
    return bool(options & (comparison.met | comparison.open))


@dataclass(slots=True)
class Arrivals:
    """Who comes to a question: of those who are asked it and of those who are not, the stages that can be.

    Each stage has a remainder that it was seen in, and if it is asked, whatever is offered then. ``passing`` is set if
    somebody is not asked.
    """

    question: Asked
    passing: bool = False
    asked: dict[Stage, Remainder] = field(default_factory=dict)
    passed: dict[Stage, Remainder] = field(default_factory=dict)
    offers: dict[Stage | None, set[str]] = field(default_factory=lambda: defaultdict(set))

    def options(self, stage: Stage | None = None) -> list[str]:
        """What some who come with the stage, or with any, are offered, but for the option that stands for none."""
        return [each for each in self.question.offers if each in self.offers[stage] and each != self.question.exclusive]


@dataclass(frozen=True, slots=True)
class Walk:
    """The questions in order, with who comes to each.

    ``holding`` are, for each route that ends a check, the stages of better routes that can keep it from ending although
    a criterion of the route is met.
    """

    arrivals: tuple[Arrivals, ...]
    holding: dict[str, set[Stage]]


def walk(rules: Rules, beginning: Remainder) -> Walk:
    """Every path from there, which has to be before a question."""
    holding: dict[str, set[Stage]] = defaultdict(set)
    found = []
    level = {_key(each): each for each in [_plain(rules, replace(beginning, impossible=()))]}
    for question in rules.questions[beginning.position :]:
        here = Arrivals(question)
        later: dict[object, Remainder] = {}
        for remainder in level.values():
            stages = [each for each in _standings(rules, remainder) if isinstance(each, Stage)]
            _note_holding(rules, remainder, stages, holding)
            if ended(rules, remainder):
                continue
            asked = matters(rules, remainder)
            (here.asked if asked else here.passed).update(dict.fromkeys(stages, remainder))
            here.passing = here.passing or not asked
            for stage in (None, *stages) if asked else ():
                here.offers[stage].update(offered(rules, remainder))
            ways = _answers(rules, remainder) if asked else [remainder.known(question.id, answered(None))]
            for way in ways:
                after = _plain(rules, way.past())
                later.setdefault(_key(after), after)
        found.append(here)
        level = later
    return Walk(tuple(found), holding)


def _standings(rules: Rules, remainder: Remainder) -> Iterator[Standing]:
    return (standing(rules, remainder, index) for index in range(len(rules.criteria)))


def _note_holding(rules: Rules, remainder: Remainder, stages: list[Stage], holding: dict[str, set[Stage]]) -> None:
    better: list[Stage] = []
    for route in rules.routes:
        here = {index for index, criterion in enumerate(rules.criteria) if criterion.route == route.id}
        if route.ends and any(remainder.criteria[index] is Value.MET for index in here):
            holding[route.id].update(better)
        better += [stage for stage in stages if stage.criterion in here and stage.can_be_met]


def _plain(rules: Rules, remainder: Remainder) -> Remainder:
    """Without the difference between settled criteria that no longer matters to which questions are asked."""
    ending = {route.id for route in rules.routes if route.ends}
    criteria = tuple(
        Value.NOT_MET if isinstance(part, Value) and not (part is Value.MET and criterion.route in ending) else part
        for criterion, part in zip(rules.criteria, remainder.criteria, strict=True)
    )
    return replace(remainder, criteria=criteria)


def _key(remainder: Remainder) -> object:
    return (remainder.criteria, remainder.asking, remainder.offering)


def _answers(rules: Rules, remainder: Remainder) -> Iterable[Remainder]:
    """What is left after each answer to the question at this position; of several options, one after the other."""
    question = rules.questions[remainder.position]
    options = [option for option in offered(rules, remainder) if option != question.exclusive]
    if not question.many:
        return [remainder.known(question.id, answered(frozenset({option}))) for option in options]
    ways = {_key(remainder): remainder}
    for option in options:
        known = [
            way.known(question.id, option_known(option, ticked=ticked))
            for way in ways.values()
            for ticked in (False, True)
        ]
        ways = {_key(each): each for each in (_plain(rules, way) for way in known)}
    return [way.known(question.id, answered(frozenset())) for way in ways.values()]

"""What those whom a change of the law moves have left in the counts.

A check leaves traces: its outcome, the criteria that were met or left open, the options that were given. Whoever is
moved left some, and so the counts of a few traces bound how many are moved.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.engine.difference import is_settled
from app.engine.effect import changed
from app.engine.formula import Value, comparisons
from app.engine.joint_paths import TooManyStatesError

if TYPE_CHECKING:
    from app.engine.couple import Couple, Topic
    from app.engine.rules import Rules
    from app.engine.side import Side, Standing


class About(StrEnum):
    """What a trace is of."""

    OUTCOME = "outcome"
    CRITERION = "criterion"
    OPTION = "option"


@dataclass(frozen=True, slots=True, order=True)
class Trace:
    """An outcome, a criterion ``of`` that id with how far it was met, or an option of the question ``of`` that id."""

    about: About
    of: str
    value: str

    def __str__(self) -> str:
        return " ".join(filter(None, (self.about, self.of, self.value)))


Traces = frozenset[Trace]


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """The outcome before and after, of people some of whom may stay where they are."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Moves:
    """For each move, sets of traces: everybody who makes it has left the whole of at least one of them.

    For each person there is such a set that has, of the traces ``marked``, those that they left and no other.
    """

    sets: Mapping[Move, set[Traces]]
    marked: Traces


MOST_WORK = 200_000
"""Sets that are looked at. Beyond this less is told apart, so that a change of everything ends in time too."""


def moves(couple: Couple, most: int = MOST_WORK) -> Moves:
    """What all paths through both versions leave: of every criterion, and of the options that may tell."""
    questions = telling(couple)
    for told, marked in ((questions, marks(couple)), (questions, _NONE)):
        try:
            return _Walk(couple, told, marked, most).moves()
        except TooManyStatesError:
            continue
    return _Walk(couple, (), _NONE, None).moves()


def marks(couple: Couple) -> Traces:
    """Traces of which most who leave one may be moved: changed criteria, and the options that they read otherwise."""
    found: set[Trace] = set()
    names = changed(couple.old, couple.new)
    for twin in couple.criteria:
        if twin.id in names:
            read = [set(_readings(couple.old, twin.old)), set(_readings(couple.new, twin.new))]
            found |= {Trace(About.OPTION, question, option) for question, option, _ in read[0] ^ read[1]}
            found |= {Trace(About.CRITERION, twin.id, word) for word in _WORDS.values()}
    return frozenset(found)


def telling(couple: Couple) -> frozenset[str]:
    """The questions whose options may tell those who are moved: those that changed criteria ask about.

    Of questions that take several answers, only those of which some option is read otherwise: their options are many.
    """
    names = changed(couple.old, couple.new)
    asked = {
        each.question
        for rules in (couple.old, couple.new)
        for criterion in rules.criteria
        if criterion.id in names
        for each in comparisons(criterion.test)
    }
    several = {topic.id for topic in couple.topics if topic.many}
    otherwise = {each.of for each in marks(couple) if each.about is About.OPTION}
    return frozenset(otherwise | asked - several)


def _readings(rules: Rules, place: int | None) -> Iterator[tuple[str, str, Value]]:
    """How a criterion reads the options that it does not take for a no."""
    for each in comparisons(rules.criteria[place].whole) if place is not None else ():
        for value, options in ((Value.MET, each.met), (Value.OPEN, each.open)):
            yield from ((each.question, option, value) for option in options)


_NONE: Traces = frozenset()
_WORDS = {Value.MET: "met", Value.OPEN: "open"}


@dataclass(frozen=True, slots=True)
class _Point:
    """Where somebody has come under both versions, and the marked traces that they left."""

    old: Side
    new: Side
    marked: Traces

    def key(self) -> Hashable:
        left = (tuple(each for each in enumerate(side.standings) if not is_settled(each[1])) for side in self.sides)
        return (self.old.key(), self.new.key(), self.marked, *left)

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.old, self.new


_Level = dict[Hashable, tuple[_Point, set[Traces]]]


class _Walk:
    """Question after question, as ``joint_paths`` walks them, with the smallest sets of traces that lead to a point.

    What holds another set can be left out: whatever comes later adds the same to both.
    """

    def __init__(self, couple: Couple, questions: Collection[str], marked: Traces, most: int | None) -> None:
        self.couple = couple
        self.questions = questions
        self.wanted = marked
        self.most = most
        self.work = 0
        self.waiting: list[_Level] = [{} for _ in (*couple.topics, None)]

    def moves(self) -> Moves:
        old, new = self.couple.begin()
        decided = self._decided((None,) * len(old.standings), old)
        self._arrive(_Point(old, new, _NONE), decided, {_NONE})
        for place, topic in enumerate(self.couple.topics):
            for point, left, sets in self._several(topic, place) if topic.many else self._one(topic, place):
                self._arrive(point, left, sets)
        found: dict[Move, set[Traces]] = {}
        for point, sets in self.waiting[-1].values():
            found.setdefault(Move(point.old.outcome, point.new.outcome), set()).update(sets)
        return Moves(found, self.wanted)

    def _arrive(self, point: _Point, left: Traces, sets: set[Traces]) -> None:
        place = self.couple.next(point.old, point.new)
        if place is None:
            left |= {Trace(About.OUTCOME, "", point.old.outcome)}
        self._put(self.waiting[-1 if place is None else place], point, left, sets)

    def _put(self, level: _Level, point: _Point, left: Traces, sets: set[Traces]) -> None:
        """Adds what was left on the way to a point to all that leads to it."""
        point = _Point(point.old, point.new, point.marked | left & self.wanted)
        key = point.key()
        self.work += len(sets)
        if self.most is not None and self.work > self.most:
            raise TooManyStatesError
        before = level[key][1] if key in level else set()
        level[key] = (point, _smallest(before | {each | left for each in sets}))

    def _one(self, topic: Topic, place: int) -> Iterator[tuple[_Point, Traces, set[Traces]]]:
        for point, sets in self.waiting[place].values():
            offers = point.old.offers(topic.id) | point.new.offers(topic.id)
            for option in topic.options:
                if option in offers:
                    old, new = (side.given(topic.id, frozenset({option})) for side in point.sides)
                    left = self._given(topic, option, point.old) | self._decided(point.old.standings, old)
                    yield _Point(old, new, point.marked), left, sets

    def _several(self, topic: Topic, place: int) -> Iterator[tuple[_Point, Traces, set[Traces]]]:
        level = self.waiting[place]
        for option in topic.options:
            before, level = level, {}
            for point, sets in before.values():
                offered = option in point.old.offers(topic.id) | point.new.offers(topic.id)
                for ticked in (False, True) if offered else (False,):
                    old, new = (side.partly_given(topic.id, option, ticked=ticked) for side in point.sides)
                    left = self._decided(point.old.standings, old)
                    left |= self._given(topic, option, point.old) if ticked else _NONE
                    self._put(level, _Point(old, new, point.marked), left, sets)
        for point, sets in level.values():
            old, new = (side.given(topic.id, frozenset()) for side in point.sides)
            yield _Point(old, new, point.marked), self._decided(point.old.standings, old), sets

    def _given(self, topic: Topic, option: str, old: Side) -> Traces:
        told = topic.id in self.questions and option in old.offers(topic.id)
        return frozenset({Trace(About.OPTION, topic.id, option)}) if told else _NONE

    def _decided(self, before: tuple[Standing, ...], after: Side) -> Traces:
        """The criteria that are met, open or out of reach now and were not before."""
        steps = zip(after.rules.criteria, before, after.standings, strict=True)
        return frozenset(
            Trace(About.CRITERION, criterion.id, _word(now))
            for criterion, was, now in steps
            if now is not was and is_settled(now) and now is not Value.NOT_MET
        )


def _word(standing: Standing) -> str:
    return _WORDS[standing] if isinstance(standing, Value) else "not_considered"


def _smallest(sets: set[Traces]) -> set[Traces]:
    """Those that hold no other."""
    kept: list[Traces] = []
    for each in sorted(sets, key=len):
        if not any(smaller <= each for smaller in kept):
            kept.append(each)
    return set(kept)

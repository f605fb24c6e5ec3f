"""Every path through two versions of the law at once, counted exactly, histories of equal futures together.

A joint path is what one person answers who is asked, once, every question that either version asks of them. A question
with several options is taken one option at a time. An option that only one version offers counts for the other as not
given; if it was the one answer that a question takes, the other passes the question over.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from app.engine.difference import differs, is_settled, lacks
from app.engine.formula import Value

if TYPE_CHECKING:
    from app.engine.couple import Couple, Topic, Twin
    from app.engine.side import Side

Steps = tuple[tuple[int, int, tuple[int, ...]], ...]
"""Answers in a form that sorts: the place of each topic, how many options were ticked, and their places."""


class Kind(Enum):
    """The most that differs between the versions on a path."""

    OUTCOME = "outcome"
    REASONS = "reasons"
    QUESTIONS = "questions"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class End:
    """What a path comes to under both versions; ``causes`` are the criteria that bear on a change of outcome."""

    kind: Kind
    old: str
    new: str
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paths:
    """How many there are, and the shortest of them: fewest questions, then first in the order of the file."""

    count: int
    shortest: Steps

    def and_also(self, other: Paths | None) -> Paths:
        """Both together."""
        if other is None:
            return self
        shortest = min(self.shortest, other.shortest, key=lambda steps: (len(steps), steps))
        return Paths(self.count + other.count, shortest)


@dataclass(frozen=True, slots=True)
class JointPaths:
    """The paths by their ends. ``suspects`` are the criteria that may be causes, ``states`` the size of the graph."""

    ends: Mapping[End, Paths]
    suspects: frozenset[str]
    states: int


class TooManyStatesError(Exception):
    """There are more states than was allowed."""


def joint_paths(couple: Couple, tracked: Collection[str], most: int | None = None) -> JointPaths:
    """All paths, with the causes among ``tracked``; raises TooManyStatesError for more than ``most`` states."""
    walk = _Walk(couple, tracked, most)
    return JointPaths(walk.ends(), frozenset(walk.suspects), walk.states)


@dataclass(frozen=True, slots=True)
class _Point:
    """Where histories with equal futures meet."""

    old: Side
    new: Side
    asked_otherwise: bool


_Level = dict[Hashable, tuple[_Point, Paths]]


class _Walk:
    """Question after question, and within one option after option, so that every count is whole before it is used."""

    def __init__(self, couple: Couple, tracked: Collection[str], most: int | None) -> None:
        self.couple = couple
        self.tracked = tracked
        self.most = most
        self.waiting: list[_Level] = [{} for _ in (*couple.topics, None)]
        self.suspects: set[str] = set()
        self.states = 0

    def ends(self) -> dict[End, Paths]:
        old, new = self.couple.begin()
        self._arrive(_Point(old, new, asked_otherwise=False), Paths(1, ()))
        for place, topic in enumerate(self.couple.topics):
            for point, paths in self._several(topic, place) if topic.many else self._one(topic, place):
                self._arrive(point, paths)
        ends: dict[End, Paths] = {}
        for point, paths in self.waiting[-1].values():
            end = self._end(point)
            ends[end] = paths.and_also(ends.get(end))
        return ends

    def _arrive(self, point: _Point, paths: Paths) -> None:
        place = self.couple.next(point.old, point.new)
        if place is None:
            self._put(self.waiting[-1], point, paths)
            return
        name = self.couple.topics[place].id
        alike = point.old.asks_for(name) and point.new.asks_for(name)
        alike = alike and point.old.offers(name) == point.new.offers(name)
        begun = _Point(point.old, point.new, point.asked_otherwise or not alike)
        self._put(self.waiting[place], begun, Paths(paths.count, (*paths.shortest, (place, 0, ()))))

    def _one(self, topic: Topic, place: int) -> Iterator[tuple[_Point, Paths]]:
        for point, paths in self.waiting[place].values():
            offers = point.old.offers(topic.id) | point.new.offers(topic.id)
            for index, option in enumerate(topic.options):
                if option in offers:
                    old, new = (side.given(topic.id, frozenset({option})) for side in (point.old, point.new))
                    yield _Point(old, new, point.asked_otherwise), Paths(paths.count, _tick(paths.shortest, index))

    def _several(self, topic: Topic, place: int) -> Iterator[tuple[_Point, Paths]]:
        level = self.waiting[place]
        for index in range(len(topic.options)):
            before, level = level, {}
            for point, paths in before.values():
                for left, longer in _option_ways(topic, index, point, paths):
                    self._put(level, left, longer)
        for point, paths in level.values():
            old, new = (side.given(topic.id, frozenset()) for side in (point.old, point.new))
            yield _Point(old, new, point.asked_otherwise), paths

    def _put(self, level: _Level, point: _Point, paths: Paths) -> None:
        key = self._key(point)
        if key in level:
            level[key] = (level[key][0], paths.and_also(level[key][1]))
            return
        self.states += 1
        if self.most is not None and self.states > self.most:
            raise TooManyStatesError
        level[key] = (point, paths)

    def _key(self, point: _Point) -> Hashable:
        """What the future depends on, and what of the past is still to be told at the end."""
        other_reasons = self._other_reasons(point)
        entries: list[Hashable] = []
        for place, twin in enumerate(self.couple.criteria):
            old, new = twin.standings(point.old, point.new)
            if old is new and isinstance(old, Value) and twin.same_route:
                continue
            tracked = twin.id in self.tracked
            if is_settled(old) and is_settled(new):
                bears = self._bears(twin, point)
                if any(bears):
                    self.suspects.add(twin.id)
                    entries.extend([(place, bears)] if tracked else [])
                continue
            if is_settled(old) or is_settled(new):
                self.suspects.add(twin.id)
                if other_reasons and not tracked:  # how the settled one stands will make no difference any more
                    old, new = (Value.OPEN if is_settled(each) else each for each in (old, new))
            entries.append((place, old, new))
        return (point.old.key(), point.new.key(), point.asked_otherwise, other_reasons, tuple(entries))

    def _other_reasons(self, point: _Point) -> bool:
        return any(
            differs(old, new, same_route=twin.same_route)
            for twin in self.couple.criteria
            for old, new in [twin.standings(point.old, point.new)]
            if is_settled(old) and is_settled(new)
        )

    def _bears(self, twin: Twin, point: _Point) -> tuple[bool, bool]:
        """Whether it gives the old outcome and lacks that standing in the new version, and the reverse."""
        old, new = twin.standings(point.old, point.new)
        return (
            point.old.gives(twin.old) and lacks(old, new, same_route=twin.same_route),
            point.new.gives(twin.new) and lacks(new, old, same_route=twin.same_route),
        )

    def _end(self, point: _Point) -> End:
        old, new = point.old.outcome, point.new.outcome
        if old != new:
            twins = [twin for twin in self.couple.criteria if twin.id in self.tracked]
            return End(Kind.OUTCOME, old, new, tuple(twin.id for twin in twins if any(self._bears(twin, point))))
        if self._other_reasons(point):
            return End(Kind.REASONS, old, new, ())
        return End(Kind.QUESTIONS if point.asked_otherwise else Kind.NOTHING, old, new, ())


def _option_ways(topic: Topic, index: int, point: _Point, paths: Paths) -> Iterator[tuple[_Point, Paths]]:
    """With one option more known: not ticked and, where some version offers it, ticked."""
    option = topic.options[index]
    if option not in point.old.offers(topic.id) | point.new.offers(topic.id):
        yield point, paths
        return
    for ticked in (False, True):
        old, new = (side.partly_given(topic.id, option, ticked=ticked) for side in (point.old, point.new))
        longer = Paths(paths.count, _tick(paths.shortest, index)) if ticked else paths
        yield _Point(old, new, point.asked_otherwise), longer


def _tick(steps: Steps, index: int) -> Steps:
    *before, (place, ticked, options) = steps
    return (*before, (place, ticked + 1, (*options, index)))

"""Every way through the check of a nation, to be read: numbered steps, each written once, that only lead onwards."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from app.engine.graph import explore
from app.engine.places import Asking, Place, places

if TYPE_CHECKING:
    from app.engine.forks import Ticks
    from app.engine.rules import Rules

LEVELS = 3
"""How deep one step may stand within another and still be followed by ear; what would be deeper begins anew."""

FEW = 6
"""The most ways that a step may have for another to stand within one of them."""


@dataclass(frozen=True, slots=True)
class Way:
    """The answers that fit any of ``when`` lead to the same: the step of that number, or the outcome of that id.

    ``paths`` is how many of all paths go this way, exactly.
    """

    when: tuple[Ticks, ...]
    to: int | str
    paths: int


@dataclass(frozen=True, slots=True)
class Step:
    """A question at a place of the check, with its ways on, all to steps of higher numbers or to outcomes.

    ``comes_from`` are the steps that lead here. At ``level`` 1 it begins anew; above, it stands within the way that
    leads to it, and no other does.
    """

    number: int
    level: int
    question: str
    ways: tuple[Way, ...]
    comes_from: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PathTree:
    """The steps in the order of reading, numbered from 1, and how many paths there are in all.

    There are no steps where nothing is ever asked.
    """

    steps: tuple[Step, ...]
    paths: int

    def step(self, number: int) -> Step:
        """The step of that number."""
        return self.steps[number - 1]


def path_tree(rules: Rules) -> PathTree:
    """The tree of all paths of the rules."""
    found = places(rules, explore(rules, everybody=True))
    positions = {question.id: index for index, question in enumerate(rules.questions)}
    layout = _Layout(found, positions)
    onwards = _onwards(found)
    arrivals = _arrivals(found)

    def way_to(place: Place, index: int) -> int | str:
        return place if isinstance(place, str) else layout.numbers[index]

    steps = []
    for index, number in layout.numbers.items():
        asking = layout.asking[index]
        ways = (
            Way(each.when, way_to(found[each.to], each.to), arrivals[index] * each.answers * onwards[each.to])
            for each in asking.exits
        )
        comes_from = sorted(layout.numbers[before] for before in layout.before[index])
        steps.append(Step(number, layout.levels[index], asking.question, tuple(ways), tuple(comes_from)))
    return PathTree(tuple(steps), onwards[-1])


class _Layout:
    """Which place is written where: by place, its number and its level, in the order of reading."""

    def __init__(self, found: tuple[Place, ...], positions: dict[str, int]) -> None:
        self.asking = {index: place for index, place in enumerate(found) if isinstance(place, Asking)}
        self.before: dict[int, list[int]] = {index: [] for index in self.asking}
        for index, asking in self.asking.items():
            for each in asking.exits:
                if each.to in self.before:
                    self.before[each.to].append(index)
        self.positions = positions
        self.numbers: dict[int, int] = {}
        self.levels: dict[int, int] = {}
        self.waiting: list[tuple[int, int, int]] = []
        for first in sorted(self.asking)[-1:]:
            self._begin_later(first)
        while self.waiting:
            self._write(heappop(self.waiting)[2], 1)

    def _begin_later(self, index: int) -> None:
        # By the place of the question in the check, so that a way never leads back.
        if index not in self.levels:
            self.levels[index] = 1
            heappush(self.waiting, (self.positions[self.asking[index].question], len(self.levels), index))

    def _write(self, index: int, level: int) -> None:
        self.levels[index] = level
        self.numbers[index] = len(self.numbers) + 1
        exits = self.asking[index].exits
        for each in exits:
            if each.to in self.asking:
                alone = len(self.before[each.to]) == 1
                if alone and level < LEVELS and len(exits) <= FEW:
                    self._write(each.to, level + 1)
                else:
                    self._begin_later(each.to)


def _onwards(found: tuple[Place, ...]) -> list[int]:
    """How many paths go on from each place to an outcome."""
    counts: list[int] = []
    for place in found:
        exits = place.exits if isinstance(place, Asking) else ()
        counts.append(sum(each.answers * counts[each.to] for each in exits) if exits else 1)
    return counts


def _arrivals(found: tuple[Place, ...]) -> list[int]:
    """How many paths come to each place from the first question."""
    counts = [0] * len(found)
    counts[-1] = 1
    for index in range(len(found) - 1, -1, -1):
        place = found[index]
        for each in place.exits if isinstance(place, Asking) else ():
            counts[each.to] += counts[index] * each.answers
    return counts

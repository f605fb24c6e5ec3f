"""Every complete path through a check, numbered without gaps: what somebody answered, as one number and back.

The numbers follow the order of the questions and of their options, and depend on nothing but which paths there are.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from app.engine.graph import Graph, Key, State, explore
from app.engine.journey import MissingAnswerError

if TYPE_CHECKING:
    from app.engine.answers import Answers
    from app.engine.formula import Ticked
    from app.engine.rules import Rules


@dataclass(frozen=True, slots=True, eq=False)
class _Fork:
    """Where paths part, at a question or at one option of a list.

    For each way on: what it adds to the answer, how many paths lie before it, and the next fork (None at the end).
    """

    question: str
    adds: tuple[Ticked, ...]
    before: tuple[int, ...]
    ways: tuple[_Fork | None, ...]
    count: int

    def way(self, ticked: Ticked) -> int:
        """The way that an answer takes: by the option ticked, or past an option (adding nothing) that is not."""
        fitting = [way for way, added in enumerate(self.adds) if added <= ticked]
        if not fitting or (self.adds[0] and len(fitting) > 1):
            raise MissingAnswerError(self.question)
        return fitting[-1]


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """The paths of one version of the rules, numbered from 0 to ``count`` - 1."""

    count: int
    first: _Fork | None

    def number(self, answers: Answers) -> int:
        """The number of the path that these answers take; answers to questions not asked change nothing.

        Raises MissingAnswerError for the first question asked that has no usable answer.
        """
        number, fork = 0, self.first
        while fork is not None:
            way = fork.way(answers.get(fork.question, frozenset()))
            number, fork = number + fork.before[way], fork.ways[way]
        return number

    def answers(self, number: int) -> Answers:
        """The answers on the path of that number, in the order asked; raises ValueError where there is none."""
        if not 0 <= number < self.count:
            message = f"paths are numbered from 0 to {self.count - 1}; there is no {number}"
            raise ValueError(message)
        answers: dict[str, Ticked] = {}
        fork = self.first
        while fork is not None:
            way = bisect_right(fork.before, number) - 1
            answers[fork.question] = answers.get(fork.question, frozenset()) | fork.adds[way]
            number, fork = number - fork.before[way], fork.ways[way]
        return answers


@lru_cache(maxsize=64)
def paths(rules: Rules) -> Paths:
    """The numbered paths of the rules. The first time costs as much as exploring their whole graph."""
    first = _Forks(explore(rules, everybody=True)).first()
    return Paths(_count(first), first)


class _Forks:
    """The forks of a graph, each made once."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.made: dict[Key, _Fork | None] = {}

    def first(self) -> _Fork | None:
        return self._fork(self.graph.first)

    def _fork(self, key: Key) -> _Fork | None:
        if key not in self.made:
            self.made[key] = self._make(self.graph.states[key])
        return self.made[key]

    def _make(self, state: State) -> _Fork | None:
        if state.question is None:
            return None
        ways = tuple([self._fork(way) for way in state.ways])
        *before, count = accumulate(map(_count, ways), initial=0)
        return _Fork(state.question, state.given, tuple(before), ways, count)


def _count(fork: _Fork | None) -> int:
    return 1 if fork is None else fork.count

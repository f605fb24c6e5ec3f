"""The places of a check as a reader tells them apart: fewer than the states of the graph, which is kept for proofs.

Two are one if the same question, with the same options, leads on by the same answers to the same places.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.engine.forks import Forks, Ticks, fork, ticks
from app.engine.journey import offered

if TYPE_CHECKING:
    from app.engine.graph import Graph, Key, State
    from app.engine.rules import Rules


@dataclass(frozen=True, slots=True)
class Exit:
    """The answers to a question that lead to one place, by its number, and how many answers these are."""

    when: tuple[Ticks, ...]
    to: int
    answers: int


@dataclass(frozen=True, slots=True)
class Asking:
    """A place where a question is put; no two of its exits lead to the same place."""

    question: str
    exits: tuple[Exit, ...]


Place = Asking | str
"""A question, or the id of the outcome that ends the check."""


def places(rules: Rules, graph: Graph) -> tuple[Place, ...]:
    """Every place once, by its number. Exits lead to lower numbers; the check begins at the highest."""
    return _Merging(rules, graph).places()


class _Merging:
    """Numbers the places from the outcomes upwards, so that those with equal futures get the same number."""

    def __init__(self, rules: Rules, graph: Graph) -> None:
        self.rules = rules
        self.graph = graph
        self.numbers: dict[Hashable, int] = {}
        self.found: list[Place] = []
        self.known: dict[Key, int] = {}
        self.within: dict[Key, Forks] = {}

    def places(self) -> tuple[Place, ...]:
        self._number(self.graph.first)
        return tuple(self.found)

    def _number(self, key: Key) -> int:
        if key not in self.known:
            self.known[key] = self._place(self.graph.states[key])
        return self.known[key]

    def _place(self, state: State) -> int:
        if state.question is None:
            return self._same(state.outcome, lambda: state.outcome or "")
        question = self.rules.question(state.question)
        options = offered(self.rules, state.remainder)
        if question.many:
            options = tuple(option for option in options if option != question.exclusive)
            forks = self._forks(state, options)
            return self._same((question.id, options, forks), lambda: Asking(question.id, _several(forks, options)))
        leads = tuple(map(self._number, state.ways))
        return self._same((question.id, options, leads), lambda: Asking(question.id, _single(options, leads)))

    def _forks(self, state: State, options: tuple[str, ...]) -> Forks:
        without, ticked = (self._after(way, options[1:]) for way in state.ways)
        return fork(options[0], without, ticked)

    def _after(self, key: Key, options: tuple[str, ...]) -> Forks:
        if not options:
            return self._number(key)
        if key not in self.within:
            self.within[key] = self._forks(self.graph.states[key], options)
        return self.within[key]

    def _same(self, what: Hashable, place: Callable[[], Place]) -> int:
        if what not in self.numbers:
            self.numbers[what] = len(self.found)
            self.found.append(place())
        return self.numbers[what]


def _several(forks: Forks, options: tuple[str, ...]) -> tuple[Exit, ...]:
    return tuple(
        Exit(tuple(when), to, sum(each.count(len(options)) for each in when)) for to, when in ticks(forks).items()
    )


def _single(options: tuple[str, ...], leads: tuple[int, ...]) -> tuple[Exit, ...]:
    together: dict[int, list[str]] = {}
    for option, to in zip(options, leads, strict=True):
        together.setdefault(to, []).append(option)
    return tuple(Exit((Ticks((tuple(some),)),), to, len(some)) for to, some in together.items())

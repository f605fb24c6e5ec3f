"""Every path that a check can take, as a graph in which histories with equal futures are one.

The answers to a question with several options are taken one option at a time, ticked or not, merging after each; so
the graph stays small where the paths run into thousands of millions, and every count is exact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.engine.decision import DEPENDS, UNLIKELY
from app.engine.formula import Ticked, Value, answered, comparisons, option_known
from app.engine.journey import Remainder, advance, offered, start

if TYPE_CHECKING:
    from app.engine.answers import Answers
    from app.engine.rules import Rules

Key = Hashable


@dataclass(frozen=True, slots=True)
class State:
    """Where equal futures begin: before a question, within a list of options, or at an outcome.

    ``witness`` is the answers of one person who comes here by a shortest way.
    """

    remainder: Remainder
    question: str | None
    option: str | None
    outcome: str | None
    witness: Answers
    ways: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """The states of a nation's rules, in the order in which they were reached.

    ``met`` holds, by its place in the file, each criterion that somebody meets, with that person's answers.
    """

    states: Mapping[Key, State]
    first: Key
    met: Mapping[int, Answers]

    def lengths(self) -> Counter[int]:
        """How many paths see how many questions, exactly."""
        known: dict[Key, Counter[int]] = {}
        for key in reversed(_in_order(self.states, self.first)):
            state = self.states[key]
            if state.outcome is not None:
                known[key] = Counter({0: 1})
                continue
            step = 1 if state.option is None else 0
            known[key] = Counter()
            for way in state.ways:
                for length, count in known[way].items():
                    known[key][length + step] += count
        return known[self.first]

    def witnesses(self) -> tuple[dict[str, Answers], dict[str, Answers]]:
        """For each question that somebody is asked, and each outcome that somebody gets, one such person's answers."""
        questions: dict[str, Answers] = {}
        outcomes: dict[str, Answers] = {}
        for state in self.states.values():
            if state.outcome is not None:
                outcomes.setdefault(state.outcome, state.witness)
            elif state.question is not None:
                questions.setdefault(state.question, state.witness)
        return questions, outcomes


def explore(rules: Rules) -> Graph:
    """The whole graph of the rules."""
    states: dict[Key, State] = {}
    first = _Place(rules, start(rules), None, {})
    waiting = [first]
    met: dict[int, Answers] = {}
    while waiting:
        later: list[_Place] = []
        for place in waiting:
            for index, part in enumerate(place.remainder.criteria):
                if part is Value.MET:
                    met.setdefault(index, place.so_far)
            if place.key not in states:
                after = list(place.ways())
                states[place.key] = place.state(tuple(next_place.key for next_place in after))
                later.extend(after)
        waiting = later
    return Graph(states, first.key, met)


class _Place:
    """A point on the way, with the answers that led there."""

    def __init__(self, rules: Rules, remainder: Remainder, options: tuple[str, ...] | None, so_far: Answers) -> None:
        self.rules = rules
        self.so_far = so_far
        ahead = remainder if options else advance(rules, remainder)
        self.remainder = ahead or remainder
        self.options = options
        self.question = rules.questions[ahead.position] if ahead else None
        self.key = self._key()

    def ways(self) -> Iterator[_Place]:
        """The places that the next answer can lead to."""
        question = self.question
        if question is None:
            return
        if not question.many:
            for option in offered(self.rules, self.remainder):
                yield self._answered(question.id, frozenset({option}))
            return
        options = self.options or tuple(
            option for option in offered(self.rules, self.remainder) if option != question.exclusive
        )
        for ticked in (False, True):
            left = self.remainder.known(question.id, option_known(options[0], ticked=ticked))
            given = self.so_far.get(question.id, frozenset()) | (frozenset({options[0]}) if ticked else frozenset())
            so_far = {**self.so_far, question.id: given}
            if options[1:]:
                yield _Place(self.rules, left, options[1:], so_far)
            else:
                yield _Place(self.rules, left.known(question.id, answered(frozenset())).past(), None, so_far)

    def _answered(self, question: str, ticked: Ticked) -> _Place:
        left = self.remainder.known(question, answered(ticked)).past()
        return _Place(self.rules, left, None, {**self.so_far, question: ticked})

    def state(self, ways: tuple[Key, ...]) -> State:
        outcome = None if self.question else _outcome(self.rules, self.remainder)
        option = self.options[0] if self.options else None
        asked = self.question.id if self.question else None
        return State(self.remainder, asked, option, outcome, self.so_far, ways)

    def _key(self) -> Key:
        """What the future depends on: the question, what is unresolved, the best route met, and whether any is open."""
        best = _best_route(self.rules, self.remainder)
        is_open = best is None and Value.OPEN in self.remainder.criteria
        if self.question is None:
            return (_outcome(self.rules, self.remainder),)
        left = tuple((index, part) for index, part in enumerate(self.remainder.criteria) if not isinstance(part, Value))
        mentioned = {comparison.question for _, part in left for comparison in comparisons(part)}
        conditions = tuple(
            (index, self.remainder.asking[index], self.remainder.offering[index])
            for index, question in enumerate(self.rules.questions)
            if index >= self.remainder.position and question.id in mentioned
        )
        return (self.remainder.position, self.options, left, conditions, best, is_open)


def _best_route(rules: Rules, remainder: Remainder) -> int | None:
    met = {
        criterion.route for criterion, part in zip(rules.criteria, remainder.criteria, strict=True) if part is Value.MET
    }
    return next((index for index, route in enumerate(rules.routes) if route.id in met), None)


def _outcome(rules: Rules, remainder: Remainder) -> str:
    best = _best_route(rules, remainder)
    if best is not None:
        return rules.routes[best].id
    return DEPENDS if Value.OPEN in remainder.criteria else UNLIKELY


def _in_order(states: Mapping[Key, State], first: Key) -> list[Key]:
    """Every state before those that it leads to."""
    order: list[Key] = []
    done: set[Key] = set()
    stack: list[tuple[Key, Iterator[Key]]] = [(first, iter(states[first].ways))]
    done.add(first)
    while stack:
        key, ways = stack[-1]
        for way in ways:
            if way not in done:
                done.add(way)
                stack.append((way, iter(states[way].ways)))
                break
        else:
            stack.pop()
            order.append(key)
    return order[::-1]

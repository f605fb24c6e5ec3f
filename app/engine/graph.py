"""Every path that a check can take, as a graph in which histories with equal futures are one.

The answers to a question with several options are taken one option at a time, ticked or not, merging after each; so
the graph stays small where the paths run into thousands of millions, and every count is exact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.engine.decision import DEPENDS, UNLIKELY
from app.engine.formula import Ticked, Value, answered, can_be_met, comparisons, option_known
from app.engine.journey import Remainder, advance, by_route, offered, start

if TYPE_CHECKING:
    from app.engine.answers import Answers
    from app.engine.rules import Rules

Key = int
"""The number of a state, in the order in which they were reached."""


@dataclass(frozen=True, slots=True)
class State:
    """Where equal futures begin: before a question, within a list of options, or at an outcome.

    ``witness`` is the answers of one person who comes here by a shortest way. ``ways`` are the states that come next,
    and ``given`` what each adds to the answer. Nobody can go on from a question without ways.
    """

    remainder: Remainder
    question: str | None
    option: str | None
    outcome: str | None
    witness: Answers
    ways: tuple[Key, ...]
    given: tuple[Ticked, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """The states of a nation's rules.

    ``met`` holds, by its place in the file, each criterion that somebody meets, with that person's answers.
    """

    states: Mapping[Key, State]
    first: Key
    met: Mapping[int, Answers]

    def lengths(self) -> Counter[int]:
        """How many paths see how many questions, exactly."""
        return Counter(self._lengths()[self.first])

    def outcomes(self) -> Counter[str]:
        """How many paths lead to each outcome, exactly."""
        arriving: Counter[Key] = Counter({self.first: 1})
        found: Counter[str] = Counter()
        for key in _in_order(self.states, self.first):
            state = self.states[key]
            if state.outcome is not None:
                found[state.outcome] += arriving[key]
            for way in state.ways:
                arriving[way] += arriving[key]
        return found

    def longest(self) -> Answers:
        """The answers of somebody who sees the most questions."""
        lengths = self._lengths()
        answers: dict[str, Ticked] = {}
        state = self.states[self.first]
        while state.ways and state.question is not None:
            way, given = max(
                zip(state.ways, state.given, strict=True), key=lambda pair: max(lengths[pair[0]], default=-1)
            )
            answers[state.question] = answers.get(state.question, frozenset()) | given
            state = self.states[way]
        return answers

    def _lengths(self) -> Mapping[Key, Mapping[int, int]]:
        known: dict[Key, dict[int, int]] = {}
        for key in reversed(_in_order(self.states, self.first)):
            state = self.states[key]
            lengths = {0: 1} if state.outcome is not None else {}
            step = 1 if state.option is None else 0
            for way in state.ways:
                for length, count in known[way].items():
                    lengths[length + step] = lengths.get(length + step, 0) + count
            known[key] = lengths
        return known

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


def explore(rules: Rules, *, everybody: bool = False) -> Graph:
    """The whole graph of the rules, without the people whom they call impossible unless ``everybody`` is set."""
    states: dict[Key, State] = {}
    numbers: dict[Hashable, Key] = {}
    met: dict[int, Answers] = {}
    beginning = start(rules)
    waiting = [_Place(rules, replace(beginning, impossible=()) if everybody else beginning, None, {})]
    while waiting:
        later: list[_Place] = []
        for place in waiting:
            for index, part in enumerate(place.remainder.criteria):
                if part is Value.MET:
                    met.setdefault(index, place.so_far)
            number = numbers.setdefault(place.future, len(numbers))
            if number not in states:
                after = [(given, way) for given, way in place.ways() if Value.MET not in way.remainder.impossible]
                ways = tuple(numbers.setdefault(way.future, len(numbers)) for _, way in after)
                states[number] = place.state(ways, tuple(given for given, _ in after))
                later.extend(way for _, way in after)
        waiting = later
    return Graph(states, 0, met)


class _Place:
    """A point on the way, with the answers that led there."""

    def __init__(self, rules: Rules, remainder: Remainder, options: tuple[str, ...] | None, so_far: Answers) -> None:
        self.rules = rules
        self.so_far = so_far
        self.remainder = remainder if options else advance(rules, remainder)
        self.options = options
        asking = self.remainder.position < len(rules.questions)
        self.question = rules.questions[self.remainder.position] if asking else None
        self.future = self._future()

    def ways(self) -> Iterator[tuple[Ticked, _Place]]:
        """What can be answered next, and the place that it leads to."""
        question = self.question
        if question is None:
            return
        if not question.many:
            for option in offered(self.rules, self.remainder):
                ticked = frozenset({option})
                left = self.remainder.known(question.id, answered(ticked)).past()
                yield ticked, _Place(self.rules, left, None, {**self.so_far, question.id: ticked})
            return
        options = self.options or tuple(
            option for option in offered(self.rules, self.remainder) if option != question.exclusive
        )
        for ticked in (frozenset[str](), frozenset(options[:1])):
            left = self.remainder.known(question.id, option_known(options[0], ticked=bool(ticked)))
            so_far = {**self.so_far, question.id: self.so_far.get(question.id, frozenset()) | ticked}
            if options[1:]:
                yield ticked, _Place(self.rules, left, options[1:], so_far)
            else:
                yield ticked, _Place(self.rules, left.known(question.id, answered(frozenset())).past(), None, so_far)

    def state(self, ways: tuple[Key, ...], given: tuple[Ticked, ...]) -> State:
        outcome = None if self.question else _outcome(self.rules, self.remainder)
        option = self.options[0] if self.options else None
        asked = self.question.id if self.question else None
        return State(self.remainder, asked, option, outcome, self.so_far, ways, given)

    def _future(self) -> Hashable:
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
        impossible = tuple(part for part in self.remainder.impossible if can_be_met(part))
        return (self.remainder.position, self.options, left, conditions, impossible, best, self._ending(), is_open)

    def _ending(self) -> int | None:
        """The best route met that ends the check, which may rank below one that does not."""
        return _best_route(self.rules, self.remainder, ending=True)


def _best_route(rules: Rules, remainder: Remainder, *, ending: bool = False) -> int | None:
    ranked = enumerate(by_route(rules))
    return next(
        (rank for rank, (route, places) in ranked if (route.ends or not ending) and _any_met(remainder, places)), None
    )


def _any_met(remainder: Remainder, places: tuple[int, ...]) -> bool:
    criteria = remainder.criteria
    return any(criteria[place] is Value.MET for place in places)


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

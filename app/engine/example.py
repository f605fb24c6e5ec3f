"""Finding somebody by what is to be decided of them: answers to exactly the questions that the check asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations
from typing import TYPE_CHECKING

from app.engine.decision import Decision, decide
from app.engine.formula import Formula, Ticked, Value, answered, can_be_met, comparisons
from app.engine.journey import Remainder, advance, offered, start

if TYPE_CHECKING:
    from app.engine.answers import Answers
    from app.engine.fulfilment import Fulfilment
    from app.engine.rules import Asked, Rules


def find_example(rules: Rules, criterion: int, value: Value, within: Fulfilment) -> Decision | None:
    """Somebody of whom the criterion, by its place in the file, is decided with this value; None if there is nobody.

    A question named in ``within`` gets one of the answers there; any other gets the one of which least is said in the
    rules, as far as that will do.
    """
    found = _Search(rules, criterion, value, within, set()).from_here(start(rules), {})
    return None if found is None else decide(rules, found)


def complete(
    rules: Rules, given: Answers, values: Mapping[str, Value], fits: Callable[[Decision], bool]
) -> Decision | None:
    """Somebody who is asked all of these questions and answers them so, and of whom what is decided fits.

    To any other question they give the answer of which least is said in the rules, as far as that will do. ``values``
    are those of criteria, by id, that whatever fits has; the rest has to be told by the outcome and by how the criteria
    are decided. None if there is nobody.
    """
    within = {question: (ticked,) for question, ticked in given.items()}
    places = {index: values[each.id] for index, each in enumerate(rules.criteria) if each.id in values}
    return _Completion(rules, within, places, fits, set()).from_here(start(rules), {})


@dataclass(frozen=True, slots=True)
class _Completion:
    rules: Rules
    within: Fulfilment
    values: Mapping[int, Value]
    fits: Callable[[Decision], bool]
    failed: set[Remainder]

    def from_here(self, remainder: Remainder, so_far: Answers) -> Decision | None:
        if Value.MET in remainder.impossible:
            return None
        ahead = advance(self.rules, remainder)
        skipped = self.rules.questions[remainder.position : ahead.position]
        if ahead in self.failed or self._hopeless(ahead) or any(question.id in self.within for question in skipped):
            return None
        found = self._further(ahead, so_far)
        if found is None:
            self.failed.add(ahead)
        return found

    def _hopeless(self, ahead: Remainder) -> bool:
        left = ((ahead.criteria[index], value) for index, value in self.values.items())
        return any(
            found is not value if isinstance(found, Value) else value is Value.MET and not can_be_met(found)
            for found, value in left
        )

    def _further(self, ahead: Remainder, so_far: Answers) -> Decision | None:
        if ahead.position == len(self.rules.questions):
            decision = decide(self.rules, so_far)
            return decision if self.fits(decision) else None
        question = self.rules.questions[ahead.position]
        for ticked in _possible(self.rules, self.within, ahead, question):
            after = ahead.known(question.id, answered(ticked)).past()
            found = self.from_here(after, {**so_far, question.id: ticked})
            if found is not None:
                return found
        return None


@dataclass(frozen=True, slots=True)
class _Search:
    rules: Rules
    criterion: int
    value: Value
    within: Fulfilment
    failed: set[Remainder]

    def from_here(self, remainder: Remainder, so_far: Answers) -> Answers | None:
        if Value.MET in remainder.impossible:
            return None
        ahead = advance(self.rules, remainder)
        if ahead.position == len(self.rules.questions):
            return so_far if ahead.criteria[self.criterion] is self.value else None
        if ahead in self.failed or self._hopeless(ahead.criteria[self.criterion]):
            return None
        question = self.rules.questions[ahead.position]
        for ticked in _possible(self.rules, self.within, ahead, question):
            after = ahead.known(question.id, answered(ticked)).past()
            found = self.from_here(after, {**so_far, question.id: ticked})
            if found is not None:
                return found
        self.failed.add(ahead)
        return None

    def _hopeless(self, left: Formula) -> bool:
        if isinstance(left, Value):
            return left is not self.value
        return self.value is Value.MET and not can_be_met(left)


def _possible(rules: Rules, within: Fulfilment, ahead: Remainder, question: Asked) -> Iterator[Ticked]:
    """What can be answered here, that of which least is said first."""
    offers = offered(rules, ahead)
    noise = _noise(rules, ahead, question)
    if question.id in within:
        given = (ticked for ticked in within[question.id] if ticked <= frozenset(offers))
        yield from sorted(given, key=lambda ticked: sum(map(noise, sorted(ticked))))
        return
    options = sorted((option for option in offers if option != question.exclusive or not question.many), key=noise)
    if not question.many:
        yield from (frozenset({option}) for option in options)
        return
    sets = chain.from_iterable(combinations(options, size) for size in range(len(options) + 1))
    yield from map(frozenset, sets)


def _noise(rules: Rules, ahead: Remainder, question: Asked) -> Callable[[str], float]:
    """How much is said of an option: what is left of criteria before what is only remarked on."""
    hung_on = [each for part in ahead.criteria for each in comparisons(part) if each.question == question.id]
    remarked = [each for one in rules.remarks for each in comparisons(one.when) if each.question == question.id]

    def noise(option: str) -> float:
        decides = sum(option in each.met | each.open for each in hung_on)
        return decides + sum(option in each.met for each in remarked) / (len(remarked) + 1)

    return noise

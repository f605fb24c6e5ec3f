"""Finding somebody by what is to be decided of them: answers to exactly the questions that the check asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
        for ticked in self._answers(ahead, question):
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

    def _answers(self, ahead: Remainder, question: Asked) -> Iterator[Ticked]:
        """What can be answered here, that of which least is said first."""
        offers = offered(self.rules, ahead)
        noise = _noise(self.rules, ahead, question)
        if question.id in self.within:
            given = (ticked for ticked in self.within[question.id] if ticked <= frozenset(offers))
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

"""How far one person has come under one of two versions of the law that are walked side by side."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from app.engine.decision import DEPENDS, UNLIKELY
from app.engine.formula import Formula, Ticked, Value, answered, can_be_met, comparisons, option_known
from app.engine.journey import advance, offered

if TYPE_CHECKING:
    from app.engine.journey import Remainder
    from app.engine.rules import Asked, Rules


@dataclass(frozen=True, slots=True)
class Unreached:
    """A criterion that was never considered, because the check ended; ``could_be_met`` says if more answers might."""

    could_be_met: bool


Standing = Formula | Unreached | None
"""What is left of a criterion; None under a version that has no such criterion."""


@dataclass(frozen=True, slots=True)
class Side:
    """One version: what is left of it, and the question that it asks next, None when its check has ended.

    ``best`` is the rank of the best route of which a criterion is met.
    """

    rules: Rules
    remainder: Remainder
    asks: Asked | None
    standings: tuple[Formula | Unreached, ...]
    best: int | None

    def asks_for(self, question: str) -> bool:
        """Whether this is the question that it asks next."""
        return self.asks is not None and self.asks.id == question

    def offers(self, question: str) -> frozenset[str]:
        """The options that it shows, without the one that stands for none; nothing if it does not ask the question."""
        if self.asks is None or self.asks.id != question:
            return frozenset()
        return frozenset(offered(self.rules, self.remainder)) - {self.asks.exclusive}

    def given(self, question: str, ticked: Ticked) -> Side:
        """After the answer, if this is what it asks; passed over if it takes one and offers none of those given."""
        if self.asks is None or not self.asks_for(question):
            return self
        usable = ticked & self.offers(question)
        known = answered(usable if self.asks.many else usable or None)
        return side_at(self.rules, self.remainder.known(question, known).past())

    def partly_given(self, question: str, option: str, *, ticked: bool) -> Side:
        """With one option known of the several that it takes, if it offers it; the question is not done yet."""
        if option not in self.offers(question):
            return self
        left = self.remainder.known(question, option_known(option, ticked=ticked))
        return Side(self.rules, left, self.asks, left.criteria, _best(self.rules, left))

    @property
    def outcome(self) -> str:
        """What its check comes to, once it has ended."""
        if self.best is not None:
            return self.rules.routes[self.best].id
        return DEPENDS if Value.OPEN in self.standings else UNLIKELY

    def gives(self, place: int | None) -> bool:
        """Whether the criterion at this place gives the outcome, as far as is known."""
        if place is None:
            return False
        if self.best is None:
            return self.standings[place] is Value.OPEN
        return self.standings[place] is Value.MET and _ranks(self.rules)[place] == self.best

    def key(self) -> Hashable:
        """What its future depends on, apart from the criteria themselves."""
        is_open = self.best is None and Value.OPEN in self.standings
        if self.asks is None:
            return (self.best, is_open)
        left = [part for part in self.remainder.criteria if not isinstance(part, Value)]
        mentioned = frozenset().union(*map(_mentioned, left))
        here = self.remainder.position
        conditions = tuple(
            (self.remainder.asking[index], self.remainder.offering[index])
            for index, question in enumerate(self.remainder.questions)
            if index > here and question in mentioned
        )
        ending = self._best_that_ends()
        return (self.best, ending, is_open, here, offered(self.rules, self.remainder), conditions)

    def _best_that_ends(self) -> int | None:
        """A route that ends the check may be met below one that does not, and still end it."""
        met = {rank for rank, part in zip(_ranks(self.rules), self.standings, strict=True) if part is Value.MET}
        return min((rank for rank in met if self.rules.routes[rank].ends), default=None)


def side_at(rules: Rules, remainder: Remainder) -> Side:
    """The side at its next question, or at its end."""
    ahead = advance(rules, remainder)
    if ahead.position < len(rules.questions):
        return Side(rules, ahead, rules.questions[ahead.position], ahead.criteria, _best(rules, ahead))
    standings = tuple(part if isinstance(part, Value) else Unreached(can_be_met(part)) for part in ahead.criteria)
    return Side(rules, ahead, None, standings, _best(rules, ahead))


def _best(rules: Rules, remainder: Remainder) -> int | None:
    met = [rank for rank, part in zip(_ranks(rules), remainder.criteria, strict=True) if part is Value.MET]
    return min(met, default=None)


@lru_cache(maxsize=10_000)
def _mentioned(part: Formula) -> frozenset[str]:
    return frozenset(each.question for each in comparisons(part))


@lru_cache(maxsize=64)
def _ranks(rules: Rules) -> tuple[int, ...]:
    order = [route.id for route in rules.routes]
    return tuple(order.index(criterion.route) for criterion in rules.criteria)

"""The least and the most checks that a draft would move, as far as figures can tell.

Everybody who is moved left traces in the counts. If everybody who is moved in one way is in one of a few counts, then
no more are moved than those counts come to. And of those in a count, all are moved but for those who are in others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from app.engine.couple import couple
from app.engine.traces import MOST_WORK, About, Move, Trace, Traces, moves
from app.tallies.cell import Family, part
from app.tallies.margin import limits

if TYPE_CHECKING:
    from app.engine.rules import Rules
    from app.tallies.disclosure import Figure

Count = Callable[[Family, str], "Figure"]
"""The figure of one thing."""

_FAMILIES = {About.OUTCOME: Family.OUTCOME, About.CRITERION: Family.CRITERION, About.OPTION: Family.OPTION}

_STEPS = 20_000
"""How long the cheapest counts are looked for. What is found by then bounds too, if less closely."""


@dataclass(frozen=True, slots=True)
class Bound:
    """The least and the most checks that would have gone from one outcome to another.

    Whoever would is in one of the counts ``among``. At least those would who are in the count ``of`` and in none of
    ``but_for``; None where that is nobody.
    """

    old: str
    new: str
    least: int
    most: int
    among: tuple[Trace, ...]
    of: Trace | None = None
    but_for: tuple[Trace, ...] = ()

    @property
    def tells(self) -> bool:
        """Whether more is known than that it is none to all of those with the old outcome."""
        return self.least > 0 or any(each.about is not About.OUTCOME for each in self.among)

    def as_data(self) -> dict[str, Any]:
        """As plain data."""
        return {**asdict(self), "tells": self.tells}


class Bounds:
    """All moves that a draft makes possible; made once, they bound any figures. Raises NotComparableError.

    With less ``work`` than it takes the bounds are wider.
    """

    def __init__(self, old: Rules, draft: Rules, work: int = MOST_WORK) -> None:
        self._moves = moves(couple(old, draft), work)

    def within(self, count: Count) -> tuple[Bound, ...]:
        """Bounds by these figures for every change of outcome, in the order of the outcomes' ids."""
        reckoned = _Reckoned(count)
        return tuple(self._bound(move.old, move.new, {move}, reckoned) for move in self._changes)

    def together(self, count: Count) -> Bound:
        """The bound of all who would have another outcome, which names none: closer than all bounds added up."""
        return self._bound("", "", set(self._changes), _Reckoned(count))

    @property
    def _changes(self) -> list[Move]:
        return [move for move in sorted(self._moves.sets) if move.old != move.new]

    def _bound(self, old: str, new: str, chosen: Set[Move], reckoned: _Reckoned) -> Bound:
        found = {traces for move in chosen for traces in self._moves.sets[move]}
        among = cheapest(found, reckoned.most)
        bound = Bound(old, new, 0, sum(map(reckoned.most, among)), among)
        for trace in sorted({each for traces in found for each in traces if self._may_tell(each)}):
            if reckoned.least(trace) <= bound.least:
                continue
            unmoved = self._unmoved(trace, chosen)
            if frozenset() in unmoved:
                continue
            but_for = cheapest(unmoved, reckoned.most)
            least = min(reckoned.least(trace) - sum(map(reckoned.most, but_for)), bound.most)
            if least > bound.least:
                bound = replace(bound, least=least, of=trace, but_for=but_for)
        return bound

    def _may_tell(self, trace: Trace) -> bool:
        return trace in self._moves.marked or trace.about is About.OUTCOME

    def _unmoved(self, trace: Trace, chosen: Set[Move]) -> set[Traces]:
        """The other traces of those who left this one and make none of these moves."""
        others = (sets for other, sets in self._moves.sets.items() if other not in chosen)
        return {traces - {trace} for sets in others for traces in sets if trace in traces}


@dataclass(frozen=True, slots=True)
class _Reckoned:
    count: Count
    _known: dict[Trace, tuple[int, int]] = field(default_factory=dict)

    def least(self, trace: Trace) -> int:
        return self._limits(trace)[0]

    def most(self, trace: Trace) -> int:
        return self._limits(trace)[1]

    def _limits(self, trace: Trace) -> tuple[int, int]:
        if trace not in self._known:
            key = part(trace.of, trace.value) if trace.of else trace.value
            self._known[trace] = limits(self.count(_FAMILIES[trace.about], key))
        return self._known[trace]


def cheapest(sets: Iterable[Traces], cost: Callable[[Trace], int]) -> tuple[Trace, ...]:
    """Traces of which each set has one, at the least cost together. Every set has to have some."""
    return _Search(sorted(sets, key=lambda each: (len(each), sorted(each))), cost).found()


class _Search:
    """Takes the first set that has none of those taken, and tries each of its traces in turn."""

    def __init__(self, sets: list[Traces], cost: Callable[[Trace], int]) -> None:
        self.sets = sets
        self.cost = cost
        self.steps = 0
        self.best: tuple[int, tuple[Trace, ...]] | None = None

    def found(self) -> tuple[Trace, ...]:
        self._try(0, (), frozenset())
        return tuple(sorted(self.best[1])) if self.best else ()

    def _try(self, spent: int, taken: tuple[Trace, ...], passed: Traces) -> None:
        self.steps += 1
        if self.best is not None and (spent >= self.best[0] or self.steps > _STEPS):
            return
        left = next((each for each in self.sets if each.isdisjoint(taken)), None)
        if left is None:
            self.best = spent, taken
            return
        for trace in sorted(left - passed, key=lambda each: (self.cost(each), each)):
            self._try(spent + self.cost(trace), (*taken, trace), passed)
            passed |= {trace}

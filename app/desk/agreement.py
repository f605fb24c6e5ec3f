"""How far people who judge the same cases agree: how often, and how much more often than by chance.

Cohen's kappa (Educational and Psychological Measurement 20, 1960), for more than two raters as Conger extended it
(Psychological Bulletin 88, 1980), and Gwet's AC1 (British Journal of Mathematical and Statistical Psychology 61, 2008;
with missing ratings as in his Handbook of Inter-Rater Reliability, 2014). Both are shown, since kappa falls to nothing
where nearly every case is alike, however well people agree.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MOST_DRAWS = 2000
"""Of the bootstrap: so many draws of as many cases, with replacement."""

FEW_CASES = 30
DOMINANT = 0.9
"""Below so many cases, or with so large a share of one outcome, the figures say little, and a page says so."""

_MOST_WORK = 1_000_000  # ratings looked at in all draws together, so that a page does not keep anybody waiting
_LEAST_DRAWS = 100
_CERTAIN = 1 - 1e-12

Rater = Hashable
Outcome = str


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with what each rater made of it. ``weight`` makes up for how likely it was to be drawn."""

    ratings: Mapping[Any, Outcome]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure with its 95% interval, which takes two cases; both are None where the cases leave it undefined."""

    value: float | None
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What cases say of the agreement of those who judged them.

    ``cases`` is how many have two ratings or more, and ``shares`` how much of all ratings each outcome has, weighted.
    """

    cases: int
    shares: Mapping[Outcome, float]
    percent: Measure
    kappa: Measure
    ac1: Measure

    @property
    def few(self) -> bool:
        """Whether there are too few cases to say much."""
        return self.cases < FEW_CASES

    @property
    def one_sided(self) -> bool:
        """Whether one outcome dominates, so that kappa misleads."""
        return max(self.shares.values(), default=0.0) > DOMINANT


def agreement(cases: Iterable[Sequence[Judged]], outcomes: Sequence[Outcome], seed: int = 1) -> Agreement:
    """The agreement over all ``outcomes`` that could be given.

    Each of ``cases`` comes as one or more sets of ratings, which the bootstrap (percentiles) draws together; ``seed``
    makes that the same each time. A case with one rating counts in the shares, and so in chance, as Gwet has it.
    """
    parts = [_Part.of(case) for case in cases if any(each.ratings for each in case)]
    whole = _Sums.of((part, 1) for part in parts)
    compared = sum(part.compared > 0 for part in parts)
    drawn = [_Sums.of(sample.items()) for sample in _draws(parts, seed)] if compared > 1 else []

    def measured(measure: Callable[[_Sums], float | None]) -> Measure:
        values = sorted(value for sums in drawn if (value := measure(sums)) is not None)
        value = measure(whole)
        return Measure(value, _middle(values) if values and value is not None else None)

    return Agreement(
        cases=compared,
        shares=whole.shares(),
        percent=measured(_Sums.percent),
        kappa=measured(_Sums.kappa),
        ac1=measured(lambda sums: sums.ac1(len(outcomes))),
    )


def percent(cases: Iterable[Judged]) -> float | None:
    """How often two who judge the same case agree, from 0 to 1."""
    return _sums(cases).percent()


def kappa(cases: Iterable[Judged]) -> float | None:
    """Cohen's kappa. Chance is that of raters who each give outcomes as often as they do."""
    return _sums(cases).kappa()


def ac1(cases: Iterable[Judged], outcomes: int) -> float | None:
    """Gwet's AC1. Chance is that of somebody who picks outcomes at random where a case is hard."""
    return _sums(cases).ac1(outcomes)


def disagreeing(ratings: Counter[Outcome]) -> float:
    """The share of the pairs of those who judged a case that disagree, by how many gave which outcome: two or more."""
    raters = ratings.total()
    return 1 - sum(count * (count - 1) for count in ratings.values()) / (raters * (raters - 1))


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """What a case adds to the sums."""

    agreed: float
    compared: float
    shares: tuple[tuple[Outcome, float], ...]
    given: tuple[tuple[Rater, Outcome, float], ...]

    @classmethod
    def of(cls, case: Sequence[Judged]) -> _Part:
        several = [(Counter(each.ratings.values()), each.weight) for each in case if len(each.ratings) > 1]
        shares: defaultdict[Outcome, float] = defaultdict(float)
        given: defaultdict[tuple[Rater, Outcome], float] = defaultdict(float)
        for each in case:
            for rater, outcome in each.ratings.items():
                shares[outcome] += each.weight / len(each.ratings)
                given[rater, outcome] += each.weight
        return cls(
            agreed=sum(weight * (1 - disagreeing(ratings)) for ratings, weight in several),
            compared=sum(weight for _, weight in several),
            shares=tuple(shares.items()),
            given=tuple((rater, outcome, weight) for (rater, outcome), weight in given.items()),
        )


@dataclass(slots=True)
class _Sums:
    """Sums over cases, from which each measure follows."""

    agreed: float = 0
    compared: float = 0
    rated: dict[Outcome, float] = field(default_factory=dict)
    given: dict[Rater, dict[Outcome, float]] = field(default_factory=dict)

    @classmethod
    def of(cls, parts: Iterable[tuple[_Part, int]]) -> _Sums:
        sums = cls()
        for part, times in parts:
            sums.agreed += times * part.agreed
            sums.compared += times * part.compared
            for outcome, weight in part.shares:
                sums.rated[outcome] = sums.rated.get(outcome, 0) + times * weight
            for rater, outcome, weight in part.given:
                by_outcome = sums.given.setdefault(rater, {})
                by_outcome[outcome] = by_outcome.get(outcome, 0) + times * weight
        return sums

    def shares(self) -> dict[Outcome, float]:
        total = sum(self.rated.values())
        return {outcome: weight / total for outcome, weight in self.rated.items()}

    def percent(self) -> float | None:
        return self.agreed / self.compared if self.compared else None

    def kappa(self) -> float | None:
        """Two raters agree by chance as often as the products of their shares say; of more, the mean over all pairs."""
        raters = len(self.given)
        if raters < 2:  # noqa: PLR2004 - to agree takes two
            return None
        sums, squares = dict.fromkeys(self.rated, 0.0), dict.fromkeys(self.rated, 0.0)
        for by_outcome in self.given.values():
            total = sum(by_outcome.values())
            for outcome, weight in by_outcome.items():
                sums[outcome] += weight / total
                squares[outcome] += (weight / total) ** 2
        pairs = sum(sums[outcome] ** 2 - squares[outcome] for outcome in sums)
        return _beyond(self.percent(), pairs / (raters * (raters - 1)))

    def ac1(self, outcomes: int) -> float | None:
        return _beyond(self.percent(), sum(share * (1 - share) for share in self.shares().values()) / (outcomes - 1))


def _sums(cases: Iterable[Judged]) -> _Sums:
    return _Sums.of((_Part.of([case]), 1) for case in cases if case.ratings)


def _beyond(found: float | None, chance: float) -> float | None:
    """How much of what chance leaves is agreed on; None where chance leaves nothing."""
    return None if found is None or chance > _CERTAIN else (found - chance) / (1 - chance)


def _draws(parts: Sequence[_Part], seed: int) -> list[Counter[_Part]]:
    work = sum(len(part.given) for part in parts)
    if not work:
        return []
    draws = max(_LEAST_DRAWS, min(MOST_DRAWS, _MOST_WORK // work))
    chance = random.Random(seed)  # noqa: S311 - a figure that can be had again, not a secret
    return [Counter(chance.choices(parts, k=len(parts))) for _ in range(draws)]


def _middle(values: Sequence[float]) -> tuple[float, float]:
    """Where the middle 95% of sorted values begins and ends."""
    last = len(values) - 1
    return values[round(0.025 * last)], values[round(0.975 * last)]

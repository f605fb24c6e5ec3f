"""What a council's reviews under one version of the rules come to: agreement, and what disagreement is tied to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.desk.agreement import Agreement, Judged, agreement, disagreeing
from app.desk.told_case import ToldCase
from app.tallies.shared_groups import reasons_of

if TYPE_CHECKING:
    from app.desk.rounds import RoundCase

FEWEST_CASES = 5
"""What fewer cases say of a question or criterion is not shown."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A case with the outcome that each member gave, by the member's number; ``told`` is None without its rules."""

    drawn: RoundCase
    given: Mapping[int, str]
    told: ToldCase | None

    @property
    def outcomes(self) -> Counter[str]:
        """How many gave which outcome."""
        return Counter(self.given.values())

    @property
    def disagreeing(self) -> float:
        """The share of pairs of members who disagree; 0 where there is no pair."""
        return disagreeing(self.outcomes) if len(self.given) > 1 else 0.0


@dataclass(frozen=True, slots=True)
class Tie:
    """A criterion or question, by id, and the share of disagreeing pairs in the cases that hung on it."""

    id: str
    share: float
    cases: int


def between_assessors(cases: Sequence[Reviewed], outcomes: Sequence[str]) -> Agreement:
    """How far members agree with each other."""
    return agreement([[Judged(each.given, each.drawn.weight)] for each in cases], outcomes)


def with_checker(cases: Sequence[Reviewed], outcomes: Sequence[str]) -> Agreement:
    """How far members agree with the checker: each case counts alike, however many members reviewed it."""
    return agreement([_beside_checker(each, each.told) for each in cases if each.told], outcomes)


def by_criterion(cases: Iterable[Reviewed]) -> tuple[Tie, ...]:
    """Criteria that decided, those with most disagreement first."""
    return _ties((each, _criteria(each.told)) for each in cases if each.told)


def by_question(cases: Iterable[Reviewed]) -> tuple[Tie, ...]:
    """Questions that outcomes hung on, those with most disagreement first."""
    return _ties((each, _questions(each.told)) for each in cases if each.told)


def _beside_checker(case: Reviewed, told: ToldCase) -> list[Judged]:
    checker, total = told.decision.outcome, len(case.given)
    return [
        Judged({"checker": checker, "assessors": outcome}, case.drawn.weight * count / total)
        for outcome, count in case.outcomes.items()
    ]


def _criteria(told: ToldCase) -> set[str]:
    return {reason.criterion.id for reason in reasons_of(told.decision)}


def _questions(told: ToldCase) -> set[str]:
    return {question for reason in reasons_of(told.decision) for question in reason.hangs_on}


def _ties(cases: Iterable[tuple[Reviewed, set[str]]]) -> tuple[Tie, ...]:
    found: defaultdict[str, list[Reviewed]] = defaultdict(list)
    for case, ids in cases:
        if len(case.given) > 1:
            for each in ids:
                found[each].append(case)
    ties = [_tie(each, tied) for each, tied in found.items() if len(tied) >= FEWEST_CASES]
    return tuple(sorted(ties, key=lambda tie: (-tie.share, -tie.cases, tie.id)))


def _tie(found: str, cases: Sequence[Reviewed]) -> Tie:
    total = sum(each.drawn.weight for each in cases)
    return Tie(found, sum(each.drawn.weight * each.disagreeing for each in cases) / total, len(cases))

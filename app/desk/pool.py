"""The cases from which a round can be drawn: people made from the rules, and groups of people who shared answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from app.desk.case import Case, case_of
from app.desk.others import others
from app.engine.sign_off import sign_off

if TYPE_CHECKING:
    from app.engine.decision import Decision
    from app.engine.rules import Rules


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that can be drawn. ``people`` is how many shared it, rounded; 0 where it was made from the rules."""

    case: Case
    people: int
    borderline: bool


def pool(rules: Rules, shared: Iterable[tuple[Case, int]] = ()) -> tuple[Candidate, ...]:
    """Each case once, in an order that only the cases decide. What people shared goes before the same made up."""
    found = {candidate.case.id: candidate for candidate in _generated(rules)}
    for case, people in shared:
        found[case.id] = Candidate(case, people, is_borderline(rules, case.decision(rules)))
    return tuple(found[each] for each in sorted(found))


def made_up(rules: Rules) -> frozenset[str]:
    """The ids of the cases that are made from the rules alone."""
    return frozenset(candidate.case.id for candidate in _generated(rules))


def is_borderline(rules: Rules, decision: Decision) -> bool:
    """Whether one other answer, with nothing more to ask, leads to another outcome."""
    return any(other.outcome is not None for other in others(rules, decision))


@lru_cache(maxsize=16)
def _generated(rules: Rules) -> tuple[Candidate, ...]:
    decisions = (row.decision for row in sign_off(rules))
    return tuple(Candidate(case_of(rules, each), 0, is_borderline(rules, each)) for each in decisions)

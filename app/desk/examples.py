"""People generated from a version of the rules: for each criterion who meets it, and who misses it by one answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from app.desk.case import Case, case_of
from app.engine.formula import Value
from app.engine.sign_off import sign_off

if TYPE_CHECKING:
    from app.engine.rules import Criterion, Rules
    from app.engine.sign_off import Change, Row

_WAYS = {Value.MET: "met", Value.NOT_MET: "missed", Value.OPEN: "open"}


@dataclass(frozen=True, slots=True)
class Example:
    """A person by number, how they stand to the criterion that they are here for (met, missed, open), and the outcome.

    ``change`` says from which other person they differ, and by the answer to which question.
    """

    number: int
    way: str
    outcome: str
    case: Case
    change: Change | None


@dataclass(frozen=True, slots=True)
class About:
    """The people who are here for one criterion."""

    criterion: Criterion
    people: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Examples:
    """Everybody, in the order of the criteria; and, by their ids, the cases, of which one may stand with several."""

    by_criterion: tuple[About, ...]
    cases: Mapping[str, Case]


@lru_cache(maxsize=16)
def examples(rules: Rules) -> Examples:
    """The people of a version of the rules, found once: it takes some seconds."""
    rows = [(row, row.criterion) for row in sign_off(rules)]
    found = [(criterion, _example(rules, row)) for row, criterion in rows if criterion is not None]
    groups = groupby(found, key=lambda each: each[0].id)
    about = []
    for _, group in groups:
        members = [*group]
        about.append(About(members[0][0], tuple(example for _, example in members)))
    return Examples(tuple(about), {example.case.id: example.case for _, example in found})


def _example(rules: Rules, row: Row) -> Example:
    way = _WAYS[row.value] if row.value is not None else ""
    return Example(row.number, way, row.decision.outcome, case_of(rules, row.decision), row.change)

"""All the criteria of a nation, as prose made from the rules themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.engine.words import CriterionWords, RouteWords

if TYPE_CHECKING:
    from app.checker.visit import Visit
    from app.engine.rules import Criterion, Rules


@dataclass(frozen=True, slots=True)
class Entry:
    """A criterion with its words and the proof it asks for."""

    criterion: Criterion
    words: CriterionWords
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A route and its criteria."""

    words: RouteWords
    entries: tuple[Entry, ...]


def criteria_sections(visit: Visit, rules: Rules) -> tuple[Section, ...]:
    """Every criterion of the rules, by route, best route first."""
    words = visit.words

    def entry(criterion: Criterion) -> Entry:
        evidence = tuple(words.evidence[item].they for item in criterion.evidence)
        return Entry(criterion, words.criteria[criterion.id], evidence)

    return tuple(
        Section(
            words.routes[route.id],
            tuple(entry(criterion) for criterion in rules.criteria if criterion.route == route.id),
        )
        for route in rules.routes
    )

"""What rests on each provision of the law: which criteria, on which questions they hang, and how far they can lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.engine.formula import comparisons

if TYPE_CHECKING:
    from app.engine.law import Source
    from app.engine.rules import Criterion, Rules


@dataclass(frozen=True, slots=True)
class Provision:
    """A source with the criteria that cite it.

    ``questions`` are the ids, in the order of asking, of those that the criteria hang on; ``routes`` are the ids,
    best first, of those that the criteria open.
    """

    source: Source
    criteria: tuple[Criterion, ...]
    questions: tuple[str, ...]
    routes: tuple[str, ...]


def provisions(rules: Rules) -> tuple[Provision, ...]:
    """Every source of the rules, in the order of the file."""
    return tuple(_provision(rules, source) for source in rules.law.content.sources.values())


def _provision(rules: Rules, source: Source) -> Provision:
    criteria = tuple(criterion for criterion in rules.criteria if source in criterion.sources)
    hung_on = {each.question for criterion in criteria for each in comparisons(criterion.whole)}
    routes = {criterion.route for criterion in criteria}
    return Provision(
        source,
        criteria,
        tuple(question.id for question in rules.questions if question.id in hung_on),
        tuple(route.id for route in rules.routes if route.id in routes),
    )

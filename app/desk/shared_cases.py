"""Groups of shared answers as cases to judge: what the group has in common, and nothing of it beside that.

What the group's people answered otherwise is not known here. So the answers are completed as a made-up person's would
be, with those of which the rules say least, and only if the same comes of them for the same reasons.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from app.desk.case import Case, case_of
from app.engine.decision import DEPENDS, UNLIKELY
from app.engine.example import find_example
from app.engine.formula import Value
from app.tallies.shared_groups import reasons_of, visible

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Engine

    from app.engine.decision import Decision
    from app.engine.rulebook import Service
    from app.engine.rules import Rules
    from app.tallies.shared_groups import Group


def shared_cases(
    engine: Engine, service: Service, rules: Rules, council: str, today: date
) -> Iterator[tuple[Case, int]]:
    """The groups that the council may see under these rules, each as a complete case, with its rounded size."""
    for group, size in visible(engine, service, council, today):
        if group.version == rules.version and (decision := _complete(rules, group)):
            yield case_of(rules, decision), size


@lru_cache(maxsize=1024)
def _complete(rules: Rules, group: Group) -> Decision | None:
    within = {question: (ticked,) for question, ticked in group.answers.items()}
    value = {DEPENDS: Value.OPEN, UNLIKELY: Value.NOT_MET}.get(group.outcome, Value.MET)
    for index, criterion in enumerate(rules.criteria):
        if criterion.id in group.criteria:
            found = find_example(rules, index, value, within)
            if found is not None and _fits(found, group):
                return found
    return None


def _fits(decision: Decision, group: Group) -> bool:
    criteria = tuple(reason.criterion.id for reason in reasons_of(decision))
    return decision.outcome == group.outcome and criteria == group.criteria

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
from app.engine.example import complete
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
        if group.version == rules.version and (case := case_of_group(rules, group)):
            yield case, size


def case_of_group(rules: Rules, group: Group) -> Case | None:
    """A group under these rules as a complete case; None where nothing that completes it comes to the same."""
    decision = _complete(rules, group)
    return case_of(rules, decision) if decision else None


@lru_cache(maxsize=1024)
def _complete(rules: Rules, group: Group) -> Decision | None:
    value = {DEPENDS: Value.OPEN, UNLIKELY: Value.NOT_MET}.get(group.outcome, Value.MET)
    values = dict.fromkeys(group.criteria, value)
    return complete(rules, group.answers, values, lambda decision: _fits(decision, group))


def _fits(decision: Decision, group: Group) -> bool:
    criteria = tuple(reason.criterion.id for reason in reasons_of(decision))
    return decision.outcome == group.outcome and criteria == group.criteria

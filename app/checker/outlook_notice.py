"""What the outcome page says where rules that begin later make something else of the answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.engine.decision import DEPENDS
from app.engine.outlook import Outlook, outlooks
from app.web.pages import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.checker.check import Check
    from app.engine.decision import Decision
    from app.engine.rules import Criterion


@dataclass(frozen=True, slots=True)
class OutlookShown:
    """A change of the rules, by its day.

    ``title`` is that of the outcome from then on, None where more would have to be asked; ``met`` and ``open`` name the
    criteria that make it and, where it is ``worse``, ``lost`` those that no longer do. ``begun`` is set once the day
    has come, while the check runs under older rules.
    """

    day: str
    begun: bool
    title: str | None
    met: tuple[str, ...]
    open: tuple[str, ...]
    lost: tuple[str, ...]
    worse: bool


def outlooks_shown(check: Check, decision: Decision) -> list[OutlookShown]:
    """Every change that matters to these answers, the nearest first."""
    later = check.visit.service.later(check.rules)
    return [_shown(check, outlook) for outlook in outlooks(decision, later)]


def _shown(check: Check, outlook: Outlook) -> OutlookShown:
    said = check.visit.words

    def named(criteria: Iterable[Criterion]) -> tuple[str, ...]:
        return tuple(said.criteria[criterion.id].name for criterion in criteria)

    makes = named(outlook.makes)
    return OutlookShown(
        day=words().day(outlook.rules.in_force),
        begun=outlook.rules.in_force <= check.visit.day,
        title=None if outlook.outcome is None else said.outcomes[outlook.outcome].title.to(check.voice),
        met=() if outlook.outcome == DEPENDS else makes,
        open=makes if outlook.outcome == DEPENDS else (),
        lost=named(outlook.lost) if outlook.worse else (),
        worse=outlook.worse,
    )

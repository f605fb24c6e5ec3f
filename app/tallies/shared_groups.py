"""Groups of shared answers: what staff may see of answers that people shared, and nothing else reads them.

A group is of people whose outcome, under one version of the rules, hangs on the same answers to the same questions.
What else they answered is not in it. It is seen if more than 7 of one council are in it, and its size is rounded to 5.
See docs/decisions/0024-shared-answers.md.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Engine, select

from app.engine.decision import DEPENDS, UNLIKELY, Decision, Reason, decide
from app.engine.journey import MissingAnswerError
from app.tallies.calendar import released
from app.tallies.disclosure import MOST_HIDDEN, STEP
from app.tallies.share import read_answers, write_answers
from app.tallies.tables import SHARE

if TYPE_CHECKING:
    from app.engine.answers import Answers
    from app.engine.rulebook import Service

FEWEST_LEFT = 4
"""So many sizes of a hidden group have to remain possible to those who see everything that is shown."""

_ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Group:
    """What people have in common whose outcome hangs on the same answers.

    ``criteria`` are those that make the outcome: met, left open, or considered and not met. ``written`` are the answers
    to the questions that they hang on, and to no other, as ``write_answers`` writes them.
    """

    service: str
    nation: str
    version: str
    outcome: str
    criteria: tuple[str, ...]
    written: str

    @property
    def answers(self) -> Answers:
        """The answers in common, which are not complete."""
        return read_answers(self.written)

    @property
    def id(self) -> str:
        """A name for it in addresses."""
        parts = (self.service, self.nation, self.version, self.outcome, ",".join(self.criteria), self.written)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_ID_LENGTH]


Seen = tuple[Group, int]
"""A group, and its size as it is shown."""


@dataclass(frozen=True, slots=True)
class View:
    """All that may be seen: the groups, and how many shared under rules that are no longer kept (0 for 7 or fewer)."""

    groups: tuple[Seen, ...]
    under_other_rules: int

    def group(self, group_id: str) -> Seen | None:
        """The group of that id, if it may be seen."""
        return next((seen for seen in self.groups if seen[0].id == group_id), None)


def visible(engine: Engine, service: Service, council: str, today: date) -> list[Seen]:
    """The groups of a council that may be seen today, with their sizes rounded."""
    return list(of_council(engine, service, council, today).groups)


def of_council(engine: Engine, service: Service, council: str, today: date) -> View:
    """What may be seen of the answers shared with one council."""
    return _view(_grouped(engine, service, (council,), today), lambda sizes: shown(sizes.get(council, 0)))


def of_nation(engine: Engine, service: Service, nation: str, councils: Collection[str], today: date) -> View:
    """What may be seen of what was shared with these councils under the law of a nation, whichever council it was."""
    found = _grouped(engine, service, councils, today, nation)
    return _view(found, lambda sizes: shown_together([sizes.get(council, 0) for council in councils]))


def shown(size: int) -> int:
    """The size of a group as it is shown; 0 where it is not."""
    return 0 if size <= MOST_HIDDEN else (size + STEP // 2) // STEP * STEP


def shown_together(sizes: Iterable[int]) -> int:
    """The size of a group over several councils: the sizes shown, and what of the hidden ones hides each of them.

    With hidden sizes of 7 and 7 the sum alone would give both away. So it is never shown to be more than leaves
    each of them at least FEWEST_LEFT values.
    """
    sizes = tuple(sizes)
    hidden = [size for size in sizes if size <= MOST_HIDDEN]
    most = len(hidden) * MOST_HIDDEN - (FEWEST_LEFT - 1) + STEP // 2
    return sum(map(shown, sizes)) + min(shown(sum(hidden)), most // STEP * STEP)


_Sizes = Mapping[str, int]
_OTHER_RULES: Group | None = None


def _grouped(
    engine: Engine, service: Service, councils: Collection[str], today: date, nation: str | None = None
) -> Mapping[Group | None, _Sizes]:
    """The size of each group by council; under None, of those who shared under rules that are no longer kept."""
    found: dict[Group | None, Counter[str]] = {}
    for council, group in _groups(engine, service, councils, today, nation):
        found.setdefault(group, Counter())[council] += 1
    return found


def _groups(
    engine: Engine, service: Service, councils: Collection[str], today: date, nation: str | None
) -> Iterator[tuple[str, Group | None]]:
    columns = (SHARE.c.council, SHARE.c.nation, SHARE.c.version, SHARE.c.month, SHARE.c.answers)
    chosen = select(*columns).where(
        SHARE.c.service == service.id, SHARE.c.council.in_(councils), SHARE.c.until >= today
    )
    with engine.connect().execution_options(reads=True) as connection:
        rows = connection.execute(chosen if nation is None else chosen.where(SHARE.c.nation == nation)).all()
    known: dict[tuple[str, str, str], Group | None] = {}
    for council, law, version, month, answers in rows:
        if released(month, today):
            key = (law, version, answers)
            if key not in known:
                known[key] = _group(service, *key)
            yield council, known[key]


def _group(service: Service, nation: str, version: str, written: str) -> Group | None:
    rules = service.version(nation, version)
    if rules is None:
        return _OTHER_RULES
    try:
        decision = decide(rules, read_answers(written))
    except MissingAnswerError:  # what asks or offers is in the version, so this is no answer of ours
        return _OTHER_RULES
    reasons = reasons_of(decision)
    criteria = tuple(reason.criterion.id for reason in reasons)
    return Group(service.id, nation, version, decision.outcome, criteria, write_answers(project(decision, reasons)))


def reasons_of(decision: Decision) -> tuple[Reason, ...]:
    """The reasons that make an outcome."""
    if decision.outcome == UNLIKELY:
        return decision.considered
    return decision.open if decision.outcome == DEPENDS else decision.because


def project(decision: Decision, reasons: Iterable[Reason]) -> Answers:
    """The answers on which reasons hang, without all others."""
    hangs_on = {question for reason in reasons for question in reason.hangs_on}
    return {question: decision.journey.answers[question] for question in hangs_on}


def _view(found: Mapping[Group | None, _Sizes], size_of: Callable[[_Sizes], int]) -> View:
    sizes = {group: size_of(each) for group, each in found.items()}
    seen = [(group, size) for group, size in sizes.items() if group is not None and size]
    seen.sort(key=lambda each: (-each[1], each[0].outcome, each[0].id))
    return View(tuple(seen), sizes.get(_OTHER_RULES, 0))

"""What was written otherwise between two versions, whether or not it changes anything for anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.engine.rules import Rules


@dataclass(frozen=True, slots=True)
class Edits:
    """The ids that were added, taken out, or kept and written otherwise."""

    added: tuple[str, ...]
    dropped: tuple[str, ...]
    edited: tuple[str, ...]

    @property
    def some(self) -> bool:
        """Whether there are any."""
        return bool(self.added or self.dropped or self.edited)


@dataclass(frozen=True, slots=True)
class Revision:
    """What decides and differs as written: criteria by route and conditions, questions by options, the order of each.

    ``words_only`` is set when the files differ, but in nothing of this: in sources, evidence, notes, dates or comments.
    """

    criteria: Edits
    questions: Edits
    questions_reordered: bool
    routes_changed: bool
    words_only: bool

    @property
    def decides(self) -> bool:
        """Whether anything of this differs, so that it could change something for somebody."""
        return self.criteria.some or self.questions.some or self.questions_reordered or self.routes_changed


def revision(old: Rules, new: Rules) -> Revision:
    """The revision that leads from one version to the other."""
    criteria = _edits(
        {each.id: (each.route, each.applies, each.test) for each in old.criteria},
        {each.id: (each.route, each.applies, each.test) for each in new.criteria},
    )
    questions = _edits(
        {each.id: (each.many, each.exclusive, each.ask_when, tuple(each.offers.items())) for each in old.questions},
        {each.id: (each.many, each.exclusive, each.ask_when, tuple(each.offers.items())) for each in new.questions},
    )
    reordered = not _same_order([each.id for each in old.questions], [each.id for each in new.questions])
    routes = old.routes != new.routes
    found = Revision(criteria, questions, reordered, routes, words_only=False)
    return found if found.decides else replace(found, words_only=old.digests != new.digests)


def _edits(old: Mapping[str, object], new: Mapping[str, object]) -> Edits:
    return Edits(
        added=tuple(name for name in new if name not in old),
        dropped=tuple(name for name in old if name not in new),
        edited=tuple(name for name in new if name in old and new[name] != old[name]),
    )


def _same_order(old: list[str], new: list[str]) -> bool:
    return [name for name in old if name in new] == [name for name in new if name in old]

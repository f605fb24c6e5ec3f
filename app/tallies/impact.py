"""What a draft of a rule would do to people who used the service, as far as what is shown of them can tell.

Everything is worked out from groups and figures as they are shown, so that no draft can ask what they hide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.engine.comparison import Comparison, compare
from app.engine.effect import Effect, Known, effects_on
from app.engine.joint_paths import Kind
from app.tallies.bounds import Bound, Bounds, Count
from app.tallies.cell import Family
from app.tallies.figures import Figures

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Engine

    from app.engine.rulebook import Service
    from app.engine.rules import Rules
    from app.tallies.shared_groups import Seen

FAMILIES = (Family.OUTCOME, Family.CRITERION, Family.OPTION)


@dataclass(frozen=True, slots=True)
class GroupImpact:
    """A group, and all that can become of its people. With one effect it is certain; with several nobody can tell."""

    group: Seen
    effects: tuple[Effect, ...]

    @property
    def moves(self) -> bool | None:
        """Whether all of them end otherwise; None if it depends on answers that are not shown."""
        moved = {effect.old != effect.new for effect in self.effects}
        return moved.pop() if len({effect.new for effect in self.effects}) == 1 else None


def on_groups(service: Service, draft: Rules, groups: Iterable[Seen]) -> tuple[GroupImpact, ...]:
    """What the draft does to the groups of its nation, each judged against the version that it was decided under."""
    found = []
    for group, size in groups:
        rules = service.version(group.nation, group.version)
        if rules is not None and group.nation == draft.nation:
            effects = effects_on(rules, draft, Known(group.answers, group.outcome, group.criteria))
            found.append(GroupImpact((group, size), tuple(sorted(effects, key=lambda each: (each.new, each.causes)))))
    return tuple(found)


def council_count(engine: Engine, service: Service, council: str, months: Sequence[str], today: date) -> Count:
    """The figures of a council over these months."""
    found = Figures(engine).of_council(council, service.id, months, FAMILIES, today)
    return lambda family, key: found.total(family, (key,))


def nation_count(
    engine: Engine, service: Service, councils: Collection[str], months: Sequence[str], today: date
) -> Count:
    """The figures of councils together over these months."""
    return Figures(engine).national(councils, service.id, months, FAMILIES, today).of


@dataclass(frozen=True, slots=True)
class Impact:
    """All that can be said of a draft: in paths, in groups, and in the tallies of months under the rules before it."""

    comparison: Comparison
    groups: tuple[GroupImpact, ...]
    bounds: tuple[Bound, ...]
    together: Bound | None
    months: tuple[str, ...]

    @property
    def people(self) -> int:
        """How many are in the groups."""
        return sum(each.group[1] for each in self.groups)

    @property
    def unsure(self) -> int:
        """How many are in groups of which it cannot be told."""
        return sum(each.group[1] for each in self.groups if each.moves is None)

    @property
    def moved(self) -> tuple[tuple[Effect, int], ...]:
        """How many certainly end otherwise, which way and because of what."""
        found: Counter[Effect] = Counter()
        for each in self.groups:
            if each.moves:
                causes = sorted({cause for effect in each.effects for cause in effect.causes})
                found[Effect(each.effects[0].old, each.effects[0].new, tuple(causes))] += each.group[1]
        return tuple(found.most_common())

    def as_data(self) -> dict[str, Any]:
        """As plain data, for machines and to be kept."""
        old, new = self.comparison.old, self.comparison.new
        return {
            "service": new.service,
            "nation": new.nation,
            "old": old.version,
            "new": new.version,
            "shared": {
                "people": self.people,
                "unsure": self.unsure,
                "moved": [
                    {"old": each.old, "new": each.new, "because": list(each.causes), "people": size}
                    for each, size in self.moved
                ],
            },
            "tallies": {
                "months": list(self.months),
                "bounds": [each.as_data() for each in self.bounds],
                "together": self.together.as_data() if self.together else None,
            },
            "paths": {
                "all": self.comparison.paths,
                "moved": [
                    {"old": each.old, "new": each.new, "paths": each.paths}
                    for each in self.comparison.changes
                    if each.kind is Kind.OUTCOME
                ],
            },
        }


def impact_of(
    service: Service, old: Rules, draft: Rules, groups: Iterable[Seen], tallied: tuple[Sequence[str], Count]
) -> Impact:
    """The draft set against the rules in force, groups as they are shown, and figures of months.

    Raises NotComparableError where one person cannot be led through both.
    """
    months, count = tallied
    found = compare(old, draft)
    groups_then = on_groups(service, draft, groups)
    if not months or not found.moved:
        return Impact(found, groups_then, (), None, tuple(months))
    bounds = Bounds(old, draft)
    return Impact(found, groups_then, bounds.within(count), bounds.together(count), tuple(months))


def months_of(service: Service, rules: Rules, months: Sequence[str]) -> tuple[str, ...]:
    """Those of the months in which nothing but these rules was in force."""
    begun = f"{rules.in_force:%Y-%m}"
    gone = [f"{each.withdrawn:%Y-%m}" for each in service.withdrawn if each.nation == rules.nation]
    first_whole = rules.in_force.day == 1
    return tuple(
        month
        for month in months
        if (month > begun or (month == begun and first_whole)) and all(month > each for each in gone)
    )

"""What a draft of a rule would do to people who used the service, as far as what is shown of them can tell.

Everything is worked out from groups and figures as they are shown, so that no draft can ask what they hide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from app.engine.comparison import Comparison, compare
from app.engine.decision import outcome_ids
from app.engine.effect import Effect, Known, effects_on, near, standings
from app.engine.formula import Value
from app.engine.joint_paths import Kind
from app.tallies.cell import Family, part
from app.tallies.disclosure import Figure
from app.tallies.figures import Figures
from app.tallies.margin import limits

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Engine

    from app.engine.rulebook import Service
    from app.engine.rules import Rules
    from app.tallies.shared_groups import Seen

_WORDS = {Value.MET: "met", Value.OPEN: "open"}
Count = Callable[[Family, str], Figure]
"""The figure of one thing."""


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


@dataclass(frozen=True, slots=True)
class Bound:
    """The least and the most checks that would have gone from one outcome to another."""

    old: str
    new: str
    least: int
    most: int
    tells: bool
    """Whether more is known than that it is none to all of those with the old outcome."""


def on_groups(service: Service, draft: Rules, groups: Iterable[Seen]) -> tuple[GroupImpact, ...]:
    """What the draft does to the groups of its nation, each judged against the version that it was decided under."""
    found = []
    for group, size in groups:
        rules = service.version(group.nation, group.version)
        if rules is not None and group.nation == draft.nation:
            effects = effects_on(rules, draft, Known(group.answers, group.outcome, group.criteria))
            found.append(GroupImpact((group, size), tuple(sorted(effects, key=lambda each: (each.new, each.causes)))))
    return tuple(found)


def on_tallies(old: Rules, draft: Rules, count: Count) -> tuple[Bound, ...]:
    """Bounds for every change of outcome that the draft makes possible, from outcomes and criteria alone."""
    by_criterion = {each.id: standings(old, draft, each) for each in near(old, draft)}
    pairs = sorted({pair for found in by_criterion.values() for pair in found})
    ended = {route.id for route in old.routes if route.ends}
    reckoned = {outcome: limits(count(Family.OUTCOME, outcome)) for outcome in outcome_ids(old)}
    bounds = []
    for was, becomes in pairs:
        if was == becomes:
            continue
        everybody = [pair for pair in pairs if pair[0] == was] == [(was, becomes)]
        least, most = (reckoned[was][0] if everybody else 0), reckoned[was][1]
        for name, found in by_criterion.items():
            for value, word in _WORDS.items():
                low, high = limits(count(Family.CRITERION, part(name, word)))
                if found.get((was, becomes)) == frozenset({value}):
                    passed = limits(count(Family.CRITERION, part(name, "not_considered")))[1] if was in ended else 0
                    most = min(most, high + passed)
                having = [pair for pair, values in found.items() if value in values]
                if [pair for pair in having if pair[0] == was] == [(was, becomes)]:
                    others = {pair[0] for pair in having} - {was}
                    least = max(least, low - sum(reckoned[other][1] for other in others))
        tells = least > 0 or most < reckoned[was][1]
        bounds.append(Bound(was, becomes, min(least, most), most, tells))
    return tuple(bounds)


def council_count(engine: Engine, service: Service, council: str, months: Sequence[str], today: date) -> Count:
    """The figures of a council over these months."""
    families = (Family.OUTCOME, Family.CRITERION)
    found = Figures(engine).of_council(council, service.id, months, families, today)
    return lambda family, key: found.total(family, (key,))


def nation_count(
    engine: Engine, service: Service, councils: Collection[str], months: Sequence[str], today: date
) -> Count:
    """The figures of councils together over these months."""
    families = (Family.OUTCOME, Family.CRITERION)
    return Figures(engine).national(councils, service.id, months, families, today).of


@dataclass(frozen=True, slots=True)
class Impact:
    """All that can be said of a draft: in paths, in groups, and in the tallies of months under the rules before it."""

    comparison: Comparison
    groups: tuple[GroupImpact, ...]
    bounds: tuple[Bound, ...]
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
            "tallies": {"months": list(self.months), "bounds": [asdict(each) for each in self.bounds]},
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
    bounds = on_tallies(old, draft, count) if months and found.moved else ()
    return Impact(found, on_groups(service, draft, groups), bounds, tuple(months))


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

"""What is compared with what: a file of law, a folder of rules, or the rules of this application on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.engine.rulebook import load_law, load_rulebook

if TYPE_CHECKING:
    from app.engine.rulebook import Service
    from app.engine.rules import Rules
    from app.engine.words import Words

Nation = tuple[str, str]
"""A service and a nation in it, by their ids."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The laws that one side of a comparison stands for; with a ``day``, only those in force on it.

    ``words`` are the texts that came with them. ``alone`` is set for a single file, which asks only for its own nation
    on the other side.
    """

    name: str
    laws: Mapping[Nation, tuple[Rules, ...]]
    words: tuple[Words, ...] = ()
    day: date | None = None
    alone: bool = False

    def on(self, nation: Nation, day: date) -> Rules | None:
        """The rules meant for a nation when the other side is looked at on that day."""
        begun = [rules for rules in self.laws.get(nation, ()) if rules.in_force <= (self.day or day)]
        return begun[-1] if begun and begun[-1].law.content.in_force.holds(self.day or day) else None

    def days(self, nation: Nation) -> set[date]:
        """The days from which a law of the nation holds."""
        return {rules.in_force for rules in self.laws.get(nation, ())}


@dataclass(frozen=True, slots=True)
class Pair:
    """The rules of a nation from a day on, before and after; None where there are none. At least one is there."""

    nation: Nation
    day: date
    old: Rules | None
    new: Rules | None

    @property
    def edited(self) -> bool:
        """Whether the files differ at all."""
        return self.old is None or self.new is None or self.old.digests != self.new.digests


def read_versions(name: str, services: Mapping[str, Service]) -> Versions:
    """The versions of that name; ``services`` are those of this application.

    Raises LoadError for rules that are wrong, and UsageError for a name that is nothing of the three.
    """
    path = Path(name)
    if path.is_dir():
        return versions_of(name, load_rulebook(path))
    if path.is_file():
        law = load_law(path)
        return Versions(name, {(law.service, law.nation): (law,)}, day=law.in_force, alone=True)
    try:
        day = date.fromisoformat(name)
    except ValueError:
        message = f"{name!r} is no file of law, no folder of rules and no date such as {date(2026, 12, 31)}"
        raise click.UsageError(message) from None
    return versions_of(name, services, day)


def versions_of(name: str, services: Mapping[str, Service], day: date | None = None) -> Versions:
    """The laws of every service and nation."""
    laws = {(service.id, nation): laws for service in services.values() for nation, laws in service.laws.items()}
    words = tuple(words for service in services.values() for words in service.words.values())
    return Versions(name, laws, words, day)


def pairs(old: Versions, new: Versions) -> Iterator[Pair]:
    """What to compare, nation by nation, from each day on which a law of either side begins.

    A law that only one side has is set against what that day found in force on the other. Raises UsageError where a
    single file has nothing on the other side to be compared with.
    """
    for nation in _nations(old, new):
        for day in _days(old, new, nation):
            pair = Pair(nation, day, old.on(nation, day), new.on(nation, day))
            if pair.old is None and pair.new is None:
                continue
            for versions, rules in ((old, pair.old), (new, pair.new)):
                if rules is None and (old.alone or new.alone):
                    message = f"{versions.name} has no rules for {' '.join(nation)} in force on {versions.day or day}"
                    raise click.UsageError(message)
            yield pair


def _nations(old: Versions, new: Versions) -> list[Nation]:
    if old.alone and new.alone and old.laws.keys() != new.laws.keys():
        [[one], [two]] = old.laws, new.laws
        message = f"{old.name} is of {' '.join(one)}, {new.name} of {' '.join(two)}; compare two versions of one law"
        raise click.UsageError(message)
    return list(new.laws if new.alone else old.laws if old.alone else {**old.laws, **new.laws})


def _days(old: Versions, new: Versions, nation: Nation) -> list[date]:
    fixed = old.day or new.day
    return [fixed] if fixed else sorted(old.days(nation) | new.days(nation))

"""Checks that made-up people did, as counts and sums of keys, and what an attacker knows must hold of them."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from app.checker import counted
from app.engine.answers import parse_answers
from app.engine.decision import outcome_ids
from app.engine.journey import follow
from app.engine.rulebook import Service
from app.engine.rules import Rules
from app.tallies.blur import KEYS, NUMBERS, blur
from app.tallies.cell import BANDS, CHANNELS, Family, part
from app.tallies.disclosure import Figure
from tests.engine.people import RawAnswers
from tests.tallies.attacker import Cell, Rule, Structure

LANGUAGES = ("en", "cy")
VALUES = ("met", "open", "not_met", "not_considered")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many checks each cell counted, and the sum of their keys."""

    n: Counter[Cell] = field(default_factory=Counter)
    keys: Counter[Cell] = field(default_factory=Counter)

    def add(self, cells: Iterable[Cell], key: int) -> None:
        """Counts a check."""
        for cell in cells:
            self.n[cell] += 1
            self.keys[cell] += key

    def blurred(self, cell: Cell) -> int:
        """The count with its blur."""
        return self.n[cell] + blur(self.keys[cell])

    def shown(self, cell: Cell, rule: Rule) -> Figure:
        """What is shown of it; a rule without blur shows the count itself."""
        return rule.shown(self.blurred(cell) if len(rule.blur) > 1 else self.n[cell])


def counts_of(
    service: Service, rules: Rules, people: Iterable[RawAnswers], seed: int, languages: Iterable[str] | None = None
) -> Counts:
    """What is counted when these people do the check; one in ten in Welsh, unless it is said in which languages."""
    chance, counts = random.Random(seed), Counts()  # noqa: S311 - nothing here is secret
    spoken = languages or iter(lambda: LANGUAGES[chance.random() < 0.1], "")
    for person, language in zip(people, spoken, strict=False):
        minutes = chance.choice((1, 3, 3, 7, 12, 40))
        others = counted.finished(language, chance.choice(CHANNELS[:2]), 60 * minutes)
        counts.add([*came_to(service, rules, person), *others], chance.randrange(KEYS))
    return counts


def came_to(service: Service, rules: Rules, person: RawAnswers) -> list[Cell]:
    """What is counted of what one person's check came to."""
    journey = follow(rules, parse_answers(service.vocabulary, person))
    check: Any = SimpleNamespace(rules=rules, journey=journey, visit=SimpleNamespace(words=service.words["en"]))
    return list(counted.came_to(check))


def structure_of(rules: Rules) -> Structure:
    """What must hold of the checks done under these rules, whoever does them."""
    outcomes = _cells(Family.OUTCOME, outcome_ids(rules))
    by_criterion = {each.id: _cells(Family.CRITERION, (part(each.id, v) for v in VALUES)) for each in rules.criteria}
    options = {each.id: _cells(Family.OPTION, (part(each.id, key) for key in each.offers)) for each in rules.questions}
    ends = {route.id for route in rules.routes if route.ends}
    covered = [(options[each.id], outcomes) for each in rules.questions[1:] if not each.many]
    covered += [
        (((Family.OUTCOME, route),), tuple(by_criterion[each.id][0] for each in rules.criteria if each.route == route))
        for route in sorted(ends)
    ]
    families = (
        outcomes,
        _cells(Family.LANGUAGE, LANGUAGES),
        _cells(Family.CHANNEL, CHANNELS),
        _cells(Family.TIME, BANDS),
        options[rules.questions[0].id],
    )
    return Structure((*families, *by_criterion.values()), tuple(covered))


def _cells(family: Family, keys: Iterable[str]) -> tuple[Cell, ...]:
    return tuple((family, key) for key in keys)


def first_of(number: int) -> int:
    """The least sum of keys of which this number is the blur."""
    return bisect_left(range(KEYS), NUMBERS.index(number), key=lambda keys: NUMBERS.index(blur(keys)))

"""Checks that nobody did: people drawn from the rules' own vocabulary, led through the check as the pages lead them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from app.checker import counted
from app.checker.check import ANSWERS, Check
from app.cli import assumptions as assumed
from app.cli.assumptions import Kind, load_people

if TYPE_CHECKING:
    from app.checker.visit import Visit
    from app.engine.formula import Ticked
    from app.engine.rules import Asked, Rules
    from app.tallies.cell import Thing
    from app.web.sealed_state import CheckState


@dataclass(frozen=True, slots=True)
class MadeUp:
    """A check that was made up: all that is counted of it, and the check itself if it was finished."""

    things: tuple[Thing, ...]
    finished: Check | None


class MadeUpChecks:
    """Makes checks of a council up, the same for the same chance. None of them is counted by this."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._people = load_people(visit.service.folder)
        # Many give the same first answers, and each step is worked out from the first one on.
        self._first: dict[str, Check] = {}
        self._after: dict[tuple[CheckState, Ticked], Check] = {}
        self._offers: dict[CheckState, tuple[str, ...]] = {}
        self._came_to: dict[CheckState, tuple[Thing, ...]] = {}

    def make(self, rules: Rules, chance: Random) -> MadeUp:
        """One check under the rules, from its first question to where somebody leaves it."""
        finished: list[Check] = []
        things = tuple(self._things(rules, chance, finished.append))
        return MadeUp(things, finished[0] if finished else None)

    def _things(self, rules: Rules, chance: Random, finish: Callable[[Check], None]) -> Iterator[Thing]:
        kinds = self._people.kinds
        (kind,) = chance.choices(kinds, [kind.share for kind in kinds])
        language, channel = self._language(chance), drawn(chance, assumed.CHANNELS)
        pace = chance.lognormvariate(math.log(assumed.MEDIAN_SECONDS), assumed.SPREAD)
        check = self._begin(rules)
        sent = 0
        while check.step != ANSWERS:
            if chance.random() < assumed.LEAVES_QUESTION:
                return
            if not sent:
                yield from counted.begun(language, channel)
            if chance.random() < assumed.ERRS:
                yield from counted.refused(check)
            before, ticked = check, self._answer(check, kind, chance)
            check = self._answered(check, ticked)
            yield from counted.answered(before, ticked, check)
            sent += 1
            if check.step == ANSWERS and not before.state.changing and chance.random() < assumed.CHANGES:
                check = check.at(chance.choice(check.journey.asked).question, changing=True)
        if chance.random() >= assumed.LEAVES_ANSWERS:
            finish(check)
            yield from self._finished(check)
            yield from counted.finished(language, channel, int(pace * (sent + 1)))

    def _begin(self, rules: Rules) -> Check:
        """One check stands for all: what is made up needs no number of its own."""
        if rules.version not in self._first:
            self._first[rules.version] = Check.begin(self._visit, rules)
        return self._first[rules.version]

    def _language(self, chance: Random) -> str:
        first, *others = self._visit.here.languages
        return others[0] if others and chance.random() < assumed.OTHER_LANGUAGE else first

    def _answer(self, check: Check, kind: Kind, chance: Random) -> Ticked:
        offers = self._offers.get(check.state)
        if offers is None:
            offers = self._offers[check.state] = offers_of(check)
        return answer(check.rules.question(check.step), offers, self._people.weights(kind, check.step), chance)

    def _answered(self, check: Check, ticked: Ticked) -> Check:
        key = (check.state, ticked)
        if key not in self._after:
            self._after[key] = check.answered(ticked)
        return self._after[key]

    def _finished(self, check: Check) -> tuple[Thing, ...]:
        if check.state not in self._came_to:
            self._came_to[check.state] = tuple(counted.came_to(check))
        return self._came_to[check.state]


def offers_of(check: Check) -> tuple[str, ...]:
    """The options offered at the question of this step."""
    journey = check.journey
    asked = {step.question: step.offers for step in journey.asked}
    return asked.get(check.step, journey.next_offers)


def answer(asked: Asked, offers: tuple[str, ...], weights: Mapping[str, float], chance: Random) -> Ticked:
    """An answer that somebody can give to a question, of the options offered; none ticked is "none of these"."""
    if asked.many:
        options = [option for option in offers if option != asked.exclusive]
        likely = [weights.get(option, assumed.UNNAMED_OF_SEVERAL) for option in options]
        return frozenset(
            option for option, often in zip(options, likely, strict=True) if 1000 * chance.random() < often
        )
    return frozenset({drawn(chance, {option: weights.get(option, assumed.UNNAMED) for option in offers})})


def drawn(chance: Random, weights: Mapping[str, float]) -> str:
    """One of these, as likely as they say; where none of them is likely, any."""
    likely = list(weights.values())
    return chance.choices(list(weights), likely if any(likely) else None)[0]

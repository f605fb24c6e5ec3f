"""Reviews that nobody gave: rounds of an example council, drawn, judged and settled as its own would be.

They are made once for a version of the rules and a seed, since nothing can take a review away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import TYPE_CHECKING

from app.cli.assumptions import ROUNDS, SETTLED, Reviewer, load_people
from app.cli.made_up_checks import drawn
from app.desk import people, reviews, rounds
from app.desk.access import Role
from app.desk.desk import now, rules_in_force, site
from app.desk.draw import SEEDS
from app.desk.log import COMMAND, Event, note
from app.desk.member import LOCAL, Identity, Person
from app.desk.pool import pool
from app.desk.reviews import Review, Settlement
from app.desk.shared_cases import shared_cases
from app.tallies.shared_groups import reasons_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from app.checker.visit import Visit
    from app.cli.assumptions import Reviews
    from app.desk.member import Member
    from app.desk.pool import Candidate
    from app.desk.rounds import RoundCase
    from app.engine.rules import Rules

_SUBJECT = "generated"

Team = Sequence[tuple["Member", Reviewer]]
"""Who reviews a round, and how."""


def fill(engine: Engine, visit: Visit, seed: int) -> Member:
    """Makes reviews up where there are none by this seed and these rules; returns the member whom the link lets in."""
    slug, rules = visit.here.slug, rules_in_force(visit.here.slug)
    said = load_people(visit.service.folder).reviews
    candidates = pool(rules, shared_cases(engine, visit.service, rules, slug, site().today())) if rules else ()
    with engine.begin() as connection:
        team = tuple(_team(connection, slug, said))
        if rules is None:
            return team[0][0]
        for index, size in enumerate(ROUNDS):
            chance = Random(f"reviews {seed} {slug} {index}")  # noqa: S311 - nothing here is secret
            last = index == len(ROUNDS) - 1
            made_up = _Round(connection, rules, said, chance)
            made_up.make(candidates, size, team[1:] if last else team, settled=0 if last else SETTLED)
        return team[0][0]


def dismiss(engine: Engine, slug: str) -> None:
    """Lets those who were made up to review in no more. What they said stays."""
    with engine.begin() as connection:
        for found in people.of_place(connection, slug):
            if found.local and found.person.identity.subject.startswith(_SUBJECT):
                people.remove(connection, found, now(), for_good=True)


def _team(connection: Connection, slug: str, said: Reviews) -> Iterator[tuple[Member, Reviewer]]:
    for index, reviewer in enumerate((said.opens, *said.colleagues)):
        role = Role.ASSESSOR if index else Role.MANAGER
        person = Person(Identity(LOCAL, "", f"{_SUBJECT} {index}"), reviewer.name)
        yield people.put(connection, slug, role, person, by_claim=False, joined=now()), reviewer


class _Round:
    """A round to be made up, the same for the same chance."""

    def __init__(self, connection: Connection, rules: Rules, said: Reviews, chance: Random) -> None:
        self.connection = connection
        self.rules = rules
        self.said = said
        self.chance = chance

    def make(self, candidates: Iterable[Candidate], size: int, team: Team, *, settled: int) -> None:
        """Draws it, has it reviewed by the team, and settles some; nothing where it was made before."""
        by, seed = team[0][0], self.chance.randrange(SEEDS)
        before = rounds.of_place(self.connection, by.place)
        if any((each.seed, each.version) == (seed, self.rules.version) for each in before):
            return
        drawn_cases = rounds.draw_for(self.connection, by.place, candidates, size, seed)
        number = rounds.save(self.connection, by, self.rules, seed, drawn_cases, now())
        note(self.connection, Event.DREW, COMMAND, by.place, f"{number}, generated with its reviews")
        found = rounds.by_number(self.connection, by.place, number)
        cases = rounds.cases_of(self.connection, found) if found else ()
        agreed = [case for case in cases if self._review(case, team)]
        for case in agreed[:settled]:
            self._settle(case, by)

    def _review(self, case: RoundCase, team: Team) -> bool:
        """Whether all came to the same."""
        given = [self._judge(case, reviewer) for _, reviewer in team]
        for (member, _), review in zip(team, given, strict=True):
            reviews.give(self.connection, member, case, review, now())
        return len({review.outcome for review in given}) == 1

    def _judge(self, case: RoundCase, reviewer: Reviewer) -> Review:
        decision = case.case.decision(self.rules)
        often = reviewer.on_a_border if case.borderline else reviewer.agrees
        # What most answers bear on is what there is most to say of.
        basis = max(reasons_of(decision), key=lambda reason: len(reason.hangs_on)).criterion.id
        if 100 * self.chance.random() < often:
            return Review(decision.outcome, basis, "")
        return Review(drawn(self.chance, self.said.otherwise[decision.outcome]), basis, self.said.note)

    def _settle(self, case: RoundCase, by: Member) -> None:
        found = reviews.own(self.connection, by, case)
        if found is not None:
            agreed = Settlement(found.outcome, found.basis, self.said.agreed, by.id, now())
            reviews.settle(self.connection, by, case, agreed)

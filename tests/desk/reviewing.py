"""Rounds of a council for tests, and members who review them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.desk import people, reviews, rounds
from app.desk.access import Role
from app.desk.draw import draw
from app.desk.member import Member
from app.desk.pool import pool
from app.desk.reviews import Review
from app.desk.rounds import Round, RoundCase
from app.engine.rules import Rules
from tests.desk.conftest import Staff
from tests.desk.desk_client import DeskClient

REVIEWS = "/desk/northfold/reviews"


@dataclass(frozen=True)
class Reviewing:
    """A round in Northfold."""

    staff: Staff
    round: Round
    cases: Sequence[RoundCase]

    def address(self, index: int = 0) -> str:
        return f"{REVIEWS}/{self.round.id}/{self.cases[index].case.id}"

    def give(
        self, member: Member, case: RoundCase, outcome: str, basis: str = "ENG-ASSESS-WALK", note: str = ""
    ) -> bool:
        with self.staff.app.extensions["database"].begin() as connection:
            return reviews.give(connection, member, case, Review(outcome, basis, note), self.staff.clock())

    def give_all(self, member: Member, outcomes: Iterable[str]) -> None:
        for case, outcome in zip(self.cases, outcomes, strict=True):
            assert self.give(member, case, outcome)


def begin_round(staff: Staff, rules: Rules, size: int = 5, seed: int = 1) -> Reviewing:
    """A round with a manager who drew it, as the pages keep it."""
    member = colleague(staff, "Max Example", Role.MANAGER)
    with staff.app.extensions["database"].begin() as connection:
        number = rounds.save(connection, member, rules, seed, draw(pool(rules), size, seed), staff.clock())
        found = rounds.by_number(connection, "northfold", number)
        assert found is not None
        return Reviewing(staff, found, rounds.cases_of(connection, found))


def colleague(staff: Staff, name: str, role: Role = Role.ASSESSOR) -> Member:
    with staff.app.extensions["database"].begin() as connection:
        return people.put(connection, "northfold", role, people.new_local(name), by_claim=False, joined=staff.clock())


def me(staff: Staff, name: str = "Ada Example") -> Member:
    return next(each for each in staff.members() if each.known_as == name)


def send_review(client: DeskClient, address: str, outcome: str = "assessed", basis: str = "", note: str = "") -> int:
    return client.send(address, outcome=outcome, basis=basis, note=note).status_code

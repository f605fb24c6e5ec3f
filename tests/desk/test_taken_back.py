"""A case that was made from what people shared, when some of them take their answers back while staff judge it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

from app.desk import rounds
from app.desk.access import Role
from app.desk.draw import Drawn
from app.desk.pool import Candidate, made_up
from app.desk.shared_cases import shared_cases
from app.engine.rulebook import Service
from app.engine.rules import Rules
from app.tallies.share import Shares, last_day
from tests.conftest import TODAY
from tests.desk.conftest import Staff, on_either
from tests.desk.desk_client import DeskClient
from tests.desk.reviewing import REVIEWS, Reviewing, colleague, send_review
from tests.engine.people import RawAnswers
from tests.page_client import parse, text_of
from tests.tallies.test_shared_groups import BLIND, OCTOBER, TWELVE, put

NOT_SHOWN: RawAnswers = {**TWELVE, "pip_planning_journeys": "4"}
"""A result that nobody who is made up from the rules has for just these answers."""

GONE = "This case can no longer be seen"
BASIS = "ENG-ASSESS-WALK"
BANK, AGREEMENT = "/desk/northfold/bank", "/desk/northfold/agreement"


@dataclass(frozen=True)
class Shared:
    """A round of cases that eight people shared each, and the codes that take the answers of the first back."""

    engine: Engine
    service: Service
    reviewing: Reviewing
    codes: Sequence[str]

    @property
    def address(self) -> str:
        return self.reviewing.address()

    @property
    def name(self) -> str:
        return self.reviewing.cases[0].case.id

    def take_back(self) -> None:
        assert Shares(self.engine).take_back(self.codes[0])

    def share_again(self) -> None:
        put(self.engine, self.service, NOT_SHOWN, 1, "northfold")

    def judged_by(self, name: str, note: str = "") -> None:
        staff = self.reviewing.staff
        assert self.reviewing.give(colleague(staff, name), self.reviewing.cases[0], "unlikely", BASIS, note)


def a_round(staff: Staff, engine: Engine, service: Service, rules: Rules, *people: RawAnswers) -> Shared:
    codes = [put(engine, service, raw, 8, "northfold") for raw in people]
    found = sorted(
        shared_cases(engine, service, rules, "northfold", TODAY), key=lambda each: each[0].id in made_up(rules)
    )
    member = colleague(staff, "Max Example", Role.MANAGER)
    with engine.begin() as connection:
        drawn = [Drawn(Candidate(case, size, borderline=True), 1.0) for case, size in found]
        number = rounds.save(connection, member, rules, 1, drawn, staff.clock())
        kept = rounds.by_number(connection, "northfold", number)
        assert kept is not None
        return Shared(engine, service, Reviewing(staff, kept, rounds.cases_of(connection, kept)), codes[0])


@pytest.fixture
def shared(staff: Staff, either_engine: Engine, service: Service, england: Rules) -> Shared:
    return a_round(staff, either_engine, service, england, NOT_SHOWN)


@pytest.fixture
def assessor(staff: Staff, either_engine: Engine) -> DeskClient:
    return staff.signed_in(Role.ASSESSOR)


def token_on(client: DeskClient, address: str) -> str:
    return client.get(address).text.split('name="csrf_token" value="')[1].split('"')[0]


def said_on(client: DeskClient, address: str) -> str:
    return text_of(parse(client.get(address).text))


@on_either
def test_before_it_is_judged_it_is_gone_from_the_page_the_round_and_what_comes_next(
    shared: Shared, assessor: DeskClient
) -> None:
    page = said_on(assessor, shared.address)
    assert "About 10 people shared the answers that the result depends on" in page
    assert "planning and following journeys" in page
    assert assessor.get(f"{REVIEWS}/next").location == shared.address
    shared.take_back()
    page = said_on(assessor, shared.address)
    assert GONE in page
    assert "took their answers back" in page
    assert "planning and following journeys" not in page
    assert "can no longer be seen" in said_on(assessor, f"{REVIEWS}/{shared.reviewing.round.id}")
    assert "You have still to review it" not in said_on(assessor, f"{REVIEWS}/{shared.reviewing.round.id}")
    assert "You have reviewed every case" in said_on(assessor, f"{REVIEWS}/next")


@on_either
@pytest.mark.parametrize(
    ("fields", "back"),
    [
        ({"outcome": "assessed", "basis": BASIS, "note": "I thought <b>long</b>"}, ("I thought <b>long</b>", BASIS)),
        ({"outcome": "", "basis": "", "note": "Half a thought"}, ("Half a thought",)),
        ({"outcome": "made up", "basis": "nothing", "note": "x" * 600}, ("made up", "nothing", "x" * 600)),
    ],
)
def test_a_form_that_is_open_when_it_goes_comes_back_with_all_that_was_typed_and_nothing_is_kept(
    shared: Shared, assessor: DeskClient, fields: dict[str, str], back: Sequence[str]
) -> None:
    token = token_on(assessor, shared.address)
    shared.take_back()
    answer = assessor.post(shared.address, data={"csrf_token": token, **fields})
    assert answer.status_code == 409
    page = text_of(parse(answer.text))
    assert GONE in page
    assert "It was not kept, so copy it if you need it" in page
    assert all(each in page for each in back)
    assert "<b>long" not in answer.text
    assert "It was not kept" not in said_on(assessor, shared.address)
    assert "What you said" not in said_on(assessor, shared.address)


@on_either
def test_between_judging_and_seeing_the_review_is_kept_and_shown_without_the_notes_of_others(
    shared: Shared, assessor: DeskClient
) -> None:
    shared.judged_by("Ben Example", "They said 4 points each")
    assert send_review(assessor, shared.address, basis=BASIS, note="My own note") == 303
    assert "They said 4 points each" in said_on(assessor, shared.address)
    shared.take_back()
    page = said_on(assessor, shared.address)
    assert GONE in page
    assert "What you said" in page
    assert "My own note" in page
    assert "Reviews: 2" in page
    assert "They said 4 points each" not in page
    agreement = said_on(assessor, AGREEMENT)
    assert "because people took back what they had shared: 1." in agreement
    assert agreement.count("Cases compared: 1") == 1  # between assessors, and not with the checker
    assert agreement.count("Cases compared: 0") == 1
    assert "There is nothing to talk about yet" in said_on(assessor, f"{AGREEMENT}/agenda")


@on_either
def test_a_settlement_that_comes_too_late_comes_back_as_it_was_typed(shared: Shared, assessor: DeskClient) -> None:
    shared.judged_by("Ben Example")
    assert send_review(assessor, shared.address, basis=BASIS) == 303
    token = token_on(assessor, shared.address)
    shared.take_back()
    fields = {"csrf_token": token, "agreed": "unlikely", "criterion": BASIS, "reason": "We all read it so."}
    answer = assessor.post(f"{shared.address}/settle", data=fields)
    assert answer.status_code == 409
    assert "We all read it so." in answer.text
    assert "Settled cases: 0" in said_on(assessor, BANK)


@on_either
def test_after_settling_the_bank_keeps_what_was_agreed_without_the_answers(
    shared: Shared, assessor: DeskClient, england: Rules
) -> None:
    shared.judged_by("Ben Example")
    assert send_review(assessor, shared.address, basis=BASIS) == 303
    fields = {"agreed": "unlikely", "criterion": BASIS, "reason": "We all read it so."}
    assert assessor.send(f"{shared.address}/settle", page=shared.address, **fields).status_code == 303
    file = f"{BANK}/{shared.reviewing.round.id}/{shared.name}.yaml"
    assert assessor.get(file).status_code == 200
    shared.take_back()
    bank = assessor.get(BANK).text
    assert "We all read it so." in bank
    assert "People took back the answers that this case was made from" in bank
    assert file not in bank
    answer = assessor.get(file)
    assert answer.status_code == 410
    page = text_of(parse(answer.text))
    assert GONE in page
    assert "We all read it so." in page
    assert "planning and following journeys" not in page
    assert "pip_planning_journeys" not in answer.text


@on_either
def test_a_case_comes_back_when_more_people_share_the_same(shared: Shared, assessor: DeskClient) -> None:
    shared.take_back()
    assert GONE in said_on(assessor, shared.address)
    shared.share_again()
    assert GONE not in said_on(assessor, shared.address)
    assert send_review(assessor, shared.address, basis=BASIS) == 303


@on_either
def test_in_an_open_round_the_other_cases_go_on_and_one_the_rules_give_as_well_stays_as_made_up(
    staff: Staff, either_engine: Engine, service: Service, england: Rules, assessor: DeskClient
) -> None:
    shared = a_round(staff, either_engine, service, england, NOT_SHOWN, BLIND)
    other = shared.reviewing.address(1)
    assert shared.reviewing.cases[1].case.id in made_up(england)
    assert "About 10 people" in said_on(assessor, other)
    staff.clock.pass_by(days=(last_day(OCTOBER) - TODAY).days + 1)
    late = staff.signed_in(Role.ASSESSOR, name="Lou Example")
    assert GONE in said_on(late, shared.address)
    assert "About 10 people" not in said_on(late, other)
    assert late.get(f"{REVIEWS}/next").location == other
    assert send_review(late, other, basis=BASIS) == 303


def test_what_happened_is_told_on_the_page_of_a_group_that_is_gone(
    staff: Staff, engine: Engine, service: Service
) -> None:
    client = staff.signed_in(Role.ASSESSOR)
    codes = put(engine, service, NOT_SHOWN, 8, "northfold")
    address = client.get("/desk/northfold/shared").text.split('href="/desk/northfold/shared/')[1].split('"')[0]
    assert client.get(f"/desk/northfold/shared/{address}").status_code == 200
    Shares(engine).take_back(codes[0])
    answer = client.get(f"/desk/northfold/shared/{address}")
    assert answer.status_code == 404
    assert "These shared answers can no longer be seen" in answer.text


def test_nothing_typed_is_lost_when_the_rules_of_a_case_go(
    staff: Staff, engine: Engine, service: Service, england: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = a_round(staff, engine, service, england, NOT_SHOWN)
    client = staff.signed_in(Role.ASSESSOR)
    token = token_on(client, shared.address)
    monkeypatch.setattr("app.desk.told_case.rules_of", lambda *_named: None)
    fields = {"csrf_token": token, "outcome": "assessed", "basis": BASIS, "note": "A long thought"}
    answer = client.post(shared.address, data=fields)
    assert answer.status_code == 409
    assert "The rules of this case are no longer kept" in answer.text
    assert "A long thought" in answer.text

"""Every address of the desk: who may go there and send something there, and what the log then says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from flask import Flask
from sqlalchemy import Engine
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.desk.access import NATIONAL, Action, Role
from app.desk.invitations import waiting
from app.desk.pages import ACTION
from app.desk.reviews import Settlement, settle
from app.engine.rulebook import Service
from app.engine.rules import Rules
from tests.desk.conftest import Staff, new_client, on_either
from tests.desk.desk_client import DeskClient, address_of
from tests.desk.reviewing import Reviewing, begin_round, colleague, me
from tests.desk.tallied import tally
from tests.desk.test_access import NATIONALLY, OWN
from tests.desk.test_cards import a_receipt, an_example
from tests.tallies.drafts import LAW
from tests.tallies.test_shared_groups import BLIND, put

NOT_FOR_ROLE = "Your role cannot do this"
PLACES = ("northfold", "kent", "nowhere", NATIONAL)
BASIS = "ENG-ASSESS-WALK"


@dataclass(frozen=True)
class World:
    """A desk in which there is something at every address, and what fills the addresses."""

    staff: Staff
    round: Reviewing
    filled: dict[str, str] = field(default_factory=dict)

    def address(self, rule: Rule | str, council: str = "northfold") -> str:
        text = rule if isinstance(rule, str) else rule.rule
        filled = {**self.filled, "council": council}
        if "/links/" in text:
            filled["number"] = self.filled["link"]
        return re.sub(r"<(?:[^:>]+:)?(\w+)>", lambda part: filled[part[1]], text)

    def national_instead(self, rule: Rule, method: str) -> bool:
        """Whether the address, with no council in it, is that of another page."""
        found, _ = self.staff.app.url_map.bind("").match(self.address(rule, NATIONAL), method=method)
        return bool(found != rule.endpoint)

    def judge(self, name: str) -> None:
        """Has somebody who is signed in review and settle the case that the others have reviewed."""
        member, case = me(self.staff, name), self.round.cases[0]
        assert self.round.give(member, case, "unlikely")
        with self.staff.app.extensions["database"].begin() as connection:
            agreed = Settlement("assessed", BASIS, "So it is", member.id, self.staff.clock())
            assert settle(connection, member, case, agreed)


@pytest.fixture
def world(staff: Staff, either_engine: Engine, service: Service, england: Rules) -> World:
    tally(either_engine)
    for council in ("northfold", "kent"):
        put(either_engine, service, BLIND, 8, council)
    found = begin_round(staff, england)
    for name in ("Ben Example", "Cat Example"):
        found.give(colleague(staff, name), found.cases[0], "assessed")
    staff.token(Role.VIEWER, name="Una Example")
    with either_engine.connect() as connection:
        (link,) = waiting(connection, "northfold", staff.clock())
    filled = {
        "link": str(link.number),
        "number": str(found.round.id),
        "case": found.cases[0].case.id,
        "case_id": an_example(service).id,
        "criterion": england.criteria[0].id,
        "nation": "england",
        "kind": "figures",
        "form": "csv",
    }
    national = staff.signed_in(Role.NATIONAL, name="Nia Example")
    page = national.get("/desk/national/shared/england").text
    filled["group_id"] = page.split("/desk/national/shared/england/")[1].split('"')[0]
    return World(staff, found, filled)


def guarded(app: Flask) -> Iterator[tuple[Rule, str, Action]]:
    """Each address that is not open to all, with each method, and what one must be allowed to do there."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda each: each.rule):
        action = getattr(app.view_functions[rule.endpoint], ACTION, None)
        if rule.rule.startswith("/desk/") and isinstance(action, Action):
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield rule, method, action


def ask(
    client: DeskClient, method: str, address: str, token: str, sent: Mapping[str, str] | None = None
) -> TestResponse:
    data = {"csrf_token": token, **(sent or {})}
    return client.get(address) if method == "GET" else client.post(address, data=data)


def token_of(client: DeskClient) -> str:
    return client.get("/desk/").text.split('name="csrf_token" value="')[1].split('"')[0]


on_sqlite = pytest.mark.parametrize("either_engine", ["sqlite"], indirect=True)


@on_sqlite
@pytest.mark.parametrize("role", Role)
def test_every_address_answers_each_role_in_each_place_as_the_table_says(world: World, role: Role) -> None:
    client = world.staff.signed_in(role)
    if role is not Role.NATIONAL:
        world.judge("Ada Example")
    token, wrong, asked = token_of(client), [], 0
    for rule, method, action in guarded(world.staff.app):
        for place in PLACES if "<council>" in rule.rule else (NATIONAL,):
            if place == NATIONAL and world.national_instead(rule, method):
                continue
            own = place == (NATIONAL if role is Role.NATIONAL else "northfold")
            allowed = own and (action in NATIONALLY if role is Role.NATIONAL else role in OWN[action])
            expected = None if allowed else (403 if own or place == NATIONAL else 404)
            answer = ask(client, method, world.address(rule, place), token)
            asked += 1
            refused = answer.status_code in (400, 404) or NOT_FOR_ROLE in answer.text or answer.location == "/desk/"
            if refused if allowed else answer.status_code != expected:
                wrong.append((rule.endpoint, method, place, answer.status_code))
    assert wrong == []
    assert asked > 100


@on_sqlite
def test_every_address_leads_a_guest_to_where_one_signs_in(world: World) -> None:
    client = new_client(world.staff.app)
    token = client.get(f"/desk/invitation/{world.staff.token(Role.VIEWER)}").text.split('name="csrf_token" value="')[1]
    for rule, method, _ in guarded(world.staff.app):
        address, data = world.address(rule), {"csrf_token": token.split('"')[0]}
        answer = client.get(address) if method == "GET" else client.post(address, data=data)
        assert address_of(answer) == "https://checker.example/desk/", (rule.endpoint, method)


@on_sqlite
def test_nothing_can_be_sent_to_any_address_without_the_token_of_a_page(world: World) -> None:
    client = world.staff.signed_in(Role.MANAGER)
    for rule, method, _ in guarded(world.staff.app):
        if method == "POST":
            assert client.post(world.address(rule), data={"code": "x"}).status_code == 400, rule.endpoint


NOT_NOTED = {
    ("GET", "desk.show_examples"): "people made up from the rules, which anybody may know",
    ("GET", "desk.show_examples_of"): "the same",
    ("GET", "desk.show_example"): "the same",
    ("GET", "desk.ask_for_receipt"): "an empty form",
    ("GET", "desk.show_change"): "an empty form",
    ("GET", "desk.choose_change"): "a list of nations",
    ("GET", "desk.choose_shared"): "a list of nations",
    ("GET", "desk.show_change_of_nation"): "an empty form",
    ("GET", "desk.show_reviews"): "how many cases there are and how many are judged, and nothing of how",
    ("GET", "desk.show_round"): "the same",
    ("GET", "desk.next_case"): "leads to a case, which is noted",
    ("GET", "desk.show_people"): "who is at the desk, for those who let them in",
    ("GET", "desk.show_log"): "the log itself",
    ("GET", "desk.describe"): "what is in the columns of a file",
    ("GET", "desk.describe_national"): "the same",
}
"""What shows nothing that anybody shared, judged or was counted by, and changes nothing; and why not."""


@dataclass(frozen=True)
class Noted:
    """What is done by somebody, in this order, and what the log then says: the event, and what is in its detail."""

    method: str
    endpoint: str
    event: str
    detail: str
    sent: Mapping[str, str] = field(default_factory=dict)


def everything_noted(world: World, rules: Rules, service: Service) -> tuple[Noted, ...]:
    case, group = world.filled["case"], world.filled["group_id"]
    review = {"outcome": "assessed", "basis": BASIS}
    agreed = {"agreed": "assessed", "criterion": BASIS, "reason": "So it is"}
    code = {"code": a_receipt(world.staff.app, rules, an_example(service))}
    return (
        Noted("GET", "desk.show_figures", "looked", "figures"),
        Noted("GET", "desk.show_questions", "looked", "questions"),
        Noted("GET", "desk.save", "exported", "figures"),
        Noted("POST", "desk.open_receipt", "receipt_opened", "", code),
        Noted("POST", "desk.draw_round", "drew", "2", {"size": "5"}),
        Noted("GET", "desk.show_case", "looked", f"case {case}"),
        Noted("POST", "desk.give_review", "reviewed", case, review),
        Noted("POST", "desk.give_review", "looked", f"case {case}", review),  # too late, but shown
        Noted("POST", "desk.settle_case", "settled", case, agreed),
        Noted("POST", "desk.settle_case", "looked", f"case {case}", agreed),
        Noted("GET", "desk.show_agreement", "looked", "agreement"),
        Noted("GET", "desk.show_agenda", "looked", "agenda"),
        Noted("GET", "desk.show_bank", "looked", "knowledge bank"),
        Noted("GET", "desk.download_case", "exported", f"{case}.yaml"),
        Noted("GET", "desk.show_shared", "looked", "shared answers"),
        Noted("GET", "desk.show_shared_group", "looked", f"shared answers {group}"),
        Noted("POST", "desk.show_change", "looked", "what a draft would change", {"law": LAW}),
        Noted("POST", "desk.invite_somebody", "invited", "viewer", {"role": "viewer", "name": "New Example"}),
        Noted("POST", "desk.withdraw_link", "withdrew", "viewer Una Example"),
        Noted("POST", "desk.invite_again", "invited", "manager Max Example"),
        Noted("POST", "desk.remove_somebody", "removed", "manager Max Example"),
        Noted("GET", "desk.show_national_figures", "looked", "figures"),
        Noted("GET", "desk.show_national_questions", "looked", "questions"),
        Noted("GET", "desk.save_national", "exported", "figures"),
        Noted("GET", "desk.show_shared_of_nation", "looked", "shared answers"),
        Noted("GET", "desk.show_shared_group_of_nation", "looked", f"shared answers {group}"),
        Noted("POST", "desk.show_change_of_nation", "looked", "what a draft would change", {"law": LAW}),
    )


@on_either
def test_the_log_says_each_look_each_file_and_each_judgement_and_nothing_else_is_done_at_the_desk(
    world: World, england: Rules, service: Service
) -> None:
    every = {(method, rule.endpoint): rule for rule, method, _ in guarded(world.staff.app)}
    noted = everything_noted(world, england, service)
    assert {(each.method, each.endpoint) for each in noted} | set(NOT_NOTED) == set(every)
    assert not {(each.method, each.endpoint) for each in noted} & set(NOT_NOTED)
    clients = {
        "northfold": world.staff.signed_in(Role.MANAGER),
        NATIONAL: world.staff.signed_in(Role.NATIONAL, name="Nia Example"),
    }
    tokens = {place: token_of(client) for place, client in clients.items()}
    for each in (*noted, *(Noted(method, endpoint, "", "") for method, endpoint in NOT_NOTED)):
        rule = every[each.method, each.endpoint]
        place = "northfold" if "<council>" in rule.rule else NATIONAL
        before = len(world.staff.log())
        answer = ask(clients[place], each.method, world.address(rule), tokens[place], each.sent)
        assert answer.status_code in (200, 303, 409), each
        new = world.staff.log()[before:]
        assert [(where, event) for _, where, event, _ in new] == ([(place, each.event)] if each.event else []), each
        assert all(each.detail in detail for _, _, _, detail in new), each

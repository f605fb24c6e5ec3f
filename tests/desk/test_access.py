from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app.councils.slug import RESERVED
from app.desk import access
from app.desk.access import NATIONAL, Action, Answer, Role, ask
from app.desk.member import Identity, Member, Person
from app.desk.pages import ACTION
from tests.conftest import Clock
from tests.desk.conftest import Staff, new_client
from tests.desk.desk_client import DeskClient, address_of

OPEN = {
    "desk.show_schema",
    *("desk.front", "desk.sign_in", "desk.go", "desk.callback"),
    *("desk.invitation", "desk.accept", "desk.sign_out", "desk.signed_out"),
}
"""Where everybody may come."""

YES, NO, NOT_THERE, SIGN_IN = Answer.YES, Answer.NOT_FOR_ROLE, Answer.NOT_THERE, Answer.SIGN_IN
OWN = {
    Action.SEE: {Role.VIEWER, Role.ASSESSOR, Role.MANAGER},
    Action.EXPORT: {Role.ASSESSOR, Role.MANAGER},
    Action.REVIEW: {Role.ASSESSOR, Role.MANAGER},
    Action.SEE_LOG: {Role.MANAGER},
    Action.INVITE: {Role.MANAGER},
    Action.SEE_NATIONAL: set(),
}
NATIONALLY = {Action.SEE_NATIONAL, Action.EXPORT}


def member(role: Role) -> Member:
    place = NATIONAL if role is Role.NATIONAL else "northfold"
    return Member(1, place, role, Person(Identity("", "", "")), False, 0, Clock().time, removed=False)


def everything() -> Iterator[tuple[Role | None, Action, str, Answer]]:
    for action in Action:
        for place in ("northfold", "kent", "nowhere", NATIONAL):
            yield None, action, place, SIGN_IN
        for role in access.COUNCIL_ROLES:
            yield role, action, "northfold", YES if role in OWN[action] else NO
            yield role, action, "kent", NOT_THERE
            yield role, action, "nowhere", NOT_THERE
            yield role, action, NATIONAL, NO
        yield Role.NATIONAL, action, NATIONAL, YES if action in NATIONALLY else NO
        yield Role.NATIONAL, action, "northfold", NOT_THERE
        yield Role.NATIONAL, action, "nowhere", NOT_THERE


@pytest.mark.parametrize(("role", "action", "place", "answer"), [*everything()])
def test_each_role_may_do_in_each_place_what_the_table_says(
    role: Role | None, action: Action, place: str, answer: Answer
) -> None:
    assert ask(member(role) if role else None, action, place) is answer


def test_every_page_of_the_desk_is_open_to_all_or_says_what_one_must_be_allowed(desk_app: Flask) -> None:
    found = {rule.endpoint for rule in desk_app.url_map.iter_rules() if rule.rule.startswith("/desk")}
    assert found >= OPEN
    unguarded = {each for each in found if not isinstance(getattr(desk_app.view_functions[each], ACTION, None), Action)}
    assert unguarded == OPEN


def test_no_council_can_have_the_place_of_those_who_work_for_none(desk_app: Flask) -> None:
    first = {
        rule.rule.split("/")[2].partition("<")[0]
        for rule in desk_app.url_map.iter_rules()
        if rule.rule.startswith("/desk/")
    }
    assert not {*desk_app.extensions["councils"].slugs} & {*first, NATIONAL}
    assert NATIONAL in RESERVED


PAGES = ("/desk/{}/people", "/desk/{}/log")
REVIEWED = (
    *("/desk/{}/reviews", "/desk/{}/reviews/next", "/desk/{}/bank"),
    *("/desk/{}/agreement", "/desk/{}/agreement/agenda"),
)
NOT_MADE = ("/desk/{}/reviews/1", "/desk/{}/reviews/1/0123456789abcdef", "/desk/{}/bank/1/0123456789abcdef.yaml")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    ("role", "place", "status"),
    [
        (Role.MANAGER, "northfold", 200),
        (Role.MANAGER, "kent", 404),
        (Role.MANAGER, "nowhere", 404),
        (Role.ASSESSOR, "northfold", 403),
        (Role.ASSESSOR, "kent", 404),
        (Role.VIEWER, "northfold", 403),
        (Role.NATIONAL, "northfold", 404),
        (Role.NATIONAL, "national", 403),
        (Role.MANAGER, "national", 403),
    ],
)
def test_pages_answer_as_the_table_says(staff: Staff, address: str, role: Role, place: str, status: int) -> None:
    answer = staff.signed_in(role).get(address.format(place))
    assert answer.status_code == status
    assert status != 403 or "Your role cannot do this" in answer.text
    assert status != 404 or "Kent" not in answer.text


@pytest.mark.parametrize("address", [*PAGES, *REVIEWED, *NOT_MADE])
def test_a_guest_is_led_to_where_one_signs_in(desk_client: DeskClient, address: str) -> None:
    for place in ("northfold", "nowhere", "national"):
        assert address_of(desk_client.get(address.format(place))) == "https://checker.example/desk/"


@pytest.mark.parametrize("address", [*REVIEWED, *NOT_MADE])
@pytest.mark.parametrize(
    ("role", "place", "status"),
    [
        (Role.MANAGER, "northfold", 200),
        (Role.MANAGER, "kent", 404),
        (Role.ASSESSOR, "northfold", 200),
        (Role.ASSESSOR, "kent", 404),
        (Role.VIEWER, "northfold", 403),
        (Role.VIEWER, "kent", 404),
        (Role.NATIONAL, "northfold", 404),
        (Role.MANAGER, "national", 403),
    ],
)
def test_reviews_are_for_assessors_and_managers_of_the_council(
    staff: Staff, address: str, role: Role, place: str, status: int
) -> None:
    answer = staff.signed_in(role).get(address.format(place))
    assert answer.status_code == (404 if status == 200 and address in NOT_MADE else status)


@pytest.mark.parametrize(
    "address", ["/desk/{}/reviews", *(f"{each}{end}" for each in NOT_MADE[1:2] for end in ("", "/settle"))]
)
@pytest.mark.parametrize(
    ("role", "place", "status"),
    [(Role.VIEWER, "northfold", 403), (Role.ASSESSOR, "kent", 404), (Role.NATIONAL, "northfold", 404)],
)
def test_nobody_else_draws_reviews_or_settles(staff: Staff, address: str, role: Role, place: str, status: int) -> None:
    assert staff.signed_in(role).send(address.format(place), page="/desk/").status_code == status


@pytest.mark.parametrize(
    ("role", "ways"),
    [
        (Role.VIEWER, []),
        (Role.ASSESSOR, ["Example people", "Open a receipt"]),
        (Role.MANAGER, ["Example people", "Open a receipt", "People", "Log"]),
        (Role.NATIONAL, []),
    ],
)
def test_the_navigation_leads_to_what_the_role_may_see(staff: Staff, role: Role, ways: list[str]) -> None:
    page = staff.signed_in(role).get("/desk/").text
    assert [
        name
        for name in ("Example people", "Open a receipt", "People", "Log")
        if f">{name}</a>" in " ".join(page.split()).replace("> ", ">").replace(" <", "<")
    ] == ways


@pytest.mark.parametrize(
    "path", ["/desk", "/desk/", "/desk/sign-in/northfold", "/desk/northfold/people", "/desk/x/y/z"]
)
def test_on_a_councils_own_host_there_is_no_desk(desk_app: Flask, path: str) -> None:
    hosts = desk_app.extensions["councils"].hosts
    own = next(host for host, slug in hosts.items() if slug == "northfold")
    for host in (own, "unknown.example"):
        assert new_client(desk_app).get(path, base_url=f"https://{host}").status_code == 404


def test_the_desk_opens_with_and_without_a_slash(desk_client: DeskClient) -> None:
    assert desk_client.get("/desk").status_code == desk_client.get("/desk/").status_code == 200

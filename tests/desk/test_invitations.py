from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from app.desk.access import Role
from app.desk.invitations import waiting
from app.desk.tables import INVITATIONS
from tests.conftest import Clock
from tests.desk.conftest import Staff, new_client, set_provider
from tests.desk.desk_client import DeskClient, address_of, link_on
from tests.desk.lying_provider import LyingProvider

PEOPLE = "/desk/northfold/people"


def test_a_link_lets_somebody_in_who_presses_its_button(staff: Staff, desk_client: DeskClient) -> None:
    path = f"/desk/invitation/{staff.token(Role.ASSESSOR)}"
    for _ in range(3):  # a mail scanner fetches it
        page = desk_client.get(path)
        assert "You are invited to the desk of Northfold" in page.text
        assert "Your role: Assessor." in page.text
    assert desk_client.head(path).status_code == 200
    assert staff.members() == ()
    assert address_of(desk_client.send(path)) == "https://checker.example/desk/"
    assert "Signed in as Ada Example" in desk_client.get("/desk/").text
    assert [(each.role, each.person.name) for each in staff.members()] == [(Role.ASSESSOR, "Ada Example")]
    assert [entry[2:] for entry in staff.log()] == [("invitation_used", "assessor"), ("signed_in", "")]


def test_a_link_works_once(desk_app: Flask, staff: Staff, desk_client: DeskClient) -> None:
    path, other = f"/desk/invitation/{staff.token(Role.VIEWER)}", new_client(desk_app)
    held = other.get(path).text.partition('name="csrf_token" value="')[2].partition('"')[0]
    assert desk_client.send(path).status_code == 303
    answer = other.post(path, data={"csrf_token": held})
    assert answer.status_code == 404
    assert "This link does not work" in answer.text
    assert other.get(path).status_code == 404
    assert len(staff.members()) == 1


@pytest.mark.parametrize(("hours", "status"), [(71, 200), (72, 404), (1000, 404)])
def test_a_link_works_for_three_days(
    staff: Staff, clock: Clock, desk_client: DeskClient, hours: int, status: int
) -> None:
    path = f"/desk/invitation/{staff.token(Role.VIEWER)}"
    clock.pass_by(hours=hours)
    assert desk_client.get(path).status_code == status


@pytest.mark.parametrize("token", ["x", "%00", "a" * 43, "..", "a" * 2000])
def test_a_link_that_nobody_made_lets_nobody_in(staff: Staff, desk_client: DeskClient, token: str) -> None:
    staff.token(Role.MANAGER)
    assert desk_client.get(f"/desk/invitation/{token}").status_code == 404


def test_the_database_holds_no_link(staff: Staff, engine: Engine) -> None:
    token = staff.token(Role.MANAGER)
    with engine.connect() as connection:
        row = connection.execute(select(INVITATIONS)).one()
    assert token not in str(row)
    assert len(row.digest) == 64


def test_with_a_provider_a_link_binds_the_role_to_the_identity_that_signs_in(
    desk_app: Flask, staff: Staff, provider: LyingProvider
) -> None:
    path, client = f"/desk/invitation/{staff.token(Role.MANAGER)}", new_client(desk_app)
    assert "sign in with your work account" in client.get(path).text
    assert address_of(client.send(path)) == "https://checker.example/desk/sign-in/northfold"
    assert staff.members() == ()
    assert client.get(PEOPLE).status_code == 303
    go = address_of(client.get("/desk/sign-in/northfold/go"))
    provider.answers["/token"] = (500, b"")
    assert client.get(provider.authorize(go)).status_code == 503  # the link is not wasted
    provider.forget()
    desk_app.extensions["desk"].doors._busy.clear()
    assert client.get(provider.authorize(address_of(client.get("/desk/sign-in/northfold/go")))).status_code == 303
    assert client.get(PEOPLE).status_code == 200
    assert client.get(path).status_code == 404
    (found,) = staff.members()
    assert (found.person.identity.issuer, found.person.identity.subject) == (provider.issuer, "ada")

    again = new_client(desk_app)  # from now on without a link
    assert again.get(provider.authorize(address_of(again.get("/desk/sign-in/northfold/go")))).status_code == 303
    stranger = new_client(desk_app)
    back = provider.authorize(address_of(stranger.get("/desk/sign-in/northfold/go")), sub="bob")
    assert stranger.get(back).status_code == 403


def test_those_who_work_for_no_council_sign_in_at_a_provider_of_their_own(
    desk_app: Flask, staff: Staff, lying_provider: LyingProvider
) -> None:
    lying_provider.forget()
    set_provider(desk_app, lying_provider, place="national")
    path, client = f"/desk/invitation/{staff.token(Role.NATIONAL, 'national')}", new_client(desk_app)
    assert "You are invited to see all councils" in client.get(path).text
    assert "Sign in for all councils" in client.get("/desk/").text
    assert address_of(client.send(path)) == "https://checker.example/desk/sign-in/national"
    assert "Sign in for all councils" in client.get("/desk/sign-in/national").text
    back = lying_provider.authorize(address_of(client.get("/desk/sign-in/national/go")))
    assert client.get(back).status_code == 303
    assert "National viewer" in client.get("/desk/").text
    assert client.get(PEOPLE).status_code == 404


def test_a_link_to_one_council_gives_no_role_in_another(
    desk_app: Flask, staff: Staff, provider: LyingProvider, desk_client: DeskClient
) -> None:
    path = f"/desk/invitation/{staff.token(Role.MANAGER, 'kent')}"
    doors = desk_app.extensions["desk"].doors
    object.__setattr__(doors, "providers", {**doors.providers, "kent": doors.providers["northfold"]})
    desk_client.send(path)
    back = provider.authorize(address_of(desk_client.get("/desk/sign-in/northfold/go")))
    assert desk_client.get(back).status_code == 403
    assert staff.members() == staff.members("kent") == ()


def test_a_manager_invites_and_sees_the_link_once(staff: Staff, desk_app: Flask) -> None:
    manager = staff.signed_in(Role.MANAGER)
    page = manager.send(PEOPLE, role="assessor", name="  Max\nExample ")
    link = link_on(page)
    assert "It is for Max Example. Role: Assessor." in page.text
    assert link not in manager.get(PEOPLE).text
    other = new_client(desk_app)
    assert other.send(link).status_code == 303
    assert "Max Example" in manager.get(PEOPLE).text
    assert ("Ada Example", "northfold", "invited", "assessor Max Example") in staff.log()


@pytest.mark.parametrize("role", ["", "national", "owner"])
def test_a_manager_invites_to_no_role_but_those_of_a_council(staff: Staff, role: str) -> None:
    manager = staff.signed_in(Role.MANAGER)
    page = manager.send(PEOPLE, role=role, name="<b>Max</b>")
    assert page.status_code == 422
    assert "Select a role" in page.text
    assert "&lt;b&gt;Max" in page.text
    assert len(staff.log()) == 2


def test_somebody_whom_only_a_link_lets_in_comes_back_as_themself_with_another(
    staff: Staff, desk_app: Flask, clock: Clock
) -> None:
    manager, other = staff.signed_in(Role.MANAGER), staff.signed_in(Role.VIEWER, name="Max Example")
    number = next(each.id for each in staff.members() if each.role is Role.VIEWER)
    other.send("/desk/sign-out", page="/desk/")
    link = link_on(manager.send(f"{PEOPLE}/{number}/link", page=PEOPLE))
    late = link_on(manager.send(f"{PEOPLE}/{number}/link", page=PEOPLE))
    again = new_client(desk_app)
    assert again.send(link).status_code == 303
    assert "Signed in as Max Example" in again.get("/desk/").text
    assert len(staff.members()) == 2
    manager.send(f"{PEOPLE}/{number}/remove", page=PEOPLE)
    assert new_client(desk_app).send(late).status_code == 403


def numbers_of(staff: Staff, place: str = "northfold") -> list[int]:
    """Of the links that can still be used."""
    with staff.app.extensions["database"].begin() as connection:
        return [each.number for each in waiting(connection, place, staff.clock())]


def test_a_manager_sees_links_that_nobody_has_used_and_withdraws_them(staff: Staff, desk_app: Flask) -> None:
    manager = staff.signed_in(Role.MANAGER)
    link = link_on(manager.send(PEOPLE, role="assessor", name="Max Example"))
    manager.send(PEOPLE, role="viewer", name="")
    page = manager.get(PEOPLE).text
    assert page.index("Max Example") < page.index("Somebody without a name")
    assert "Role: Assessor. It works until" in page
    first, second = numbers_of(staff)
    assert manager.send(f"{PEOPLE}/links/{first}/withdraw", page=PEOPLE).status_code == 303
    assert "Max Example" not in manager.get(PEOPLE).text
    assert numbers_of(staff) == [second]
    assert new_client(desk_app).get(link).status_code == 404
    assert manager.send(f"{PEOPLE}/links/{first}/withdraw", page=PEOPLE).status_code == 404
    assert ("Ada Example", "northfold", "withdrew", "assessor Max Example") in staff.log()


def test_a_link_that_was_used_or_is_over_is_not_among_them(staff: Staff, desk_app: Flask, clock: Clock) -> None:
    manager = staff.signed_in(Role.MANAGER)
    link = link_on(manager.send(PEOPLE, role="viewer", name="Max Example"))
    assert "Links that nobody has used yet" in manager.get(PEOPLE).text
    new_client(desk_app).send(link)
    assert "Links that nobody has used yet" not in manager.get(PEOPLE).text
    manager.send(PEOPLE, role="viewer", name="Kim Example")
    assert len(numbers_of(staff)) == 1
    clock.pass_by(hours=72)
    assert numbers_of(staff) == []


def test_a_link_withdrawn_while_its_owner_signs_in_lets_nobody_in(
    desk_app: Flask, staff: Staff, provider: LyingProvider
) -> None:
    manager, client = staff.signed_in(Role.MANAGER), new_client(desk_app)
    client.send(f"/desk/invitation/{staff.token(Role.VIEWER, name='Max Example')}")
    go = address_of(client.get("/desk/sign-in/northfold/go"))
    (number,) = numbers_of(staff)
    manager.send(f"{PEOPLE}/links/{number}/withdraw", page=PEOPLE)
    assert client.get(provider.authorize(go)).status_code == 403


def test_a_manager_has_no_hand_in_other_councils_nor_in_their_own_removal(staff: Staff) -> None:
    manager = staff.signed_in(Role.MANAGER)
    staff.signed_in(Role.MANAGER, "kent", name="Kim Example")
    (kent,), (own,) = staff.members("kent"), staff.members()
    for number, act in ((kent.id, "remove"), (kent.id, "link"), (own.id, "remove"), (9999, "remove")):
        assert manager.send(f"{PEOPLE}/{number}/{act}", page=PEOPLE).status_code == 404
    staff.token(Role.VIEWER, "kent")
    for council, number in (("northfold", numbers_of(staff, "kent")[0]), ("kent", numbers_of(staff, "kent")[0])):
        assert manager.send(f"/desk/{council}/people/links/{number}/withdraw", page=PEOPLE).status_code == 404
    assert len(numbers_of(staff, "kent")) == 1
    assert manager.send(f"/desk/kent/people/{kent.id}/remove", page=PEOPLE).status_code == 404
    assert "Kim" not in manager.get(PEOPLE).text
    assert len(staff.members("kent")) == len(staff.members()) == 1

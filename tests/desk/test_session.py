from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64decode
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from flask import Flask

from app import create_app
from app.desk.access import Role
from app.desk.session import COOKIE
from app.settings import Settings, SettingsError
from tests.conftest import KEY, RECEIPT_KEY, Clock
from tests.desk.conftest import DESK_KEY, Staff, new_client, settings
from tests.desk.desk_client import DeskClient, address_of
from tests.page_client import PageClient

PEOPLE = "/desk/northfold/people"
SIGNED_OUT = "https://checker.example/desk/signed-out?why="


def held(cookie: str) -> dict[str, object]:
    """What anybody can read in a cookie."""
    small = cookie.startswith(".")
    body = cookie.split(".")[small]
    data = urlsafe_b64decode(body + "=" * (-len(body) % 4))
    found: dict[str, object] = json.loads(zlib.decompress(data) if small else data)
    return found


def test_the_cookie_says_who_and_when_and_nothing_that_they_may_do(staff: Staff) -> None:
    client = staff.signed_in(Role.MANAGER)
    client.get(PEOPLE)
    assert set(held(client.cookie)) == {"member", "round", "began", "seen", "csrf_token"}
    cookie = client.get("/desk/").headers["Set-Cookie"]
    assert "Max-Age" not in cookie
    assert "Expires" not in cookie


@pytest.mark.parametrize(
    ("steps", "why"),
    [([29] * 16 + [15], None), ([30], "idle"), ([29, 30], "idle"), ([29] * 16 + [16], "too_long"), ([480], "too_long")],
    ids=["seven hours and 59 minutes", "30 minutes", "30 minutes after a while", "eight hours", "eight hours at once"],
)
def test_a_session_ends_after_half_an_hour_without_use_and_after_eight_hours(
    staff: Staff, clock: Clock, steps: list[int], why: str | None
) -> None:
    client = staff.signed_in(Role.MANAGER)
    for step in steps[:-1]:
        clock.pass_by(minutes=step)
        assert client.get(PEOPLE).status_code == 200
    clock.pass_by(minutes=steps[-1])
    answer = client.get(PEOPLE)
    if why is None:
        assert answer.status_code == 200
        return
    assert address_of(answer) == f"{SIGNED_OUT}{why}"
    assert "You are signed out" in client.get(answer.location).text
    assert address_of(client.get(PEOPLE)) == "https://checker.example/desk/"  # told once


def test_signing_out_ends_the_session_on_every_device(staff: Staff, desk_app: Flask) -> None:
    client, thief = staff.signed_in(Role.MANAGER), new_client(desk_app)
    thief.put_cookie(client.cookie)
    assert thief.get(PEOPLE).status_code == 200
    assert client.get("/desk/sign-out").status_code == 405
    assert address_of(client.send("/desk/sign-out", page="/desk/")) == f"{SIGNED_OUT}asked"
    assert client.cookie == ""
    assert address_of(thief.get(PEOPLE)) == f"{SIGNED_OUT}removed"
    assert [entry[2] for entry in staff.log()][-1] == "signed_out"


def test_somebody_who_is_removed_is_out_at_the_next_request(staff: Staff) -> None:
    manager, other = staff.signed_in(Role.MANAGER), staff.signed_in(Role.MANAGER, name="Max Example")
    number = next(each.id for each in staff.members() if each.person.name == "Max Example")
    assert other.get(PEOPLE).status_code == 200
    assert manager.send(f"{PEOPLE}/{number}/remove", page=PEOPLE).status_code == 303
    assert address_of(other.get(PEOPLE)) == f"{SIGNED_OUT}removed"
    assert staff.log()[-1][2:] == ("removed", "manager Max Example")


def test_another_role_counts_from_the_next_request(staff: Staff) -> None:
    client = staff.signed_in(Role.MANAGER)
    (found,) = staff.members()
    for role, status in {Role.VIEWER: 403, Role.MANAGER: 200}.items():
        staff.add(role, found.person.identity)
        assert client.get(PEOPLE).status_code == status


def test_a_cookie_from_before_signing_in_is_worth_nothing_after(desk_app: Flask, staff: Staff) -> None:
    client, thief = new_client(desk_app), new_client(desk_app)
    path = f"/desk/invitation/{staff.token(Role.MANAGER)}"
    client.get(path)
    planted = client.cookie
    thief.put_cookie(planted)
    client.send(path)
    assert held(planted)["csrf_token"] != held(client.cookie).get("csrf_token")
    assert thief.get(PEOPLE).status_code == 303


@pytest.mark.parametrize("place", [3, 40, -2], ids=["body", "time", "signature"])
def test_a_cookie_that_somebody_changed_is_nobodys(staff: Staff, place: int) -> None:
    client = staff.signed_in(Role.MANAGER)
    letters = list(client.cookie)
    letters[place] = "A" if letters[place] != "A" else "B"
    client.put_cookie("".join(letters))
    assert client.get(PEOPLE).status_code == 303


def test_keys_can_be_changed_while_people_are_signed_in(desk_app: Flask, staff: Staff) -> None:
    new = Fernet.generate_key().decode()
    client = staff.signed_in(Role.MANAGER)
    for keys, status in {(new, DESK_KEY): 200, (new,): 303, (DESK_KEY,): 200}.items():
        other = create_app(settings(*keys))
        for name in ("site", "database"):
            other.extensions[name] = desk_app.extensions[name]
        other.test_client_class = DeskClient
        again = new_client(other)
        again.put_cookie(client.cookie)
        assert again.get(PEOPLE).status_code == status


@pytest.mark.parametrize(
    "fields", [{}, {"csrf_token": ""}, {"csrf_token": "made.up.token"}], ids=["none", "empty", "made up"]
)
@pytest.mark.parametrize(
    "path", [PEOPLE, f"{PEOPLE}/1/remove", f"{PEOPLE}/1/link", "/desk/sign-out", "/desk/invitation/x"]
)
def test_no_post_counts_without_the_token_of_its_page(staff: Staff, path: str, fields: dict[str, str]) -> None:
    client = staff.signed_in(Role.MANAGER)
    answer = client.post(path, data={"role": "viewer", **fields})
    assert answer.status_code == 400
    assert "This page was open too long" in answer.text
    assert client.get(PEOPLE).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Referer": ""},
        {"Referer": "https://elsewhere.example/desk/"},
        {"Referer": "http://checker.example/desk/"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elsewhere.example"},
    ],
)
def test_no_post_counts_that_another_sites_page_made(staff: Staff, headers: dict[str, str]) -> None:
    client = staff.signed_in(Role.MANAGER)
    token = client.get(PEOPLE).text.partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = client.post(PEOPLE, data={"csrf_token": token, "role": "viewer"}, headers=headers)
    assert answer.status_code in (400, 403)
    assert len(staff.log()) == 2  # signing in alone


def test_every_view_that_takes_posts_is_held_to_a_token(desk_app: Flask, staff: Staff) -> None:
    client = staff.signed_in(Role.MANAGER)
    for rule in desk_app.url_map.iter_rules():
        if rule.rule.startswith("/desk") and "POST" in (rule.methods or ()):
            path = rule.rule.replace("<council>", "northfold").replace("<int:number>", "1").replace("<token>", "x")
            assert client.post(path).status_code == 400, rule


@pytest.mark.parametrize(
    "path", ["/northfold/blue-badge/en/start", "/blue-badge/en/find-your-council", "/studio", "/nowhere"]
)
def test_a_public_page_is_the_same_to_somebody_who_is_signed_in(desk_app: Flask, staff: Staff, path: str) -> None:
    client = staff.signed_in(Role.MANAGER)
    desk_app.test_client_class = PageClient  # which lets no cookie pass
    guest = desk_app.test_client()
    public = guest.get(path, base_url="https://checker.example")
    guest.set_cookie(COOKIE, client.cookie, domain="checker.example", secure=True)
    same = guest.get(path, base_url="https://checker.example")
    assert same.data == public.data
    assert same.status_code == public.status_code
    assert "Set-Cookie" not in same.headers
    assert "Cookie" not in same.headers.get("Vary", "")


def test_without_keys_the_desk_says_that_it_is_not_set_up_and_the_checker_works(tmp_path: Path) -> None:
    app = create_app(settings())
    app.test_client_class = DeskClient
    client = new_client(app)
    for path in ("/desk/", "/desk/northfold/people", "/desk/invitation/x"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert "The desk is not set up" in answer.text
        assert "Set-Cookie" not in answer.headers
    assert client.post("/desk/sign-out").status_code == 503
    assert client.get("/northfold/blue-badge/en/start").status_code == 200


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"DESK_KEYS": "short"}, "DESK_KEYS: key 1 is not a Fernet key"),
        ({"DESK_KEYS": KEY, "STATE_KEYS": KEY}, "DESK_KEYS: a key of STATE_KEYS or RECEIPT_KEYS stands here too"),
        ({"DESK_KEYS": f"{DESK_KEY},{RECEIPT_KEY}", "RECEIPT_KEYS": RECEIPT_KEY}, "DESK_KEYS: a key of STATE_KEYS or"),
        ({"DESK_KEYS": f"{DESK_KEY},{DESK_KEY}"}, "DESK_KEYS: a key stands twice"),
    ],
)
def test_keys_of_the_desk_are_its_own(environment: dict[str, str], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        Settings.from_environment(environment)


def test_a_preview_may_have_a_desk() -> None:
    found = Settings.from_environment({"PREVIEW": "1", "DESK_KEYS": DESK_KEY, "PROVIDERS": "providers.yaml"})
    assert found.desk_keys == (DESK_KEY,)
    assert found.providers == Path("providers.yaml")

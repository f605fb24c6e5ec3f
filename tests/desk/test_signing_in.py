from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from flask import Flask

from app.desk.access import Role
from app.desk.member import Identity
from tests.desk.conftest import Staff, new_client, set_provider
from tests.desk.desk_client import DeskClient, address_of
from tests.desk.lying_provider import CLIENT, Claims, LyingProvider

GO = "/desk/sign-in/northfold/go"


def come_back(client: DeskClient, provider: LyingProvider, **given: str) -> str:
    """Sets out from the desk; gives the address to which the provider sends one back."""
    return provider.authorize(address_of(client.get(GO)), **given)


def member_of(provider: LyingProvider, staff: Staff, subject: str = "ada", tenant: str = "") -> None:
    staff.add(Role.ASSESSOR, Identity(provider.issuer, tenant, subject))


def is_in(client: DeskClient) -> bool:
    return "Signed in as" in client.get("/desk/").text


def with_claim(**changed: object) -> Callable[[Claims], Claims]:
    return lambda claims: {name: value for name, value in (claims | changed).items() if value is not None}


def test_a_member_signs_in_through_the_provider(desk_client: DeskClient, provider: LyingProvider, staff: Staff) -> None:
    member_of(provider, staff)
    assert 'href="/desk/sign-in/northfold"' in desk_client.get("/desk/").text
    assert f'href="{GO}"' in desk_client.get("/desk/sign-in/northfold").text
    answer = desk_client.get(come_back(desk_client, provider))
    assert address_of(answer) == "https://checker.example/desk/"
    front = desk_client.get("/desk/").text
    assert "Signed in as Ada Example (ada@council.example)" in front
    assert "Assessor, Northfold" in front
    assert staff.log() == [("Ada Example (ada@council.example)", "northfold", "signed_in", "")]


LIES: dict[str, Callable[[LyingProvider], None]] = {
    "wrong issuer": lambda p: setattr(p, "claims", with_claim(iss="https://elsewhere.example")),
    "no issuer": lambda p: setattr(p, "claims", with_claim(iss=None)),
    "issuer with a slash more": lambda p: setattr(p, "claims", lambda c: c | {"iss": f"{c['iss']}/"}),
    "wrong audience": lambda p: setattr(p, "claims", with_claim(aud="another-client")),
    "wrong audience, our azp": lambda p: setattr(p, "claims", with_claim(aud="another-client", azp=CLIENT)),
    "another audience beside ours": lambda p: setattr(p, "claims", with_claim(aud=[CLIENT, "another"], azp=CLIENT)),
    "no audience": lambda p: setattr(p, "claims", with_claim(aud=None)),
    "foreign azp": lambda p: setattr(p, "claims", with_claim(azp="another-client")),
    "missing nonce": lambda p: setattr(p, "claims", with_claim(nonce=None)),
    "wrong nonce": lambda p: setattr(p, "claims", with_claim(nonce="another")),
    "expired": lambda p: setattr(p, "claims", with_claim(exp=int(time.time()) - 90)),
    "no expiry": lambda p: setattr(p, "claims", with_claim(exp=None)),
    "expiry that is no time": lambda p: setattr(p, "claims", with_claim(exp="never")),
    "from the future": lambda p: setattr(p, "claims", with_claim(iat=int(time.time()) + 3600)),
    "no subject": lambda p: setattr(p, "claims", with_claim(sub=None)),
    "subject that is no text": lambda p: setattr(p, "claims", with_claim(oid=["ada"])),
    "endless subject": lambda p: setattr(p, "claims", with_claim(sub="x" * 256)),
    "empty oid": lambda p: setattr(p, "claims", with_claim(oid="")),
    "tenant that is no text": lambda p: setattr(p, "claims", with_claim(tid=7)),
    "alg none": lambda p: setattr(p, "sign_with", p.sign_none),
    "HS256 with the public key": lambda p: setattr(p, "sign_with", p.sign_with_public_key),
    "another's key": lambda p: setattr(p, "sign_with", p.sign_with_another),
    "no token at all": lambda p: p.answers.update({"/token": (200, b'{"access_token": "x", "token_type": "Bearer"}')}),
    "token that is none": lambda p: setattr(p, "sign_with", lambda _claims: "a.b.c"),
    "answer of another shape": lambda p: p.answers.update({"/token": (200, b"[1]")}),
    "keys of another shape": lambda p: p.answers.update({"/keys": (200, b'{"keys": 7}')}),
    "no keys": lambda p: p.answers.update({"/keys": (200, b'{"keys": []}')}),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_a_token_about_which_anything_is_wrong_lets_nobody_in(
    lie: str, desk_client: DeskClient, provider: LyingProvider, staff: Staff
) -> None:
    member_of(provider, staff)
    back = come_back(desk_client, provider)
    LIES[lie](provider)
    answer = desk_client.get(back)
    assert answer.status_code == 403
    assert "We could not be sure who you are" in answer.text
    assert not is_in(desk_client)
    assert [entry[2:] for entry in staff.log()] == [("refused", "not_trusted: token")] or lie in AFTERWARDS


AFTERWARDS = {
    "another audience beside ours",
    "subject that is no text",
    "empty oid",
    "endless subject",
    "tenant that is no text",
}
"""What Authlib lets through, and the desk does not."""


def test_the_claims_that_authlib_leaves_to_us_are_refused_by_name(
    desk_client: DeskClient, provider: LyingProvider, staff: Staff
) -> None:
    for lie, where in {
        "another audience beside ours": "audience",
        "empty oid": "subject",
        "tenant that is no text": "tenant",
    }.items():
        provider.forget()
        back = come_back(desk_client, provider)
        LIES[lie](provider)
        desk_client.get(back)
        assert staff.log()[-1][3] == f"not_trusted: {where}"


@pytest.mark.parametrize(
    ("tid", "status"), [("our-tenant", 303), ("another-tenant", 403), (None, 403), ("OUR-TENANT", 403)]
)
def test_where_a_tenant_is_set_no_other_is_let_in(
    desk_app: Flask, provider: LyingProvider, staff: Staff, tid: str | None, status: int
) -> None:
    set_provider(desk_app, provider, tenant="our-tenant")
    member_of(provider, staff, tenant="our-tenant")
    client = new_client(desk_app)
    provider.claims = with_claim(tid=tid)
    assert client.get(come_back(client, provider)).status_code == status
    assert is_in(client) == (status == 303)


@pytest.mark.parametrize(
    "another",
    [{"tid": "another"}, {"sub": "bob"}, {"oid": "another"}, {"tid": "another", "oid": "ada"}],
    ids=["tenant", "subject", "object", "tenant with the same object"],
)
def test_the_same_email_is_another_person_where_tenant_or_subject_differ(
    desk_client: DeskClient, provider: LyingProvider, staff: Staff, another: dict[str, str]
) -> None:
    member_of(provider, staff)
    provider.claims = with_claim(**another)
    answer = desk_client.get(come_back(desk_client, provider))
    assert answer.status_code == 403
    assert "You need an invitation" in answer.text
    assert not is_in(desk_client)
    assert staff.log() == [("Ada Example (ada@council.example)", "northfold", "refused", "not_invited")]


def test_the_object_id_counts_and_not_the_subject_where_there_is_one(
    desk_client: DeskClient, provider: LyingProvider, staff: Staff
) -> None:
    staff.add(Role.VIEWER, Identity(provider.issuer, "t", "object"))
    provider.claims = with_claim(oid="object", tid="t", name=" Ada\n\u202eExample ", email=None)
    desk_client.get(come_back(desk_client, provider))
    assert "Signed in as Ada Example<br>" in desk_client.get("/desk/").text


DISCOVERY = "/.well-known/openid-configuration"
DISCOVERED: dict[str, Callable[[Claims], object]] = {
    "another issuer": lambda said: said | {"issuer": "https://elsewhere.example"},
    "issuer with a slash more": lambda said: said | {"issuer": f"{said['issuer']}/"},
    "a script to go to": lambda said: said | {"authorization_endpoint": "javascript:alert(1)"},
    "an address without encryption": lambda said: said | {"token_endpoint": "http://id.council.example/token"},
    "keys at no address": lambda said: said | {"jwks_uri": "http://["},
    "only weak signatures": lambda said: said | {"id_token_signing_alg_values_supported": ["HS256", "none"]},
    "nothing": lambda _said: {},
    "a list": lambda _said: [],
}  # fmt: skip


@pytest.mark.parametrize("lie", DISCOVERED)
def test_a_provider_that_says_of_itself_what_it_should_not_is_not_gone_to(
    lie: str, desk_client: DeskClient, provider: LyingProvider
) -> None:
    provider.said = DISCOVERED[lie]  # type: ignore[assignment]
    answer = desk_client.get(GO)
    assert answer.status_code == 403
    assert "We could not be sure who you are" in answer.text
    provider.forget()
    assert desk_client.get(GO).status_code == 302


def test_nobody_is_led_on_by_a_provider_to_another_address(
    desk_client: DeskClient, provider: LyingProvider, staff: Staff
) -> None:
    member_of(provider, staff)
    provider.answers[DISCOVERY] = (302, b"{}")
    assert desk_client.get(GO).status_code == 403
    assert provider.asked == [DISCOVERY]
    provider.forget()
    back = come_back(desk_client, provider)
    provider.answers["/token"] = (302, b"{}")  # to the keys
    assert desk_client.get(back).status_code in (403, 503)
    assert provider.asked == [DISCOVERY, "/token"]


def test_a_code_and_a_state_work_once(desk_client: DeskClient, provider: LyingProvider, staff: Staff) -> None:
    member_of(provider, staff)
    back = come_back(desk_client, provider)
    before = desk_client.cookie
    assert desk_client.get(back).status_code == 303
    desk_client.send("/desk/sign-out", page="/desk/")
    for cookie in (desk_client.cookie, before):  # the state is gone; with the old cookie, the code is
        desk_client.put_cookie(cookie)
        answer = desk_client.get(back)
        assert answer.status_code == 403
        assert "You need to start again" in answer.text
        assert not is_in(desk_client)


def test_a_way_back_counts_only_in_the_browser_that_set_out(
    desk_app: Flask, desk_client: DeskClient, provider: LyingProvider, staff: Staff
) -> None:
    member_of(provider, staff)
    back = come_back(desk_client, provider)
    stranger = new_client(desk_app)
    callback = "/desk/sign-in/northfold/callback"
    asked = len(provider.asked)
    for query in (
        "",
        "?code=x&state=y",
        "?error=access_denied",
        "?iss=https://elsewhere.example",
        "?state=",
        "?code=x",
    ):
        for address in (back, callback + query):
            answer = stranger.get(address)
            assert answer.status_code == 403
            assert "You need to start again" in answer.text
            assert not is_in(stranger)
    assert len(provider.asked) == asked
    assert desk_client.get(back).status_code == 303


def test_what_anybody_can_send_fills_no_log(desk_client: DeskClient, provider: LyingProvider, staff: Staff) -> None:
    for query in ("code=x", "error=access_denied", "error=x", "iss=https://elsewhere.example"):
        state = come_back(desk_client, provider).partition("state=")[2]
        assert desk_client.get(f"/desk/sign-in/northfold/callback?{query}&state={state}").status_code == 403
    assert desk_client.get("/desk/invitation/x").status_code == 404
    assert staff.log() == []


def test_setting_out_again_and_again_does_not_fill_the_cookie(
    desk_client: DeskClient, provider: LyingProvider, staff: Staff
) -> None:
    member_of(provider, staff)
    first = come_back(desk_client, provider)
    for _ in range(10):
        back = come_back(desk_client, provider)
    assert len(desk_client.cookie) < 1000
    assert desk_client.get(first).status_code == 403
    assert desk_client.get(back).status_code == 303


def test_a_provider_that_names_itself_on_the_way_back_is_held_to_it(
    desk_client: DeskClient, provider: LyingProvider, staff: Staff
) -> None:
    member_of(provider, staff)
    provider.said = lambda said: said | {"authorization_response_iss_parameter_supported": True}
    back = come_back(desk_client, provider)
    assert desk_client.get(back).status_code == 403
    assert desk_client.get(f"{back}&iss=https://elsewhere.example").status_code == 403
    assert desk_client.get(f"{back}&iss={provider.issuer}").status_code == 303


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        ("access_denied", 403, "You did not sign in"),
        ("server_error", 503, "You cannot sign in at the moment"),
        ("login_required", 403, "You need to start again"),
        ("<script>", 403, "You need to start again"),
    ],
)
def test_what_the_provider_says_went_wrong_is_told_in_our_words(
    desk_client: DeskClient, provider: LyingProvider, error: str, status: int, told: str
) -> None:
    state = come_back(desk_client, provider).partition("state=")[2]
    answer = desk_client.get(
        "/desk/sign-in/northfold/callback", query_string={"error": error, "error_description": "Boo", "state": state}
    )
    assert answer.status_code == status
    assert told in answer.text
    assert "Boo" not in answer.text


def test_a_place_without_a_provider_has_no_way_in(desk_client: DeskClient, provider: LyingProvider) -> None:
    for place in ("kent", "nowhere", "national"):
        for page in ("", "/go", "/callback"):
            assert desk_client.get(f"/desk/sign-in/{place}{page}").status_code == 404


@pytest.mark.parametrize(
    ("claimed", "role"),
    [
        (["Desk.Manager"], "Manager"),
        (["Desk.Viewer", "Desk.Assessor", "other"], "Assessor"),
        *[(claim, None) for claim in (["other"], "Desk.Manager", 7, None, [["Desk.Manager"]])],
    ],
)
def test_a_providers_roles_make_somebody_a_member(
    desk_app: Flask, provider: LyingProvider, staff: Staff, claimed: object, role: str | None
) -> None:
    roles = {"Desk.Viewer": "viewer", "Desk.Assessor": "assessor", "Desk.Manager": "manager"}
    set_provider(desk_app, provider, roles=roles)
    provider.claims = with_claim(roles=claimed)
    client = new_client(desk_app)
    answer = client.get(come_back(client, provider))
    assert answer.status_code == (303 if role else 403)
    assert is_in(client) == (role is not None)
    assert role is None or f"{role}, Northfold" in client.get("/desk/").text


def test_a_role_goes_as_it_came_with_the_provider_but_a_managers_word_stands(
    desk_app: Flask, provider: LyingProvider, staff: Staff
) -> None:
    set_provider(desk_app, provider, roles={"Desk.Viewer": "viewer"})
    provider.claims = with_claim(roles=["Desk.Viewer"])
    client, other = new_client(desk_app), new_client(desk_app)
    assert client.get(come_back(client, provider)).status_code == 303
    provider.claims = with_claim(roles=[])
    assert other.get(come_back(other, provider)).status_code == 403
    assert not is_in(client)
    provider.claims = with_claim(roles=["Desk.Viewer"])
    assert client.get(come_back(client, provider)).status_code == 303

    manager = staff.signed_in(Role.MANAGER, name="Max Example")
    number = next(each.id for each in staff.members() if each.role is Role.VIEWER)
    manager.send(f"/desk/northfold/people/{number}/remove", page="/desk/northfold/people")
    assert not is_in(client)
    answer = client.get(come_back(client, provider))
    assert answer.status_code == 403
    assert "A manager at your council took you off the list" in answer.text

"""Through a provider that others have written: `oidc-provider-mock`, which knows nothing of this desk."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import requests
from flask import Flask

from app.desk.access import Role
from app.desk.desk import Desk
from app.desk.providers import Provider
from app.desk.sign_in import Doors
from tests.desk.conftest import Staff, new_client
from tests.desk.desk_client import DeskClient, address_of

with warnings.catch_warnings():  # it is built on a part of Authlib that the desk does without
    warnings.simplefilter("ignore")
    from oidc_provider_mock import User, run_server_in_thread

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # in its thread

TENANT = "tenant-of-northfold"


@dataclass(frozen=True)
class Mock:
    issuer: str

    def sign_in(self, client: DeskClient, sub: str) -> str:
        """Signs in there as that person; gives the address to which one is sent back."""
        go = address_of(client.get("/desk/sign-in/northfold/go"))
        answer = requests.post(go, data={"sub": sub}, timeout=5, allow_redirects=False)
        return answer.headers["Location"]


@pytest.fixture(scope="module")
def mock() -> Iterator[Mock]:
    people = [
        User(sub="ada", claims={"name": "Ada Example", "email": "ada@northfold.example", "oid": "1", "tid": TENANT}),
        User(sub="eve", claims={"name": "Ada Example", "email": "ada@northfold.example", "oid": "2", "tid": "other"}),
        User(sub="max", claims={"name": "Max Example", "oid": "3", "tid": TENANT, "roles": ["Desk.Viewer"]}),
    ]
    with run_server_in_thread(user_claims=people) as server:
        yield Mock(f"http://localhost:{server.server_port}")


@pytest.fixture
def app_with_mock(desk_app: Flask, mock: Mock) -> Flask:
    provider = Provider(
        issuer=mock.issuer, tenant=TENANT, client_id="desk", client_secret="secret", roles={"Desk.Viewer": "viewer"}
    )
    desk_app.extensions["desk"] = Desk(is_open=True, doors=Doors({"northfold": provider}))
    return desk_app


def test_somebody_who_is_invited_signs_in_out_and_in_again(app_with_mock: Flask, staff: Staff, mock: Mock) -> None:
    client = new_client(app_with_mock)
    client.send(f"/desk/invitation/{staff.token(Role.MANAGER)}")
    assert client.get(mock.sign_in(client, "ada")).status_code == 303
    assert "Signed in as Ada Example (ada@northfold.example)" in client.get("/desk/northfold/people").text
    client.send("/desk/sign-out", page="/desk/")
    back = mock.sign_in(client, "ada")
    assert client.get(back).status_code == 303
    assert client.get(back).status_code == 403
    assert "Signed in as" in client.get("/desk/").text  # a second press did not sign them out


@pytest.mark.parametrize(("sub", "status"), [("ada", 403), ("eve", 403), ("max", 303), ("nobody-known", 403)])
def test_who_is_not_invited_comes_in_by_a_role_alone(
    app_with_mock: Flask, staff: Staff, mock: Mock, sub: str, status: int
) -> None:
    client = new_client(app_with_mock)
    assert client.get(mock.sign_in(client, sub)).status_code == status
    assert len(staff.members()) == (status == 303)


def test_the_same_email_in_another_tenant_uses_no_invitation(app_with_mock: Flask, staff: Staff, mock: Mock) -> None:
    client = new_client(app_with_mock)
    client.send(f"/desk/invitation/{staff.token(Role.MANAGER)}")
    assert client.get(mock.sign_in(client, "eve")).status_code == 403
    assert client.get(mock.sign_in(client, "ada")).status_code == 303

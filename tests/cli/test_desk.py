from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import Result
from flask import Flask

from app import create_app
from app.desk.access import Role
from app.desk.log import lines
from app.settings import LOOPBACK, Settings
from app.tallies import schema
from app.tallies.database import open_database
from tests.conftest import Clock
from tests.desk.conftest import DESK_KEY, Staff, settings
from tests.desk.desk_client import DeskClient
from tests.tallies.databases import sqlite


@pytest.fixture(scope="module")
def command_app() -> Flask:
    return create_app(settings(DESK_KEY))


@pytest.fixture
def staff(command_app: Flask, tmp_path: Path) -> Iterator[Staff]:
    command_app.extensions["database"] = engine = open_database(sqlite(tmp_path))
    schema.upgrade(engine)
    command_app.test_client_class = DeskClient
    yield Staff(command_app, Clock())
    engine.dispose()


def run(staff: Staff, *arguments: str) -> Result:
    return staff.app.test_cli_runner().invoke(args=["desk", *arguments])


def use(staff: Staff, result: Result) -> DeskClient:
    """Whoever opens the link that was printed."""
    assert result.exit_code == 0, result.output
    link = urlsplit(result.stdout.strip())
    assert (link.scheme, link.netloc) == ("https", "checker.example")
    client = staff.app.test_client()
    assert isinstance(client, DeskClient)
    assert client.send(link.path).status_code == 303
    return client


@pytest.mark.parametrize(
    ("arguments", "place", "role"),
    [
        (("northfold", "manager", "--name", "Ada Example"), "northfold", Role.MANAGER),
        (("kent", "viewer"), "kent", Role.VIEWER),
        (("kent", "assessor"), "kent", Role.ASSESSOR),
        (("--national",), "national", Role.NATIONAL),
    ],
)
def test_invite_prints_a_link_that_lets_somebody_in(
    staff: Staff, arguments: tuple[str, ...], place: str, role: Role
) -> None:
    result = run(staff, "invite", *arguments)
    assert "works once, within 72 hours" in result.stderr
    use(staff, result)
    assert [each.role for each in staff.members(place)] == [role]
    assert staff.log()[0][:3] == ("The command line", place, "invited")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nowhere", "manager"), "there is no council 'nowhere'; write its short name"),
        (("kent", "boss"), "'boss' is no role; write one of viewer, assessor, manager"),
        (("kent", "national"), "'national' is no role; write one of viewer, assessor, manager"),
        (("kent",), "None is no role; write one of viewer, assessor, manager"),
        ((), "write a COUNCIL and a ROLE, or --national without them"),
        (("kent", "viewer", "--national"), "write a COUNCIL and a ROLE, or --national without them"),
        (("national", "manager"), "write --national for somebody who sees all councils"),
    ],
)
def test_invite_refuses_what_it_does_not_know(staff: Staff, arguments: tuple[str, ...], told: str) -> None:
    result = run(staff, "invite", *arguments)
    assert result.exit_code == 2
    assert told in result.stderr
    assert staff.log() == []


@pytest.mark.parametrize(("place", "asked"), [("northfold", ("northfold", "manager")), ("national", ("--national",))])
def test_log_prints_what_was_done_in_one_place(staff: Staff, place: str, asked: tuple[str, ...]) -> None:
    use(staff, run(staff, "invite", *asked, "--name", "Ada Example"))
    use(staff, run(staff, "invite", "kent", "viewer", "--name", "Kim Example"))
    printed = [line.split("\t") for line in run(staff, "log", place).stdout.splitlines()]
    assert [row[1:] for row in printed] == [
        ["The command line", "invited", f"{asked[-1].removeprefix('--')} Ada Example"],
        ["Ada Example", "invitation_used", asked[-1].removeprefix("--")],
        ["Ada Example", "signed_in", ""],
    ]
    assert [row[0] for row in printed] == sorted(f"{at:%Y-%m-%dT%H:%M:%SZ}" for at in times(staff, place))
    assert "no council 'nowhere'" in run(staff, "log", "nowhere").stderr


def times(staff: Staff, place: str) -> list[datetime]:
    with staff.app.extensions["database"].begin() as connection:
        return [each.at for each in lines(connection, place)]


def test_people_lists_and_remove_takes_away(staff: Staff) -> None:
    client = use(staff, run(staff, "invite", "northfold", "manager", "--name", "Ada Example"))
    assert run(staff, "people", "kent").stderr == "Nobody.\n"
    number, role, name = run(staff, "people", "northfold").stdout.strip().split("\t")
    assert (role, name) == ("manager", "Ada Example")
    assert client.get("/desk/northfold/people").status_code == 200

    assert run(staff, "remove", number).stdout == "Ada Example is let in no more.\n"
    assert client.get("/desk/northfold/people").status_code == 303
    assert run(staff, "people", "northfold").stdout == ""
    again = run(staff, "remove", number)
    assert again.exit_code == 2
    assert f"nobody has the ID {number}" in again.stderr
    assert run(staff, "people", "nowhere").exit_code == 2
    assert staff.log()[-1] == ("The command line", "northfold", "removed", "manager Ada Example")


@pytest.mark.parametrize(
    ("hosts", "address"), [(LOOPBACK, "http://127.0.0.1:8001"), (("localhost",), "http://localhost:8001")]
)
def test_a_link_leads_to_this_machine_where_the_service_is_on_it(
    staff: Staff, monkeypatch: pytest.MonkeyPatch, hosts: tuple[str, ...], address: str
) -> None:
    monkeypatch.setenv("PORT", "8001")
    monkeypatch.setitem(staff.app.extensions, "settings", Settings(service_hosts=hosts))
    assert run(staff, "invite", "kent", "viewer").stdout.startswith(f"{address}/desk/invitation/")


@pytest.mark.parametrize("command", [("invite", "kent", "viewer"), ("people", "kent"), ("remove", "1")])
def test_a_database_that_cannot_be_used_is_told_of(
    staff: Staff, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setitem(staff.app.extensions, "database", None)
    result = run(staff, *command)
    assert result.exit_code == 1
    assert (
        "the database cannot be used (NoDatabaseError); is it there, up to date and can it be written?" in result.stderr
    )

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, text

from app.desk.access import Role
from app.tallies.database import open_database, read_address
from tests.desk.conftest import Staff, new_client
from tests.desk.desk_client import address_of
from tests.desk.lying_provider import LyingProvider

TOLD = "The desk does not work at the moment"


def none_at_all(_engine: Engine, _folder: Path) -> Engine | None:
    return None


def empty(_engine: Engine, folder: Path) -> Engine:
    return open_database(read_address(f"sqlite:///{folder}/empty.sqlite3"))


def in_no_folder(_engine: Engine, folder: Path) -> Engine:
    return open_database(read_address(f"sqlite:///{folder}/nowhere/desk.sqlite3"))


def too_old(engine: Engine, _folder: Path) -> Engine:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE desk_members RENAME COLUMN round TO once"))
    return engine


def no_database_file(_engine: Engine, folder: Path) -> Engine:
    (folder / "letter.sqlite3").write_text("Dear colleague, this is not a database. " * 50)
    return open_database(read_address(f"sqlite:///{folder}/letter.sqlite3"))


def unreachable(_engine: Engine, _folder: Path) -> Engine:
    return open_database(read_address("postgresql://nobody@127.0.0.1:9/none"))


FAULTS: dict[str, Callable[[Engine, Path], Engine | None]] = {
    each.__name__: each for each in (none_at_all, empty, in_no_folder, too_old, no_database_file, unreachable)
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_database_that_cannot_be_used_is_told_of_and_the_checker_works(
    desk_app: Flask, staff: Staff, engine: Engine, tmp_path: Path, fault: str
) -> None:
    manager = staff.signed_in(Role.MANAGER)
    desk_app.extensions["database"] = FAULTS[fault](engine, tmp_path)
    for client, path in (
        (manager, "/desk/northfold/people"),
        (new_client(desk_app), "/desk/invitation/x"),
        (manager, "/desk/"),
    ):
        if fault == "too_old" and client is not manager:
            continue  # that table is as it was
        answer = client.get(path)
        assert answer.status_code == 503, path
        assert TOLD in answer.text
    assert new_client(desk_app).get("/desk/").status_code == 200
    assert new_client(desk_app).get("/northfold/blue-badge/en/start").status_code == 200
    desk_app.extensions["database"] = engine
    assert fault == "too_old" or manager.get("/desk/northfold/people").status_code == 200  # still signed in


@contextmanager
def read_only(engine: Engine) -> Iterator[Engine]:
    found = create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(f"file:{engine.url.database}?mode=ro", uri=True, timeout=1)
    )
    yield found
    found.dispose()


def test_what_cannot_be_noted_does_not_happen(
    desk_app: Flask, staff: Staff, engine: Engine, provider: LyingProvider
) -> None:
    manager, path = staff.signed_in(Role.MANAGER), f"/desk/invitation/{staff.token(Role.VIEWER, 'kent')}"
    client, guest = new_client(desk_app), new_client(desk_app)
    back = provider.authorize(address_of(client.get("/desk/sign-in/northfold/go")))
    with read_only(engine) as broken:
        desk_app.extensions["database"] = broken
        assert manager.get("/desk/northfold/people").status_code == 200
        assert manager.send("/desk/northfold/people", role="viewer").status_code == 503
        assert guest.send(path).status_code == 503
        answer = client.get(back)
        assert answer.status_code == 503
        assert TOLD in answer.text
    desk_app.extensions["database"] = engine
    assert client.get("/desk/northfold/people").status_code == 303
    assert guest.send(path).status_code == 303
    assert len(staff.members()) == 1


def test_nobody_waits_long_for_a_database_that_somebody_else_has_locked(
    desk_app: Flask, staff: Staff, tmp_path: Path
) -> None:
    manager = staff.signed_in(Role.MANAGER)
    other = sqlite3.connect(tmp_path / "tallies.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert manager.send("/desk/northfold/people", role="viewer").status_code == 503
    finally:
        other.close()

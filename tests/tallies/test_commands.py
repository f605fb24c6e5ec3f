"""``flask tallies``: on both databases, with what each message says and each way to end."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from cryptography.fernet import Fernet
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.engine import URL

from app import create_app
from app.settings import Settings
from app.tallies.database import TABLES, open_database, read_address
from app.tallies.spool import Spool
from tests.conftest import KEY
from tests.tallies.entries import SECRET, entry, total

OLD_KEY, LOST_KEY = (Fernet.generate_key().decode() for _ in range(2))


def make_app(url: URL, spool: Path, *keys: str) -> Flask:
    return create_app(Settings(state_keys=keys, database=url, spool=spool))


def tallies(app: Flask, command: str) -> Result:
    return app.test_cli_runner().invoke(args=["tallies", command])


def leave(folder: Path, key: str, text: str | None = SECRET) -> None:
    spool = Spool(folder, [key])
    spool.append(entry(text))
    spool.close()


def test_a_new_database_is_made_and_can_be_made_again(url: URL, engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        TABLES.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE alembic_version")
    app = make_app(url, tmp_path / "spool", KEY)
    for command in ("retain", "drain"):
        done = tallies(app, command)
        assert (done.exit_code, "run: flask --app app tallies upgrade" in done.output) == (1, True)
    for _ in range(2):
        done = tallies(app, "upgrade")
        assert (done.exit_code, done.output) == (0, "The database is up to date.\n")
    assert tallies(app, "retain").output == (
        "Deleted 0 counts older than 37 months, and 0 marks of checks.\n"
        "Deleted what 0 people shared more than 90 days ago, or nearly so long.\n"
    )
    app.extensions["database"].dispose()


@pytest.mark.parametrize(
    ("keys", "exit_code", "said"),
    [
        ((KEY,), 0, ("Counted 1. Left in the spool: 0 bytes.", "Nothing needs an older key of STATE_KEYS.")),
        ((OLD_KEY,), 0, ("Counted 1. Left in the spool: 0 bytes.", "Nothing needs an older key of STATE_KEYS.")),
        ((LOST_KEY,), 1, ("Counted 0.", "1 files of lines that open with no key of STATE_KEYS", ".unreadable")),
    ],
)
def test_what_was_left_behind_is_counted_or_told_of_each_time(
    keys: tuple[str, ...], exit_code: int, said: tuple[str, ...], url: URL, engine: Engine, tmp_path: Path
) -> None:
    leave(tmp_path / "spool", *keys)
    app = make_app(url, tmp_path / "spool", KEY, OLD_KEY)
    done = tallies(app, "drain")
    assert (done.exit_code, [words for words in said if words not in done.output]) == (exit_code, [])
    assert tallies(app, "drain").exit_code == exit_code
    assert total(engine) == 1 - exit_code
    app.extensions["database"].dispose()


def test_an_old_key_is_needed_while_a_process_that_lives_has_lines_of_it(
    url: URL, engine: Engine, tmp_path: Path
) -> None:
    running = Spool(tmp_path / "spool", [OLD_KEY])
    running.append(entry())
    app = make_app(url, tmp_path / "spool", KEY, OLD_KEY)
    done = tallies(app, "drain")
    assert (done.exit_code, "1 lines need an older key of STATE_KEYS: keep it" in done.output) == (1, True)
    running.close()
    assert (tallies(app, "drain").exit_code, total(engine)) == (0, 1)
    app.extensions["database"].dispose()


def test_without_keys_the_spool_is_left_alone(url: URL, engine: Engine, tmp_path: Path) -> None:
    leave(tmp_path / "spool", KEY)
    app = make_app(url, tmp_path / "spool")
    done = tallies(app, "drain")
    assert (done.exit_code, done.output) == (1, "STATE_KEYS is not set, and the spool opens with nothing else\n")
    assert [path.suffix for path in (tmp_path / "spool").iterdir()] == [".spool"]


@pytest.mark.parametrize("command", ["upgrade", "retain", "drain"])
@pytest.mark.parametrize("address", ["sqlite:////dev/null/tallies.sqlite3", "postgresql://checker@/tallies?host=/dev"])
def test_a_database_that_cannot_be_had_is_told_of_in_one_line(address: str, command: str, tmp_path: Path) -> None:
    done = tallies(make_app(read_address(address), tmp_path / "spool", KEY), command)
    assert (done.exit_code, len(done.output.splitlines())) == (1, 1)
    assert done.output.startswith("the database or the spool cannot be used: ")


def test_what_a_database_refuses_is_told_of_without_what_was_answered(url: URL, engine: Engine, tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", [KEY])
    for key in (SECRET, None):
        spool.append(entry(key))
    spool.close()
    app = make_app(url, tmp_path / "spool", KEY)
    done = tallies(app, "drain")
    app.extensions["database"].dispose()
    assert done.exit_code == 1
    assert [word for word in ("kent", "sight", "2026") if word in done.output] == []
    assert total(engine) == 0


def test_an_address_with_a_password_is_never_repeated(tmp_path: Path) -> None:
    engine = open_database(read_address("postgresql://checker:hush@/tallies?host=/dev"))
    assert "hush" not in repr(engine)

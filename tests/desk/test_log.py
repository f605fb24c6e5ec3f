from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from app.desk.access import Role
from app.desk.log import PAGE, Event, note, record
from app.desk.session import recall
from tests.conftest import Clock
from tests.desk.conftest import Staff
from tests.desk.desk_client import HOST
from tests.tallies.databases import KINDS, fresh, sqlite

LOG = "/desk/northfold/log"


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of each kind in place of the usual one, made by the migrations."""
    found = fresh(sqlite(tmp_path) if request.param == "sqlite" else request.getfixturevalue("own_postgresql"))
    yield found
    found.dispose()


CHANGES = {
    "update": ("UPDATE desk_log SET who = 'nobody'", KINDS),
    "delete": ("DELETE FROM desk_log", KINDS),
    "truncate": ("TRUNCATE desk_log", ("postgresql",)),
    "replace": ("INSERT OR REPLACE INTO desk_log SELECT * FROM desk_log", ("sqlite",)),
    "upsert": (
        "INSERT INTO desk_log SELECT * FROM desk_log WHERE true ON CONFLICT (id) DO UPDATE SET who = 'nobody'",
        KINDS,
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_itself_lets_the_log_only_grow(staff: Staff, engine: Engine, change: str) -> None:
    staff.signed_in(Role.MANAGER)
    before = staff.log()
    assert len(before) == 2
    statement, kinds = CHANGES[change]
    if engine.dialect.name not in kinds:
        statement = "UPDATE desk_log SET detail = 'x' WHERE id = (SELECT max(id) FROM desk_log)"
    with pytest.raises(DatabaseError, match=r"only grows"), engine.begin() as connection:
        connection.execute(text(statement))
    assert staff.log() == before
    with engine.begin() as connection, staff.app.app_context():
        note(connection, Event.LOOKED, "Ada", "northfold", "x" * 2000)
    assert len(staff.log()) == 3


def test_a_manager_reads_who_did_what_in_their_council_alone(staff: Staff) -> None:
    manager = staff.signed_in(Role.MANAGER)
    staff.signed_in(Role.VIEWER, name="Vic <b>Example</b>")
    staff.signed_in(Role.MANAGER, "kent", name="Kim Example")
    page = manager.get(LOG).text
    assert "21 November 2026, 12:00:00" in page
    assert "Vic &lt;b&gt;Example" in page
    assert "Kim" not in page
    assert page.index("Vic") < page.rindex("Ada Example")


def test_what_a_page_notes_says_who_looked_and_where(staff: Staff, desk_app: Flask) -> None:
    client = staff.signed_in(Role.VIEWER)
    with desk_app.test_request_context("/desk/", base_url=HOST, headers={"Cookie": f"__Host-desk={client.cookie}"}):
        recall()
        record(Event.LOOKED, "figures")
        record(Event.EXPORTED, "figures.ods")
    assert staff.log()[-2:] == [
        ("Ada Example", "northfold", "looked", "figures"),
        ("Ada Example", "northfold", "exported", "figures.ods"),
    ]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", 1),
        ("?page=1", 1),
        ("?page=2", 2),
        ("?page=3", 3),
        ("?page=4", 3),
        ("?page=0", 1),
        ("?page=-9", 1),
        ("?page=x", 1),
    ],
)
def test_the_log_comes_in_pages(staff: Staff, engine: Engine, clock: Clock, query: str, shown: int) -> None:
    manager = staff.signed_in(Role.MANAGER)  # two lines
    with engine.begin() as connection, staff.app.app_context():
        for number in range(2 * PAGE - 1):
            note(connection, Event.LOOKED, "Ada", "northfold", f"line {number}.")
    text = manager.get(f"{LOG}{query}").text
    assert f"Page {shown} of 3" in text
    assert ("line 98." in text) == (shown == 1)
    assert ("line 0." in text) == (shown == 2)
    assert text.count("<time ") == (1 if shown == 3 else PAGE)
    assert ("Newer" in text, "Older" in text) == (shown > 1, shown < 3)


def test_every_event_has_words(staff: Staff, engine: Engine) -> None:
    manager = staff.signed_in(Role.MANAGER)
    with engine.begin() as connection, staff.app.app_context():
        for event in Event:
            note(connection, event, "Ada", "northfold")
    assert manager.get(LOG).text.count("<time ") == len(Event) + 2

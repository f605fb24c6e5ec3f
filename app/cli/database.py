"""The database as commands use it: what it will not do is said in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import click
from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from app.tallies import schema
from app.tallies.database import why

if TYPE_CHECKING:
    from sqlalchemy import Engine


@contextmanager
def told() -> Iterator[None]:
    """Says in one line what a database, a disk or a spool will not do."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        fail(f"the database or the spool cannot be used: {why(error)}")
    except schema.OutdatedDatabaseError as error:
        fail(str(error))


def database() -> Engine:
    """The database of this application, whatever shape it is in."""
    engine: Engine | None = current_app.extensions["database"]
    return engine or fail("there is no database; set DATABASE_URL")


def fail(message: str) -> NoReturn:
    """Ends the command."""
    click.echo(message)
    raise SystemExit(1)

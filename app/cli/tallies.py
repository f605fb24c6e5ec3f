"""``flask tallies …``: the database of what is counted, and the spool before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import AppGroup

from app.checker.site import site
from app.cli.database import database, fail, told
from app.desk.reports import add_up
from app.tallies import schema
from app.tallies.share import KEPT_DAYS, Shares
from app.tallies.spool import UNREADABLE
from app.tallies.store import KEPT_MONTHS, Store

if TYPE_CHECKING:
    from app.tallies.counting import Counting

tallies = AppGroup("tallies", help="Keep the database of what is counted, and see whether anything waits to be.")


@tallies.command("upgrade")
def upgrade() -> None:
    """Make the database, or bring it up to date. Run it at every release, before the service starts."""
    with told():
        schema.upgrade(database())
    click.echo("The database is up to date.")


@tallies.command("retain")
def retain() -> None:
    """Delete what is too old to be kept, and add up what is shown of all councils together.

    Run it at every release of the program, and on the 2nd of each month. What is not added up here is added
    up when somebody looks, who then waits. The running service deletes answers that people shared by itself, each day.
    """
    with told():
        schema.check(database())
        counts, marks = Store(database()).forget_old(site().today())
        shared = Shares(database()).forget_old(site().today())
        add_up()
    click.echo(f"Deleted {counts} counts older than {KEPT_MONTHS} months, and {marks} marks of checks.")
    click.echo(f"Deleted what {shared} people shared more than {KEPT_DAYS} days ago, or nearly so long.")


@tallies.command("drain")
def drain() -> None:
    """Count what is left in the spool. Exit 1 if something in it cannot be read, or the database does not take it.

    The running service does it by itself, every second. Its own files are its own until it ends.
    """
    counting = _counting()
    with told():
        schema.check(database())
        drained, left = counting.drain(), counting.spool.left()
    click.echo(f"Counted {drained.counted}. Left in the spool: {left.size} bytes.")
    if left.unreadable:
        kept = counting.spool.folder / f"*{UNREADABLE}"
        fail(f"{left.unreadable} files of lines that open with no key of STATE_KEYS: {kept}")
    if left.older:
        fail(f"{left.older} lines need an older key of STATE_KEYS: keep it, and run this again")
    click.echo("Nothing needs an older key of STATE_KEYS.")


def _counting() -> Counting:
    if not current_app.extensions["settings"].state_keys:
        fail("STATE_KEYS is not set, and the spool opens with nothing else")
    counting: Counting | None = current_app.extensions["counting"]
    return counting or fail("there is no spool; set SPOOL")

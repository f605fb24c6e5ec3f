"""``flask desk …``: the first manager of a council's desk, who else may use it, and what they did."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import SQLAlchemyError

from app.desk import people
from app.desk.access import COUNCIL_ROLES, NATIONAL, Role
from app.desk.desk import database, is_place, now
from app.desk.invitations import HOURS, Invitation, invite
from app.desk.log import COMMAND, Event, lines, note
from app.settings import LOOPBACK

if TYPE_CHECKING:
    from sqlalchemy import Connection

desk = AppGroup("desk", help="Invite people to the desk, list them and what they did, and remove them.")

LISTENING = "127.0.0.1"
"""Where the service listens on one's own machine, which ``localhost`` need not be."""

ROLES = tuple(role.value for role in COUNCIL_ROLES)


@desk.command("invite")
@click.argument("council", required=False)
@click.argument("role", required=False)
@click.option("--national", is_flag=True, help="Somebody who sees all councils together, and none by itself.")
@click.option("--name", default="", help="Whom the link is for, as managers see it.")
def invite_somebody(council: str | None, role: str | None, name: str, *, national: bool) -> None:
    """Print a link that lets somebody into the desk of COUNCIL as viewer, assessor or manager. It works once."""
    if national == (council is not None):
        raise click.UsageError("write a COUNCIL and a ROLE, or --national without them")
    if council == NATIONAL:
        raise click.UsageError("write --national for somebody who sees all councils")
    place = NATIONAL if national else _place(council or "")
    if not national and role not in ROLES:
        raise click.UsageError(f"{role!r} is no role; write one of {', '.join(ROLES)}")
    click.echo(make_link(place, Role.NATIONAL if national else Role(role), name))
    click.echo(f"This link works once, within {HOURS} hours. Send it to that person alone.", err=True)


def make_link(place: str, role: Role, name: str, member: int | None = None) -> str:
    """A link that lets somebody in as that, once; ``member`` is the number of whoever it lets in again."""
    with _written() as connection:
        token = invite(connection, Invitation(place, role, name, member), now())
        note(connection, Event.INVITED, COMMAND, place, f"{role.value} {name}".strip())
    return f"{_address()}/desk/invitation/{token}"


@desk.command("people")
@click.argument("council")
def list_people(council: str) -> None:
    """List who may use the desk of COUNCIL ("national" for those who see all): number, role, name."""
    with _written() as connection:
        found = people.of_place(connection, _place(council))
    for each in found:
        click.echo(f"{each.id}\t{each.role.value}\t{each.known_as}")
    if not found:
        click.echo("Nobody.", err=True)


@desk.command("remove")
@click.argument("number", metavar="ID", type=int)
def remove(number: int) -> None:
    """Let the person of that ID in no more, from their next click on."""
    with _written() as connection:
        found = people.by_number(connection, number)
        if found is None or found.removed:
            raise click.UsageError(f"nobody has the ID {number}; `desk people COUNCIL` lists who there is")
        people.remove(connection, found, now(), for_good=True)
        note(connection, Event.REMOVED, COMMAND, found.place, f"{found.role.value} {found.known_as}")
    click.echo(f"{found.known_as} is let in no more.")


@desk.command("log")
@click.argument("council")
def print_log(council: str) -> None:
    """Print what was done at the desk of COUNCIL ("national" for those who see all): UTC time, who, what."""
    with _written() as connection:
        for each in lines(connection, _place(council)):
            click.echo(f"{each.at:%Y-%m-%dT%H:%M:%SZ}\t{each.who}\t{each.event}\t{each.detail}")


def _place(slug: str) -> str:
    if not is_place(slug):
        raise click.UsageError(f"there is no council {slug!r}; write its short name, as in the addresses of its pages")
    return slug


@contextmanager
def _written() -> Iterator[Connection]:
    try:
        with database().begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        message = (
            f"the database cannot be used ({type(error).__name__}); is it there, up to date and can it be written?"
        )
        raise click.ClickException(message) from error


def _address() -> str:
    """Where the service is reached, as far as its settings say."""
    hosts: tuple[str, ...] = current_app.extensions["settings"].service_hosts
    if hosts[0] not in LOOPBACK:
        return f"https://{hosts[0]}"
    host = LISTENING if LISTENING in hosts else hosts[0]
    return f"http://{host}:{os.environ.get('PORT') or 8000}"

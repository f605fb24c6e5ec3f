"""Links that invite: each works once, for three days. Only a digest of it is kept, so the database opens no door."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, select, update

from app.desk.access import Role
from app.desk.member import shown
from app.desk.tables import INVITATIONS

if TYPE_CHECKING:
    from sqlalchemy import Row

HOURS = 72
"""How long a link works."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a link gives: a role in a place. ``member`` is the number of whoever it lets in again, if it does that."""

    place: str
    role: Role
    name: str
    member: int | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An invitation that nobody has used, by its number, until when its link works."""

    number: int
    invitation: Invitation
    until: datetime


def invite(connection: Connection, invitation: Invitation, now: datetime) -> str:
    """Makes a link; gives the token for it, which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    made = insert(INVITATIONS).values(
        digest=digest_of(token),
        place=invitation.place,
        role=invitation.role.value,
        name=shown(invitation.name),
        member=invitation.member,
        until=now + timedelta(hours=HOURS),
    )
    connection.execute(made)
    return token


def digest_of(token: str) -> str:
    """What is kept in place of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def read(connection: Connection, digest: str, now: datetime) -> Invitation | None:
    """The invitation, if it can be used. It is not used by this."""
    row = connection.execute(
        select(INVITATIONS).where(
            INVITATIONS.c.digest == digest, INVITATIONS.c.used.is_(None), INVITATIONS.c.until > now
        )
    ).one_or_none()
    return _invitation(row) if row else None


def spend(connection: Connection, digest: str, now: datetime) -> Invitation | None:
    """The invitation, used by this: of two that come at once, one gets it."""
    found = read(connection, digest, now)
    spent = connection.execute(
        update(INVITATIONS).where(INVITATIONS.c.digest == digest, INVITATIONS.c.used.is_(None)).values(used=now)
    )
    return found if spent.rowcount == 1 else None


def waiting(connection: Connection, place: str, now: datetime) -> tuple[Waiting, ...]:
    """The invitations to a place that can still be used, the oldest first."""
    found = select(INVITATIONS).where(
        INVITATIONS.c.place == place, INVITATIONS.c.used.is_(None), INVITATIONS.c.until > now
    )
    rows = connection.execute(found.order_by(INVITATIONS.c.id))
    return tuple(Waiting(row.id, _invitation(row), row.until) for row in rows)


def withdraw(connection: Connection, place: str, number: int, now: datetime) -> Invitation | None:
    """The invitation of that number to a place, which from now on works no more; None if it did not work already."""
    found = {each.number: each.invitation for each in waiting(connection, place, now)}.get(number)
    ended = update(INVITATIONS).where(INVITATIONS.c.id == number, INVITATIONS.c.used.is_(None)).values(used=now)
    return found if found and connection.execute(ended).rowcount == 1 else None


def _invitation(row: Row[tuple[object, ...]]) -> Invitation:
    return Invitation(row.place, Role(row.role), row.name, row.member)

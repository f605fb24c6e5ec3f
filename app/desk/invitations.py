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


def _invitation(row: Row[tuple[object, ...]]) -> Invitation:
    return Invitation(row.place, Role(row.role), row.name, row.member)

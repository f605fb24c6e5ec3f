"""Who may use the desk: looked up anew for every request, and never deleted, so that no number is given twice."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import Connection, and_, insert, select, update

from app.desk.access import Role
from app.desk.member import LOCAL, Identity, Member, Person
from app.desk.tables import MEMBERS

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Row

_MOST_ROUNDS = 2**30


def by_number(connection: Connection, number: int) -> Member | None:
    """The member of that number, removed or not."""
    row = connection.execute(select(MEMBERS).where(MEMBERS.c.id == number)).one_or_none()
    return _member(row) if row else None


def by_identity(connection: Connection, place: str, identity: Identity) -> Member | None:
    """Whoever has that identity in that place, removed or not."""
    row = connection.execute(
        select(MEMBERS).where(
            and_(
                MEMBERS.c.place == place,
                MEMBERS.c.issuer == identity.issuer,
                MEMBERS.c.tenant == identity.tenant,
                MEMBERS.c.subject == identity.subject,
            )
        )
    ).one_or_none()
    return _member(row) if row else None


def of_place(connection: Connection, place: str) -> tuple[Member, ...]:
    """Everybody in a place, by name; not those who were removed."""
    found = select(MEMBERS).where(MEMBERS.c.place == place, MEMBERS.c.removed.is_(None))
    return tuple(sorted(map(_member, connection.execute(found)), key=lambda each: (each.known_as.lower(), each.id)))


def put(connection: Connection, place: str, role: Role, person: Person, *, by_claim: bool, joined: datetime) -> Member:
    """Makes somebody a member, or gives them another role, or takes them back."""
    known = by_identity(connection, place, person.identity)
    values = {"role": role.value, "name": person.name, "email": person.email, "by_claim": by_claim, "removed": None}
    if known is None:
        identity = person.identity
        made = insert(MEMBERS).values(
            **values,
            place=place,
            issuer=identity.issuer,
            tenant=identity.tenant,
            subject=identity.subject,
            round=secrets.randbelow(_MOST_ROUNDS),
            joined=joined,
        )
        connection.execute(made)
    else:
        connection.execute(update(MEMBERS).where(MEMBERS.c.id == known.id).values(**values))
    found = by_identity(connection, place, person.identity)
    if found is None:  # it was written a moment ago, in this transaction
        raise LookupError
    return found


def new_local(name: str) -> Person:
    """A person whom only a link lets in."""
    return Person(Identity(LOCAL, "", secrets.token_hex(16)), name)


def remove(connection: Connection, member: Member, at: datetime, *, for_good: bool) -> None:
    """Lets somebody in no more, from their next request on.

    ``for_good``: not even if their provider gives them a role again, but only by an invitation.
    """
    values = {"removed": at, "by_claim": member.by_claim and not for_good}
    connection.execute(update(MEMBERS).where(MEMBERS.c.id == member.id).values(**values))


def end_sessions(connection: Connection, member: Member) -> None:
    """Signs somebody out wherever they are signed in."""
    connection.execute(update(MEMBERS).where(MEMBERS.c.id == member.id).values(round=MEMBERS.c.round + 1))


def _member(row: Row[tuple[object, ...]]) -> Member:
    return Member(
        id=row.id,
        place=row.place,
        role=Role(row.role),
        person=Person(Identity(row.issuer, row.tenant, row.subject), row.name, row.email),
        by_claim=row.by_claim,
        round=row.round,
        joined=row.joined,
        removed=row.removed is not None,
    )

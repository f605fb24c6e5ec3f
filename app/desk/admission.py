"""Who is let in: somebody with an invitation, a member of old, or whom their council's provider gives a role."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from app.desk import invitations, people
from app.desk.access import Role
from app.desk.desk import now
from app.desk.log import Event, note, note_of
from app.desk.member import known_as
from app.desk.trouble import Trouble

if TYPE_CHECKING:
    from app.desk.invitations import Invitation
    from app.desk.member import Member, Person
    from app.desk.sign_in import Arrival


def admit(connection: Connection, place: str, arrival: Arrival, digest: str | None) -> Member | Trouble:
    """The member that somebody from a provider is, or why they are none. Either is noted; no invitation is wasted."""
    person = arrival.person
    known = people.by_identity(connection, place, person.identity)
    invitation = _spend(connection, place, digest)
    if invitation:
        found = _put(connection, place, invitation.role, person, by_claim=False)
        note_of(connection, Event.INVITATION_USED, found, invitation.role.value)
    elif known and not known.by_claim and known.removed:
        return refuse(connection, Trouble.REMOVED, place, person)
    elif known and not known.by_claim:
        found = _put(connection, place, known.role, person, by_claim=False)
    elif arrival.role:
        found = _put(connection, place, arrival.role, person, by_claim=True)
    else:
        if known:
            people.remove(connection, known, now(), for_good=False)
        return refuse(connection, Trouble.NOT_INVITED, place, person)
    note_of(connection, Event.SIGNED_IN, found)
    return found


def admit_local(connection: Connection, invitation: Invitation) -> Member | Trouble:
    """The member that an invitation makes of somebody whom no provider vouches for, or whom it lets in again."""
    if invitation.member is None:
        person = people.new_local(invitation.name)
        found: Member | None = _put(connection, invitation.place, invitation.role, person, by_claim=False)
    else:
        found = people.by_number(connection, invitation.member)
    if found is None or found.removed:
        return Trouble.REMOVED
    note_of(connection, Event.INVITATION_USED, found, found.role.value)
    note_of(connection, Event.SIGNED_IN, found)
    return found


def refuse(connection: Connection, trouble: Trouble, place: str, person: Person) -> Trouble:
    """Notes that somebody was not let in, and why."""
    note(connection, Event.REFUSED, known_as(person.name, person.email), place, trouble.value)
    return trouble


def _spend(connection: Connection, place: str, digest: str | None) -> Invitation | None:
    if digest is None:
        return None
    found = invitations.read(connection, digest, now())
    return invitations.spend(connection, digest, now()) if found and found.place == place else None


def _put(connection: Connection, place: str, role: Role, person: Person, *, by_claim: bool) -> Member:
    put = people.put(connection, place, role, person, by_claim=by_claim, joined=now())
    return replace(put, person=person)

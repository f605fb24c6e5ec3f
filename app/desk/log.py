"""The log of the desk: who did what, and when. It only grows; the database itself refuses anything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, insert, select

from app.desk.desk import database, now
from app.desk.session import member
from app.desk.tables import LOG

if TYPE_CHECKING:
    from app.desk.member import Member

PAGE = 50
"""Entries on a page."""

COMMAND = "The command line"
"""Who it was, where a command was used on the server."""

UNKNOWN = "Somebody not known here"

_LONGEST = 500


class Event(Enum):
    """What is noted."""

    SIGNED_IN = "signed_in"
    REFUSED = "refused"
    SIGNED_OUT = "signed_out"
    LOOKED = "looked"
    EXPORTED = "exported"
    INVITED = "invited"
    INVITATION_USED = "invitation_used"
    WITHDREW = "withdrew"
    REMOVED = "removed"
    RECEIPT_OPENED = "receipt_opened"
    DREW = "drew"
    REVIEWED = "reviewed"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log; ``at`` is in UTC."""

    at: datetime
    who: str
    event: str
    detail: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some lines of the log, the newest first; ``number`` is from 1 to ``pages``."""

    entries: Sequence[Entry]
    number: int
    pages: int


def record(event: Event, detail: str = "") -> None:
    """Notes what the member of this request does, in their place; raises SQLAlchemyError where that cannot be noted.

    To be called before what is noted is shown: what nobody could note, nobody sees.
    """
    found = member()
    with database().begin() as connection:
        note(connection, event, found.known_as if found else UNKNOWN, found.place if found else "", detail)


def note(connection: Connection, event: Event, who: str, place: str, detail: str = "") -> None:
    """Notes something in the transaction in which it is done."""
    values = {"at": now(), "who": who, "place": place, "action": event.value, "detail": detail[:_LONGEST]}
    connection.execute(insert(LOG).values(**values))


def note_of(connection: Connection, event: Event, who: Member, detail: str = "") -> None:
    """Notes what a member does."""
    note(connection, event, who.known_as, who.place, detail)


def lines(connection: Connection, place: str) -> Iterator[Entry]:
    """All that was done in a place, the oldest first."""
    rows = connection.execute(select(LOG).where(LOG.c.place == place).order_by(LOG.c.id))
    yield from (Entry(row.at, row.who, row.action, row.detail) for row in rows)


def read(connection: Connection, place: str, number: int) -> LogPage:
    """A page of what was done in a place; the nearest that there is, where there is no such page."""
    total = connection.execute(select(func.count()).select_from(LOG).where(LOG.c.place == place)).scalar_one()
    pages = max(1, -(-total // PAGE))
    number = min(max(number, 1), pages)
    rows = connection.execute(
        select(LOG).where(LOG.c.place == place).order_by(LOG.c.id.desc()).limit(PAGE).offset((number - 1) * PAGE)
    )
    return LogPage([Entry(row.at, row.who, row.action, row.detail) for row in rows], number, pages)

"""The tables of the desk: who may use it, the links that invite, and the log, which the database lets only grow."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, String, Table, UniqueConstraint
from sqlalchemy.types import TypeDecorator

from app.tallies.database import TABLES

if TYPE_CHECKING:
    from sqlalchemy import Dialect


class Moment(TypeDecorator[datetime]):
    """A time in UTC, kept without saying so, since SQLite has no room for a zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """What is kept."""
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """What was meant."""
        return value.replace(tzinfo=UTC) if value else None


MEMBERS = Table(
    "desk_members",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("place", String(60), nullable=False),
    Column("role", String(20), nullable=False),
    Column("issuer", String(500), nullable=False),
    Column("tenant", String(500), nullable=False),
    Column("subject", String(500), nullable=False),
    Column("name", String(100), nullable=False),
    Column("email", String(100), nullable=False),
    Column("by_claim", Boolean, nullable=False),
    Column("round", Integer, nullable=False),
    Column("joined", Moment, nullable=False),
    Column("removed", Moment),
    UniqueConstraint("place", "issuer", "tenant", "subject", name="one_member_for_each_identity"),
)

INVITATIONS = Table(
    "desk_invitations",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("place", String(60), nullable=False),
    Column("role", String(20), nullable=False),
    Column("name", String(100), nullable=False),
    Column("member", Integer, ForeignKey("desk_members.id")),
    Column("until", Moment, nullable=False),
    Column("used", Moment),
)
"""``member`` is whom a link lets in again; empty where it makes somebody new."""

LOG = Table(
    "desk_log",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", String(250), nullable=False),
    Column("place", String(60), nullable=False, index=True),
    Column("action", String(40), nullable=False),
    Column("detail", String(500), nullable=False),
)
"""The migration adds the triggers with which the database refuses to change or delete a line."""

"""The tables of the desk: who may use it, the links that invite, the log, and the reviews of cases.

The database itself lets the log, reviews and what was settled only grow.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    String,
    Table,
    UniqueConstraint,
)
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

ROUNDS = Table(
    "desk_rounds",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("place", String(60), nullable=False, index=True),
    Column("service", String(40), nullable=False),
    Column("nation", String(40), nullable=False),
    Column("version", String(12), nullable=False),
    Column("seed", Integer, nullable=False),
    Column("drawn", Moment, nullable=False),
    Column("member", Integer, ForeignKey("desk_members.id"), nullable=False),
)
"""Rounds of review: whose, under which version of the rules, and the seed by which its cases were drawn."""

ROUND_CASES = Table(
    "desk_round_cases",
    TABLES,
    Column("round", Integer, ForeignKey("desk_rounds.id"), primary_key=True),
    Column("case_id", String(16), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("answers", String(4000), nullable=False),
    Column("people", Integer, nullable=False),
    Column("borderline", Boolean, nullable=False),
    Column("weight", Float, nullable=False),
    sqlite_with_rowid=False,
)
"""The cases of a round. ``people`` is how many shared such answers, rounded; 0 where the case was generated."""

REVIEWS = Table(
    "desk_reviews",
    TABLES,
    Column("case_id", String(16), primary_key=True),
    Column("member", Integer, ForeignKey("desk_members.id"), primary_key=True),
    Column("round", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("outcome", String(40), nullable=False),
    Column("basis", String(120), nullable=False),
    Column("note", String(500), nullable=False),
    ForeignKeyConstraint(["round", "case_id"], ["desk_round_cases.round", "desk_round_cases.case_id"]),
)
"""What members made of cases, once each. The migration adds the triggers that hold the table to growing."""

SETTLEMENTS = Table(
    "desk_settlements",
    TABLES,
    Column("case_id", String(16), primary_key=True),
    Column("place", String(60), primary_key=True),
    Column("round", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("member", Integer, ForeignKey("desk_members.id"), nullable=False),
    Column("outcome", String(40), nullable=False),
    Column("criterion", String(120), nullable=False),
    Column("reason", String(1000), nullable=False),
    ForeignKeyConstraint(["round", "case_id"], ["desk_round_cases.round", "desk_round_cases.case_id"]),
)
"""What a council agreed on for a case, once, and who wrote it down. Held to growing as reviews are."""

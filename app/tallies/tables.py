"""The tables of what is counted. None can hold who, an answer beside another, or of a check a day."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Index, Integer, String, Table

from app.tallies.database import TABLES

MONTH = String(7)

TALLY = Table(
    "tally",
    TABLES,
    Column("council", String(80), primary_key=True),
    Column("service", String(40), primary_key=True),
    Column("month", MONTH, primary_key=True),
    Column("version", String(12), primary_key=True),
    Column("family", String(20), primary_key=True),
    Column("key", String(120), primary_key=True),
    Column("n", BigInteger, nullable=False),
    Column("blur", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""How often something was counted, and in ``blur`` the sum of the keys of those checks, from which the blur follows."""

Index("tally_by_month", TALLY.c.service, TALLY.c.month, TALLY.c.family)

TOGETHER = Table(
    "together",
    TABLES,
    Column("councils", String(32), primary_key=True),
    Column("service", String(40), primary_key=True),
    Column("month", MONTH, primary_key=True),
    Column("family", String(20), primary_key=True),
    Column("key", String(120), primary_key=True),
    Column("low", BigInteger, nullable=False),
    Column("shown", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""What anybody may see of councils together in a released month: the sum of the counts shown, and how many they are.

``councils`` is a digest of which they are. All of it can be worked out again from the tallies.
"""

MARK = Table(
    "mark",
    TABLES,
    Column("mark", String(32), primary_key=True),
    Column("month", MONTH, nullable=False, index=True),
    sqlite_with_rowid=False,
)
"""The checks counted this month and the last: a keyed digest of a random number, from which nothing can be found."""

DRAINED = Table("drained", TABLES, Column("segment", String(32), primary_key=True), sqlite_with_rowid=False)
"""The spool's files that are counted and not yet deleted."""

SHARE = Table(
    "share",
    TABLES,
    Column("digest", String(64), primary_key=True),
    Column("council", String(80), nullable=False),
    Column("service", String(40), nullable=False),
    Column("nation", String(40), nullable=False),
    Column("version", String(12), nullable=False),
    Column("month", MONTH, nullable=False),
    Column("until", Date, nullable=False, index=True),
    Column("answers", String(4000), nullable=False),
    sqlite_with_rowid=False,
)
"""Answers that somebody chose to share: the digest of the code that takes them back, and until which Monday to keep."""

"""Tallies, the marks of checks that are counted, and the spool's files that are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "tally",
        sa.Column("council", sa.String(80), primary_key=True),
        sa.Column("service", sa.String(40), primary_key=True),
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("version", sa.String(12), primary_key=True),
        sa.Column("family", sa.String(20), primary_key=True),
        sa.Column("key", sa.String(120), primary_key=True),
        sa.Column("n", sa.BigInteger, nullable=False),
        sa.Column("blur", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("tally_by_month", "tally", ["service", "month", "family"])
    op.create_table(
        "mark",
        sa.Column("mark", sa.String(32), primary_key=True),
        sa.Column("month", sa.String(7), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_mark_month", "mark", ["month"])
    op.create_table("drained", sa.Column("segment", sa.String(32), primary_key=True), sqlite_with_rowid=False)

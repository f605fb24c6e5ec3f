"""Answers that people chose to share."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "share",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("council", sa.String(80), nullable=False),
        sa.Column("service", sa.String(40), nullable=False),
        sa.Column("nation", sa.String(40), nullable=False),
        sa.Column("version", sa.String(12), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("answers", sa.String(4000), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_share_until", "share", ["until"])

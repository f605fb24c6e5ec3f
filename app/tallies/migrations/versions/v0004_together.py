"""What is shown of councils together in released months, added up once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "together",
        sa.Column("councils", sa.String(32), primary_key=True),
        sa.Column("service", sa.String(40), primary_key=True),
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("family", sa.String(20), primary_key=True),
        sa.Column("key", sa.String(120), primary_key=True),
        sa.Column("low", sa.BigInteger, nullable=False),
        sa.Column("shown", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )

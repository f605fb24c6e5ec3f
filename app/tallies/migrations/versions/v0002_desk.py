"""The desk's members, invitations and log, and what holds the log to growing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_APPEND_ONLY = {
    "sqlite": (
        """CREATE TRIGGER desk_log_no_update BEFORE UPDATE ON desk_log
        BEGIN SELECT RAISE(ABORT, 'desk_log only grows'); END""",
        """CREATE TRIGGER desk_log_no_delete BEFORE DELETE ON desk_log
        BEGIN SELECT RAISE(ABORT, 'desk_log only grows'); END""",
        # INSERT OR REPLACE takes a row out without a word to the trigger on DELETE.
        """CREATE TRIGGER desk_log_no_replace BEFORE INSERT ON desk_log
        WHEN EXISTS (SELECT 1 FROM desk_log WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'desk_log only grows'); END""",
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION desk_log_only_grows() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'desk_log only grows'; END $$""",
        """CREATE TRIGGER desk_log_no_change BEFORE UPDATE OR DELETE ON desk_log
        FOR EACH ROW EXECUTE FUNCTION desk_log_only_grows()""",
        """CREATE TRIGGER desk_log_no_truncate BEFORE TRUNCATE ON desk_log
        FOR EACH STATEMENT EXECUTE FUNCTION desk_log_only_grows()""",
    ),
}


def upgrade() -> None:
    """Makes the tables and the triggers."""
    op.create_table(
        "desk_members",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("place", sa.String(60), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("issuer", sa.String(500), nullable=False),
        sa.Column("tenant", sa.String(500), nullable=False),
        sa.Column("subject", sa.String(500), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("email", sa.String(100), nullable=False),
        sa.Column("by_claim", sa.Boolean, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("joined", sa.DateTime, nullable=False),
        sa.Column("removed", sa.DateTime),
        sa.UniqueConstraint("place", "issuer", "tenant", "subject", name="one_member_for_each_identity"),
    )
    op.create_table(
        "desk_invitations",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("place", sa.String(60), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("member", sa.Integer, sa.ForeignKey("desk_members.id")),
        sa.Column("until", sa.DateTime, nullable=False),
        sa.Column("used", sa.DateTime),
    )
    op.create_table(
        "desk_log",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("who", sa.String(250), nullable=False),
        sa.Column("place", sa.String(60), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("detail", sa.String(500), nullable=False),
    )
    op.create_index("ix_desk_log_place", "desk_log", ["place"])
    for statement in _APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)

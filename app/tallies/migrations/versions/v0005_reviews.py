"""Rounds of review at the desk, the reviews, what was settled, and what holds the latter two to growing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_KEYS = {
    "desk_reviews": "case_id = NEW.case_id AND member = NEW.member",
    "desk_settlements": "case_id = NEW.case_id AND place = NEW.place",
}


def upgrade() -> None:
    """Makes the tables and the triggers."""
    op.create_table(
        "desk_rounds",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("place", sa.String(60), nullable=False),
        sa.Column("service", sa.String(40), nullable=False),
        sa.Column("nation", sa.String(40), nullable=False),
        sa.Column("version", sa.String(12), nullable=False),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("drawn", sa.DateTime, nullable=False),
        sa.Column("member", sa.Integer, sa.ForeignKey("desk_members.id"), nullable=False),
    )
    op.create_index("ix_desk_rounds_place", "desk_rounds", ["place"])
    op.create_table(
        "desk_round_cases",
        sa.Column("round", sa.Integer, sa.ForeignKey("desk_rounds.id"), primary_key=True),
        sa.Column("case_id", sa.String(16), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("answers", sa.String(4000), nullable=False),
        sa.Column("people", sa.Integer, nullable=False),
        sa.Column("borderline", sa.Boolean, nullable=False),
        sa.Column("weight", sa.Float, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "desk_reviews",
        sa.Column("case_id", sa.String(16), primary_key=True),
        sa.Column("member", sa.Integer, sa.ForeignKey("desk_members.id"), primary_key=True),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("basis", sa.String(120), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        _of_a_drawn_case(),
    )
    op.create_table(
        "desk_settlements",
        sa.Column("case_id", sa.String(16), primary_key=True),
        sa.Column("place", sa.String(60), primary_key=True),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("member", sa.Integer, sa.ForeignKey("desk_members.id"), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("criterion", sa.String(120), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        _of_a_drawn_case(),
    )
    for table, same in _KEYS.items():
        for statement in _only_grows(table, same, op.get_bind().dialect.name):
            op.execute(statement)


def _of_a_drawn_case() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["round", "case_id"], ["desk_round_cases.round", "desk_round_cases.case_id"])


def _only_grows(table: str, same: str, dialect: str) -> tuple[str, ...]:
    if dialect == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
        return (
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
            # INSERT OR REPLACE takes a row out without a word to the trigger on DELETE.
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "  # noqa: S608 - our own names
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) {refuse}",
        )
    return (
        f"CREATE OR REPLACE FUNCTION {table}_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} only grows'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_only_grows()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_only_grows()",
    )

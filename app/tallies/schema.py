"""The shape of the database: brought up to date by a command, and looked at before anything is read."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

_MIGRATIONS = Path(__file__).parent / "migrations"


class OutdatedDatabaseError(RuntimeError):
    """A database that is not in the shape that this program needs; the text says what to do."""


def upgrade(engine: Engine) -> None:
    """Makes the tables, or brings them up to date; all or nothing."""
    if engine.url.get_backend_name() == "sqlite":
        Path(engine.url.database or "").parent.mkdir(parents=True, exist_ok=True)
        raw = engine.raw_connection()
        try:
            # People can read while somebody writes. SQLite remembers it.
            raw.cursor().execute("PRAGMA journal_mode = WAL")
        finally:
            raw.close()
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def check(engine: Engine) -> None:
    """Raises OutdatedDatabaseError for a database that is older or newer than this program."""
    with engine.connect().execution_options(reads=True) as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    wanted = ScriptDirectory.from_config(_config()).get_current_head()
    if found != wanted:
        message = f"the database is in shape {found or 'none'}, and this program needs {wanted}; run: flask --app app "
        raise OutdatedDatabaseError(f"{message}tallies upgrade")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config

"""The service, with a database that can be made full: SQLite takes no more pages while a file says so."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import event

from app.wsgi import app

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection

__all__ = ["app"]

_engine = app.extensions["database"]
_full = Path(os.environ["FULL"])


def _prepare(connection: DBAPIConnection, *_pool: object) -> None:
    if _engine.dialect.name == "sqlite":
        most = 1 if _full.exists() else 1_000_000  # the pages that are there stay
        connection.cursor().execute(f"PRAGMA max_page_count = {most}")


event.listen(_engine, "checkout", _prepare)

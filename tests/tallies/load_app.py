"""The service, with a database that can be made full: SQLite takes no more pages while a file says so."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import event

from app.wsgi import app

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

__all__ = ["app"]

_engine = app.extensions["database"]
_full = Path(os.environ["FULL"])


def _prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    if _full.exists() and _engine.dialect.name == "sqlite":
        connection.cursor().execute("PRAGMA max_page_count = 1")  # the pages that are there stay


event.listen(_engine, "connect", _prepare)

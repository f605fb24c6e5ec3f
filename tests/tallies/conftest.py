from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.engine import URL

from tests.tallies.databases import KINDS, emptied, postgresql, sqlite


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[URL]:
    with postgresql() as server:
        yield server.url


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> URL:
    """The address of a database of each kind."""
    if request.param == "sqlite":
        return sqlite(tmp_path)
    address: URL = request.getfixturevalue("postgresql_url")
    return address


@pytest.fixture
def engine(url: URL) -> Iterator[Engine]:
    """The database, with nothing in it."""
    engine = emptied(url)
    yield engine
    engine.dispose()

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.engine import URL

from tests.tallies.databases import KINDS, emptied, postgresql, sqlite


@pytest.fixture(scope="session")
def postgresql_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[URL]:
    with postgresql(tmp_path_factory.mktemp("postgresql")) as url:
        yield url


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of each kind, with nothing in it."""
    url = sqlite(tmp_path) if request.param == "sqlite" else request.getfixturevalue("postgresql_url")
    engine = emptied(url)
    yield engine
    engine.dispose()

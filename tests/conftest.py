from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from flask import Flask

from app import create_app
from app.checker.site import Site
from app.engine.rulebook import Service, load_rulebook
from app.engine.rules import Rules
from app.settings import ROOT, Settings
from app.tallies import schema
from tests.page_client import PageClient
from tests.tallies.databases import sqlite

TODAY = date(2026, 11, 21)
KEY = Fernet.generate_key().decode()
RECEIPT_KEY = Fernet.generate_key().decode()


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 21, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def pass_by(self, **span: int) -> None:
        self.time += timedelta(**span)


@pytest.fixture(scope="session")
def services() -> Mapping[str, Service]:
    return load_rulebook(ROOT / "rules")


@pytest.fixture(scope="session")
def service(services: Mapping[str, Service]) -> Service:
    return services["blue-badge"]


@pytest.fixture(scope="session")
def england(service: Service) -> Rules:
    rules = service.rules("england", TODAY)
    assert rules is not None
    return rules


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def shared_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    database = sqlite(tmp_path_factory.mktemp("shared"))
    app = create_app(Settings(state_keys=(KEY,), receipt_keys=(RECEIPT_KEY,), examples=True, database=database))
    schema.upgrade(app.extensions["database"])
    app.test_client_class = PageClient
    return app


@pytest.fixture
def app(shared_app: Flask, clock: Clock) -> Flask:
    old: Site = shared_app.extensions["site"]
    shared_app.extensions["site"] = replace(old, now=clock)
    return shared_app


@pytest.fixture
def client(app: Flask) -> PageClient:
    client = app.test_client()
    assert isinstance(client, PageClient)
    return client

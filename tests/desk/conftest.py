from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.engine import URL

from app import create_app
from app.desk import people
from app.desk.access import NATIONAL, Role
from app.desk.desk import Desk
from app.desk.invitations import Invitation, invite
from app.desk.member import Identity, Member, Person
from app.desk.providers import Provider
from app.desk.sign_in import Doors
from app.desk.tables import LOG
from app.settings import Settings
from tests.conftest import KEY, RECEIPT_KEY, Clock
from tests.desk.desk_client import DeskClient
from tests.desk.lying_provider import CLIENT, SECRET, LyingProvider, running
from tests.desk.tallied import Tallied, tally
from tests.tallies.databases import KINDS, fresh, new_sqlite, postgresql, sqlite

DESK_KEY = Fernet.generate_key().decode()


def settings(*desk_keys: str) -> Settings:
    return Settings(
        state_keys=(KEY,),
        receipt_keys=(RECEIPT_KEY,),
        desk_keys=desk_keys,
        examples=True,
        service_hosts=("checker.example",),
    )


@pytest.fixture(scope="session")
def shared_desk() -> Flask:
    return create_app(settings(DESK_KEY))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    found = new_sqlite(sqlite(tmp_path))
    yield found
    found.dispose()


@pytest.fixture(scope="session")
def own_postgresql() -> Iterator[URL]:
    """A PostgreSQL for all tests of the desk."""
    with postgresql() as server:
        yield server.url


@pytest.fixture
def desk_app(shared_desk: Flask, engine: Engine, clock: Clock) -> Flask:
    """The application with an empty database and no providers."""
    shared_desk.extensions["site"] = replace(shared_desk.extensions["site"], now=clock)
    shared_desk.extensions["database"] = engine
    shared_desk.extensions["desk"] = Desk(is_open=True, doors=Doors({}))
    shared_desk.test_client_class = DeskClient
    return shared_desk


@pytest.fixture
def desk_client(desk_app: Flask) -> DeskClient:
    return new_client(desk_app)


@pytest.fixture(scope="session")
def lying_provider() -> Iterator[LyingProvider]:
    with running(LyingProvider()) as provider:
        yield provider


@pytest.fixture
def provider(desk_app: Flask, lying_provider: LyingProvider) -> LyingProvider:
    """A provider that tells the truth until it is told otherwise; Northfold's staff sign in there."""
    lying_provider.forget()
    set_provider(desk_app, lying_provider)
    return lying_provider


def set_provider(app: Flask, provider: LyingProvider, place: str = "northfold", **said: object) -> None:
    values = {"issuer": provider.issuer, "client_id": CLIENT, "client_secret": SECRET, **said}
    app.extensions["desk"] = Desk(is_open=True, doors=Doors({place: Provider.model_validate(values)}))


def new_client(app: Flask) -> DeskClient:
    found = app.test_client()
    assert isinstance(found, DeskClient)
    return found


@dataclass(frozen=True)
class Staff:
    """Makes members and signs them in, past any provider."""

    app: Flask
    clock: Clock

    def token(self, role: Role, place: str = "northfold", name: str = "Ada Example") -> str:
        with self.app.extensions["database"].begin() as connection:
            return invite(connection, Invitation(place, role, name, None), self.clock())

    def signed_in(self, role: Role, place: str = "northfold", name: str = "Ada Example") -> DeskClient:
        client = new_client(self.app)
        place = NATIONAL if role is Role.NATIONAL else place
        opened = self.app.extensions["desk"]
        self.app.extensions["desk"] = Desk(is_open=True, doors=Doors({}))
        assert client.send(f"/desk/invitation/{self.token(role, place, name)}").status_code == 303
        self.app.extensions["desk"] = opened
        return client

    def members(self, place: str = "northfold") -> tuple[Member, ...]:
        with self.app.extensions["database"].begin() as connection:
            return people.of_place(connection, place)

    def add(self, role: Role, identity: Identity, place: str = "northfold") -> Member:
        with self.app.extensions["database"].begin() as connection:
            return people.put(connection, place, role, Person(identity), by_claim=False, joined=self.clock())

    def log(self) -> list[tuple[str, str, str, str]]:
        with self.app.extensions["database"].begin() as connection:
            found = connection.execute(select(LOG.c.who, LOG.c.place, LOG.c.action, LOG.c.detail).order_by(LOG.c.id))
            return [(row.who, row.place, row.action, row.detail) for row in found]


@pytest.fixture
def staff(desk_app: Flask, clock: Clock) -> Staff:
    return Staff(desk_app, clock)


@pytest.fixture
def tallied(engine: Engine) -> Tallied:
    """Tallies of two councils, one of them invented, in the database of the desk."""
    return tally(engine)


@pytest.fixture
def either_engine(request: pytest.FixtureRequest, tmp_path: Path, desk_app: Flask) -> Iterator[Engine]:
    """A database of each kind in place of the usual one."""
    postgresql = request.param == "postgresql"
    found = fresh(request.getfixturevalue("own_postgresql") if postgresql else sqlite(tmp_path / "either"))
    desk_app.extensions["database"] = found
    yield found
    found.dispose()


on_either = pytest.mark.parametrize("either_engine", KINDS, indirect=True)


@pytest.fixture
def manager(staff: Staff) -> DeskClient:
    return staff.signed_in(Role.MANAGER)


@pytest.fixture
def national(staff: Staff) -> DeskClient:
    return staff.signed_in(Role.NATIONAL)

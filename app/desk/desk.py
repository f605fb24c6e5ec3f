"""What the pages of the desk work with, made once when the application starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from app.desk.access import NATIONAL

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from app.councils.councils import Councils
    from app.desk.sign_in import Doors
    from app.engine.rulebook import Service
    from app.engine.rules import Rules
    from app.tallies.receipt import Receipts


class NoDatabaseError(SQLAlchemyError):
    """No database has been set up."""


class Site(Protocol):
    """What the desk shares with the pages for everybody."""

    @property
    def services(self) -> Mapping[str, Service]:
        """The services, by id."""

    @property
    def councils(self) -> Councils:
        """The councils that there are."""

    @property
    def receipts(self) -> Receipts:
        """What opens receipts."""

    @property
    def now(self) -> Callable[[], datetime]:
        """The clock."""

    def today(self) -> date:
        """The day that it is in the United Kingdom."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Whether it is open, which takes keys, and the doors: where the staff of which council sign in."""

    is_open: bool
    doors: Doors


def desk() -> Desk:
    """The desk of this application."""
    found: Desk = current_app.extensions["desk"]
    return found


def site() -> Site:
    """The site of this application."""
    found: Site = current_app.extensions["site"]
    return found


def now() -> datetime:
    """The time that it is, in UTC."""
    return site().now()


def database() -> Engine:
    """The database of this application; raises NoDatabaseError, which is a fault like any other of a database."""
    found: Engine | None = current_app.extensions.get("database")
    if found is None:
        raise NoDatabaseError
    return found


def is_place(place: str) -> bool:
    """Whether there is such a council, on any day, or it is the place of those who work for none."""
    return place == NATIONAL or site().councils.known(place) is not None


def rules_in_force(place: str) -> Rules | None:
    """The rules by which people of a council are checked today."""
    council = site().councils.known(place)
    if council is None:
        return None
    found = (service.rules(council.nation, site().today()) for service in site().services.values())
    return next((rules for rules in found if rules is not None), None)


def rules_of(service: str, nation: str, version: str) -> Rules | None:
    """The rules of that version; None where they are kept no more."""
    found = site().services.get(service)
    return found.version(nation, version) if found else None


def place_name(place: str) -> str:
    """A council by its English name; the place of those who work for none has no name."""
    council = site().councils.known(place)
    return council.name("en") if council else ""


def is_example(place: str) -> bool:
    """Whether it is an invented council, whose figures can only be generated."""
    council = site().councils.known(place)
    return council is not None and council.example

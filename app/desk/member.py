"""Somebody who may use the desk, and how a provider names a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from app.desk.access import Role

LOCAL = "local"
"""In the place of an issuer: somebody whom no provider vouches for, only the link that they were given."""

_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is: these three alone, since a person can change any other thing that a provider says of them.

    ``tenant`` is empty where a provider has no tenants.
    """

    issuer: str
    tenant: str
    subject: str


@dataclass(frozen=True, slots=True)
class Person:
    """An identity with what is shown of it, which decides nothing."""

    identity: Identity
    name: str = field(compare=False, default="")
    email: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class Member:
    """A person with a role in one place, which is the slug of a council or ``NATIONAL``.

    ``by_claim`` says that a provider gave the role, and may take it away. Only cookies of today's ``round`` count: the
    number grows when somebody signs out.
    """

    id: int
    place: str
    role: Role
    person: Person
    by_claim: bool
    round: int
    joined: datetime
    removed: bool

    @property
    def local(self) -> bool:
        """Whether only a link lets them in."""
        return self.person.identity.issuer == LOCAL

    @property
    def known_as(self) -> str:
        """As pages and the log name them."""
        return known_as(self.person.name, self.person.email) or f"Number {self.id}"


def known_as(name: str, email: str) -> str:
    """A name with the address, as far as there are any."""
    return f"{name} ({email})" if name and email else name or email


def shown(text: object) -> str:
    """What a provider or a colleague wrote, as it can be shown: one line, not too long; empty if it is no text."""
    line = " ".join(text.split()) if isinstance(text, str) else ""
    return "".join(letter for letter in line if letter.isprintable())[:_LONGEST]

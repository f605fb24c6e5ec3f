"""What can be filled in: a field for each value that a council's file can hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from app.councils.council_file import Links
from app.councils.palette import ROLES
from app.councils.slots import Slots
from app.engine.document import Place

Kind = Literal["line", "lines", "prose", "number", "tick", "choice"]
Values = Mapping[str, str]
"""What was typed, by the names of fields; those that are missing are empty."""

NOTICES, FOOTER_LINKS = 3, 8
TICKED = "true"
LANGUAGES, ENGLISH_ONLY = "languages", "en"
"""The field that says in which languages the pages are, and what it holds where they are in English only."""


@dataclass(frozen=True, slots=True)
class Field:
    """Where in the file a value stands, and how it is typed.

    ``group`` is what it makes up with others; one that is ``needed`` is written as soon as another of its group is.
    """

    place: Place
    kind: Kind = "line"
    group: Place = ()
    needed: bool = False

    @property
    def name(self) -> str:
        """Its name in the form."""
        return ".".join(map(str, self.place))

    @property
    def id(self) -> str:
        """Its id on the page."""
        return self.name.replace(".", "-")

    @property
    def welsh(self) -> bool:
        """Whether what stands in it is Welsh."""
        return self.place[-1] == "cy"

    @property
    def says(self) -> str:
        """Its name without the number of its row, as the words for it are found."""
        return ".".join(str(step) for step in self.place if not isinstance(step, int))

    def filled(self, values: Values) -> bool:
        """Whether anything is typed in it."""
        return bool(values.get(self.name, "").strip())


def _both(*place: str | int, kind: Kind = "line", group: Place | None = None) -> Iterator[Field]:
    yield Field((*place, "en"), kind, place if group is None else group, needed=True)
    yield Field((*place, "cy"), kind, place if group is None else group)


def _fields() -> Iterator[Field]:
    yield from (Field(("example",), "tick"), Field(("nation",)), Field(("tier",)))
    yield from _both("name")
    yield Field((LANGUAGES,), "choice")
    yield from (Field(("links", link)) for link in Links.model_fields)
    yield from (Field(("contacts", "phone")), Field(("contacts", "email")), Field(("contacts", "address"), "lines"))
    yield from _both("contacts", "opening_hours")
    yield from (Field(("fee",)), Field(("decides_within_weeks",), "number"))
    yield from (Field(("colours", role), group=("colours",), needed=True) for role in ROLES)
    yield Field(("logo_shows_name",), "tick")
    for slot in Slots.model_fields:
        yield from _both("words", slot, kind="prose")
    for row in range(NOTICES):
        yield from (Field(("notices", row, day), group=("notices", row)) for day in ("from", "until"))
        yield from _both("notices", row, "text", kind="prose", group=("notices", row))
    for row in range(FOOTER_LINKS):
        yield from _both("footer", row, "text", group=("footer", row))
        yield Field(("footer", row, "link"), group=("footer", row), needed=True)
    yield from (Field(("hosts",), "lines"), Field(("embedders",), "lines"))


FIELDS = tuple(_fields())
"""Every field, in the order of the file."""

_ENGLISH = tuple(field for field in FIELDS if not field.welsh)


def fields_of_use(values: Values) -> tuple[Field, ...]:
    """The fields that the file is made from: where the pages are in English only, none that holds Welsh."""
    return _ENGLISH if values.get(LANGUAGES) == ENGLISH_ONLY else FIELDS


BY_NAME = {field.name: field for field in FIELDS}

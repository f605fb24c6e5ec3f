"""What can be wrong in a council's own file, beyond its shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.councils.council_file import CouncilFile
from app.councils.place import Authority
from app.councils.slug import is_slug
from app.engine.document import Document
from app.engine.problem import Problem


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an example may say: a nation and a tier that there are, and a slug that nothing else has."""

    nations: frozenset[str]
    tiers: frozenset[str]
    taken: frozenset[str]


def repeated_embedders(document: Document[CouncilFile]) -> Iterator[Problem]:
    """Every embedder that stands in the list a second time."""
    embedders = document.content.embedders
    for index, origin in enumerate(embedders):
        if origin in embedders[:index]:
            message = f"{origin} stands in the list already; take one out"
            yield document.problem(("embedders", index), "duplicate-embedder", message)


def branded_faults(document: Document[CouncilFile], authority: Authority) -> Iterator[Problem]:
    """What is wrong in the file of a council of the register."""
    file = document.content
    if file.example:
        message = "a council of the register is no example; move an invented one to the folder examples"
        yield document.problem(("example",), "example-in-register", message)
    for key, value in (("nation", file.nation), ("tier", file.tier)):
        if value is not None:
            yield document.problem((key,), "not-its-own", f"take out {key}: the register has it")
    welsh = (file.name.cy if file.name else None) or authority.name_cy
    yield from _missing_welsh(document, named_in_welsh=welsh is not None)


def example_faults(document: Document[CouncilFile], slug: str, bounds: Bounds) -> Iterator[Problem]:
    """What is wrong in the file of an invented council."""
    file = document.content
    if slug in bounds.taken or not is_slug(slug):
        message = f"{slug!r} is taken or no slug; name the folder with other lower case words joined by hyphens"
        yield document.problem((), "bad-slug", message)
    if not file.example:
        yield document.problem(("example",), "not-an-example", "write example: true, since the council is invented")
    if file.name is None:
        yield document.problem((), "missing-key", "the key 'name' is missing; add it")
    choices = (("nation", file.nation, bounds.nations), ("tier", file.tier, bounds.tiers))
    for key, value, known in choices:
        if value is None:
            yield document.problem((), "missing-key", f"the key {key!r} is missing; add it")
        elif value not in known:
            message = f"{value!r} is not one of {', '.join(sorted(known))}"
            yield document.problem((key,), "unknown-value", message)
    yield from _missing_welsh(document, named_in_welsh=bool(file.name and file.name.cy))


def _missing_welsh(document: Document[CouncilFile], *, named_in_welsh: bool) -> Iterator[Problem]:
    contacts = document.content.contacts
    hours = contacts.opening_hours if contacts else None
    if named_in_welsh and hours and hours.cy is None:
        message = "the council has a Welsh name, so its residents read Welsh; add cy"
        yield document.problem(("contacts", "opening_hours"), "missing-welsh", message)

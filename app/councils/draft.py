"""A council's folder that is not there yet: read from what somebody sent, and held to all that folders are held to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.councils.council import Council, make_council
from app.councils.council_file import CouncilFile
from app.councils.fault import branded_faults, common_faults, example_faults
from app.councils.folder import FILE, invented
from app.councils.place import Authority
from app.engine.document import Document, load_document
from app.engine.problem import LoadError, Problem

if TYPE_CHECKING:
    from app.councils.councils import Councils
    from app.councils.logo import Logo


@dataclass(frozen=True, slots=True)
class Draft:
    """What was read: the council, as far as the file can be understood, and everything that is wrong with it.

    While there are problems the service would leave the folder out, and the council is only to be looked at.
    """

    council: Council | None
    problems: tuple[Problem, ...]


def read_draft(councils: Councils, slug: str, data: bytes, logo: Logo | None = None) -> Draft:
    """The council of that slug with this ``council.yaml`` and logo in its folder, in place of what is there now."""
    try:
        document = load_document(draft_path(slug), CouncilFile, data)
    except LoadError as error:
        return Draft(None, error.problems)
    listed, bounds, said = councils.register.councils.get(slug), councils.bounds, document.content
    if isinstance(listed, Authority):
        authority: Authority | None = listed
        faults = [*common_faults(document, listed.nation, bounds), *branded_faults(document)]
    else:
        authority = invented(slug, said)
        faults = [*common_faults(document, said.nation, bounds), *example_faults(document, slug, bounds)]
    faults += _taken_hosts(councils, slug, document)
    council = make_council(authority, said, logo) if authority else None
    return Draft(council, tuple(sorted(set(faults))))


def draft_path(slug: str) -> Path:
    """How the file is named in its problems."""
    return Path(slug) / FILE


def _taken_hosts(councils: Councils, slug: str, document: Document[CouncilFile]) -> Iterator[Problem]:
    for index, host in enumerate(document.content.hosts):
        if councils.hosts.get(host, slug) != slug:
            message = f"{host} is another council's; write one that is your own, or take it out"
            yield document.problem(("hosts", index), "duplicate-host", message)

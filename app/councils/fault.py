"""What can be wrong in a council's own file, beyond its shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.councils.council_file import FREE, CouncilFile
from app.councils.language_fault import language_faults
from app.councils.slug import is_slug

if TYPE_CHECKING:
    from app.engine.document import Document, Place
    from app.engine.problem import Problem


@dataclass(frozen=True, slots=True)
class Bounds:
    """What files may say: nations, tiers and fees that there are; slugs and hosts that are not taken.

    ``highest_fees`` are in pounds, by nation; a nation without one has no limit that we know of. ``bilingual`` are the
    nations whose councils' pages are always in Welsh too.
    """

    nations: frozenset[str]
    tiers: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()
    service_hosts: frozenset[str] = frozenset()
    highest_fees: Mapping[str, int] = field(default_factory=dict)
    bilingual: frozenset[str] = frozenset()


def common_faults(document: Document[CouncilFile], nation: str | None, bounds: Bounds) -> Iterator[Problem]:
    """What is wrong in any council's file, of the register or invented."""
    yield from _repeated(document, "embedders", "duplicate-embedder")
    yield from _repeated(document, "hosts", "duplicate-host")
    yield from language_faults(document, in_wales=nation in bounds.bilingual)
    for index, host in enumerate(document.content.hosts):
        if host in bounds.service_hosts:
            message = f"{host} is the service's own host; write one that is the council's, or take it out"
            yield document.problem(("hosts", index), "duplicate-host", message)
    palette = document.content.colours
    for role, failure in palette.failures.items() if palette else ():
        yield document.problem(("colours", role), "low-contrast", str(failure))
    yield from _high_fee(document, bounds.highest_fees.get(nation or ""))


def branded_faults(document: Document[CouncilFile]) -> Iterator[Problem]:
    """What is wrong in the file of a council of the register."""
    file = document.content
    if file.example:
        message = "a council of the register is no example; move an invented one to the folder examples"
        yield document.problem(("example",), "example-in-register", message)
    for key, value in (("nation", file.nation), ("tier", file.tier)):
        if value is not None:
            yield document.problem((key,), "not-its-own", f"take out {key}: the register has it")


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


def shared_hosts(documents: Mapping[str, Document[CouncilFile]]) -> Iterator[tuple[str, Problem]]:
    """Each council whose file names a host that another's names too, with the fault; neither can have it."""
    owners: dict[str, list[str]] = {}
    for slug, document in documents.items():
        for host in dict.fromkeys(document.content.hosts):
            owners.setdefault(host, []).append(slug)
    for host, slugs in owners.items():
        for slug in slugs if len(slugs) > 1 else ():
            others = ", ".join(other for other in slugs if other != slug)
            document = documents[slug]
            message = f"{host} is named by {others} too; a host belongs to one council, so take it out of one of them"
            place: Place = ("hosts", document.content.hosts.index(host))
            yield slug, document.problem(place, "duplicate-host", message)


def _repeated(document: Document[CouncilFile], key: str, code: str) -> Iterator[Problem]:
    entries: tuple[str, ...] = getattr(document.content, key)
    for index, entry in enumerate(entries):
        if entry in entries[:index]:
            yield document.problem((key, index), code, f"{entry} stands in the list already; take one out")


def _high_fee(document: Document[CouncilFile], highest: int | None) -> Iterator[Problem]:
    fee = document.content.fee
    if highest is None or fee in (None, FREE):
        return
    if float(str(fee).removeprefix("£")) > highest:
        limit = f"at most £{highest}" if highest else "no fee"
        message = f"the law of this nation lets a council take {limit} for a badge; write that, or 'none'"
        yield document.problem(("fee",), "high-fee", message)

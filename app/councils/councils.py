"""Every council that the service can speak for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.councils.council import Council, make_council
from app.councils.fault import Bounds
from app.councils.folder import REGISTER, read_folders
from app.councils.logo import Logo
from app.councils.place import Authority, Place
from app.councils.register import Register
from app.councils.register_file import read_register
from app.councils.slug import RESERVED
from app.engine.problem import LoadError, Problem


@dataclass(frozen=True, slots=True)
class Councils:
    """The register joined with the councils' own folders, and with the examples if they were asked for.

    All is made when it is loaded; a look-up on a day costs a dictionary or two. Examples can be got, but are
    never listed or found. ``hosts`` are the councils' own, ``logos`` are by the name of the file that is served.
    ``bounds`` are what any folder was held to, ``problems`` the faults of folders that were left out because of them.
    """

    register: Register
    councils: Mapping[str, Council]
    examples: Mapping[str, Council]
    hosts: Mapping[str, str]
    logos: Mapping[str, Logo]
    bounds: Bounds
    problems: tuple[Problem, ...]

    @property
    def slugs(self) -> tuple[str, ...]:
        """The short names of all that there ever are, of any day."""
        return (*self.councils, *self.examples)

    def known(self, slug: str) -> Council | None:
        """The council of that slug, whether or not it issues badges today."""
        return self.councils.get(slug) or self.examples.get(slug)

    def get(self, slug: str, today: date) -> Council | None:
        """The council of that slug, if it issues badges today or is an example."""
        if self.register.on(today).authority(slug):
            return self.councils[slug]
        return self.examples.get(slug)

    def all(self, today: date) -> tuple[Council, ...]:
        """Every council that ``get`` has on the day, the examples last."""
        issuing = self.register.on(today).authorities
        return (*(self.councils[slug] for slug in issuing), *self.examples.values())

    def listed(self, today: date, language: str) -> tuple[Place, ...]:
        """Every place of the register, by its bare name in that language."""
        return self.register.on(today).listed(language)

    def place(self, slug: str, today: date) -> Place | None:
        """The issuing authority or district of that slug."""
        return self.register.on(today).place(slug)

    def search(self, typed: str, today: date) -> tuple[Place, ...]:
        """The places that fit what was typed, the best first."""
        return self.register.on(today).search(typed)

    def named(self, typed: str, today: date) -> tuple[Place, ...]:
        """The places whose whole name was typed."""
        return self.register.on(today).named(typed)

    def successors(self, slug: str, today: date) -> tuple[Place, ...]:
        """Who has taken over from a council or district that is no more; nobody while it exists."""
        return self.register.successors(slug, today)


def load_councils(
    folder: Path,
    nations: Collection[str],
    reserved: Collection[str] = (),
    *,
    examples: bool = False,
    service_hosts: Collection[str] = (),
    highest_fees: Mapping[str, int] | None = None,
) -> Councils:
    """The councils in ``folder``; raises LoadError with everything that is wrong in the register.

    A fault in a council's own folder leaves that folder out, and is among the problems of the result: nobody's check
    fails because of another council's slip. ``nations`` are the ids that a council may have; ``reserved`` are first
    segments of addresses, such as the ids of services, that no slug may take besides those that the service always
    keeps; ``service_hosts`` are hosts that no council may have; ``highest_fees`` are by nation, in pounds.
    """
    faults: list[Problem] = []
    register = read_register(folder / REGISTER, nations, reserved, faults)
    if faults:
        raise LoadError(faults)
    authorities = [each for each in register.councils.values() if isinstance(each, Authority)]
    bounds = Bounds(
        nations=frozenset(nations),
        tiers=frozenset(each.tier for each in authorities),
        taken=RESERVED.union(reserved, register.councils),
        service_hosts=frozenset(service_hosts),
        highest_fees=highest_fees or {},
        bilingual=register.bilingual,
    )
    spoken = read_folders(folder, register, bounds, faults, examples=examples)
    plain = {each.slug: make_council(each) for each in authorities if each.slug not in spoken}
    return Councils(
        register,
        plain | {slug: each for slug, each in spoken.items() if not each.example},
        {slug: each for slug, each in spoken.items() if each.example},
        {host: slug for slug, each in spoken.items() for host in each.hosts},
        {each.logo.name: each.logo for each in spoken.values() if each.logo},
        bounds,
        tuple(sorted(set(faults))),
    )

"""Every council that the service can speak for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.councils.council import Council, make_council
from app.councils.council_file import CouncilFile
from app.councils.fault import Bounds
from app.councils.folder import REGISTER, read_branded, read_examples
from app.councils.place import Authority, Place
from app.councils.register import Register
from app.councils.register_file import read_register
from app.councils.slug import RESERVED
from app.engine.problem import LoadError, Problem


@dataclass(frozen=True, slots=True)
class Councils:
    """The register joined with the councils' own folders, and with the examples if they were asked for.

    All is made when it is loaded; a look-up on a day costs a dictionary or two. Examples can be got, but are
    never listed or found.
    """

    register: Register
    councils: Mapping[str, Council]
    examples: Mapping[str, Council]

    @property
    def slugs(self) -> tuple[str, ...]:
        """The short names of all that there ever are, of any day."""
        return (*self.councils, *self.examples)

    def get(self, slug: str, today: date) -> Council | None:
        """The council of that slug, if it issues badges today or is an example."""
        if self.register.on(today).authority(slug):
            return self.councils[slug]
        return self.examples.get(slug)

    def all(self, today: date) -> tuple[Council, ...]:
        """Every council that ``get`` has on the day, the examples last."""
        issuing = self.register.on(today).authorities
        return (*(self.councils[slug] for slug in issuing), *self.examples.values())

    def listed(self, today: date, language: str = "en") -> tuple[Place, ...]:
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
    folder: Path, nations: Collection[str], reserved: Collection[str] = (), *, examples: bool = False
) -> Councils:
    """The councils in ``folder``; raises LoadError with everything that is wrong in any file.

    ``nations`` are the ids that a council may have; ``reserved`` are first segments of addresses, such as the
    ids of services, that no slug may take besides those that the service always keeps.
    """
    problems: list[Problem] = []
    register = read_register(folder / REGISTER, nations, reserved, problems)
    branded = {council.slug: council for council in read_branded(folder, register, problems)}
    invented: tuple[Council, ...] = ()
    authorities = [each for each in register.councils.values() if isinstance(each, Authority)]
    if examples:
        tiers = frozenset(each.tier for each in authorities)
        bounds = Bounds(frozenset(nations), tiers, RESERVED.union(reserved, register.councils))
        invented = tuple(read_examples(folder, bounds, problems))
    if problems:
        raise LoadError(problems)
    plain = {each.slug: make_council(each, CouncilFile()) for each in authorities}
    return Councils(register, plain | branded, {each.slug: each for each in invented})

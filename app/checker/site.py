"""What every page of the checker works with, made once when the application starts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from flask import current_app

from app.checker.answer_bits import largest
from app.checker.uk_day import uk_day
from app.councils.councils import load_councils
from app.engine.problem import LoadError, Problem
from app.web.sealed_state import CheckState

if TYPE_CHECKING:
    from pathlib import Path

    from app.councils.councils import Councils
    from app.engine.rulebook import Service
    from app.tallies.receipt import Receipts
    from app.web.sealed_state import StateSealer


@dataclass(frozen=True, slots=True)
class Site:
    """The services, the councils, the sealer of states, the receipts, and the clock."""

    services: Mapping[str, Service]
    councils: Councils
    sealer: StateSealer
    receipts: Receipts
    now: Callable[[], datetime]

    def check_room(self) -> None:
        """Raises LoadError for each service of which some check would not fit a sealed state."""
        problems = []
        for service in self.services.values():
            laws = [rules for laws in service.laws.values() for rules in laws]
            numbers = largest(service.vocabulary)
            state = CheckState(
                council=max(self.councils.slugs, key=len),
                nation=max(service.vocabulary.nations, key=len),
                version=laws[0].version if laws else "",
                step=len(numbers),
                begun=self.seconds(),
                number=2**64 - 1,
                answers=numbers,
                submitted=max(numbers),
                changing=True,
            )
            try:
                self.sealer.seal(state)
            except ValueError as error:
                message = f"{error}; ask fewer questions or offer fewer options"
                problems.append(Problem(service.folder / "service.yaml", 1, "too-much-to-carry", message))
        if problems:
            raise LoadError(problems)

    def today(self) -> date:
        """The day whose rules and councils hold: the one that it is in the United Kingdom."""
        return uk_day(self.now())

    def council_of_host(self, host: str) -> str | None:
        """The short name of the council whose own host that is, on any day: one that ended leads on from there too."""
        return self.councils.hosts.get(host)

    def seconds(self) -> int:
        """The time in seconds since 1970."""
        return int(self.now().timestamp())


def councils_in(
    folder: Path, services: Mapping[str, Service], *, service_hosts: Collection[str], examples: bool
) -> Councils:
    """The councils in a folder, held against the services; raises LoadError if the register is wrong."""
    nations = [named for service in services.values() for named in service.vocabulary.nations.items()]
    return load_councils(
        folder,
        {nation for nation, _ in nations},
        tuple(services),
        examples=examples,
        service_hosts=service_hosts,
        highest_fees={nation: said.highest_fee for nation, said in nations if said.highest_fee is not None},
    )


def site() -> Site:
    """The site of this application."""
    found: Site = current_app.extensions["site"]
    return found

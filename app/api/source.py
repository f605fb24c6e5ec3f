"""What the API speaks of, made once when the application starts, and what an address names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask import current_app

from app.api.problem import Problem

if TYPE_CHECKING:
    from app.councils.council import Council
    from app.councils.councils import Councils
    from app.engine.rulebook import Service
    from app.engine.rules import Rules
    from app.engine.words import Words


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """The services, the councils, and the day."""

    services: Mapping[str, Service]
    councils: Councils
    today: Callable[[], date]

    @property
    def readers(self) -> tuple[str, ...]:
        """The origins of the websites of every council."""
        return tuple(origin for council in self.councils.all(self.today()) for origin in council.embedders)

    def council(self, slug: str) -> Council:
        """The council of that slug today; raises Problem."""
        found = self.councils.get(slug, self.today())
        if found is None:
            raise Problem("unknown-council")
        return found

    def desk(self, council: Council, service_id: str, language: str) -> Desk:
        """Where a council's residents check; raises Problem where there is no such thing."""
        service = self.services.get(service_id)
        if service is None:
            raise Problem("unknown-service")
        if language not in service.words or language not in council.languages:
            raise Problem("unknown-language")
        if council.said.links.own_service:
            raise Problem("own-service", link=council.said.links.own_service)
        rules = service.rules(council.nation, self.today())
        if rules is None:
            raise Problem("no-rules", link=service.vocabulary.nations[council.nation].apply)
        return Desk(council, service, language, rules)


@dataclass(frozen=True, slots=True)
class Desk:
    """A service at a council in a language, under the rules in force today."""

    council: Council
    service: Service
    language: str
    rules: Rules

    @property
    def words(self) -> Words:
        """The words of the service in this language."""
        return self.service.words[self.language]

    @property
    def name(self) -> str:
        """The council's name in this language."""
        return self.council.name(self.language)


def source() -> Source:
    """The source of this application."""
    found: Source = current_app.extensions["api"]
    return found

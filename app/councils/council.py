"""A council as the pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.councils.council_file import EMPTY, FREE, CouncilFile, Notice
from app.councils.wording import Wording

if TYPE_CHECKING:
    from app.councils.council_file import Contacts
    from app.councils.logo import Logo
    from app.councils.place import Authority
    from app.engine.law import CouncilFact


@dataclass(frozen=True, slots=True)
class Council:
    """An issuing authority with what it says about itself, ``said``, and its logo.

    ``website`` and ``page``, its page about badges, come from the register where it gives none, and may then
    be plain http.
    """

    slug: str
    wording: Wording
    nation: str
    tier: str
    website: str | None = None
    page: str | None = None
    said: CouncilFile = EMPTY
    logo: Logo | None = None

    def name(self, language: str) -> str:
        """Its full name; the English one where it has no other."""
        return self.wording.to(language)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that its pages can be read in."""
        return self.said.languages

    def nearest(self, language: str) -> str:
        """That language, or the first of its own where it has no pages in that one."""
        return language if language in self.languages else self.languages[0]

    @property
    def example(self) -> bool:
        """Whether it is invented."""
        return self.said.example

    @property
    def adopted(self) -> bool:
        """Whether it has told us that it uses the service: it has a folder here, and no service of its own."""
        return self.said != EMPTY and self.said.links.own_service is None

    @property
    def contacts(self) -> Contacts:
        """How to reach the team that handles badges."""
        return self.said.contacts

    @property
    def embedders(self) -> tuple[str, ...]:
        """The exact origins that may frame its pages."""
        return self.said.embedders

    @property
    def hosts(self) -> tuple[str, ...]:
        """The exact hosts that are its own."""
        return self.said.hosts

    @property
    def facts(self) -> frozenset[CouncilFact]:
        """What it says for itself that the law says only in general."""
        said: dict[CouncilFact, bool] = {
            "fee": self.said.fee is not None,
            "free": self.said.fee == FREE,
            "time": self.said.decides_within_weeks is not None,
        }
        return frozenset(fact for fact, is_said in said.items() if is_said)

    def notices(self, day: date) -> tuple[Notice, ...]:
        """What people have to know on the day."""
        return tuple(notice for notice in self.said.notices if notice.holds(day))


def make_council(authority: Authority, said: CouncilFile = EMPTY, logo: Logo | None = None) -> Council:
    """The council of an authority; its own file, where it says something, comes first."""
    own = said.name
    return Council(
        slug=authority.slug,
        wording=Wording(
            en=own.en if own else authority.name,
            cy=(own.cy if own else None) or authority.name_cy,
        ),
        nation=authority.nation,
        tier=authority.tier,
        website=said.links.website or authority.website,
        page=said.links.blue_badge or authority.page,
        said=said,
        logo=logo,
    )

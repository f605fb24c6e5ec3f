"""A council as the pages show it."""

from __future__ import annotations

from dataclasses import dataclass

from app.councils.council_file import Contacts, CouncilFile
from app.councils.place import Authority
from app.councils.wording import Wording

NO_CONTACTS = Contacts()


@dataclass(frozen=True, slots=True)
class Council:
    """An issuing authority with what it says about itself.

    ``website`` and ``page``, its page about badges, come from the register where it gives none, and may then
    be plain http. ``embedders`` are the exact origins that may frame its pages. An example is invented.
    """

    slug: str
    wording: Wording
    nation: str
    tier: str
    example: bool = False
    website: str | None = None
    page: str | None = None
    apply: str | None = None
    complaints: str | None = None
    contacts: Contacts = NO_CONTACTS
    embedders: tuple[str, ...] = ()

    def name(self, language: str = "en") -> str:
        """Its full name; the English one where it has no other."""
        return self.wording.to(language)


def make_council(authority: Authority, file: CouncilFile) -> Council:
    """The council of an authority; its own file, where it says something, comes first."""
    own, links = file.name, file.links
    return Council(
        slug=authority.slug,
        wording=Wording(
            en=own.en if own else authority.name,
            cy=(own.cy if own else None) or authority.name_cy,
        ),
        nation=authority.nation,
        tier=authority.tier,
        example=file.example,
        website=links.website or authority.website,
        page=links.blue_badge or authority.page,
        apply=links.apply,
        complaints=links.complaints,
        contacts=file.contacts or NO_CONTACTS,
        embedders=file.embedders,
    )

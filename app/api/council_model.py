"""A council as the API tells of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pydantic import Field

from app.api.model import MARKDOWN, InForce, Languages, Said, in_languages, rules_said
from app.councils.palette import NEUTRAL
from app.web.brand_files import logo_address

if TYPE_CHECKING:
    from app.api.source import Source
    from app.councils.council import Council
    from app.engine.rulebook import Service


FEE = "For a person, such as `£10`; `none` if a badge is free; null if the council does not say."
WEEKS = "How long the council usually takes to decide; null if it does not say."


class CouncilLinks(Said):
    """The council's own pages."""

    website: str | None
    blue_badge: str | None = Field(description="Its page about badges.")
    apply: str | None = Field(description="Where people apply, if not on the national site.")
    complaints: str | None
    privacy: str | None
    own_service: str | None = Field(description="Its own check. If there is one, nobody checks here.")


class CouncilContacts(Said):
    """How to reach the team that handles badges."""

    phone: str | None
    relay: str | None = Field(description="What to dial with Relay UK.")
    email: str | None
    address: tuple[str, ...]
    opening_hours: Languages | None


class CouncilNotice(Said):
    """Something that people have to know now."""

    text: Languages = Field(description=MARKDOWN)
    first_day: date | None
    last_day: date | None


class CouncilWords(Said):
    """What the council says in its own words, by where our pages show it. Markdown."""

    start: Languages | None = Field(description="Before the check.")
    practical: Languages | None = Field(description="With the outcome: cost and time.")
    evidence: Languages | None = Field(description="With the outcome: below the proof to find.")
    apply: Languages | None = Field(description="With the outcome: how to apply.")
    privacy: Languages | None = Field(description="At the end of the privacy notice.")
    accessibility: Languages | None = Field(description="In the accessibility statement.")


class CouncilColours(Said):
    """The council's four colours, and every colour that our pages make of them."""

    neutral: bool = Field(description="Whether these are the neutral ones, since the council gives none.")
    brand: str
    header: str
    link: str
    button: str
    tokens: dict[str, str] = Field(description="By what the colour is for, such as `button-hover` or `header-text`.")


class CouncilLogo(Said):
    """The council's logo."""

    address: str = Field(description="On our host. It changes when the logo does.")
    width: int = Field(description="In CSS pixels.")
    height: int = Field(description="In CSS pixels.")
    shows_name: bool = Field(description="Whether the council's name is in it.")


class FooterLink(Said):
    """A link for the foot of every page."""

    text: Languages
    link: str


class ServiceHere(Said):
    """A service that can be used at the council."""

    id: str
    languages: tuple[str, ...]
    rules: InForce | None = Field(description="The rules in force today; null if the nation has none.")


class CouncilSaid(Said):
    """A council: what it is called, how to reach it, what it charges, how it looks."""

    id: str
    name: Languages
    nation: str = Field(description="Whose law holds.")
    example: bool = Field(description="Whether the council is invented.")
    links: CouncilLinks
    contacts: CouncilContacts
    fee: str | None = Field(description=FEE)
    decides_within_weeks: int | None = Field(description=WEEKS)
    notices: tuple[CouncilNotice, ...] = Field(description="Those in force today.")
    words: CouncilWords
    footer: tuple[FooterLink, ...]
    colours: CouncilColours
    logo: CouncilLogo | None
    services: tuple[ServiceHere, ...]


def council_said(source: Source, council: Council) -> CouncilSaid:
    """The council, today."""
    said, today = council.said, source.today()
    return CouncilSaid(
        id=council.slug,
        name=Languages(en=council.wording.en, cy=council.wording.cy),
        nation=council.nation,
        example=council.example,
        links=links_of(council),
        contacts=contacts_of(council),
        fee=said.fee,
        decides_within_weeks=said.decides_within_weeks,
        notices=tuple(
            CouncilNotice(
                text=Languages(en=notice.text.en, cy=notice.text.cy),
                first_day=None if notice.from_ == date.min else notice.from_,
                last_day=None if notice.until == date.max else notice.until,
            )
            for notice in council.notices(today)
        ),
        words=CouncilWords(**{slot: in_languages(getattr(said.words, slot)) for slot in CouncilWords.model_fields}),
        footer=tuple(
            FooterLink(text=Languages(en=each.text.en, cy=each.text.cy), link=each.link) for each in said.footer
        ),
        colours=_colours(council),
        logo=_logo(council),
        services=tuple(_service(service, council, today) for service in source.services.values()),
    )


def links_of(council: Council) -> CouncilLinks:
    """The council's pages, from its own file or from the register."""
    said = council.said.links
    return CouncilLinks(
        website=council.website,
        blue_badge=council.page,
        apply=said.apply,
        complaints=said.complaints,
        privacy=said.privacy,
        own_service=said.own_service,
    )


def contacts_of(council: Council) -> CouncilContacts:
    """How to reach the council."""
    said = council.contacts
    return CouncilContacts(
        phone=said.phone,
        relay=said.relay,
        email=said.email,
        address=said.address,
        opening_hours=in_languages(said.opening_hours),
    )


def _colours(council: Council) -> CouncilColours:
    palette = council.said.colours or NEUTRAL
    return CouncilColours(
        neutral=council.said.colours is None,
        brand=palette.brand,
        header=palette.header,
        link=palette.link,
        button=palette.button,
        tokens=dict(palette.tokens),
    )


def _logo(council: Council) -> CouncilLogo | None:
    logo = council.logo
    if logo is None:
        return None
    return CouncilLogo(
        address=logo_address(logo),
        width=logo.width,
        height=logo.height,
        shows_name=council.said.logo_shows_name,
    )


def _service(service: Service, council: Council, today: date) -> ServiceHere:
    rules = service.rules(council.nation, today)
    return ServiceHere(
        id=service.id,
        languages=tuple(language for language in service.words if language in council.languages),
        rules=rules_said(rules) if rules else None,
    )

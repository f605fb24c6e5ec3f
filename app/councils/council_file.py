"""What a council says about itself in ``council.yaml``."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from app.councils.origin import Host, Origin
from app.councils.palette import Palette
from app.councils.slots import Prose, Slots
from app.councils.web_link import WebLink
from app.councils.wording import LANGUAGES, Language, Line, Wording
from app.engine.document import Strict
from app.engine.problem import LoadError, Problem, ProblemFound

_RELAY_PREFIX = "18001"
_LONGEST_EMAIL = 254  # RFC 5321
_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_FEE = re.compile(r"£(0|[1-9][0-9]?)(\.[0-9]{2})?")

LARGEST_BYTES, MOST_LINES = 64_000, 1000

FREE = "none"
"""The fee of a council that takes none."""


def _check_phone(text: str) -> str:
    digits = text.replace(" ", "")
    if not (text.isascii() and digits.isdigit() and digits.startswith("0") and len(digits) in (10, 11)):
        raise ProblemFound("bad-phone", f"{text!r} is not a number to dial in the UK; write it as '01632 960001'")
    return text


def _check_email(text: str) -> str:
    if len(text) > _LONGEST_EMAIL or not _EMAIL.fullmatch(text):
        message = f"{text!r} is not an email address; write it as 'blue.badge@council.example'"
        raise ProblemFound("bad-email", message)
    return text


def _check_fee(text: str) -> str:
    if text != FREE and not _FEE.fullmatch(text):
        raise ProblemFound("bad-fee", f"{text!r} is not a fee; write it as '£10' or '£8.50', or as 'none'")
    return text


def _check_languages(languages: tuple[Language, ...]) -> tuple[Language, ...]:
    if "en" not in languages or len(set(languages)) < len(languages):
        message = "the pages are always in English, and each language stands here once; write [en, cy] or [en]"
        raise ProblemFound("bad-languages", message)
    return languages


Languages = Annotated[tuple[Language, ...], AfterValidator(_check_languages)]
Phone = Annotated[Line, AfterValidator(_check_phone)]
Email = Annotated[str, AfterValidator(_check_email)]
Fee = Annotated[str, AfterValidator(_check_fee)]
Day = Annotated[date, Field(strict=False)]


class Links(Strict):
    """The council's own pages. With ``own_service`` nobody checks here: people are led to that instead."""

    website: WebLink | None = None
    blue_badge: WebLink | None = None
    apply: WebLink | None = None
    complaints: WebLink | None = None
    privacy: WebLink | None = None
    own_service: WebLink | None = None


class Contacts(Strict):
    """How to reach the team that handles badges."""

    phone: Phone | None = None
    email: Email | None = None
    address: tuple[Line, ...] = Field(default=(), max_length=8)
    opening_hours: Wording | None = None

    @property
    def relay(self) -> str | None:
        """The number to dial with Relay UK, by people who cannot hear or speak on the phone."""
        return f"{_RELAY_PREFIX} {self.phone}" if self.phone else None


class FooterLink(Strict):
    """A link at the foot of every page."""

    text: Wording
    link: WebLink


class Notice(Strict):
    """Something that people have to know now, from the first of its days to the last."""

    text: Prose
    from_: Day = Field(alias="from", default=date.min)
    until: Day = date.max

    @model_validator(mode="after")
    def _in_order(self) -> Notice:
        if self.until < self.from_:
            message = f"until is the last day of the notice, and {self.until} lies before {self.from_}; correct a day"
            raise ProblemFound("bad-date", message)
        return self

    def holds(self, day: date) -> bool:
        """Whether it is to be shown on the day."""
        return self.from_ <= day <= self.until


class CouncilFile(Strict):
    """A file ``council.yaml``. Only an example has a nation and a tier here; the register has the others'.

    ``languages`` are those that its pages can be read in. ``logo_shows_name`` says that the logo has the council's name
    in it, so that it is not written beside it.
    """

    example: bool = False
    nation: str | None = None
    tier: str | None = None
    name: Wording | None = None
    languages: Languages = LANGUAGES
    links: Links = Links()
    contacts: Contacts = Contacts()
    fee: Fee | None = None
    decides_within_weeks: int | None = Field(default=None, ge=1, le=52)
    colours: Palette | None = None
    logo_shows_name: bool = False
    words: Slots = Slots()
    notices: tuple[Notice, ...] = Field(default=(), max_length=3)
    footer: tuple[FooterLink, ...] = Field(default=(), max_length=8)
    hosts: tuple[Host, ...] = Field(default=(), max_length=8)
    embedders: tuple[Origin, ...] = Field(default=(), max_length=20)


def check_size(path: Path, data: bytes) -> None:
    """Raises LoadError for what is far longer than a council's file can be, before anything in it is looked at."""
    if len(data) > LARGEST_BYTES or data.count(b"\n") > MOST_LINES:
        message = f"the file is too long; write at most {LARGEST_BYTES // 1000} kB and {MOST_LINES} lines"
        raise LoadError([Problem(path, 1, "too-long", message)])


EMPTY = CouncilFile()
"""What a council says that has no file."""

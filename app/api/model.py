"""What the models of the API share: what is said, what may be sent, and texts in several voices or languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from app.councils.slots import Prose
from app.councils.wording import Wording
from app.engine.words import Spoken

if TYPE_CHECKING:
    from app.engine.law import Source
    from app.engine.rules import Rules

MARKDOWN = "Markdown: paragraphs, lists, bold and links."

_MARKS = re.compile(r"[\\`*_\[\]]")


class Said(BaseModel):
    """A part of a response: every key is always there, with null where there is nothing to say."""

    model_config = ConfigDict(frozen=True, strict=True, serialize_by_alias=True)

    def json_text(self) -> str:
        """The JSON, in ASCII."""
        return json.dumps(self.model_dump(mode="json"), separators=(",", ":"))


class Sent(BaseModel):
    """What is sent to us: no key that is not known, no value that has to be guessed at."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Voices(Said):
    """A text for each voice: to the person, to somebody who asks for them, and to an organisation."""

    you: str
    they: str
    organisation: str


class Languages(Said):
    """A text in English and, if there is one, in Welsh."""

    en: str
    cy: str | None


class Link(Said):
    """A law or guide, the place in it, and where to read it."""

    title: str
    provision: str
    url: str


class InForce(Said):
    """A version of the rules."""

    version: str = Field(description="Changes whenever the rules ask or decide otherwise. Send it with each check.")
    in_force: date = Field(description="The first day of this version.")
    checked: date = Field(description="The day on which it was last compared with its sources.")


def rules_said(rules: Rules) -> InForce:
    """Which rules these are."""
    return InForce(version=rules.version, in_force=rules.in_force, checked=rules.checked)


def links_to(sources: Iterable[Source]) -> tuple[Link, ...]:
    """The provisions of law that something rests on."""
    return tuple(Link(title=each.title, provision=each.provision, url=each.url) for each in sources)


def in_languages(text: Wording | Prose | None) -> Languages | None:
    """A council's text in the languages it has."""
    return Languages(en=text.en, cy=text.cy) if text else None


def in_voices(text: Spoken, council: str) -> Voices:
    """A text for each voice, the council's name filled in."""
    return Voices(
        you=filled(text.to("you"), council),
        they=filled(text.to("they"), council),
        organisation=filled(text.to("organisation"), council),
    )


def filled(markdown: str, council: str) -> str:
    """A text with the council's name in it, which stays a name whatever marks it holds."""
    return markdown.replace("{council}", _MARKS.sub(r"\\\g<0>", council))

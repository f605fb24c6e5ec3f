"""What the page of the studio shows: each field with its words and errors, each colour with its contrast."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from app.councils.colour import check_colour
from app.councils.palette import ROLES, Pair, pairs
from app.engine.problem import ProblemFound
from app.studio.fields import BY_NAME, FIELDS, LANGUAGES, Field
from app.studio.sketch import ELSEWHERE, Review, Sketch

if TYPE_CHECKING:
    from app.studio.previews import Preview

LOGO = "logo"
"""The field of the logo, which is no part of the text."""

_SECTIONS = {
    "languages": (LANGUAGES,),
    "name": ("name",),
    "apply": ("fee", "decides_within_weeks"),
    "links": ("links",),
    "contacts": ("contacts",),
    "words": ("words",),
    "notices": ("notices",),
    "footer": ("footer",),
    "websites": ("hosts", "embedders"),
}
_ON_THE_OUTCOME = ("fee", "decides_within_weeks", "links", "words.practical", "words.evidence", "words.apply")
_WIDTHS = {"fee": 5, "decides_within_weeks": 5, "from": 10, "until": 10, "phone": 20}


@dataclass(frozen=True, slots=True)
class Entry:
    """A field with what stands in it and what is wrong with it, and the previewed page that shows it first."""

    field: Field
    value: str
    error: str | None

    @property
    def page(self) -> str:
        """``start`` or ``outcome``."""
        return "outcome" if self.field.says.startswith(_ON_THE_OUTCOME) else "start"

    @property
    def width(self) -> int | None:
        """How many characters wide it is, where the text has a usual length."""
        return _WIDTHS.get(str(self.field.place[-1]))


@dataclass(frozen=True, slots=True)
class Contrast:
    """How well a colour stands out where it does so least."""

    role: str
    worst: Pair
    instead: str | None

    @property
    def ratio(self) -> str:
        """Cut off, never rounded up to what it misses."""
        return f"{int(self.worst.ratio * 100) / 100:g}"


@dataclass(frozen=True, slots=True)
class FormPage:
    """A sketch with its review and its previews, as the template reads them."""

    sketch: Sketch
    review: Review
    previews: tuple[Preview, ...]
    logo_error: str | None = None

    @property
    def errors(self) -> Iterator[tuple[str | None, str]]:
        """Everything wrong, in the order of the page, each with the id of its field."""
        if self.logo_error:
            yield LOGO, self.logo_error
        for message in self.review.problems.get(ELSEWHERE, ()):
            yield None, message
        for section in (self.colours, *self.sections.values()):
            yield from ((each.field.id, each.error) for each in section if each.error)

    @property
    def fit(self) -> bool:
        """Whether there is a folder to take away."""
        return self.review.fit and not self.logo_error

    @property
    def colours(self) -> list[Entry]:
        """The fields of the four colours."""
        return [self.entry(f"colours.{role}") for role in ROLES]

    @property
    def contrasts(self) -> dict[str, Contrast]:
        """For each colour that is one, how well it stands out."""
        found = {}
        for role in ROLES:
            try:
                colour = check_colour(self.sketch.values.get(f"colours.{role}", "").strip())
            except ProblemFound:
                continue
            worst = min(pairs(role, colour), key=lambda pair: pair.ratio / pair.needed)
            failure = self.review.failures.get(role)
            found[role] = Contrast(role, worst, failure.instead if failure else None)
        return found

    @property
    def sections(self) -> dict[str, list[Entry]]:
        """The other fields, by the part of the form that they stand in."""
        return {
            section: [self.entry(field.name) for field in FIELDS if field.place[0] in keys]
            for section, keys in _SECTIONS.items()
        }

    @property
    def chooses(self) -> bool:
        """Whether the council can choose its languages, or has chosen some that it cannot."""
        return not self.review.in_wales or bool(self.sketch.values.get(LANGUAGES))

    @property
    def carried(self) -> dict[str, str]:
        """What travels in the page unseen."""
        held = {name: self.sketch.values.get(name, "") for name in ("example", "nation", "tier")}
        return {"council": self.sketch.slug, **{name: text for name, text in held.items() if text}}

    @property
    def logo(self) -> str | None:
        """The logo, for a field of the form; ``data:`` and it are its address."""
        logo = self.sketch.logo
        return f"{logo.media_type};base64,{b64encode(logo.data).decode()}" if logo else None

    def entry(self, name: str) -> Entry:
        """One field."""
        problems = self.review.problems.get(name, ())
        return Entry(BY_NAME[name], self.sketch.values.get(name, ""), " ".join(problems) or None)


def in_rows(entries: list[Entry]) -> list[tuple[str, list[Entry]]]:
    """Fields in the groups that they are filled in by, each with the name of its group."""
    return [
        (".".join(map(str, group)), list(members))
        for group, members in groupby(entries, key=lambda entry: entry.field.group)
    ]

"""The councils of the register: those that issue badges, and those whose residents another council serves."""

from __future__ import annotations

from dataclasses import dataclass

from app.councils.span import ALWAYS, Span
from app.councils.wording import LANGUAGES, Wording


@dataclass(frozen=True, slots=True)
class Authority:
    """A council, or in Northern Ireland a department, that issues badges.

    ``website`` and ``page``, its page about badges, are None where no source gives them, and may be plain
    http. ``gss_code`` is None until one is published. ``replaced_by`` are the slugs of those who take over.
    ``other_names`` are names that people know it by besides.
    """

    slug: str
    name: str
    name_cy: str | None
    nation: str
    gss_code: str | None
    tier: str
    website: str | None = None
    page: str | None = None
    span: Span = ALWAYS
    replaced_by: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class District:
    """A council that issues no badges; ``issuer`` is the slug of the authority that does in its area."""

    slug: str
    name: str
    issuer: str
    nation: str = ""
    gss_code: str | None = None
    span: Span = ALWAYS
    replaced_by: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody may say that they live; ``issuer`` is the slug of the authority for badges there.

    ``also`` are other names by which it is found, those of the councils that it took over from among them.
    """

    slug: str
    wording: Wording
    issuer: str
    also: tuple[str, ...] = ()

    @property
    def issues(self) -> bool:
        """Whether it issues badges itself."""
        return self.slug == self.issuer

    def name(self, language: str) -> str:
        """Its full name; the English one where it has no other."""
        return self.wording.to(language)

    def other_names(self, language: str) -> tuple[str, ...]:
        """Every name by which it is found, but for the one that is shown in that language."""
        names = dict.fromkeys((*map(self.name, LANGUAGES), *self.also))
        return tuple(name for name in names if name != self.name(language))

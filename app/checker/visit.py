"""Which service, language and council a request is for, read from its address."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, g

from app.checker.site import site
from app.web.draft_council import draft_council
from app.web.hosts import on_own_host
from app.web.languages import NotInThisLanguageError, languages, offer
from app.web.pages import page, words

if TYPE_CHECKING:
    from app.councils.council import Council
    from app.engine.rulebook import Service
    from app.engine.rules import Rules
    from app.engine.words import Words

FOOTER = (
    ("privacy", "layout.privacy"),
    ("cookies", "layout.cookies"),
    ("accessibility", "layout.accessibility"),
)
"""The pages at the foot of every page: names of addresses, and keys of the words for them."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A request for a service in a language, and for a council where its address names one.

    ``as_of`` is the day that a preview shows; None for everybody else. With ``draft`` the council is shown as it would
    look.
    """

    service: Service
    language: str
    council: Council | None
    as_of: date | None = None
    draft: bool = False

    @property
    def preview(self) -> bool:
        """Whether this is a preview, of which nothing may be counted."""
        return self.draft or self.as_of is not None

    @property
    def day(self) -> date:
        """The day whose rules hold."""
        return self.as_of or site().today()

    @property
    def words(self) -> Words:
        """The words of the service in this language."""
        return self.service.words[self.language]

    @property
    def here(self) -> Council:
        """The council of an address that names one."""
        if self.council is None:
            message = "this address names no council"
            raise LookupError(message)
        return self.council

    @property
    def rules(self) -> Rules | None:
        """The rules in force on the day where the council is; None where the service has none."""
        return self.service.rules(self.here.nation, self.day)

    def page(self, template: str, **context: object) -> str:
        """A page with the frame that all pages of the service share."""
        links: list[tuple[str, str]] = list(FOOTER)
        if self.council is not None:
            known = [("criteria", "layout.criteria")] if self.rules else []
            # On a council's own host, and on its phones, there is no other council to choose.
            other = (
                []
                if on_own_host() or g.get("phone")
                else [(f"/{self.service.id}/{self.language}/find-your-council", "layout.find")]
            )
            links = [*known, *links, *other]
        return page(
            template,
            service_name=self.words.service,
            council=self.council,
            notices=self.council.notices(self.day) if self.council else (),
            embedded=g.get("embedded", False),
            phone=g.get("phone", False),
            footer_links=links,
            preview_of=words().day(self.as_of) if self.as_of else None,
            **context,
        )


def visit() -> Visit:
    """The visit that this request is."""
    found: Visit = g.visit
    return found


def keep_to_languages(pages: Blueprint) -> None:
    """Tells on every page of a blueprint where its council does not have it in the language asked for."""
    pages.before_request(_keep_to_languages)


def _keep_to_languages() -> None:
    here = visit()
    if here.council is not None and here.language not in here.council.languages:
        raise NotInThisLanguageError


def read_address(_endpoint: str | None, values: MutableMapping[str, Any] | None) -> None:
    """Takes service, language and council out of an address; 404 where there is no such thing."""
    values = values if values is not None else {}
    service = site().services.get(values.pop("service", ""))
    language = values.pop("language", "")
    slug = values.pop("council", None)
    if service is None or language not in service.words:
        abort(404)
    g.words = languages()[language]
    council = None
    if slug is not None:
        draft, councils = draft_council(), site().councils
        council = councils.known(slug)  # one of another day is told of by a page of its own
        if draft and draft.slug == slug:
            council = draft
        if council is None:
            abort(404)
        offer(council.languages)
    g.council = council
    g.visit = Visit(service, language, council, draft=draft_council() is not None)

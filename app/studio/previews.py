"""The real pages as they would look for a council: asked of the application itself, with the council in hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol
from urllib.parse import parse_qs, urlsplit

from flask import current_app, request
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Response

from app.engine.graph import explore
from app.engine.journey import follow
from app.web.draft_council import DRAFT
from app.web.site_words import FIRST

if TYPE_CHECKING:
    from app.councils.council import Council
    from app.engine.answers import Answers
    from app.engine.rulebook import Service
    from app.engine.rules import Rules

_MOST_WALKED = 500
_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
_STATE = re.compile(r'(\?s=|name="s" value=")[^"&#]*')
"""Where a page carries the state of a check: it differs from one time to the next, and nobody goes on from here."""


class Site(Protocol):
    """What there is to show, and the day on which."""

    @property
    def services(self) -> Mapping[str, Service]:
        """The services by id; the first is shown."""

    def today(self) -> date:
        """The day whose rules hold."""

    def seconds(self) -> int:
        """The time in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A page, ``start``, ``question`` or ``outcome``, as HTML without scripts and states.

    It is the same for the same council.
    """

    page: str
    html: str


def languages_shown(council: Council, site: Site) -> tuple[str, ...]:
    """The languages in which the council's pages can be shown."""
    service = next(iter(site.services.values()))
    return tuple(language for language in service.words if language in council.languages)


def previews(council: Council, site: Site, language: str) -> tuple[Preview, ...]:
    """The start page, and the first question and an outcome where the council's people can check here.

    They are in English where they cannot be shown in that language.
    """
    service = next(iter(site.services.values()))
    spoken = language if language in languages_shown(council, site) else FIRST
    shown = _Pages(council, f"/{council.slug}/{service.id}/{spoken}/")
    pages = [Preview("start", shown.get("start"))]
    rules = service.rules(council.nation, site.today())
    if rules and not council.said.links.own_service:
        hour = site.seconds() // 3600
        pages += [Preview("question", shown.first_question()), Preview("outcome", shown.outcome(rules, hour))]
    return tuple(pages)


@dataclass(frozen=True, slots=True)
class _Pages:
    council: Council
    base: str

    def get(self, path: str) -> str:
        return _STATE.sub(r"\1", _SCRIPT.sub("", self._ask(path).get_data(as_text=True)))

    def first_question(self) -> str:
        return self.get(f"check?s={self._token('check')}")

    def outcome(self, rules: Rules, hour: int) -> str:
        """The page at the end of a check. The way there is walked once an hour: it says nothing of how it looks."""
        walked: dict[tuple[str, str, int], str] = current_app.extensions.setdefault("walked_for_previews", {})
        key = (self.council.slug, rules.version, hour)
        token = walked.get(key)
        if token is None:
            token = self._walk(rules)
            if len(walked) >= _MOST_WALKED:
                walked.clear()
            if not self.council.example:  # whose short name somebody may have typed
                walked[key] = token
        return self.get(f"check?s={token}")

    def _walk(self, rules: Rules) -> str:
        """The check at its end, having gone as anybody goes."""
        token = self._token("check")
        for step in follow(rules, _somebody(rules)).asked:
            exclusive = rules.question(step.question).exclusive
            token = self._token("check", {"s": token, step.question: sorted(step.ticked) or [exclusive or ""]})
        return self._token("check", {"s": token})  # past "check your answers"

    def _token(self, path: str, sent: Mapping[str, object] | None = None) -> str:
        """The check that a page leads on to."""
        return parse_qs(urlsplit(self._ask(path, sent).headers["Location"]).query)["s"][0]

    def _ask(self, path: str, sent: Mapping[str, object] | None = None) -> Response:
        environ = EnvironBuilder(
            self.base + path,
            request.host_url,
            method="GET" if sent is None else "POST",
            data=sent,
            environ_overrides={DRAFT: self.council},
        ).get_environ()
        # In a context of its own: what the page puts into `flask.g` is not this request's.
        with current_app.app_context():
            return Response.from_app(current_app.wsgi_app, environ, buffered=True)


@lru_cache(maxsize=64)
def _somebody(rules: Rules) -> Answers:
    """The answers of somebody who is asked the most, and so is told the most."""
    return explore(rules).longest()

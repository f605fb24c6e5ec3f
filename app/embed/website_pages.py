"""The page for whoever looks after a council's website: what to paste, what to allow, and how it looks."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any

from flask import Blueprint, current_app, g, request

from app.embed.frame import PREFIX
from app.embed.snippet import Snippets
from app.web.hosts import address_here, on_own_host
from app.web.security import OURSELVES, allow

AddressReader = Callable[[str | None, MutableMapping[str, Any] | None], None]
PageMaker = Callable[..., str]


def website_pages(read_address: AddressReader, page: PageMaker) -> Blueprint:
    """The page as a blueprint. Who reads its address into ``g.council``, and who makes a council's page, is told it."""
    pages = Blueprint("websites", __name__)
    pages.url_value_preprocessor(read_address)

    @pages.get("/for-websites")
    def for_websites() -> str:
        allow("frame-src", OURSELVES)
        slug = g.council.slug
        # A council's own host shows nothing but its check.
        studio = None if on_own_host() else f"/studio?council={slug}"
        return page("for_websites.html", snippets=_snippets(slug), embedders=g.council.embedders, studio=studio)

    return pages


def _snippets(slug: str) -> Snippets:
    """By the host that this page was asked of, so that a council with one of its own names it."""
    origin = request.host_url.rstrip("/")
    start = f"{request.path.removeprefix(f'/{slug}').rpartition('/')[0]}/start"
    full, framed = (f"{origin}{address_here(slug, start, layout=layout)}" for layout in ("", PREFIX))
    return Snippets(origin, full, framed, current_app.extensions["embed_script"])

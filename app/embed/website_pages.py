"""The page for whoever looks after a council's website: what to paste, what to allow, and how it looks."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any
from urllib.parse import urljoin

from flask import Blueprint, current_app, g, request

from app.embed.snippet import Snippets
from app.web.security import allow_our_frames

AddressReader = Callable[[str | None, MutableMapping[str, Any] | None], None]
PageMaker = Callable[..., str]


def website_pages(read_address: AddressReader, page: PageMaker) -> Blueprint:
    """The page as a blueprint. Who reads its address into ``g.council``, and who makes a council's page, is told it."""
    pages = Blueprint("websites", __name__)
    pages.url_value_preprocessor(read_address)

    @pages.get("/for-websites")
    def for_websites() -> str:
        allow_our_frames()
        snippets = Snippets(urljoin(request.base_url, "start"), current_app.extensions["embed_script"])
        return page("for_websites.html", snippets=snippets, embedders=g.council.embedders, slug=g.council.slug)

    return pages

"""Who may frame which pages: each council's own websites, its framed pages, and nobody anything else."""

from __future__ import annotations

from urllib.parse import quote

from flask import Flask, g, request

from app.web.hosts import address_here
from app.web.security import OURSELVES, allow_framing

FRAMED = "framed"
"""The name under which the checker's pages are registered a second time, in the framed layout."""

PREFIX = "/embed"
"""What stands before the address of a page in the framed layout."""


def frame_pages(app: Flask) -> None:
    """Gives framed pages their layout, and lets the council's embedders, and only them, show them."""
    app.before_request(_frame)


def _frame() -> None:
    if request.blueprint == FRAMED:
        g.embedded = True
        g.full_page = _full_page()
        allow_framing((*((OURSELVES,) if _in_our_own_page() else ()), *g.council.embedders))


def _in_our_own_page() -> bool:
    """Whether a page of ours asks for this in a frame: the preview does, and each page in a frame for the next.

    To allow ourselves is never to allow anybody more, since every page around a frame has to be allowed.
    """
    asked = request.headers
    return (asked.get("Sec-Fetch-Site"), asked.get("Sec-Fetch-Dest")) == ("same-origin", "iframe")


def _full_page() -> str:
    """This page in the full layout; relative, so that the print stylesheet, which writes out others, leaves it off."""
    slug = g.council.slug
    page = request.path.removeprefix(f"{PREFIX}/{slug}")
    up = "../" * (address_here(slug, page, layout=PREFIX).count("/") - 1)
    state = request.args.get("s")
    return up + address_here(slug, page).removeprefix("/") + (f"?s={quote(state)}" if state else "")

"""Who may frame which pages: each council's own websites, its framed pages, and nobody anything else."""

from __future__ import annotations

from flask import Flask, g, request

from app.web.security import allow_framing

FRAMED = "framed"
"""The name under which the checker's pages are registered a second time, in the framed layout."""


def frame_pages(app: Flask) -> None:
    """Gives framed pages their layout, and lets the council's embedders, and only them, show them."""
    app.before_request(_frame)


def _frame() -> None:
    if request.blueprint == FRAMED:
        g.embedded = True
        allow_framing(g.council.embedders)

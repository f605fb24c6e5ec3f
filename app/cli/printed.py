"""Pages made at a terminal, each whole in one file: to keep, to send, to read with a screen reader and to print."""

from __future__ import annotations

from flask import render_template

from app.web.pages import tool_words

LANGUAGE = "en"
"""The language of those who keep the rules."""


def printed(template: str, **context: object) -> str:
    """The page of a template under ``templates/printed/``, which needs nothing but itself."""
    return render_template(f"printed/{template}", w=tool_words(), **context)

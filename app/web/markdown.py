"""Prose from words files as HTML: paragraphs, lists, headings, bold and links, in GOV.UK Frontend's classes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

_CLASSES = {
    "paragraph_open": "govuk-body",
    "bullet_list_open": "govuk-list govuk-list--bullet",
    "ordered_list_open": "govuk-list govuk-list--number",
    "h2": "govuk-heading-m",
    "h3": "govuk-heading-s",
    "link_open": "govuk-link",
}

_PLACEHOLDER = re.compile(r"(?:\{|%7B)(\w+)(?:\}|%7D)")
_ENCODED = "%7B"
"""How Markdown writes the brace of a placeholder in a link; what fills it always leads out."""


class _Renderer(RendererHTML):
    def renderToken(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:  # noqa: N802, ANN401
        token = tokens[idx]
        style = _CLASSES.get(token.tag if token.type == "heading_open" else token.type)
        if style and token.nesting == 1:
            token.attrSet("class", style)
        if token.type == "link_open" and str(token.attrGet("href")).startswith(("https:", _ENCODED)):
            token.attrSet("target", "_top")  # out of the frame, where there is one
        return super().renderToken(tokens, idx, options, env)


_prose = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).disable(
    ["image", "html_inline", "html_block"]
)


def prose(text: str, **values: str) -> Markup:
    """Markdown as HTML. ``{name}`` is filled with the escaped value after rendering, so a value cannot be markup."""
    return _fill(_render(text), values)


def inline(text: str, **values: str) -> Markup:
    """One line of Markdown as HTML without a paragraph around it."""
    return _fill(_render_inline(text), values)


def _fill(html: str, values: dict[str, str]) -> Markup:
    # In one pass, so that what a value holds is never taken for a placeholder.
    html = _PLACEHOLDER.sub(lambda found: str(escape(values[found[1]])) if found[1] in values else found[0], html)
    return Markup(html)  # noqa: S704 - rendered by us with HTML off, values escaped


@lru_cache(maxsize=2048)
def _render(text: str) -> str:
    return str(_prose.render(text))


@lru_cache(maxsize=2048)
def _render_inline(text: str) -> str:
    return str(_prose.renderInline(text))

"""How a page fits: on narrow and wide screens, with wider text spacing, with larger text."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

NARROW = 320
WIDE = 1280
HEIGHT = 800

SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
"""What WCAG 1.4.12 lets a person set."""

_WIDTHS = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
# Not a <style>, which the page's policy rightly refuses.
_ADD_STYLES = """(css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
}"""
_CLIPPED = """() => {
    const cut = (element) => {
        const style = getComputedStyle(element);
        const hides = (overflow) => overflow === "hidden" || overflow === "clip";
        const wide = hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
        const high = hides(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
        return wide || high;
    };
    return [...document.querySelectorAll("body *")]
        .filter((element) => element.checkVisibility() && element.textContent.trim() && cut(element))
        .filter((element) => !element.closest(".govuk-visually-hidden, .govuk-skip-link, select"))
        .map((element) => `${element.localName}.${element.className}`);
}"""


def sideways_faults(page: Page, width: int) -> list[str]:
    """Whether the page at this width has to be scrolled sideways."""
    with _sized(page, width):
        return _too_wide(page)


def spacing_faults(page: Page) -> list[str]:
    """What is cut off, or has to be scrolled sideways, with the text spacing of WCAG 1.4.12."""
    page.evaluate(_ADD_STYLES, SPACING)
    found = []
    for width in (NARROW, WIDE):
        with _sized(page, width):
            found += [*_too_wide(page), *_clipped(page)]
    page.evaluate(_ADD_STYLES, "")
    return found


def large_text_faults(page: Page) -> list[str]:
    """What is cut off, or has to be scrolled sideways, with text of twice the size."""
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    with _sized(page, WIDE):
        found = [*_too_wide(page), *_clipped(page)]
    page.evaluate("() => { document.documentElement.style.fontSize = ''; }")
    return found


def _too_wide(page: Page) -> list[str]:
    content, window = page.evaluate(_WIDTHS)
    return [f"{content} pixels of content in a window of {window}"] if content > window else []


def _clipped(page: Page) -> list[str]:
    return [f"text is cut off in {place}" for place in page.evaluate(_CLIPPED)]


@contextmanager
def _sized(page: Page, width: int) -> Iterator[None]:
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": HEIGHT})
    yield
    if before:
        page.set_viewport_size(before)

"""How a page fits: on narrow and wide screens, with wider text spacing, with larger text, under a finger."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

NARROW = 320
WIDE = 1280
HEIGHT = 720
"""The size of a new tab, so that going back to it costs nothing."""

SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
"""What WCAG 1.4.12 lets a person set."""

LARGE = "html { font-size: 200% !important; }"

# Not in a <style>, which the page's policy rightly refuses. Without any styles, what is cut off is so on purpose.
_MEASURE = """(css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
    const cut = (element) => {
        const style = getComputedStyle(element);
        const hides = (overflow) => overflow === "hidden" || overflow === "clip";
        const wide = hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
        const high = hides(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
        return wide || high;
    };
    const { scrollWidth, clientWidth } = document.documentElement;
    const clipped = css === "" ? [] : [...document.querySelectorAll("body *")]
        .filter((element) => element.checkVisibility() && element.textContent.trim() && cut(element))
        .filter((element) => !element.closest(".govuk-visually-hidden, .govuk-skip-link, select"))
        .map((element) => `text is cut off in ${element.localName}.${element.className}`);
    document.adoptedStyleSheets = [];
    const wide = `${scrollWidth} pixels of content in a window of ${clientWidth}`;
    return scrollWidth > clientWidth ? [wide, ...clipped] : clipped;
}"""

# WCAG 2.5.8: 24 by 24 pixels, or as far from others as if it were; links within a sentence are let through. What is
# hidden until it has the focus is no target before, and a field's label is as good as the field.
_SMALL = """() => {
    const LEAST = 24;
    const all = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=option]";
    const inSentence = (element) => {
        const block = element.closest("p, li, dd, dt, td, th, label, legend, summary, div");
        const around = block && block !== element ? block.textContent.trim() : "";
        return getComputedStyle(element).display === "inline" && around.length > element.textContent.trim().length;
    };
    const targets = [...document.querySelectorAll(all)]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }))
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 1 && box.height > 1);
    const small = targets.filter(({ box }) => box.width < LEAST - 0.5 || box.height < LEAST - 0.5);
    const middle = ({ box }) => [box.x + box.width / 2, box.y + box.height / 2];
    const near = (one) => ({ element, box }) => {
        if (element === one.element || element.contains(one.element) || one.element.contains(element)) return false;
        const [x, y] = middle(one);
        const [left, top] = middle({ box });
        if (small.some((each) => each.element === element) && Math.hypot(x - left, y - top) < LEAST - 0.5) return true;
        const beside = Math.max(box.left - x, 0, x - box.right);
        const above = Math.max(box.top - y, 0, y - box.bottom);
        return Math.hypot(beside, above) < LEAST / 2 - 0.5;
    };
    return small
        .filter(({ element }) => !inSentence(element))
        .filter((one) => targets.some(near(one)))
        .map(({ element, box }) => `${Math.round(box.width)} by ${Math.round(box.height)} pixels for `
            + element.outerHTML.slice(0, 120));
}"""


def fit_faults(page: Page) -> dict[str, list[str]]:
    """By the name of the check, what has to be scrolled sideways, is cut off, or is too small to be hit."""
    with _sized(page, NARROW):
        narrow = page.evaluate(_MEASURE, "")
        targets = page.evaluate(_SMALL)
        spaced = page.evaluate(_MEASURE, SPACING)
    with _sized(page, WIDE):
        return {
            "320 pixels": narrow,
            "1280 pixels": page.evaluate(_MEASURE, ""),
            "text spacing": [*spaced, *page.evaluate(_MEASURE, SPACING)],
            "text of 200%": page.evaluate(_MEASURE, LARGE),
            "24 pixel targets": [*targets, *page.evaluate(_SMALL)],
        }


@contextmanager
def _sized(page: Page, width: int) -> Iterator[None]:
    before = page.viewport_size
    if before and before["width"] == width:
        yield
        return
    page.set_viewport_size({"width": width, "height": HEIGHT})
    yield
    if before:
        page.set_viewport_size(before)

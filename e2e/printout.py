"""What a page is on paper: what stands there, what is left over from the screen, and what it gives away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page, PdfMargins

_MARGIN: PdfMargins = {"top": "10mm", "right": "10mm", "bottom": "10mm", "left": "10mm"}
"""As wide as browsers have it for pages that say nothing of it."""

_GENERATED = """() => [...document.querySelectorAll("body *")]
    .filter((element) => element.checkVisibility())
    .flatMap((element) => ["::before", "::after"].map((part) => getComputedStyle(element, part).content))
    .filter((content) => content.includes("s="))"""

# What belongs on paper, remembered before it is printed: everything that is read and not only there to be pressed.
_REMEMBER = """() => {
    const left = ".app-no-print, nav, .govuk-button, .govuk-back-link, .govuk-summary-list__actions, [role=listbox]";
    window.onScreen = [...document.querySelectorAll("main :is(h1, h2, h3, h4, p, li, dt, dd, th, td, label, legend)")]
        .filter((element) => element.checkVisibility() && element.innerText.trim() && !element.closest(left));
}"""

_ON_PAPER = """() => {
    const name = (element) => element.outerHTML.slice(0, 120);
    const pressed = "button, [role=button], input[type=submit], .govuk-back-link, .govuk-skip-link, .app-languages, "
        + ".govuk-summary-list__actions a";
    const shown = [...document.querySelectorAll(pressed)].filter((element) => element.checkVisibility());
    const sheet = document.querySelector(".app-paper");  // an outcome has a sheet of its own, in place of the page
    const lost = (element) => element.isConnected && !element.checkVisibility();
    const gone = sheet?.checkVisibility() ? [] : window.onScreen.filter(lost);
    return [
        ...shown.map((element) => `paper shows ${name(element)}`),
        ...gone.map((element) => `paper lacks ${name(element)}`),
        ...(document.querySelector("h1")?.checkVisibility() ? [] : ["paper lacks the main heading"]),
    ];
}"""


def paper_faults(page: Page) -> list[str]:
    """What is left over on paper that can only be pressed, what is missing, and links that open the answers."""
    page.evaluate(_REMEMBER)
    page.emulate_media(media="print")
    found = [*page.evaluate(_ON_PAPER), *_shown_links(page)]
    page.emulate_media(media="screen")
    return found


def printed_state_faults(page: Page) -> list[str]:
    """Where paper or PDF holds a link that opens the answers."""
    page.emulate_media(media="print")
    found = _shown_links(page)
    # Links in a PDF stand in it as they are, uncompressed.
    if b"?s=" in page.pdf():
        found.append("the PDF holds a link")
    return found


def page_count(page: Page, paper: str) -> int:
    """How many sheets of paper the page takes."""
    # The objects that are pages stand in Chromium's PDF as they are, uncompressed.
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format=paper)))


def runs_into_margin(page: Page) -> bool:
    """Whether a browser has room for what it would write itself around the page, its address among it."""
    return len(page.pdf(margin=_MARGIN, display_header_footer=True)) != len(page.pdf(margin=_MARGIN))


def _shown_links(page: Page) -> list[str]:
    found = [f"paper shows {content}" for content in page.evaluate(_GENERATED)]
    if "?s=" in page.locator("body").inner_text():
        found.append("the text holds a link")
    return found

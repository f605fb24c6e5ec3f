"""What a page gives away when it is printed, or saved as a PDF."""

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


def printed_state_faults(page: Page) -> list[str]:
    """Where paper or PDF holds a link that opens the answers."""
    page.emulate_media(media="print")
    found = [f"paper shows {content}" for content in page.evaluate(_GENERATED)]
    if "?s=" in page.locator("body").inner_text():
        found.append("the text holds a link")
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

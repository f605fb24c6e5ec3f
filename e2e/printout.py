"""What a page gives away when it is printed, or saved as a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

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

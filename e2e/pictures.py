"""Takes the pictures of docs/accessibility.md: key pages, in each language, on a phone and on a computer, and on paper.

`python -m e2e.pictures` takes them all anew. They are WebP, and small.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import sync_playwright

from app.settings import ROOT
from e2e import law
from e2e.browser import ADVICE, LAUNCH_ARGS, find_browser
from e2e.layout import NARROW, WIDE
from e2e.screens import EVERY, Screen
from e2e.server import serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

FOLDER = ROOT / "docs" / "pictures"
HEIGHTS = {NARROW: 640, WIDE: 800}
"""How much of a page is shown, by its width: its head, as it opens."""

QUALITY = 40
PAPER = (794, 1123)
"""A4 in the pixels of style sheets."""


def _pages() -> Iterator[tuple[str, Screen]]:
    """Each page with the name of its picture: in every language, of the council with everything that one can have."""
    wanted = {
        "start": "start, plain",
        "question": "question, difficulties fresh",
        "error": "question, difficulties missing",
        "answers": "check-your-answers, self",
        **{f"outcome-{outcome}": f"outcome, self-{outcome}" for outcome in law.words.outcomes},
    }
    for screen in EVERY:
        for name, page in wanted.items():
            if page == f"{screen.kind}, {screen.state}" and (screen.council, screen.layout) == (
                law.COUNCIL,
                law.OWN_PAGE,
            ):
                yield f"{name}-{screen.language}", screen


def _keep(picture: bytes, path: Path) -> int:
    """Keeps a picture, and says how many bytes it takes."""
    Image.open(io.BytesIO(picture)).convert("RGB").save(path, "WEBP", quality=QUALITY, method=6)
    return path.stat().st_size


def _take(page: Page, name: str) -> int:
    """The open page at each width, and an outcome on paper too."""
    size = 0
    for width, height in HEIGHTS.items():
        page.set_viewport_size({"width": width, "height": height})
        size += _keep(page.screenshot(), FOLDER / f"{name}-{width}.webp")
    if name.startswith("outcome-assessed"):
        page.emulate_media(media="print")
        page.set_viewport_size({"width": PAPER[0], "height": PAPER[1]})
        size += _keep(page.screenshot(), FOLDER / f"{name}-paper.webp")
        page.emulate_media(media="screen")
    return size


def main() -> None:
    """Takes every picture, and says how much they take together."""
    found = find_browser()
    if found is None:
        raise SystemExit(ADVICE)
    with serve([law.KEY]) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=LAUNCH_ARGS)
        page = browser.new_page()
        sizes = []
        for name, screen in _pages():
            page.goto(server.url + screen.path)
            sizes.append(_take(page, name))
        browser.close()
    print(f"{len(list(FOLDER.glob('*.webp')))} pictures, {sum(sizes) // 1024} KB, in {FOLDER.relative_to(ROOT)}")


if __name__ == "__main__":
    main()

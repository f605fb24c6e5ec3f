"""The check inside somebody else's page: pasted as the service says, watched from both sides."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from e2e import law
from e2e.website import ALLOWED, pasting
from tests.page_client import parse

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

    from e2e.watch import Watch

LISTEN = """
    if (!window.heard) {
        window.heard = [];
        window.addEventListener("message", (event) => window.heard.push([event.origin, event.data]), true);
    }
"""
"""Once in each page, however often a tab is told."""

FITS = """() => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    const { scrollHeight, scrollWidth } = document.documentElement;
    return window.innerHeight === height && scrollHeight <= height && scrollWidth <= window.innerWidth;
}"""
"""Whether a frame is exactly as high as what it shows, so that it has no scroll bar and leaves no gap."""

FOCUSED = "(selector) => document.activeElement.matches(selector)"
IN_VIEW = """() => {
    const { top } = document.querySelector("iframe").getBoundingClientRect();
    return Math.round(top) >= 0 && top < window.innerHeight;
}"""
SUMMARY = ".govuk-error-summary"


def snippets(service: str, council: str = law.COUNCIL) -> dict[str, str]:
    """What the service at this origin gives a council to paste, by name."""
    page = law.application.test_client().get(law.path("for-websites", council)).text
    fields = parse(page).iter("textarea")
    return {each.get("id", ""): (each.text or "").replace("http://localhost", service) for each in fields}


@dataclass
class Embedding:
    """A tab with somebody else's page, and the service that it frames. Heights are in pixels, as the frame had them.

    ``watch`` watches over the tab, in whichever browser it is.
    """

    page: Page
    service: str
    site: str = ALLOWED[0]
    heights: list[int] = field(default_factory=list)
    watch: Watch | None = None

    def paste(self, html: str, theme: str = "drupal", *, strict: bool = True) -> Frame:
        """Opens a page with this in it, which runs nothing and frames nothing but the service if it is strict."""
        self.page.add_init_script(LISTEN)
        self.page.goto(pasting(self.site, theme, html, self.service if strict else ""))
        return self.page.frames[1]

    def fitted(self, theme: str = "drupal") -> Frame:
        """The frame that fits, as it is pasted; opened, it has moved neither the focus nor the page."""
        frame = self.paste(snippets(self.service)["fitted"], theme)
        expect(frame.locator("h1")).to_be_visible()
        self.fits(frame)
        assert self.page.evaluate("() => [document.activeElement.localName, window.scrollY]") == ["body", 0]
        assert frame.evaluate(FOCUSED, "body")
        self.spoke(frame, first=True)
        return frame

    def fits(self, frame: Frame) -> None:
        """Waits until the frame is as high as what it shows."""
        frame.wait_for_function(FITS)
        self.heights.append(frame.evaluate("() => window.innerHeight"))

    def step(self, frame: Frame, focused: str = "h1") -> None:
        """Waits for what has to come of a step: the frame fits, its top is in view, and has the focus."""
        self.fits(frame)
        frame.wait_for_function(FOCUSED, arg=focused)
        self.page.wait_for_function(IN_VIEW)
        self.spoke(frame, first=False)

    def spoke(self, frame: Frame, *, first: bool) -> None:
        """Holds all that was said so far to what may be said."""
        hello = {"source": "blue-badge-checker", "v": 1, "type": "hello", "first": first}
        heard = frame.evaluate("() => window.heard")
        assert heard
        assert all(each == [self.site, hello] for each in heard)
        answers = self.page.evaluate("() => window.heard")
        assert answers
        assert [each for each in answers if not self._is_height(*each)] == []

    def _is_height(self, origin: str, data: Any) -> bool:
        wanted = {"source": "blue-badge-checker", "v": 1, "type": "height", "height": data.get("height")}
        return origin == self.service and data == wanted and isinstance(data["height"], int)

"""What a web officer pastes into a page of the council's website."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from markupsafe import Markup

from app.embed.frame import PREFIX
from app.embed.script import NEWEST
from app.embed.script import PREFIX as SCRIPTS

_LINK = Markup('<p><a href="{start}">{title}</a></p>\n')
_FRAME = Markup('<iframe src="{framed}" title="{title}" width="100%" height="900" loading="lazy"></iframe>\n')
_SCRIPT = Markup('<script src="{script}" integrity="{integrity}" crossorigin="anonymous" defer></script>\n')


@dataclass(frozen=True, slots=True)
class Snippets:
    """The same check as a link, in a frame, and in a frame that fits: each as HTML, with a title in words.

    They style nothing, so a website that allows no styles or scripts in its markup can use them. ``start`` is the
    whole address of the check's first page.
    """

    start: str
    integrity: str

    @property
    def origin(self) -> str:
        """What a website's own security policy has to allow."""
        parts = urlsplit(self.start)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def framed(self) -> str:
        """The address to frame."""
        return f"{self.origin}{PREFIX}{urlsplit(self.start).path}"

    @property
    def script(self) -> str:
        """The address of the script that lets a frame fit."""
        return urljoin(self.origin, f"{SCRIPTS}{NEWEST}")

    def link(self, title: str) -> Markup:
        """A link alone."""
        return _LINK.format(start=self.start, title=title)

    def frame(self, title: str) -> Markup:
        """The link, and a frame that scrolls."""
        return self.link(title) + _FRAME.format(framed=self.framed, title=title)

    def fitted(self, title: str) -> Markup:
        """The link, and a frame that becomes as high as what it shows."""
        return self.frame(title) + _SCRIPT.format(script=self.script, integrity=self.integrity)

"""What a web officer pastes into a page of the council's website."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from app.embed.script import NEWEST, PREFIX

_LINK = Markup('<p><a href="{start}">{title}</a></p>\n')
_FRAME = Markup('<iframe src="{framed}" title="{title}" width="100%" height="900" loading="lazy"></iframe>\n')
_SCRIPT = Markup('<script src="{script}" integrity="{integrity}" crossorigin="anonymous" defer></script>\n')


@dataclass(frozen=True, slots=True)
class Snippets:
    """The same check as a link, in a frame, and in a frame that fits: each as HTML, with a title in words.

    They style nothing, so a website that allows no styles or scripts in its markup can use them. ``origin`` is what a
    website's own security policy has to allow; ``start`` and ``framed`` are the whole addresses of the check's first
    page in the two layouts.
    """

    origin: str
    start: str
    framed: str
    integrity: str

    @property
    def script(self) -> str:
        """The address of the script that lets a frame fit."""
        return f"{self.origin}{PREFIX}{NEWEST}"

    def link(self, title: str) -> Markup:
        """A link alone."""
        return _LINK.format(start=self.start, title=title)

    def frame(self, title: str) -> Markup:
        """The link, and a frame that scrolls."""
        return self.link(title) + _FRAME.format(framed=self.framed, title=title)

    def fitted(self, title: str) -> Markup:
        """The link, and a frame that becomes as high as what it shows."""
        return self.frame(title) + _SCRIPT.format(script=self.script, integrity=self.integrity)

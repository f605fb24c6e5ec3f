"""The places on the pages where a council may say something in its own words, and what it may write there.

A slot adds to a page and takes nothing away: no council can drop a sentence that everybody has to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Annotated

from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import AfterValidator

from app.councils.web_link import HTTPS
from app.councils.wording import LANGUAGES, check_plain
from app.engine.document import Strict
from app.engine.problem import ProblemFound

LONGEST = 1500
"""Characters in a slot, in each language."""

_ALLOWED = {
    *("inline", "text", "softbreak", "paragraph_open", "paragraph_close", "strong_open", "strong_close"),
    *("bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close", "list_item_open"),
    *("list_item_close", "link_open", "link_close"),
}
_NAMES = {
    "html_block": "HTML",
    "html_inline": "HTML",
    "image": "a picture",
    "heading_open": "a heading",
    "code_inline": "code",
    "code_block": "code (a line that begins with spaces)",
    "fence": "code",
    "hr": "a line across the page",
    "blockquote_open": "a quotation",
    "em_open": "slanting letters, which many people find hard to read",
    "hardbreak": "a line that ends with a break",
}
_CAN_HOLD = "write paragraphs, lists, **bold** and [links](https://www.council.example) only"
_OTHER_LINK = re.compile(r"mailto:[a-z0-9._%+'-]+@[a-z0-9-]+(\.[a-z0-9-]+)+|tel:\+?[0-9-]+", re.IGNORECASE)
# With everything switched on, so that what may not be there is seen, and told by its name.
_everything = MarkdownIt("commonmark", {"html": True})
# Every link is let through here, for us to refuse and say why: otherwise a bad one would be left as plain text.
_everything.validateLink = bool  # type: ignore[method-assign,assignment]


def check_prose(text: str) -> str:
    """The text itself, if it is Markdown of the kind that a slot can hold; raises ProblemFound otherwise."""
    if not text.strip():
        raise ProblemFound("bad-text", "there are no words here; write them, or take the key out")
    if len(text) > LONGEST:
        raise ProblemFound("bad-text", f"the text has {len(text)} characters; write at most {LONGEST}")
    for token in _tokens(_everything.parse(text)):
        if token.type not in _ALLOWED:
            name = _NAMES.get(token.type, token.type)
            raise ProblemFound("bad-markdown", f"the text holds {name}; {_CAN_HOLD}")
        if token.type == "text":
            check_plain(token.content)  # as it is read, with what was written as &#x202e; and the like
        if token.type == "link_open":
            _check_link(token)
        if token.type == "inline":
            _check_link_words(token.children or ())
    for line in text.splitlines():
        check_plain(line)
    return text


def _check_link_words(tokens: Iterable[Token]) -> None:
    """Refuses a link in which there is nothing to read."""
    words = "-"
    for token in tokens:
        if token.type == "link_open":
            words = ""
        elif token.type == "link_close" and not any(letter.isalnum() for letter in words):
            raise ProblemFound("bad-link", "a link has no words; write [words](https://www.council.example)")
        words += token.content


def _check_link(token: Token) -> None:
    link = str(token.attrGet("href"))
    if token.attrGet("title"):
        raise ProblemFound("bad-link", f"the link to {link!r} has a title in quotes; take it out")
    if not HTTPS.fullmatch(link) and not _OTHER_LINK.fullmatch(link):
        raise ProblemFound(
            "bad-link", f"a link leads to {link!r}; write a whole address with https://, mailto: or tel:"
        )


def _tokens(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _tokens(token.children or ())


Markdown = Annotated[str, AfterValidator(check_prose)]


class Prose(Strict):
    """Words of a council as Markdown, in English and, where its residents read Welsh, in Welsh."""

    en: Markdown
    cy: Markdown | None = None

    def to(self, language: str) -> str:
        """The text in that language, or the English one where there is no other."""
        return self.cy if language == LANGUAGES[1] and self.cy else self.en


class Slots(Strict):
    """The slots, each named for where on the pages it stands."""

    start: Prose | None = None
    """On the start page, before the button."""
    practical: Prose | None = None
    """With the outcome: cost and time."""
    evidence: Prose | None = None
    """With the outcome: below the proof to find."""
    apply: Prose | None = None
    """With the outcome: how to apply."""
    privacy: Prose | None = None
    """At the end of the privacy notice."""
    accessibility: Prose | None = None
    """In the accessibility statement: whom to tell, and how."""

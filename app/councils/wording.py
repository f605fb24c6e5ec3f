"""Short texts that a council supplies, in English and, where it has one, in Welsh."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator

from app.engine.document import Strict
from app.engine.problem import ProblemFound

Language = Literal["en", "cy"]

LANGUAGES: tuple[Language, ...] = ("en", "cy")
_LONGEST = 200
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
_UNSEEN = re.compile(f"[\u115f\u1160\u2800\u3164\uffa0]|[{_MARKS}]{{4}}")
"""Letters and dots that show nothing, and marks heaped on one letter."""
_MARKUP = re.compile(r"[<>{}]|\b(?:javascript|vbscript|data)\s*:", re.IGNORECASE)


def check_line(text: str) -> str:
    """The text itself, if it can stand on a page as it is; raises ProblemFound otherwise."""
    if not any(letter.isalnum() for letter in text) or text != text.strip() or "  " in text:
        raise ProblemFound("bad-text", f"{text!r} is empty or has spaces too many; write words with single spaces")
    check_plain(text)
    if len(text) > _LONGEST:
        raise ProblemFound("bad-text", f"the text has {len(text)} characters; write at most {_LONGEST}")
    return text


def check_plain(line: str) -> None:
    """Raises ProblemFound for what is no part of a plain text: characters that cannot be seen, and marks of code."""
    if not line.isprintable() or _UNSEEN.search(unicodedata.normalize("NFD", line)):
        raise ProblemFound("bad-text", f"{line!r} holds a character that cannot be seen; type the text again")
    if found := _MARKUP.search(line):
        raise ProblemFound("bad-text", f"{line!r} holds {found[0]!r}, as code does; write it in words")


Line = Annotated[str, AfterValidator(check_line)]
"""One line of plain text, never markup."""


class Wording(Strict):
    """The same text in the languages it has. A name that has no Welsh form is the same in both."""

    en: Line
    cy: Line | None = None

    def to(self, language: str) -> str:
        """The text in that language, or the English one where there is no other."""
        return self.cy if language == "cy" and self.cy else self.en

"""The words of the pages themselves: one file a language, a flat list of keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from markupsafe import Markup

from app.engine.document import Strict, load_document
from app.engine.problem import LoadError, Problem
from app.web.markdown import inline, prose


class _File(Strict):
    language: str
    name: str
    direction: Literal["ltr", "rtl"]
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class SiteWords:
    """The words in one language. A key that does not exist is a KeyError, so that no page shows a gap."""

    language: str
    name: str
    direction: str
    words: Mapping[str, str]

    def text(self, key: str, **values: str | int) -> str:
        """Plain text."""
        return self.words[key].format(**values)

    def prose(self, key: str, **values: str) -> Markup:
        """Markdown as paragraphs."""
        return prose(self.words[key], **values)

    def inline(self, key: str, **values: str) -> Markup:
        """Markdown within a line."""
        return inline(self.words[key], **values)

    def day(self, day: date) -> str:
        """A date in words."""
        return self.text("date.form", day=day.day, month=self.words[f"date.month.{day.month}"], year=day.year)


def load_site_words(folder: Path) -> Mapping[str, SiteWords]:
    """The words of every language in the folder, by its code; raises LoadError with all that is wrong."""
    found: dict[str, SiteWords] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            content = load_document(path, _File).content
        except LoadError as error:
            problems.extend(error.problems)
            continue
        found[path.stem] = SiteWords(content.language, content.name, content.direction, content.words)
    if problems:
        raise LoadError(problems)
    return found

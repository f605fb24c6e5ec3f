"""The words of the pages themselves: one file a language, a flat list of keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from markupsafe import Markup

from app.engine.document import Document, load_document
from app.engine.problem import LoadError, Problem
from app.engine.translation import STALE, check_translation
from app.engine.words import Translated
from app.web.markdown import inline, prose

FIRST = "en"
"""The language that the others translate, and the one for whoever names none."""

TOOLS = "tools"
"""The folder of words that only those who make and keep the service read, in the first language alone."""


class WordsFile(Translated):
    """A file of the words of pages; ``name`` is what the language calls itself."""

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
    """The words of every language in the folder, the first language first; raises LoadError with all that is wrong.

    A translation that has to be read again keeps nobody from being served.
    """
    documents, problems = read_site_words(folder)
    problems = [problem for problem in problems if problem.code != STALE]
    if problems:
        raise LoadError(problems)
    return {language: _made(document.content) for language, document in documents.items()}


def load_tool_words(folder: Path) -> SiteWords:
    """The words of pages and of tools together, for a tool that has a page; raises LoadError."""
    pages = load_site_words(folder)[FIRST]
    tools = _made(load_document(folder / TOOLS / f"{FIRST}.yaml", WordsFile).content)
    return SiteWords(pages.language, pages.name, pages.direction, {**pages.words, **tools.words})


def read_site_words(folder: Path) -> tuple[Mapping[str, Document[WordsFile]], list[Problem]]:
    """The file of every language that can be read, and all that is wrong in any."""
    found: dict[str, Document[WordsFile]] = {}
    problems: list[Problem] = []
    paths = sorted(folder.glob("*.yaml"), key=lambda path: (path.stem != FIRST, path.stem))
    for path in paths:
        try:
            document = load_document(path, WordsFile)
        except LoadError as error:
            problems.extend(error.problems)
            continue
        if document.content.language != path.stem:
            message = f"the file is named {path.stem}, so its language is too"
            problems.append(document.problem(("language",), "unknown-reference", message))
        found[path.stem] = document
    first = found.get(FIRST)
    for document in found.values():
        if first is not None and document is not first:
            problems += [*_check_keys(document, first), *check_translation(document, first)]
    return found, problems


def _check_keys(document: Document[WordsFile], first: Document[WordsFile]) -> list[Problem]:
    ours, theirs = document.content.words.keys(), first.content.words.keys()
    return [
        *(document.problem(("words",), "text-missing", f"{key} is not translated; write it") for key in theirs - ours),
        *(
            document.problem(("words", key), "text-unused", f"{first.path.name} has no {key}; take it out")
            for key in ours - theirs
        ),
    ]


def _made(content: WordsFile) -> SiteWords:
    return SiteWords(content.language, content.name, content.direction, content.words)

"""All the words of the service in a language beside those that they translate, file by file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from app.engine.checked import Check, Checked
from app.engine.document import Document, load_document
from app.engine.translation import Pair, pairs
from app.engine.words import Translated, Words
from app.web.site_words import FIRST, WordsFile

if TYPE_CHECKING:
    from app.settings import Settings

_MADE_FROM = "\ntranslates:\n"
_HEAD = (
    "# Who that speaks the language has read which texts beside those that they translate. Written by\n"
    "# `flask translations checked`; a text that has changed since is to be read again.\n"
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file of words in a language, the file that it translates, and what of it has been checked.

    ``name`` is that of its service, or "pages".
    """

    name: str
    document: Document[Any]
    first: Document[Any]
    checked: Checked

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Every text of it."""
        return tuple(pairs(self.document, self.first))

    @property
    def stale(self) -> tuple[Pair, ...]:
        """The texts that were made from another text than today's, or from none."""
        made_from = self.document.content.translates
        return tuple(pair for pair in self.pairs if made_from.get(pair.key) != pair.made_from)

    def note_read(self, keys: frozenset[str] | None) -> int:
        """Notes that these texts, or all, were read again beside today's texts; how many had to be."""
        stale = [pair for pair in self.stale if keys is None or pair.key in keys]
        known = {pair.key for pair in self.pairs}
        made_from = {key: digest for key, digest in self.document.content.translates.items() if key in known}
        made_from |= {pair.key: pair.made_from for pair in stale}
        # In one order, so that what changes is what a reader of the difference sees.
        noted = {pair.key: made_from[pair.key] for pair in self.pairs if pair.key in made_from}
        if noted != self.document.content.translates:
            text = self.document.path.read_text(encoding="utf-8").partition(_MADE_FROM)[0].rstrip("\n")
            self.document.path.write_text(f"{text}\n\n{_yaml({'translates': noted})}", encoding="utf-8")
        return len(stale)

    def note_checked(self, by: str, on: date, keys: frozenset[str] | None) -> int:
        """Notes that somebody has read these texts, or all, beside those that they translate; how many were not yet."""
        done = self.checked
        read = {pair.key: pair.both for pair in done.unchecked(self.pairs) if keys is None or pair.key in keys}
        if read:
            checks = (*done.checks, Check(by=by, on=on, texts=read))
            content = Checked(language=done.language, checks=checks).model_dump(mode="json")
            path = _checks(self.document.path)
            path.parent.mkdir(exist_ok=True)
            path.write_text(_HEAD + _yaml(content), encoding="utf-8")
        return len(read)


def catalogue(settings: Settings, language: str) -> Iterator[Leaf]:
    """Every file of words in the language; raises LoadError for one that cannot be read."""
    homes: list[tuple[str, Path, type[Translated]]] = [("pages", settings.words, WordsFile)]
    services = sorted(path.parent for path in settings.rules.glob("*/service.yaml"))
    homes += [(home.name, home / "words", Words) for home in services]
    for name, folder, model in homes:
        path = folder / f"{language}.yaml"
        if path.exists():
            checks = _checks(path)
            checked = load_document(checks, Checked).content if checks.exists() else Checked(language=language)
            first = load_document(folder / f"{FIRST}.yaml", model)
            yield Leaf(name, load_document(path, model), first, checked)


def _checks(words: Path) -> Path:
    """Where the checks of a file of words are noted."""
    return words.parent / "checked" / words.name


def _yaml(content: object) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120, default_style=None)

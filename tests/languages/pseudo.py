"""A language that nobody speaks: every text is longer than the English, in letters that no other text here has.

So a page in it shows where text overflows, which of its text comes from no words file, and which texts it shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.engine.untranslated import copy_untranslated

LANGUAGE = "cy"
"""It stands in the place of Welsh, so that everything treats it as the second language."""

_LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_GREEK = "αβςδεφγηιξκλμνοπθρστυωχψζϊΑΒΓΔΕΦΛΗΙΞΚΣΜΝΟΠΘΡΣΤΥΩΧΨΖΪ"
_LETTERS = str.maketrans(_LATIN, _GREEK)
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK = re.compile(r"⁽([⁰¹²³⁴⁵⁶⁷⁸⁹]+)⁾")
# What is no text of its own: places to fill, links, code, and the marks of Markdown at the head of a line.
_KEPT = re.compile(r"(\{\w+\}|\]\([^)]*\)|`[^`]*`|^(?:- |#+ |\d+\. ))", re.M)
_LONGER = 0.6


class Pseudo:
    """The words in this language, each text marked with a number of its own; ``keys`` has them by number."""

    def __init__(self) -> None:
        self.keys: list[str] = []

    def text(self, key: str, english: str) -> str:
        """A text, as long again by more than half, with its mark at the end of its first line of prose."""
        self.keys.append(key)
        mark = f"⁽{str(len(self.keys) - 1).translate(_SUPERSCRIPT)}⁾"
        parts = _KEPT.split(english)
        letters = "".join(part if index % 2 else part.translate(_LETTERS) for index, part in enumerate(parts))
        words = [word for word in re.findall(r"[\w’]+", english) if word.isalpha()]
        wanted = len(english) * _LONGER
        more = ""
        for word in words * 2:
            if len(more) >= wanted:
                break
            more += f" {word.translate(_LETTERS)}"
        lines = letters.rstrip("\n").split("\n")
        lines[0] = _before_the_end(lines[0], f"{more}{mark}")
        return "\n".join(lines) + ("\n" if letters.endswith("\n") else "")

    def seen(self, html: str) -> set[str]:
        """The keys of the texts that a page shows."""
        return {self.keys[int(number.translate(_PLAIN))] for number in _MARK.findall(html)}


def _before_the_end(line: str, more: str) -> str:
    """Before a full stop, a question mark or a colon, so that the text still ends as it does."""
    end = len(line) - (line[-1:] in ".?:")
    return line[:end] + more + line[end:]


def make_pseudo(folder: Path, root: Path, edit: Callable[[Path], object] = lambda _: None) -> Pseudo:
    """Writes the rules and the words of pages in this language under the folder: ``rules`` and ``words``.

    ``edit`` may change the rules before.
    """
    made = Pseudo()
    copy_untranslated(folder / "rules")
    edit(folder / "rules")
    for path in (folder / "rules").glob("*/service.yaml"):
        path.write_text(re.sub(r"(?m)^languages: \[(\w+)\]$", rf"languages: [\1, {LANGUAGE}]", path.read_text()))
        english = yaml.safe_load((path.parent / "words" / "en.yaml").read_text())
        content = {name: _spoken(made, name, value) for name, value in english.items() if name != "language"}
        cited = {
            text: made.text(f"cited.{text}", text)
            for law in path.parent.glob("*/[0-9]*.yaml")
            for source in yaml.safe_load(law.read_text())["sources"].values()
            for text in (source["title"], source["provision"])
        }
        _write(path.parent / "words" / f"{LANGUAGE}.yaml", {"language": LANGUAGE, **content, "cited": cited})
    (folder / "words" / "tools").mkdir(parents=True)
    for name in ("en.yaml", "tools/en.yaml"):
        (folder / "words" / name).write_text((root / "templates/words" / name).read_text())
    english = yaml.safe_load((root / "templates/words/en.yaml").read_text())["words"]
    words = {key: made.text(key, text) for key, text in english.items()}
    _write(
        folder / "words" / f"{LANGUAGE}.yaml",
        {"language": LANGUAGE, "name": "Ψευδο", "direction": "ltr", "words": words},
    )
    return made


def _spoken(made: Pseudo, key: str, value: Any) -> Any:
    if isinstance(value, str):
        return made.text(key, value)
    return {name: _spoken(made, f"{key}.{name}", each) for name, each in value.items()}


def _write(path: Path, content: Any) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, default_style="'", width=10**6))


def latin(text: str) -> Iterator[str]:
    """The words in a text that this language cannot have written."""
    yield from re.findall(r"[A-Za-z][\w’'-]*", text)

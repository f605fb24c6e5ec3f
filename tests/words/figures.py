"""How hard the words are to read, as tables for docs/plain-words.md: ``python -m tests.words.figures``.

It prints them for this checkout, or for the folder that it is given; with ``--write`` it puts them into the document.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.engine.rulebook import Service
from app.settings import ROOT
from tests.words.gate import HIGHEST_GRADE
from tests.words.published import Published, languages, rules_texts, service_of, site_texts, uses
from tests.words.reading import read, together
from tests.words.reviewed import load_reviewed

DOCUMENT = ROOT / "docs/plain-words.md"
NOW = re.compile(r"(?<=### Now\n\n).*?(?=\n## )", re.DOTALL)
GRADED = "en"
"""The language that the grades were made for."""
_ANY = ("", "texts", "words", "words in a sentence", "longest sentence", "LIX")
_ENGLISH = ("grade", "grade, names in full", "above grade 6", "highest grade")


def tables(root: Path = ROOT) -> str:
    """One table for each language, in Markdown."""
    service = service_of(root)
    return "\n".join("\n".join(_table(root, service, language)) + "\n" for language in languages(root))


def _table(root: Path, service: Service, language: str) -> Iterator[str]:
    columns = _ANY + (_ENGLISH if language == GRADED else ())
    yield "| " + " | ".join((language, *columns[1:])) + " |"
    yield "|---" + "|---:" * (len(columns) - 1) + "|"
    rules = list(rules_texts(service.words[language])) if language in service.words else []
    for nation, laws in service.laws.items():
        name = service.words[GRADED].nations[nation]
        yield _row(name, (text for text in rules if any(uses(law, text.place) for law in laws)), language)
    yield _row("All of the rules and questions", rules, language)
    pages = list(site_texts(root, language))
    yield _row("The pages for citizens", (text for text in pages if not text.staff), language)


def _row(name: str, texts: Iterable[Published], language: str) -> str:
    reviewed = load_reviewed()
    names = reviewed.pattern if language == GRADED else None
    found = list(texts)
    each = [reading for text in found if (reading := read(text.text, names))]
    if not each:
        return f"| {name} | 0 |" + " |" * (len(_ANY) - 2)
    whole = together(each)
    cells = [name, f"{len(each):,}", f"{whole.words:,}", f"{whole.mean:.1f}", str(whole.longest), f"{whole.lix:.1f}"]
    if language == GRADED:
        full = together(reading for text in found if (reading := read(text.text)))
        above = sum(round(reading.fair_grade, 1) > HIGHEST_GRADE for reading in each)
        highest = max(reading.fair_grade for reading in each)
        cells += [f"{whole.grade:.1f}", f"{full.grade:.1f}", f"{above / len(each):.1%}", f"{highest:.1f}"]
    return "| " + " | ".join(cells) + " |"


def main(arguments: list[str]) -> None:
    """Prints the tables, or writes them."""
    if arguments == ["--write"]:
        text = DOCUMENT.read_text()
        DOCUMENT.write_text(NOW.sub(lambda _: tables(), text))
    else:
        print(tables(*map(Path, arguments)))


if __name__ == "__main__":
    main(sys.argv[1:])

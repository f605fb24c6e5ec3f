"""Every text that the words files hold, with the place where it stands and what it is there for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from app.engine.document import load_document
from app.engine.formula import comparisons
from app.engine.rulebook import Service, load_rulebook
from app.engine.rules import Rules
from app.engine.words import Spoken, Words
from app.web.site_words import FIRST, TOOLS, WordsFile, load_site_words

STAFF = {"documents", "dpia", "websites"}
"""Where the keys of pages begin that are for the staff of councils. All tools are for staff."""
NOT_READ = {"find.ignore"}
"""Keys that hold no text for anybody: the words that a search for a council passes over."""
FORM_ERRORS = {"find.missing", "find.several", "find.none", "find.ended"}


@dataclass(frozen=True, slots=True)
class Published:
    """One text: its file and place (``rules questions.sight.hint``), and the voice where each has its own."""

    file: str
    place: str
    text: str
    voice: str = ""
    staff: bool = False

    @property
    def key(self) -> str:
        """The file and the place, as on the reviewed list."""
        return f"{self.file} {self.place}"

    @property
    def name(self) -> str:
        """The same, with the voice."""
        return f"{self.key} ({self.voice})" if self.voice else self.key

    @property
    def kind(self) -> str:
        """``title`` of a question, ``hint``, ``error`` or ``text``."""
        parts = self.place.split(".")
        if "hint" in parts:
            return "hint"
        asked = parts[0] == "questions" and parts[-1] in {"missing", "conflict"}
        if asked or self.place in FORM_ERRORS or self.place.startswith("studio.error."):
            return "error"
        return "title" if parts[0] == "questions" and parts[-1] == "title" else "text"


@dataclass(frozen=True, slots=True)
class Pair:
    """The two ways in which one thing is said: to the person, and to somebody who asks for them."""

    key: str
    you: str
    they: str


def languages(root: Path) -> list[str]:
    """The languages that there are words in, the first first."""
    return list(load_site_words(root / "templates/words"))


def rules_texts(words: Words) -> Iterator[Published]:
    """Every text about the law and its questions."""
    for place, value in _walk(words):
        texts = {"": value} if isinstance(value, str) else _voices(value)
        for voice, text in texts.items():
            yield Published("rules", ".".join(place), text, voice)


def pairs(words: Words) -> Iterator[Pair]:
    """Every text that both a person and somebody who asks for them can be shown."""
    for place, value in _walk(words):
        if isinstance(value, Spoken) and "organisation" not in ".".join(place) and "-ORG" not in place[1]:
            yield Pair("rules " + ".".join(place), value.you, value.they)


def site_texts(root: Path, language: str) -> Iterator[Published]:
    """Every text of the pages themselves."""
    for place, text in load_site_words(root / "templates/words")[language].words.items():
        if place not in NOT_READ:
            yield Published("site", place, text, staff=place.split(".")[0] in STAFF)


def tool_texts(root: Path) -> Iterator[Published]:
    """Every text of the pages that only those who make and keep the service read, in the language that there is."""
    path = root / "templates/words" / TOOLS / f"{FIRST}.yaml"
    for place, text in load_document(path, WordsFile).content.words.items():
        yield Published("tools", place, text, staff=True)


def service_of(root: Path) -> Service:
    """The service whose words these are."""
    return load_rulebook(root / "rules")["blue-badge"]


def uses(rules: Rules, place: str) -> bool:
    """Whether a nation's law needs the text: for a criterion, a question, an option, a proof or a note of its own."""
    section, _, rest = place.partition(".")
    found = rest.split(".")
    needed: Mapping[str, set[str]] = {
        "criteria": {criterion.id for criterion in rules.criteria},
        "evidence": {item for criterion in rules.criteria for item in criterion.evidence},
        "notes": {remark.note.id for remark in rules.remarks},
        "questions": {each.question for criterion in rules.criteria for each in comparisons(criterion.whole)},
    }
    if found[0] not in needed.get(section, ()):
        return False
    return len(found) < 3 or found[1] not in {"options", "look_up"} or found[2] in rules.question(found[0]).offers


def _walk(value: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Spoken | str]]:
    if isinstance(value, str | Spoken):
        yield place, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _walk(item, (*place, name))
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in {"language", "translates", "cited"}:
                yield from _walk(getattr(value, name), (*place, name))


def _voices(spoken: Spoken) -> dict[str, str]:
    if spoken.you == spoken.they and spoken.organisation is None:
        return {"": spoken.you}
    return {voice: text for voice in ("you", "they", "organisation") if (text := getattr(spoken, voice)) is not None}

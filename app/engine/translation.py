"""Whether a file of words in another language says the same as the first: the same texts, links, numerals and fillings.

A translation keeps, for each text, the digest of the text that it was made from. So a text that has changed since is
told of until somebody has read the translation again.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from app.engine.words import Spoken, Translated

if TYPE_CHECKING:
    from app.engine.document import Document, Place
    from app.engine.problem import Problem
    from app.engine.words import Words

STALE = "translation-stale"
"""The code of a text to be read again: a release waits for it, a page does not."""

_LINK = re.compile(r"\((https?://[^)\s]+)\)")
_NUMERAL = re.compile(r"\d+(?:[.,:]\d+)*")
UNTRANSLATED = frozenset({"language", "name", "direction", "translates", "cited"})
"""Parts of a file of words that are about the language, or that the first language has not."""

_Texts = Mapping[str, str | None]
_File = TypeVar("_File", bound=Translated)


@dataclass(frozen=True, slots=True)
class Pair:
    """A text of the first language by its key, and its translation: for each voice, or under an empty name for all."""

    key: str
    source: _Texts
    translation: _Texts

    @property
    def made_from(self) -> str:
        """What a translation notes of the text it was made from."""
        return text_digest(self.source)

    @property
    def both(self) -> str:
        """What a check of the translation notes: it holds for these two texts and for no others."""
        return _digest(f"{_whole(self.source)}\n{_whole(self.translation)}")


def pairs(document: Document[_File], first: Document[_File]) -> Iterator[Pair]:
    """Every text that both files have, in the order of the first."""
    translations = dict(_spoken(document.content, ()))
    for place, source in _spoken(first.content, ()):
        translation = translations.get(place)
        if source and translation:
            yield Pair(_key(place), source, translation)


def check_translation(document: Document[_File], first: Document[_File]) -> Iterator[Problem]:
    """The faults of a translation beside the first language; texts for ids that either has not are told elsewhere."""
    made_from = document.content.translates
    sources = dict(_spoken(first.content, ()))
    translations = dict(_spoken(document.content, ()))
    for place in sources.keys() & translations.keys():
        source, translation = sources[place], translations[place]
        yield from _same_texts(document, place, source, translation)
        key = _key(place)
        digest = text_digest(source)
        if source and translation and made_from.get(key) != digest:
            message = f"{key} is not marked as a translation of today's text; read it again, then note {key}: {digest}"
            yield document.problem(place, STALE, message)
    for key in made_from.keys() - {_key(place) for place in sources}:
        message = f"{first.path.name} has no text {key!r}; take it out"
        yield document.problem(("translates", key), "unknown-reference", message)


def check_cited(document: Document[Words]) -> Iterator[Problem]:
    """The faults of the titles and provisions that a translation cites."""
    for text, translation in document.content.cited.items():
        yield from _same_contents(document, ("cited", text), text, translation)


def text_digest(texts: _Texts) -> str:
    """What a translation notes of the text it was made from: eight hexadecimal characters."""
    return _digest(_whole(texts))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _whole(texts: _Texts) -> str:
    return "\n".join(f"{voice}: {text}" for voice, text in texts.items() if text is not None)


def _key(place: Place) -> str:
    return ".".join(map(str, place))


def _same_texts(document: Document[_File], place: Place, source: _Texts, translation: _Texts) -> Iterator[Problem]:
    if not source or not translation:
        if source:
            yield document.problem(place, "text-missing", f"{place[-1]} is not translated; write it")
        elif translation:
            yield document.problem(place, "text-unused", f"the first language has no {place[-1]} here; take it out")
        return
    for voice in source.keys() | translation.keys():
        here: Place = (*place, voice) if voice else place
        ours, theirs = translation.get(voice), source.get(voice)
        if ours is None and theirs is not None:
            yield document.problem(here, "text-missing", f"the first language says {theirs!r}; translate it")
        elif theirs is None and ours is not None:
            yield document.problem(here, "text-unused", "the first language says nothing here; take it out")
        elif ours is not None and theirs is not None:
            yield from _same_contents(document, here, theirs, ours)


def _same_contents(document: Document[_File], place: Place, source: str, translation: str) -> Iterator[Problem]:
    for code, what, contents in (
        ("placeholder-mismatch", "places to fill", _placeholders),
        ("link-mismatch", "links", _links),
        ("numeral-mismatch", "numbers", _numerals),
    ):
        wanted, found = contents(source), contents(translation)
        if wanted != found:
            lacks, adds = sorted((wanted - found).elements()), sorted((found - wanted).elements())
            message = f"other {what} than in the first language: lacks {lacks or 'none'}, adds {adds or 'none'}"
            yield document.problem(place, code, message)


def _placeholders(text: str) -> Counter[str]:
    try:
        return Counter(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError:
        return Counter()


def _links(text: str) -> Counter[str]:
    return Counter(_LINK.findall(text))


def _numerals(text: str) -> Counter[str]:
    return Counter(_NUMERAL.findall(_LINK.sub("", text)))


def _spoken(value: Any, place: Place) -> Iterator[tuple[Place, _Texts]]:  # noqa: ANN401 - models, dictionaries, texts
    """Every text, for all its voices together, by its place in the file."""
    if isinstance(value, Spoken):
        yield place, {name: getattr(value, name) for name in type(value).model_fields}
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in UNTRANSLATED:
                yield from _spoken(getattr(value, name), (*place, name))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _spoken(item, (*place, name))
    else:
        yield place, {} if value is None else {"": value}

"""How hard a text is to read, by the formulas that others use too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import textstat_rs
from markdown_it import MarkdownIt

ORDINARY = 1.4
"""The syllables of an ordinary word of these texts; what a name, a number or an abbreviation is counted as."""
FAIR = 15
"""The words that a sentence may have on average. A formula for whole passages says little about fewer."""
LONG = 6
"""LIX counts words of more letters than this."""

_markdown = MarkdownIt("commonmark")
_SEEN: dict[str, Callable[[str], str]] = {"text": str, "text_special": str, "softbreak": lambda _: " "}
_PLACEHOLDER = re.compile(r"\{\w+\}")
_SENTENCE_ENDS = re.compile(r"(?<=[.?!])[’)]*\s+")
_WORD = re.compile(r"\d(?:[\d ,.]*\d)?|[^\W\d_][^\W_]*(?:[’'][^\W_]+)*")
_NAME = "\N{REPLACEMENT CHARACTER}"
_SHORT_NAME = re.compile(r"[A-Z]{2,}\w*|\w*\d\w*")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was counted in one text, or in several taken together."""

    words: int
    sentences: int
    syllables: float
    long_words: int
    longest: int

    @property
    def mean(self) -> float:
        """Words in a sentence, on average."""
        return self.words / self.sentences

    @property
    def grade(self) -> float:
        """The school year of the United States in which it can be read, by Flesch and Kincaid (6: age 11 to 12)."""
        return self._grade(self.syllables / self.words)

    @property
    def fair_grade(self) -> float:
        """The same, with ordinary words added to make up for those that a short text lacks."""
        lacking = max(0, FAIR - self.words)
        return self._grade((self.syllables + lacking * ORDINARY) / (self.words + lacking))

    @property
    def lix(self) -> float:
        """Björnsson's figure for any language: words in a sentence, and the percentage of long words."""
        return self.mean + 100 * self.long_words / self.words

    def _grade(self, syllables_in_a_word: float) -> float:
        return 0.39 * self.mean + 11.8 * syllables_in_a_word - 15.59


def read(text: str, names: re.Pattern[str] | None = None) -> Reading | None:
    """Counts a Markdown text, each of ``names`` as one word; None if there are no words in it.

    A paragraph, a heading and an item of a list end a sentence even without a full stop.
    """
    found = [list(_words(sentence, names)) for block in blocks(text) for sentence in _SENTENCE_ENDS.split(block)]
    sentences = [words for words in found if words]
    if not sentences:
        return None
    words = [word for sentence in sentences for word in sentence]
    return Reading(
        words=len(words),
        sentences=len(sentences),
        syllables=sum(map(_syllables, words)),
        long_words=sum(len(word) > LONG for word in words),
        longest=max(map(len, sentences)),
    )


def together(readings: Iterable[Reading]) -> Reading:
    """Several texts as if one followed the other."""
    found = list(readings)
    return Reading(
        words=sum(each.words for each in found),
        sentences=sum(each.sentences for each in found),
        syllables=sum(each.syllables for each in found),
        long_words=sum(each.long_words for each in found),
        longest=max(each.longest for each in found),
    )


@cache
def blocks(text: str) -> tuple[str, ...]:
    """The paragraphs, headings and items that a reader sees, without marks and links; code is left out."""
    inline = (token.children or [] for token in _markdown.parse(text) if token.type == "inline")
    return tuple("".join(_SEEN[part.type](part.content) for part in parts if part.type in _SEEN) for parts in inline)


def _words(sentence: str, names: re.Pattern[str] | None) -> Iterator[str]:
    sentence = _PLACEHOLDER.sub(_NAME, sentence)
    if names is not None:
        sentence = names.sub(_NAME, sentence)
    yield from re.findall(f"{_NAME}|{_WORD.pattern}", sentence)


def _syllables(word: str) -> float:
    if word == _NAME or _SHORT_NAME.fullmatch(word):
        return ORDINARY
    return textstat_rs.syllable_count(re.split("[’']", word)[0], lang="en_GB")

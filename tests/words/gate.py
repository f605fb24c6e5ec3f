"""The gate that every published English text has to pass: how hard it is to read, and how it is worded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from tests.words.published import Pair, Published
from tests.words.reading import blocks, read
from tests.words.reviewed import Reviewed

HIGHEST_GRADE = 6.0
LONGEST_SENTENCE = 25
HIGHEST_MEAN = 15.0
LONGEST_HINT = 20

_WORDS = {
    "undignified": r"suffer(?:s|ing|ed)? from|sufferers?|wheelchair[- ]bound|confined to"
    r"|(?:the|a) (?:disabled|blind|deaf)(?! \w)|handicap\w*|hidden disabilit\w+|able[- ]bodied|normal people"
    r"|special needs|victims?|afflicted|invalids|mentally ill|crippl\w+|the elderly",
    "not plain": r"in order to|prior to|utili[sz]\w*|commenc\w+|via|e\.g|i\.e|eg|ie|etc|and/or|in respect of|pursuant"
    r"|in the event of|aforementioned|whilst|upon",
    "not how the Design System words it": r"please|oops|forgot(?:ten)?|click\w*|select an option|(?:in)?valid|sorry",
}
_MARKS = {
    "a straight quote": r"(?<!\w)['\"]|['\"](?!\w)|\w'\w",
    "a dash": r"[–—]",
    "an exclamation mark": r"!",
    "all in capitals": r"[A-Z]{6,}",
}
_WORDS_FOR_CITIZENS = {"promises or refuses": r"(?:in)?eligib\w+|(?:dis)?qualif(?:y|ies|ied)"}
_MARKS_FOR_CITIZENS = {"an asterisk": r"\*", "a hyphen as a dash": r"(?<=\s)-(?=\s)"}


def _rules(words: dict[str, str], marks: dict[str, str]) -> dict[str, re.Pattern[str]]:
    whole = {name: re.compile(rf"(?<![\w.])(?:{rule})(?!\w)", re.IGNORECASE) for name, rule in words.items()}
    return whole | {name: re.compile(rule) for name, rule in marks.items()}


EVERYWHERE = _rules(_WORDS, _MARKS)
FOR_CITIZENS = EVERYWHERE | _rules(_WORDS_FOR_CITIZENS, _MARKS_FOR_CITIZENS)
_STATUS_PAGE = re.compile(r"error\.\d+\.title")  # the Design System words these with “Sorry”
_LINK = re.compile(r"\]\(")
_READER = re.compile(r"you(?:r|rs|rself|rselves)?\b", re.IGNORECASE)


def faults(published: Published, reviewed: Reviewed) -> list[str]:
    """What keeps a text from being published, each as ``file place (voice): fault``."""
    found = [*_style(published), *_form(published)]
    if not published.staff and published.key not in reviewed.prescribed:
        found += _hardness(published, reviewed)
    return [f"{published.name}: {fault}" for fault in found]


def mixed_voices(pair: Pair, reviewed: Reviewed) -> list[str]:
    """Where a helper is told ``you`` in the very words in which the person is."""
    you, they = (_without(text, reviewed.helper).split() for text in (pair.you, pair.they))
    same = [
        you[at]
        for at, _, size in SequenceMatcher(a=you, b=they, autojunk=False).get_matching_blocks()
        for at in range(at, at + size)
        if _READER.match(you[at].lstrip("‘(["))
    ]
    return [f"{pair.key}: says {' '.join(same)!r} to the person and to the helper alike"] if same else []


def _without(text: str, phrases: Iterable[str]) -> str:
    for phrase in phrases:
        text = re.sub(rf"\b{re.escape(phrase)}\b", "_", text)
    return text


def _hardness(published: Published, reviewed: Reviewed) -> Iterator[str]:
    reading = read(published.text, reviewed.pattern)
    if reading is None:
        return
    if reading.longest > LONGEST_SENTENCE:
        yield f"a sentence of {reading.longest} words; the most is {LONGEST_SENTENCE}"
    if round(reading.fair_grade, 1) > HIGHEST_GRADE:
        yield f"grade {reading.fair_grade:.1f}; the highest is {HIGHEST_GRADE:.0f}"


def _style(published: Published) -> Iterator[str]:
    seen = "\n".join(blocks(published.text))
    for name, rule in (EVERYWHERE if published.staff else FOR_CITIZENS).items():
        for match in rule.finditer(seen):
            if not (match[0].lower() == "sorry" and _STATUS_PAGE.fullmatch(published.place)):
                yield f"{name}: {match[0]!r}"


def _form(published: Published) -> Iterator[str]:
    text = published.text.strip()
    if published.kind in {"hint", "error"} and text.endswith("."):
        yield f"no full stop at the end of {published.kind}s"
    if published.kind == "hint":
        reading = read(text)
        if reading and reading.sentences > 1:
            yield "one sentence in a hint"
        if reading and reading.words > LONGEST_HINT:
            yield f"a hint of {reading.words} words; the most is {LONGEST_HINT}"
        if _LINK.search(text):
            yield "no link in a hint"
    if published.kind == "error" and not text.startswith(("Select ", "Enter ")):
        yield "an error begins with Select or Enter"
    if published.kind == "title" and not text.endswith("?"):
        yield "a question ends with a question mark"

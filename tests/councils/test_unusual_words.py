"""Texts that nobody expects: each is taken as it is, or told with its line and what to write instead."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.councils.councils import load_councils
from tests.councils.factory import NATIONS, where, write_council, write_councils

TODAY = date(2026, 11, 21)
LONG = "Cyngor Bwrdeistref Sirol " + "Llanfair" * 12
TAKEN = {
    "emoji": "Ask us \U0001f600 or \U0001f44d\U0001f3fd",
    "an emoji drawn in colour": "With love \u2764\ufe0f",
    "a flag": "\U0001f3f4 Cymru \U0001f1ec\U0001f1e7",
    "letters with marks of their own": "Tŷ Gŵyr, Llŷn, Môn",
    "letters and marks apart": "Ty\u0302 Gw\u0302yr, Lly\u0302n",
    "three marks on a letter": "a\u0301\u0302\u0303 or so",
    "another script": "中文 العربية ਪੰਜਾਬੀ தமிழ்",
    "120 characters": "Northshire " * 10 + "Northshire",
    "120 letters without a space": "N" * 120,
    "a long name": LONG[:120],
}
REFUSED = {
    "emoji joined out of sight": "\U0001f468\u200d\U0001f469\u200d\U0001f467 together",
    "a letter that breaks out of its line": f"a{chr(0x301) * 9} b",
    "marks of several kinds on one letter": "a\u0301\u20dd\u1dc4\ufe20 b",
    "letters drawn in another way, again and again": f"a{chr(0xFE0F) * 9} b",
    "a mark that turns the text around": "abc\u202edef",
    "half a character": "a \\ud83d b",
    "a soft hyphen": "North\u00adshire",
}


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("text", TAKEN.values(), ids=TAKEN)
def test_a_text_that_can_be_read_is_taken_as_it_is(tmp_path: Path, text: str, language: str) -> None:
    folder = write_councils(tmp_path)
    said = {"en": "Plain", "cy": "Plaen"} | {language: text}
    both = f'{{en: "{said["en"]}", cy: "{said["cy"]}"}}'
    write_council(
        folder,
        "northshire",
        f"name: {both}\nwords:\n  start: {both}\nfooter: [{{text: {both}, link: https://a.example}}]",
    )
    councils = load_councils(folder, NATIONS)
    assert councils.problems == ()
    council = councils.councils["northshire"]
    slot = council.said.words.start
    assert slot is not None
    assert council.name(language) == slot.to(language) == council.said.footer[0].text.to(language) == text


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_a_text_that_cannot_be_seen_is_told_with_its_line(tmp_path: Path, text: str, language: str) -> None:
    said = {"en": "Plain", "cy": "Plaen"} | {language: text}
    lines = "\n".join(f'    {code}: "{words}"' for code, words in said.items())
    folder = write_council(write_councils(tmp_path), "northshire", f"words:\n  start:\n{lines}\n").parents[1]
    write_council(folder, "gwent", f"name:\n{lines}\n")
    first = 1 if language == "cy" else 0
    found = where(load_councils(folder, NATIONS))
    assert [(slug, line) for slug, line, _ in found] == [("gwent", 2 + first), ("northshire", 3 + first)]
    assert {code for *_, code in found} <= {"bad-text", "not-yaml"}

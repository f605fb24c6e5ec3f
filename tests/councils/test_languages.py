from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.councils.councils import Councils, load_councils
from tests.councils.factory import NATIONS, where, write_council, write_councils

TODAY = date(2026, 11, 21)
OUTSIDE_WALES, IN_WALES = "northshire", "gwent"
BOTH = ("en", "cy")


def load(folder: Path, slug: str, text: str) -> Councils:
    write_council(write_councils(folder), slug, text)
    return load_councils(folder, NATIONS)


TEXTS = {
    "contacts:\n  opening_hours:\n    en: 9am to 5pm": 2,
    "words:\n  apply:\n    en: Ask us.": 2,
    "notices:\n  - until: 2027-01-01\n    text: {en: Closed.}": 3,
    "footer:\n  - link: https://gwent.example/libraries\n    text: {en: Libraries}": 3,
}


@pytest.mark.parametrize("languages", ["", "\nlanguages: [en, cy]", "\nlanguages: [cy, en]"])
@pytest.mark.parametrize(("text", "line"), TEXTS.items())
@pytest.mark.parametrize("slug", [OUTSIDE_WALES, IN_WALES])
def test_a_council_that_offers_welsh_says_everything_in_welsh_too(
    tmp_path: Path, slug: str, text: str, line: int, languages: str
) -> None:
    assert where(load(tmp_path, slug, text + languages)) == [(slug, line, "missing-welsh")]


@pytest.mark.parametrize("text", TEXTS)
def test_a_council_outside_wales_may_say_everything_in_english_alone(tmp_path: Path, text: str) -> None:
    councils = load(tmp_path, OUTSIDE_WALES, f"{text}\nlanguages: [en]")
    assert councils.problems == ()
    assert councils.councils[OUTSIDE_WALES].languages == ("en",)


@pytest.mark.parametrize("text", TEXTS)
def test_one_in_wales_may_not_and_is_told_of_its_texts_too(tmp_path: Path, text: str) -> None:
    found = where(load(tmp_path, IN_WALES, f"languages: [en]\n{text}"))
    assert found == [(IN_WALES, 1, "no-welsh"), (IN_WALES, TEXTS[text] + 1, "missing-welsh")]


def test_only_a_council_outside_wales_is_told_that_it_may_have_english_alone(tmp_path: Path) -> None:
    said = {}
    for slug in (OUTSIDE_WALES, IN_WALES):
        [problem] = load(tmp_path / slug, slug, "words: {start: {en: Ask us.}}").problems
        said[slug] = problem.message
    assert said == {
        OUTSIDE_WALES: "your pages are in Welsh too, so write this text in Welsh (cy), or have your pages in "
        "English only (languages: [en])",
        IN_WALES: "your pages are in Welsh too, so write this text in Welsh (cy)",
    }


FAULTS = {
    "languages: []": [(1, "bad-languages")],
    "fee: none\nlanguages: [cy]": [(2, "bad-languages")],
    "languages: [en, en]": [(1, "bad-languages")],
    "languages:\n  - en\n  - cy\n  - cy": [(1, "bad-languages")],
    "languages: [en, fr]": [(1, "unknown-value")],
    "languages: [EN]": [(1, "unknown-value")],
    "languages:\n  - en\n  - welsh": [(3, "unknown-value")],
    "languages: en": [(1, "wrong-shape")],
    "languages: {en: true}": [(1, "wrong-shape")],
    "languages: [no]": [(1, "unquoted")],
    "languages:": [(1, "unquoted")],
    "languages: [en]\nname: {en: Northshire, cy: Sir y Gogledd}": [(2, "unread-welsh")],
    "languages: [en]\nwords:\n  start:\n    en: Ask us.\n    cy: Holwch ni.": [(5, "unread-welsh")],
    "languages: [en]\nfooter: [{text: {en: Us, cy: Ni}, link: https://a.example}]": [(2, "unread-welsh")],
}


@pytest.mark.parametrize(("text", "faults"), FAULTS.items())
def test_what_is_wrong_with_its_languages_is_told_with_its_line(
    tmp_path: Path, text: str, faults: list[tuple[int, str]]
) -> None:
    assert where(load(tmp_path, OUTSIDE_WALES, text)) == [(OUTSIDE_WALES, *fault) for fault in faults]


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("languages: [en, fr]", "'fr' is not one of 'en' or 'cy'"),
        ("languages: en", "languages: this is no list; write each entry on a line of its own that begins with -"),
        (
            "languages: [cy]",
            "the pages are always in English, and each language stands here once; write [en, cy] or [en]",
        ),
    ],
)
def test_what_to_write_instead_is_said(tmp_path: Path, text: str, remedy: str) -> None:
    assert [problem.message for problem in load(tmp_path, OUTSIDE_WALES, text).problems] == [remedy]


NAMES = {
    (OUTSIDE_WALES, "fee: none"): ("Northshire County Council", "Northshire County Council"),
    (OUTSIDE_WALES, "name: {en: Northshire}"): ("Northshire", "Northshire"),
    (OUTSIDE_WALES, "name: {en: Northshire, cy: Sir y Gogledd}"): ("Northshire", "Sir y Gogledd"),
    (IN_WALES, "fee: none"): ("Gwent Council", "Cyngor Gwent"),
    (IN_WALES, "name: {en: Gwent}"): ("Gwent", "Cyngor Gwent"),
    (IN_WALES, "name: {en: Gwent, cy: Y Cyngor}"): ("Gwent", "Y Cyngor"),
}


@pytest.mark.parametrize(("written", "names"), NAMES.items())
def test_a_name_without_a_welsh_form_is_the_same_in_both(
    tmp_path: Path, written: tuple[str, str], names: tuple[str, str]
) -> None:
    councils = load(tmp_path, *written)
    assert councils.problems == ()
    council = councils.councils[written[0]]
    assert tuple(map(council.name, BOTH)) == names


def test_every_council_is_in_both_languages_unless_it_says_otherwise(councils: Councils) -> None:
    assert {council.languages for council in councils.all(TODAY)} == {BOTH}


def test_an_example_is_held_to_the_same(tmp_path: Path) -> None:
    folder = write_councils(tmp_path)
    example = "example: true\nnation: {}\ntier: county\nname: {{en: Inventham}}\nlanguages: [en]\n"
    write_council(folder / "examples", "inventham", example.format("england"))
    write_council(folder / "examples", "dyfeisiau", example.format("wales"))
    councils = load_councils(folder, NATIONS, examples=True)
    assert where(councils) == [("dyfeisiau", 5, "no-welsh")]
    assert list(councils.examples) == ["inventham"]


def test_the_examples_are_of_each_kind(councils_and_examples: Councils) -> None:
    offered = {slug: council.languages for slug, council in councils_and_examples.examples.items()}
    assert offered == {
        "aberwennol": BOTH,
        "argleton": BOTH,
        "brackwater": ("en",),
        "lough-fenn": BOTH,
        "northfold": BOTH,
        "strathorran": ("en",),
    }

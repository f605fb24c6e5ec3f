"""The counts and the formulas are those that others use."""

from __future__ import annotations

import pytest
import textstat_rs

from tests.words.reading import ORDINARY, Reading, read, together
from tests.words.reviewed import Reviewed

PASSAGE = (
    "The council looks at every answer with care. It may ask an expert to meet the person at home. "
    "Nobody has to pay for that meeting. A letter with the decision comes later, often within a few months."
)


def reading(text: str, *names: str) -> Reading:
    found = read(text, Reviewed(names=dict.fromkeys(names, "a name"), prescribed={}, helper={}).pattern)
    assert found is not None
    return found


def test_the_grade_is_that_of_another_counter() -> None:
    assert reading(PASSAGE).grade == pytest.approx(textstat_rs.flesch_kincaid_grade(PASSAGE, lang="en_GB"), abs=0.1)


def test_lix_is_words_in_a_sentence_and_the_share_of_long_words() -> None:
    assert reading("Council letters are long. Nobody likes reading.").lix == pytest.approx(7 / 2 + 100 * 3 / 7)


@pytest.mark.parametrize(
    ("text", "sentences", "words", "longest"),
    [
        ("One two. Three four five? ‘Six’ seven!", 3, 7, 3),
        ("# Head\n\nOne two\nthree:\n\n- four five\n- six", 4, 7, 3),
        ("See [the rules](https://www.council.example/a.b.c) now.", 1, 4, 4),
        ("Dial 0800 121 4433, or pay £8.50.", 1, 5, 5),
        ("{council} decides.", 1, 2, 2),
        ("The person’s badge, in **bold**, and `code`.", 1, 6, 6),
        ("It is on GOV.UK today.", 1, 6, 6),
    ],
)
def test_what_counts_as_a_sentence_and_a_word(text: str, sentences: int, words: int, longest: int) -> None:
    found = reading(text)
    assert (found.sentences, found.words, found.longest) == (sentences, words, longest)


def test_a_name_counts_as_one_ordinary_word_with_its_short_form() -> None:
    found = reading("They get Personal Independence Payment (PIP).", "Personal Independence Payment")
    assert (found.words, found.syllables) == (3, 2 + ORDINARY)


def test_the_longest_name_is_taken_and_no_part_of_a_word() -> None:
    assert reading("A Care Trust Fund.", "Care Trust", "Care Trust Fund").words == 2
    assert reading("A Care Trusted.", "Care Trust").words == 3


def test_a_short_text_is_made_up_with_ordinary_words() -> None:
    word, sentence = (
        reading("Accessibility"),
        reading("Accessibility is one of many hard words that stand here all by themselves now, so"),
    )
    assert word.fair_grade < 6 < word.grade
    assert sentence.words == 15
    assert sentence.fair_grade == sentence.grade


def test_nothing_is_read_in_a_text_without_words() -> None:
    assert read("…") is None


def test_several_texts_are_counted_as_one() -> None:
    assert together([reading("One two."), reading("Three four five.")]) == reading("One two. Three four five.")

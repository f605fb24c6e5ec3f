"""People made up at random: an answer to every question, so that most of it is never asked."""

from __future__ import annotations

import random
from collections.abc import Iterator

from hypothesis import strategies as st

from app.engine.vocabulary import Question, Vocabulary

RawAnswers = dict[str, str | list[str]]


def made_up_people(vocabulary: Vocabulary, count: int, seed: int) -> Iterator[RawAnswers]:
    """The same people for the same seed; options of every nation, offered to them or not."""
    chance = random.Random(seed)  # noqa: S311 - nothing here is secret
    for _ in range(count):
        yield {question.id: _answer(question, chance) for question in vocabulary.questions}


def _answer(question: Question, chance: random.Random) -> str | list[str]:
    if question.kind == "one":
        return chance.choice(question.option_ids)
    options = [option for option in question.option_ids if option != question.exclusive]
    ticked = chance.sample(options, min(len(options), chance.choice([0, 1, 1, 2, 3])))
    return ticked or [question.exclusive or ""]


def anybody(vocabulary: Vocabulary) -> st.SearchStrategy[RawAnswers]:
    """Every person that the vocabulary can describe."""
    return st.fixed_dictionaries({question.id: _any_answer(question) for question in vocabulary.questions})


def _any_answer(question: Question) -> st.SearchStrategy[str | list[str]]:
    if question.kind == "one":
        return st.sampled_from(question.option_ids)
    options = [option for option in question.option_ids if option != question.exclusive]
    several = st.lists(st.sampled_from(options), unique=True)
    return several.map(lambda ticked: ticked or [question.exclusive or ""])

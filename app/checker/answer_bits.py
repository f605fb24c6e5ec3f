"""Answers as numbers, a bit for each option: so the sealed state can hold nothing but options of the vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.engine.answers import Answers
    from app.engine.formula import Ticked
    from app.engine.vocabulary import Question, Vocabulary


def pack(vocabulary: Vocabulary, answers: Answers) -> tuple[int, ...]:
    """A number for each question, 0 where there is no answer."""
    return tuple(
        pack_one(question, answers[question.id]) if question.id in answers else 0 for question in vocabulary.questions
    )


def largest(vocabulary: Vocabulary) -> tuple[int, ...]:
    """The numbers of somebody who ticked everything."""
    return tuple((1 << len(question.options)) - 1 for question in vocabulary.questions)


def unpack(vocabulary: Vocabulary, numbers: Sequence[int]) -> Answers:
    """The answers that ``pack`` packed."""
    return {
        question.id: unpack_one(question, number) - {question.exclusive or ""}
        for question, number in zip(vocabulary.questions, numbers, strict=True)
        if number
    }


def pack_one(question: Question, ticked: Ticked) -> int:
    """One answer; "none of these" is the bit of the exclusive option."""
    chosen = ticked or ({question.exclusive} if question.exclusive else set())
    return sum(1 << place for place, option in enumerate(question.option_ids) if option in chosen)


def unpack_one(question: Question, number: int) -> Ticked:
    """The options whose bits are set, the exclusive one among them."""
    return frozenset(option for place, option in enumerate(question.option_ids) if number >> place & 1)

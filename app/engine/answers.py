"""What a person answered: the options ticked for each question, checked against the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.engine.formula import Ticked

if TYPE_CHECKING:
    from app.engine.vocabulary import Question, Vocabulary

Answers = Mapping[str, Ticked]
"""By question id, the options given; the empty set stands for "none of these"."""


class AnswerError(ValueError):
    """An answer that cannot be used. ``code`` is stable; the text says what to send instead."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def parse_answers(vocabulary: Vocabulary, given: object) -> Answers:
    """Answers as they come from outside: a string for one option, a list of strings for several.

    Raises AnswerError for whatever is not in the vocabulary or not of its shape.
    """
    if not isinstance(given, Mapping):
        raise AnswerError("wrong-shape", "answers must be an object of question ids and options")
    questions = {question.id: question for question in vocabulary.questions}
    answers: dict[str, Ticked] = {}
    for question_id, value in given.items():
        if question_id not in questions:
            raise AnswerError("unknown-question", f"there is no question {question_id!r}")
        answers[question_id] = parse_answer(questions[question_id], value)
    return answers


def parse_answer(question: Question, value: object) -> Ticked:
    """One answer, as ``parse_answers`` takes it."""
    if question.kind == "one":
        if not isinstance(value, str):
            raise AnswerError("wrong-shape", f"{question.id} takes one option, as a string")
        return _known(question, [value])
    if not isinstance(value, list | tuple) or not all(isinstance(option, str) for option in value):
        raise AnswerError("wrong-shape", f"{question.id} takes a list of options")
    ticked = _known(question, list(value))
    if question.exclusive in ticked and len(ticked) > 1:
        message = f"{question.id}: {question.exclusive!r} cannot stand beside other options"
        raise AnswerError("none-with-others", message)
    return ticked - {question.exclusive} if question.exclusive else ticked


def _known(question: Question, options: list[str]) -> Ticked:
    for option in options:
        if option not in question.option_ids:
            known = ", ".join(question.option_ids)
            raise AnswerError("unknown-option", f"{question.id} has no option {option!r}; it has {known}")
    return frozenset(options)

"""What the prover finds: a fault of the rules as a whole, where it is, and the people whom it would happen to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.engine.answers import Answers
    from app.engine.problem import Problem
    from app.engine.rules import Rules


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault, the id that it is about, and the people who show it (none where there can be none).

    Of two people the second has only one answer other than the first.
    """

    problem: Problem
    about: str = ""
    people: tuple[Answers, ...] = ()


def of_criterion(rules: Rules, index: int, code: str, message: str, *people: Answers) -> Finding:
    """A finding about a criterion, by its place in the law file."""
    problem = rules.law.problem(("criteria", index), code, message)
    return Finding(problem, rules.criteria[index].id, people)


def of_question(rules: Rules, index: int, code: str, message: str, *people: Answers) -> Finding:
    """A finding about a question as this nation asks it, by its place in ``service.yaml``."""
    problem = rules.vocabulary.problem(("questions", index), code, f"{message} in {rules.nation}")
    return Finding(problem, rules.questions[index].id, people)

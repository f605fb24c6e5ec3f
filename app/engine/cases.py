"""People and the outcome that the law gives them, as data: a case file, and how the rules fare against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from app.engine.answers import AnswerError, Answers, parse_answers
from app.engine.decision import Decision, decide, outcome_ids
from app.engine.document import Document, Place, Strict, read_document
from app.engine.journey import MissingAnswerError
from app.engine.law import Day
from app.engine.problem import LoadError, Problem

if TYPE_CHECKING:
    from app.engine.rulebook import Service
    from app.engine.rules import Rules

Given = dict[str, str | tuple[str, ...]]


class Expected(Strict):
    """The outcome, and criteria that it must name."""

    outcome: str
    because: tuple[str, ...] = ()


class Case(Strict):
    """A person in words and in answers, with what the law says of them and how sure of that we are.

    ``on`` is the day whose law decides, where it is not that of the trial.
    """

    id: str
    nation: str
    on: Day | None = None
    facts: str
    answers: Given
    expect: Expected
    confidence: Literal["high", "medium", "low"]
    source: str
    note: str = ""


class CaseFile(Strict):
    """Cases, and the answers that each gives where it says nothing else."""

    otherwise: Given = Field(default_factory=dict)
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class CaseReport:
    """How many cases were tried, and one problem for each that the rules do not decide as the file expects."""

    tried: int
    failures: tuple[Problem, ...]


def try_cases(path: Path, service: Service, day: date) -> CaseReport:
    """Decides every case of a file under the rules in force on a day.

    Raises LoadError when the file itself is wrong: an unknown id, a string where a list belongs, ``none`` beside
    another option.
    """
    document = read_document(path, CaseFile)
    problems = [*document.slips, *_check_ids(document, service)]
    answers = dict(_read_answers(document, service, problems))
    if problems:
        raise LoadError(problems)
    failures: list[Problem] = []
    for index, case in enumerate(document.content.cases):
        message = _try(case, service.rules(case.nation, case.on or day), answers[index])
        if message:
            failures.append(document.problem(("cases", index), "case-failed", f"{case.id}: {message}"))
    return CaseReport(len(document.content.cases), tuple(failures))


def _try(case: Case, rules: Rules | None, answers: Answers) -> str | None:
    if rules is None:
        return f"there are no rules for {case.nation} on this day"
    try:
        decision = decide(rules, answers)
    except MissingAnswerError as error:
        return f"{error}; add it to the case or to otherwise"
    return _compare(case.expect, decision)


def _compare(expected: Expected, decision: Decision) -> str | None:
    because = [reason.criterion.id for reason in decision.because]
    if decision.outcome != expected.outcome:
        named = f" because of {', '.join(because)}" if because else ""
        return f"expected {expected.outcome}, and the rules say {decision.outcome}{named}"
    unnamed = [criterion for criterion in expected.because if criterion not in because]
    if unnamed:
        return f"{decision.outcome} does not name {', '.join(unnamed)}; it names {', '.join(because) or 'nothing'}"
    return None


def _check_ids(document: Document[CaseFile], service: Service) -> Iterator[Problem]:
    met: set[str] = set()
    for index, case in enumerate(document.content.cases):
        here: Place = ("cases", index)
        if case.id in met:
            yield document.problem(
                (*here, "id"), "duplicate-id", f"{case.id!r} stands twice; give each case its own id"
            )
        met.add(case.id)
        if case.nation not in service.vocabulary.nations:
            message = f"there is no nation {case.nation!r}"
            yield document.problem((*here, "nation"), "unknown-reference", message)
            continue
        laws = service.laws[case.nation]
        if not laws:
            continue
        if case.expect.outcome not in outcome_ids(laws[0]):
            message = f"there is no outcome {case.expect.outcome!r}"
            yield document.problem((*here, "expect", "outcome"), "unknown-reference", message)
        known = {criterion.id for rules in laws for criterion in rules.criteria}
        for step, criterion in enumerate(case.expect.because):
            if criterion not in known:
                message = f"{case.nation} has no criterion {criterion!r}"
                yield document.problem((*here, "expect", "because", step), "unknown-reference", message)


def _read_answers(
    document: Document[CaseFile], service: Service, problems: list[Problem]
) -> Iterator[tuple[int, Answers]]:
    def read(given: Given, place: Place) -> Iterator[tuple[str, frozenset[str]]]:
        for question, value in given.items():
            try:
                yield from parse_answers(service.vocabulary, {question: value}).items()
            except AnswerError as error:
                problems.append(document.problem((*place, question), error.code, str(error)))

    otherwise: Mapping[str, frozenset[str]] = dict(read(document.content.otherwise, ("otherwise",)))
    for index, case in enumerate(document.content.cases):
        yield index, {**otherwise, **dict(read(case.answers, ("cases", index, "answers")))}

"""What of a check is counted, as things alone: the same whoever counts, on a page or anywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.checker.check import ANSWERS
from app.engine.decision import conclude
from app.engine.explanation import Explanation
from app.engine.formula import Value
from app.tallies.cell import ANSWERED, CHANGED, CHECKS, REACHED, REFUSED, UNSURE, Family, band, part

if TYPE_CHECKING:
    from app.checker.check import Check
    from app.engine.formula import Ticked
    from app.tallies.cell import Thing

_VALUES = {Value.MET: "met", Value.OPEN: "open", Value.NOT_MET: "not_met", None: "not_considered"}


def begun(language: str, channel: str) -> Iterator[Thing]:
    """Of a check, when the first thing is sent."""
    yield Family.BEGUN, CHECKS
    yield Family.BEGUN_LANGUAGE, language
    yield Family.BEGUN_CHANNEL, channel


def refused(check: Check) -> Iterator[Thing]:
    """Of something sent for the question of this step that could not be used."""
    yield _of_question(check.step, REFUSED)


def answered(check: Check, ticked: Ticked, after: Check) -> Iterator[Thing]:
    """Of an answer to the question of this step, and the step that it led to."""
    yield _of_question(check.step, ANSWERED)
    if check.state.changing:
        yield _of_question(check.step, CHANGED)
    if ticked & check.rules.question(check.step).unsure:
        yield _of_question(check.step, UNSURE)
    if after.step != ANSWERS:
        yield _of_question(after.step, REACHED)


def finished(language: str, channel: str, seconds: int) -> Iterator[Thing]:
    """Of a complete check, whatever it came to; ``seconds`` is how long it took."""
    yield Family.FINISHED, CHECKS
    yield Family.LANGUAGE, language
    yield Family.CHANNEL, channel
    yield Family.TIME, band(seconds)


def came_to(check: Check) -> Iterator[Thing]:
    """Of a complete check: the outcome and its reasons, the proof to be found, and each option of an answer."""
    journey = check.journey
    decision = conclude(check.rules, journey)
    yield Family.OUTCOME, decision.outcome
    for reason in decision.reasons:
        yield Family.CRITERION, part(reason.criterion.id, _VALUES[reason.value])
    for item in Explanation(check.rules, check.visit.words, decision).evidence_ids():
        yield Family.EVIDENCE, item
    for step in journey.asked:
        for option in sorted(step.ticked):
            yield Family.OPTION, part(step.question, option)


def _of_question(question: str, event: str) -> Thing:
    return Family.QUESTION, part(question, event)

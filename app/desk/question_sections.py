"""The sections on questions: where people stop, slip or do not know. They count what was sent, not people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.desk.report import Row, left
from app.desk.sums import Sums, make_row
from app.tallies.cell import ANSWERED, CHANGED, REACHED, REFUSED, UNSURE, Family, part

if TYPE_CHECKING:
    from app.desk.naming import Named
    from app.desk.report import Section, Shown

FAMILIES = (Family.BEGUN, Family.QUESTION)
"""What has to be read for them."""

LEFT = "left"


def question_sections(sums: Sums) -> Iterator[Section]:
    """Every section, in order. Nobody is led to the first question by another, so it has no row about being reached."""
    counted = {key.rpartition(":")[0] for key in sums.counted.keys(Family.QUESTION)}
    questions = sums.naming.with_gone(sums.naming.questions, counted)
    later = tuple(each for each in questions if each.id != sums.naming.first_question)
    unsure = tuple(each for each in questions if each.gone or each.id in sums.naming.unsure_questions)
    yield _events(sums, REACHED, later, of=())
    yield _events(sums, ANSWERED, questions, of=())
    yield sums.section(LEFT, (_left(sums, each) for each in later), None, REACHED)
    yield _events(sums, REFUSED, questions, of=(ANSWERED, REFUSED))
    yield _events(sums, CHANGED, questions, of=(ANSWERED,))
    yield _events(sums, UNSURE, unsure, of=(ANSWERED,))


def _events(sums: Sums, event: str, questions: tuple[Named, ...], of: tuple[str, ...]) -> Section:
    """How often it happened at each question; ``of`` are the events of which that is a part, none for all checks."""
    if not of:
        rows = (
            make_row(each, _now(sums, each, event), sums.begun, _before(sums, each, event), part=False)
            for each in questions
        )
        return sums.section(event, rows, sums.begun, "begun")
    rows = (
        make_row(each, _now(sums, each, event), _now(sums, each, *of), _before(sums, each, event)) for each in questions
    )
    return sums.section(event, rows, None, "sent" if len(of) > 1 else ANSWERED)


def _left(sums: Sums, question: Named) -> Row:
    now = _left_in(sums, question, sums.period.months)
    before = _left_in(sums, question, sums.period.before) if sums.period.before else None
    return make_row(question, now, _now(sums, question, REACHED), before)


def _left_in(sums: Sums, question: Named, months: tuple[str, ...]) -> Shown:
    reached, answered = (
        sums.counted.total(Family.QUESTION, [part(question.id, event)], months) for event in (REACHED, ANSWERED)
    )
    return left(reached, answered)


def _now(sums: Sums, question: Named, *events: str) -> Shown:
    return sums.now(Family.QUESTION, [part(question.id, event) for event in events])


def _before(sums: Sums, question: Named, *events: str) -> Shown | None:
    return sums.before(Family.QUESTION, [part(question.id, event) for event in events])

"""What of a check is counted: that it was begun, what was sent, and once what it came to. Of a preview, nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from flask import current_app, g

from app.checker.check import ANSWERS
from app.checker.site import site
from app.engine.decision import conclude
from app.engine.explanation import Explanation
from app.engine.formula import Value
from app.tallies.cell import (
    ANSWERED,
    CHANGED,
    CHANNELS,
    CHECKS,
    REACHED,
    REFUSED,
    UNSURE,
    Entry,
    Family,
    Place,
    band,
    month_of,
    part,
)

if TYPE_CHECKING:
    from app.checker.check import Check
    from app.engine.formula import Ticked
    from app.tallies.cell import Thing
    from app.tallies.counting import Counting
    from app.tallies.mark import Event

_VALUES = {Value.MET: "met", Value.OPEN: "open", Value.NOT_MET: "not_met", None: "not_considered"}


def count_refused(check: Check) -> None:
    """Counts that what was sent for the question of this step could not be used."""
    _begun(check)
    _count(check, [_of_question(check.step, REFUSED)])


def count_answered(check: Check, ticked: Ticked, after: Check) -> None:
    """Counts an answer to the question of this step, and the question that it led to."""
    _begun(check)
    events = [ANSWERED]
    if check.state.changing:
        events.append(CHANGED)
    if ticked & check.rules.question(check.step).unsure:
        events.append(UNSURE)
    things = [_of_question(check.step, event) for event in events]
    if after.step != ANSWERS:
        things.append(_of_question(after.step, REACHED))
    _count(check, things)


def count_finished(check: Check) -> None:
    """Counts a complete check, the first time that it comes here."""
    _count(check, _finished(check), "finished")


def _begun(check: Check) -> None:
    if not check.answers:
        begun = (
            (Family.BEGUN, CHECKS),
            (Family.BEGUN_LANGUAGE, check.visit.language),
            (Family.BEGUN_CHANNEL, _channel()),
        )
        _count(check, begun, "begun")


def _finished(check: Check) -> Iterator[Thing]:
    decision = conclude(check.rules, check.journey)
    yield Family.OUTCOME, decision.outcome
    yield Family.LANGUAGE, check.visit.language
    yield Family.CHANNEL, _channel()
    yield Family.TIME, band(site().seconds() - check.state.begun)
    for reason in decision.reasons:
        yield Family.CRITERION, part(reason.criterion.id, _VALUES[reason.value])
    for item in Explanation(check.rules, check.visit.words, decision).evidence_ids():
        yield Family.EVIDENCE, item
    for step in check.journey.asked:
        for option in step.ticked:
            yield Family.OPTION, part(step.question, option)


def _count(check: Check, things: Iterable[Thing], event: Event | None = None) -> None:
    counting: Counting | None = current_app.extensions["counting"]
    if counting is None or check.visit.preview:
        return
    here, today = check.visit, site().today()
    marks = counting.marks(check.state.number, event) if event else ()
    place = Place(here.here.slug, here.service.id, month_of(today), check.rules.version)
    counting.count(Entry(place, tuple(things), marks))


def _of_question(question: str, event: str) -> Thing:
    return Family.QUESTION, part(question, event)


def _channel() -> str:
    own, embed, phone = CHANNELS
    if g.get("phone"):
        return phone
    return embed if g.get("embedded") else own

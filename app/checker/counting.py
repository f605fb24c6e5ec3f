"""Counts a check that is done on the pages: that it was begun, what was sent, and once what it came to.

Of a preview nothing is counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING

from flask import current_app, g

from app.checker import counted
from app.checker.site import site
from app.tallies.cell import CHANNELS, Entry, Place, month_of

if TYPE_CHECKING:
    from app.checker.check import Check
    from app.engine.formula import Ticked
    from app.tallies.cell import Thing
    from app.tallies.counting import Counting
    from app.tallies.mark import Event


def count_refused(check: Check) -> None:
    """Counts that what was sent for the question of this step could not be used."""
    _begun(check)
    _count(check, counted.refused(check))


def count_answered(check: Check, ticked: Ticked, after: Check) -> None:
    """Counts an answer to the question of this step, and the question that it led to."""
    _begun(check)
    _count(check, counted.answered(check, ticked, after))


def count_finished(check: Check) -> None:
    """Counts a complete check, the first time that it comes here."""
    seconds = site().seconds() - check.state.begun
    things = chain(counted.came_to(check), counted.finished(check.visit.language, _channel(), seconds))
    _count(check, things, "finished")


def _begun(check: Check) -> None:
    if not check.answers:
        _count(check, counted.begun(check.visit.language, _channel()), "begun")


def _count(check: Check, things: Iterable[Thing], event: Event | None = None) -> None:
    counting: Counting | None = current_app.extensions["counting"]
    if counting is None or check.visit.preview:
        return
    here, today = check.visit, site().today()
    marks = counting.marks(check.state.number, event) if event else ()
    place = Place(here.here.slug, here.service.id, month_of(today), check.rules.version)
    counting.count(Entry(place, tuple(things), marks))


def _channel() -> str:
    own, embed, phone = CHANNELS
    if g.get("phone"):
        return phone
    return embed if g.get("embedded") else own

"""The outcome page: what to expect, why, which proof to find, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.checker.site import site
from app.councils.council_file import FREE
from app.engine.decision import DEPENDS, UNLIKELY, conclude
from app.engine.explanation import Explanation
from app.web.pages import words

if TYPE_CHECKING:
    from app.checker.check import Check
    from app.checker.visit import Visit

PLACES = ("expect", "practical", "apply", "challenge", "mistakes")


def outcome_context(check: Check) -> dict[str, Any]:
    """What the template of the outcome page shows."""
    decision = conclude(check.rules, check.journey)
    told = Explanation(check.rules, check.visit.words, decision)
    return {
        "outcome": decision.outcome,
        "said": told.said,
        "voice": told.voice,
        "because": told.reasons(decision.because),
        "also_met": told.reasons(decision.also_met),
        "open": told.reasons(decision.open),
        "considered": told.reasons(decision.considered) if decision.outcome in (DEPENDS, UNLIKELY) else [],
        "changes": told.changes(),
        "unlikely": decision.outcome == UNLIKELY,
        "depends": decision.outcome == DEPENDS,
        "outlooks": told.outlooks(check.visit.service.later(check.rules)),
        "today": check.visit.day,
        "look_up": told.look_up(),
        "evidence": told.evidence(),
        "next": told.next_steps(),
        "notes": {place: told.notes(place, check.visit.here.facts) for place in PLACES},
        "fee": None if told.voice == "organisation" else _fee(check.visit),
        "weeks": _weeks(check.visit),
        "contact_first": told.contact_first(),
        "national_link": check.visit.service.vocabulary.nations[check.rules.nation].apply,
        "in_force": words().day(check.rules.in_force),
        "checked": words().day(check.rules.checked),
        "version": check.rules.version,
        # Nobody gave the answers of a preview, so nobody may seem to vouch for them.
        "receipt": None
        if check.visit.preview
        else site().receipts.issue(check.rules, decision.journey.answers, site().today()),
    }


def _fee(visit: Visit) -> str | None:
    """What the council takes for a badge for a person; organisations are told to ask."""
    fee, name = visit.here.said.fee, visit.here.name(visit.language)
    if fee is None:
        return None
    return (
        words().text("outcome.fee_none", council=name)
        if fee == FREE
        else words().text("outcome.fee", council=name, fee=fee)
    )


def _weeks(visit: Visit) -> str | None:
    """How long the council usually takes."""
    weeks, name = visit.here.said.decides_within_weeks, visit.here.name(visit.language)
    if weeks is None:
        return None
    return words().text("outcome.week" if weeks == 1 else "outcome.weeks", council=name, weeks=str(weeks))

"""The outcome page: what to expect, why, which proof to find, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.checker.sheet import lay_out
from app.checker.site import site
from app.councils.council_file import FREE
from app.engine.decision import DEPENDS, UNLIKELY, conclude
from app.engine.explanation import Explanation
from app.web.pages import words

if TYPE_CHECKING:
    from app.checker.check import Check
    from app.councils.council import Council
    from app.web.site_words import SiteWords

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
        "fee": None if told.voice == "organisation" else fee(check.visit.here, words()),
        "weeks": weeks(check.visit.here, words()),
        "lay_out": lay_out,
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


def fee(council: Council, words: SiteWords) -> str | None:
    """What the council takes for a badge for a person, if it says; organisations are told to ask."""
    said, name = council.said.fee, council.name(words.language)
    if said is None:
        return None
    if said == FREE:
        return words.text("outcome.fee_none", council=name)
    return words.text("outcome.fee", council=name, fee=said)


def weeks(council: Council, words: SiteWords) -> str | None:
    """How long the council usually takes, if it says."""
    said, name = council.said.decides_within_weeks, council.name(words.language)
    if said is None:
        return None
    return words.text("outcome.week" if said == 1 else "outcome.weeks", council=name, weeks=str(said))

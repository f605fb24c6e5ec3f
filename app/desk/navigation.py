"""The places of the desk that its navigation leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from app.desk.access import NATIONAL, Action, Answer, ask
from app.desk.session import member


@dataclass(frozen=True, slots=True)
class Place:
    """A page in the navigation: its endpoint, what one must be allowed to do there, and the key of its name."""

    endpoint: str
    action: Action
    words: str


PLACES = (
    Place("desk.show_figures", Action.SEE, "desk.report.figures"),
    Place("desk.show_questions", Action.SEE, "desk.report.questions"),
    Place("desk.show_national_figures", Action.SEE_NATIONAL, "desk.report.figures"),
    Place("desk.show_national_questions", Action.SEE_NATIONAL, "desk.report.questions"),
    Place("desk.show_examples", Action.REVIEW, "desk.examples.title"),
    Place("desk.ask_for_receipt", Action.REVIEW, "desk.receipt.title"),
    Place("desk.show_reviews", Action.REVIEW, "desk.reviews.title"),
    Place("desk.show_agreement", Action.REVIEW, "desk.agreement.title"),
    Place("desk.show_bank", Action.REVIEW, "desk.bank.title"),
    Place("desk.show_shared", Action.REVIEW, "desk.shared.title"),
    Place("desk.choose_shared", Action.SEE_NATIONAL, "desk.shared.title"),
    Place("desk.show_change", Action.REVIEW, "desk.change.title"),
    Place("desk.choose_change", Action.SEE_NATIONAL, "desk.change.title"),
    Place("desk.show_people", Action.INVITE, "desk.people.title"),
    Place("desk.show_log", Action.SEE_LOG, "desk.log.title"),
)
"""In order. Those who may not go somewhere do not see it."""


@dataclass(frozen=True, slots=True)
class Way:
    """An entry of the navigation; ``current`` where the page is there or below."""

    words: str
    address: str
    current: bool


def navigation() -> tuple[Way, ...]:
    """Where the member of this request may go."""
    found = member()
    if found is None:
        return ()
    values: dict[str, Any] = {} if found.place == NATIONAL else {"council": found.place}
    return tuple(
        Way(place.words, address, request.path == address or request.path.startswith(f"{address}/"))
        for place in PLACES
        if ask(found, place.action, found.place) is Answer.YES
        for address in [url_for(place.endpoint, **values)]
    )

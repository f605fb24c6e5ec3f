"""A case of a round that can be shown no more, with all that was made of it, and with what somebody has just sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from app.desk import reviews
from app.desk.desk import database
from app.desk.log import Event, record
from app.desk.pages import desk_page
from app.desk.review_forms import plain
from app.desk.review_pages import me
from app.desk.told_case import Law, law_of

if TYPE_CHECKING:
    from app.desk.rounds import RoundCase

_SENT = (("outcome", "agreed"), ("basis", "criterion"), ("note", "reason"))
"""The fields of the two forms for a case: what was decided, by which rule, and why."""


def gone_page(drawn: RoundCase) -> str:
    """Says why the case is gone and what becomes of its reviews; what was sent comes back, to be copied.

    Notes of others may tell what the case was, so they are gone with it.
    """
    record(Event.LOOKED, f"case {drawn.case.id}")
    with database().connect().execution_options(reads=True) as connection:
        own = reviews.own(connection, me(), drawn)
        settled = reviews.settled(connection, drawn)
        counts = reviews.counts(connection, drawn) if own or settled else None
    law = law_of(drawn.case.service, drawn.case.nation, drawn.case.version)
    common = {"place": drawn.round.place, "drawn": drawn, "law": law}
    return desk_page("desk/case_gone.html", **common, own=own, settled=settled, counts=counts, sent=_sent(law))


def _sent(law: Law | None) -> list[str]:
    outcome, basis, text = (
        next((typed for name in names if (typed := plain(request.form.get(name)))), "") for names in _SENT
    )
    said = (law.outcomes.get(outcome, outcome), law.basis(basis)) if law else (outcome, basis)
    return [line for each in (*said, text) for line in each.splitlines()]

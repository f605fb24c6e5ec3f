"""A case for a member to judge blindly: the answers alone until they have given their review, and then all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, make_response, redirect, url_for

from app.desk import reviews, rounds
from app.desk.access import Action
from app.desk.card import card_of
from app.desk.desk import database, now
from app.desk.gone_case import gone_page
from app.desk.log import Event, note_of, record
from app.desk.pages import allows, desk_page, desk_pages
from app.desk.review_forms import SettleForm, plain, review_form, settle_form
from app.desk.review_pages import is_old, me
from app.desk.told_case import told

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from flask_wtf import FlaskForm

    from app.desk.rounds import RoundCase
    from app.desk.told_case import ToldCase


@desk_pages.get("/<council>/reviews/<int:number>/<case>")
@allows(Action.REVIEW)
def show_case(council: str, number: int, case: str) -> ResponseReturnValue:
    """A case, with as much as this member may see of it."""
    return _show(_drawn(council, number, case))


@desk_pages.post("/<council>/reviews/<int:number>/<case>")
@allows(Action.REVIEW)
def give_review(council: str, number: int, case: str) -> ResponseReturnValue:
    """Keeps a member's review. Whoever comes second, even by a moment, sees the first beside what they sent now."""
    drawn = _drawn(council, number, case)
    found = told(drawn)
    if found is None:
        return make_response(gone_page(drawn), 409)
    form = review_form(found)
    if not form.validate():
        return make_response(_show(drawn, form), 422)
    review = reviews.Review(form.outcome.data, form.basis.data, plain(form.note.data))
    with database().begin() as connection:
        closed = reviews.settled(connection, drawn) is not None
        kept = not closed and reviews.give(connection, me(), drawn, review, now())
        if kept:
            note_of(connection, Event.REVIEWED, me(), drawn.case.id)
    if not kept:
        return make_response(_show(drawn, sent=review), 409)
    return redirect(url_for("desk.show_case", council=council, number=number, case=case), 303)


@desk_pages.post("/<council>/reviews/<int:number>/<case>/settle")
@allows(Action.REVIEW)
def settle_case(council: str, number: int, case: str) -> ResponseReturnValue:
    """Keeps what was agreed, from a member who has reviewed the case, once enough have."""
    drawn = _drawn(council, number, case)
    found = told(drawn)
    if found is None:
        return make_response(gone_page(drawn), 409)
    form = settle_form(found)
    with database().connect().execution_options(reads=True) as connection:
        if reviews.own(connection, me(), drawn) is None or reviews.counts(connection, drawn).total < reviews.ENOUGH:
            abort(403)
    if not form.validate():
        return make_response(_show(drawn, settling=form), 422)
    agreed = reviews.Settlement(form.agreed.data, form.criterion.data, plain(form.reason.data), me().id, now())
    with database().begin() as connection:
        kept = reviews.settle(connection, me(), drawn, agreed)
        if kept:
            note_of(connection, Event.SETTLED, me(), drawn.case.id)
    if not kept:
        return make_response(_show(drawn, sent_settlement=agreed), 409)
    return redirect(url_for("desk.show_case", council=council, number=number, case=case), 303)


def _drawn(council: str, number: int, case: str) -> RoundCase:
    with database().connect().execution_options(reads=True) as connection:
        found = rounds.by_number(connection, council, number)
        drawn = rounds.case_of_round(connection, found, case) if found else None
    if drawn is None:
        abort(404)
    return drawn


def _show(
    drawn: RoundCase,
    form: FlaskForm | None = None,
    settling: SettleForm | None = None,
    sent: reviews.Review | None = None,
    sent_settlement: reviews.Settlement | None = None,
) -> str:
    found = told(drawn)
    if found is None:
        return gone_page(drawn)
    record(Event.LOOKED, f"case {drawn.case.id}")
    with database().connect().execution_options(reads=True) as connection:
        own = reviews.own(connection, me(), drawn)
        settled = reviews.settled(connection, drawn)
        seen = own is not None or settled is not None
        counts = reviews.counts(connection, drawn) if seen else None
    common = {"place": drawn.round.place, "drawn": found.drawn, "told": found, "longest": reviews.LONGEST_NOTE}
    common["changed"] = is_old(drawn.round)
    if not seen:
        return desk_page("desk/case_blind.html", **common, form=form or review_form(found))
    return desk_page(
        "desk/case_seen.html",
        **common,
        card=card_of(found.rules, drawn.case, drawn.round.place),
        own=own,
        counts=counts,
        settled=settled,
        settling=_settling(found, settling, can=own is not None and counts is not None and settled is None),
        enough=counts is not None and counts.total >= reviews.ENOUGH,
        sent=sent,
        sent_settlement=sent_settlement,
        longest_reason=reviews.LONGEST_REASON,
    )


def _settling(found: ToldCase, sent: SettleForm | None, *, can: bool) -> SettleForm | None:
    return (sent or settle_form(found)) if can else None

"""Rounds of review of a council: drawing one, how far each is, and the next case for a member."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask import abort, make_response, redirect, url_for

from app.desk import rounds
from app.desk.access import Action
from app.desk.desk import database, now, place_name, rules_in_force, rules_of, site
from app.desk.draw import FEWEST, MOST, SEEDS
from app.desk.log import Event, note_of
from app.desk.member import Member
from app.desk.pages import allows, desk_page, desk_pages
from app.desk.pool import pool
from app.desk.review_forms import RoundForm
from app.desk.session import member
from app.desk.shared_cases import shared_cases
from app.desk.told_case import told
from app.web.pages import words

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.engine.rules import Rules


@desk_pages.get("/<council>/reviews")
@allows(Action.REVIEW)
def show_reviews(council: str) -> ResponseReturnValue:
    """Every round, and a form to draw another."""
    return _show(council, RoundForm(size=str(FEWEST * 2)))


@desk_pages.post("/<council>/reviews")
@allows(Action.REVIEW)
def draw_round(council: str) -> ResponseReturnValue:
    """Draws a round from the rules in force. Settled cases are not drawn again."""
    form = RoundForm()
    rules = rules_in_force(council)
    if rules is None:
        abort(404)
    if not form.validate():
        return make_response(_show(council, form), 422)
    number = _draw(rules, council, int(form.size.data))
    if number is None:
        form.size.errors = (words().text("desk.reviews.error.none_left", fewest=FEWEST),)
        return make_response(_show(council, form), 422)
    return redirect(url_for("desk.show_round", council=council, number=number), 303)


@desk_pages.get("/<council>/reviews/<int:number>")
@allows(Action.REVIEW)
def show_round(council: str, number: int) -> ResponseReturnValue:
    """The cases of a round: how many have reviewed each, and nothing of what they said."""
    with database().connect().execution_options(reads=True) as connection:
        found = rounds.by_number(connection, council, number)
        if found is None:
            abort(404)
        cases = rounds.cases_of(connection, found)
        progress = rounds.progress(connection, found, me())
    shown = [(each, progress[each.case.id], told(each) is None) for each in cases]
    return desk_page(
        "desk/round.html",
        place=council,
        round=found,
        cases=shown,
        to_do=any(not (done.mine or done.settled or gone) for _, done, gone in shown),
        gone=rules_of(found.service, found.nation, found.version) is None,
        changed=is_old(found),
    )


@desk_pages.get("/<council>/reviews/next")
@allows(Action.REVIEW)
def next_case(council: str) -> ResponseReturnValue:
    """Leads to the first case that this member has still to review, of the oldest round first."""
    with database().connect().execution_options(reads=True) as connection:
        for found in reversed(rounds.of_place(connection, council)):
            if rules_of(found.service, found.nation, found.version) is None:
                continue
            progress = rounds.progress(connection, found, me())
            for each in rounds.cases_of(connection, found):
                done = progress[each.case.id]
                if not done.mine and not done.settled and told(each) is not None:
                    where = url_for("desk.show_case", council=council, number=found.id, case=each.case.id)
                    return redirect(where, 303)
    return desk_page("desk/no_more_reviews.html", place=council)


def me() -> Member:
    """The member of this request, where only members come in."""
    found = member()
    if found is None:
        abort(404)
    return found


def is_old(found: rounds.Round) -> bool:
    """Whether other rules than those of the round are in force."""
    rules = rules_in_force(found.place)
    return rules is None or rules.version != found.version


def _draw(rules: Rules, council: str, size: int) -> int | None:
    """The number of the new round; None where too few cases are left for one."""
    seed = secrets.randbelow(SEEDS)
    service = site().services[rules.service]
    candidates = pool(rules, shared_cases(database(), service, rules, council, site().today()))
    with database().begin() as connection:
        drawn = rounds.draw_for(connection, council, candidates, size, seed)
        if not drawn:
            return None
        number = rounds.save(connection, me(), rules, seed, drawn, now())
        note_of(connection, Event.DREW, me(), f"{number}")
    return number


def _show(council: str, form: RoundForm) -> str:
    with database().connect().execution_options(reads=True) as connection:
        found = rounds.of_place(connection, council)
        progress = {each.id: tuple(rounds.progress(connection, each, me()).values()) for each in found}
    return desk_page(
        "desk/reviews.html",
        place=council,
        title_place=place_name(council),
        rounds=[(each, progress[each.id]) for each in found],
        form=form,
        fewest=FEWEST,
        most=MOST,
    )

"""What every page of the desk goes through: the lock on the door, who asks, and whether they may."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, ParamSpec

from flask import Blueprint, Response, abort, current_app, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy.exc import SQLAlchemyError

from app.desk import session
from app.desk.access import NATIONAL, Action, Answer, ask
from app.desk.desk import desk, is_example, place_name
from app.desk.navigation import navigation
from app.desk.trouble import TroubleError
from app.web.pages import page, tool_words

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

P = ParamSpec("P")

desk_pages = Blueprint("desk", __name__, url_prefix=session.PATH)
csrf = CSRFProtect()

ACTION = "desk_action"
"""The attribute of a view that says what one must be allowed to do to see it."""


def allows(action: Action) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """Lets into a view only those who may do that in the council that its address names, or, with none, nationally."""

    def guard(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @functools.wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            place = (request.view_args or {}).get("council", NATIONAL)
            answer = ask(session.member(), action, place)
            if answer is Answer.SIGN_IN:
                return to_sign_in()
            if answer is Answer.NOT_THERE:
                abort(404)
            if answer is Answer.NOT_FOR_ROLE:
                return make_response(desk_page("desk/not_for_role.html"), 403)
            return view(*args, **kwargs)

        setattr(guarded, ACTION, action)
        return guarded

    return guard


def desk_page(template: str, **context: object) -> str:
    """A page in the desk's layout, with its navigation and who is signed in; to an example council it says so."""
    found = session.member()
    place = place_name(found.place) if found else ""
    example = found is not None and is_example(found.place)
    return page(template, member=found, member_place=place, generated=example, navigation=navigation(), **context)


def to_sign_in() -> AnyResponse:
    """Leads somebody who is not signed in to where they can; who was, learns that they are no more."""
    ended = session.ended()
    if ended is None:
        return redirect(url_for("desk.front"), 303)
    return redirect(url_for("desk.signed_out", why=ended.value), 303)


@desk_pages.before_request
def come_in() -> ResponseReturnValue | None:
    """English; closed without keys; no post but from a page of ours; and who it is."""
    g.words = tool_words()
    if not desk().is_open:
        return make_response(desk_page("desk/not_set_up.html"), 503)
    csrf.protect()
    session.recall()
    return None


@desk_pages.after_request
def keep_addresses(response: Response) -> Response:
    """A browser names the page that a form was on to us alone, so that we can hold it to that."""
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@desk_pages.errorhandler(CSRFError)
def forged(_error: CSRFError) -> Response:
    """A post that no form of ours sent, or one that was open for too long."""
    return make_response(desk_page("desk/forged.html"), 400)


@desk_pages.errorhandler(TroubleError)
def in_trouble(error: TroubleError) -> Response:
    """Somebody could not sign in."""
    return make_response(desk_page("desk/trouble.html", trouble=error.trouble.value), error.trouble.status)


@desk_pages.errorhandler(SQLAlchemyError)
def without_database(error: SQLAlchemyError) -> Response:
    """The database is missing, too old or read-only. What it says may hold what was sent, so it is not logged."""
    current_app.logger.error("the desk's database failed: %s", type(error).__name__)
    g.member = None
    return make_response(desk_page("desk/no_database.html"), 503)

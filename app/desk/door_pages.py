"""In and out: where to sign in, the way to a provider and back, and signing out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, redirect, request, url_for
from flask import session as cookie

from app.desk import people, session
from app.desk.access import NATIONAL
from app.desk.admission import admit
from app.desk.desk import database, desk, place_name
from app.desk.log import UNKNOWN, Event, note, note_of
from app.desk.pages import desk_page, desk_pages
from app.desk.trouble import Trouble, TroubleError

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response as AnyResponse

INVITATION = "invitation"
"""In the cookie: the digest of an invitation that is to be used at the end of signing in."""

_NOTED = ("token", "audience", "tenant", "subject")
"""The steps on the way back that nobody reaches without a code of the provider's: others could fill the log."""


@desk_pages.get("/", strict_slashes=False)
def front() -> str:
    """Where to sign in; to somebody who is signed in, where they can go."""
    places = sorted((place_name(place), place) for place in desk().doors.providers if place != NATIONAL)
    return desk_page("desk/front.html", places=places, national=NATIONAL in desk().doors.providers)


@desk_pages.get("/sign-in/<place>")
def sign_in(place: str) -> str:
    """The last page of ours before a provider's. A link leads on: a form may not, by our policy, to another site."""
    _check_door(place)
    return desk_page("desk/sign_in.html", place=place, name=place_name(place))


@desk_pages.get("/sign-in/<place>/go")
def go(place: str) -> AnyResponse:
    """Off to the provider."""
    _check_door(place)
    return desk().doors.leave(place, _back(place))


@desk_pages.get("/sign-in/<place>/callback")
def callback(place: str) -> AnyResponse:
    """Back from the provider. Each council has an address of its own for this, so that none can pass for another."""
    _check_door(place)
    try:
        arrival = desk().doors.arrive(place)
    except TroubleError as error:
        if error.trouble is Trouble.NOT_TRUSTED and error.where in _NOTED:
            with database().begin() as connection:
                note(connection, Event.REFUSED, UNKNOWN, place, f"{error.trouble.value}: {error.where}")
        raise
    with database().begin() as connection:
        found = admit(connection, place, arrival, cookie.get(INVITATION))
    if isinstance(found, Trouble):
        session.end()
        raise TroubleError(found)
    session.begin(found)
    return redirect(url_for("desk.front"), 303)


@desk_pages.post("/sign-out")
def sign_out() -> AnyResponse:
    """Signs out, here and wherever else they are signed in: a cookie that somebody copied is worth nothing then."""
    found = session.member()
    if found:
        with database().begin() as connection:
            people.end_sessions(connection, found)
            note_of(connection, Event.SIGNED_OUT, found)
    session.end()
    return redirect(url_for("desk.signed_out", why="asked"), 303)


@desk_pages.get("/signed-out")
def signed_out() -> ResponseReturnValue:
    """That somebody is signed in no more, and why."""
    why = request.args.get("why", "asked")
    known = {"asked", *(each.value for each in session.Ended)}
    return desk_page("desk/signed_out.html", why=why if why in known else "asked")


def _check_door(place: str) -> None:
    if place not in desk().doors.providers:
        abort(404)


def _back(place: str) -> str:
    return url_for("desk.callback", place=place, _external=True)

"""The link that invites. A mail scanner that follows it changes nothing: only the button on its page does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import make_response, redirect, url_for
from flask import session as cookie

from app.desk import invitations, session
from app.desk.admission import admit_local
from app.desk.desk import database, desk, now, place_name
from app.desk.door_pages import INVITATION
from app.desk.pages import desk_page, desk_pages
from app.desk.trouble import Trouble, TroubleError

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response as AnyResponse

    from app.desk.member import Member


@desk_pages.get("/invitation/<token>")
def invitation(token: str) -> ResponseReturnValue:
    """What the link gives, and a button."""
    with database().connect().execution_options(reads=True) as connection:
        found = invitations.read(connection, invitations.digest_of(token), now())
    if found is None:
        return _used_up()
    return desk_page(
        "desk/invitation.html",
        token=token,
        role=found.role.value,
        name=place_name(found.place),
        by_provider=found.place in desk().doors.providers,
    )


@desk_pages.post("/invitation/<token>")
def accept(token: str) -> ResponseReturnValue:
    """Uses the link: here, or at the end of signing in where there is a provider to say who it is."""
    digest = invitations.digest_of(token)
    with database().begin() as connection:
        found = invitations.read(connection, digest, now())
        if found is None:
            return _used_up()
        if found.place in desk().doors.providers:
            session.end()
            cookie[INVITATION] = digest
            return redirect(url_for("desk.sign_in", place=found.place), 303)
        spent = invitations.spend(connection, digest, now())
        admitted = admit_local(connection, spent) if spent else None
    if admitted is None:
        return _used_up()
    return _let_in(admitted)


def _let_in(admitted: Member | Trouble) -> AnyResponse:
    if isinstance(admitted, Trouble):
        raise TroubleError(admitted)
    session.begin(admitted)
    return redirect(url_for("desk.front"), 303)


def _used_up() -> ResponseReturnValue:
    return make_response(desk_page("desk/used_up.html"), 404)

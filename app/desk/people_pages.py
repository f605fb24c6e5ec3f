"""Who may use the desk of a council: managers see them, invite and remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, make_response, redirect, request, url_for

from app.desk import people
from app.desk.access import COUNCIL_ROLES, Action
from app.desk.desk import database, desk, now, place_name
from app.desk.invitations import HOURS, Invitation, invite, waiting, withdraw
from app.desk.log import Event, note_of
from app.desk.member import LOCAL, Member, known_as, shown
from app.desk.pages import allows, desk_page, desk_pages
from app.desk.session import member
from app.web.pages import words

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy import Connection

_ROLES = {role.value: role for role in COUNCIL_ROLES}


@desk_pages.get("/<council>/people")
@allows(Action.INVITE)
def show_people(council: str) -> ResponseReturnValue:
    """Everybody in the council, and a form to invite somebody."""
    return _show(council)


@desk_pages.post("/<council>/people")
@allows(Action.INVITE)
def invite_somebody(council: str) -> ResponseReturnValue:
    """Makes a link and shows it, this once: it is kept nowhere, so there is no address at which to see it again."""
    role = _ROLES.get(request.form.get("role", ""))
    name = shown(request.form.get("name", ""))
    if role is None:
        return make_response(_show(council, error=words().text("desk.people.error.role"), name=name), 422)
    with database().begin() as connection:
        token = invite(connection, Invitation(council, role, name, None), now())
        note_of(connection, Event.INVITED, _me(), f"{role.value} {name}".strip())
    return _show_link(token, name, role.value)


@desk_pages.post("/<council>/people/<int:number>/link")
@allows(Action.INVITE)
def invite_again(council: str, number: int) -> ResponseReturnValue:
    """A new link for somebody whom only a link lets in."""
    with database().begin() as connection:
        found = _one_of(connection, council, number)
        if found.person.identity.issuer != LOCAL:
            abort(404)
        token = invite(connection, Invitation(council, found.role, found.person.name, found.id), now())
        note_of(connection, Event.INVITED, _me(), f"{found.role.value} {found.known_as}")
    return _show_link(token, found.known_as, found.role.value)


@desk_pages.post("/<council>/people/links/<int:number>/withdraw")
@allows(Action.INVITE)
def withdraw_link(council: str, number: int) -> ResponseReturnValue:
    """Lets a link that nobody has used work no more."""
    with database().begin() as connection:
        found = withdraw(connection, council, number, now())
        if found is None:
            abort(404)
        note_of(connection, Event.WITHDREW, _me(), f"{found.role.value} {found.name}".strip())
    return redirect(url_for("desk.show_people", council=council), 303)


@desk_pages.post("/<council>/people/<int:number>/remove")
@allows(Action.INVITE)
def remove_somebody(council: str, number: int) -> ResponseReturnValue:
    """Lets somebody in no more. Nobody removes themself, so that a council is not left without a manager by a slip."""
    with database().begin() as connection:
        found = _one_of(connection, council, number)
        if found.id == _me().id:
            abort(404)
        people.remove(connection, found, now(), for_good=True)
        note_of(connection, Event.REMOVED, _me(), f"{found.role.value} {found.known_as}")
    return redirect(url_for("desk.show_people", council=council), 303)


def _me() -> Member:
    found = member()
    if found is None:  # every view here lets members in only
        abort(404)
    return found


def _one_of(connection: Connection, council: str, number: int) -> Member:
    found = people.by_number(connection, number)
    if found is None or found.removed or found.place != council:
        abort(404)
    return found


def _show(council: str, error: str | None = None, name: str = "") -> str:
    with database().connect().execution_options(reads=True) as connection:
        found, links = people.of_place(connection, council), waiting(connection, council, now())
    return desk_page(
        "desk/people.html",
        place=council,
        title_place=place_name(council),
        people=found,
        links=links,
        roles=tuple(_ROLES),
        by_provider=council in desk().doors.providers,
        error=error,
        typed=name,
        hours=HOURS,
    )


def _show_link(token: str, name: str, role: str) -> str:
    link = url_for("desk.invitation", token=token, _external=True)
    return desk_page("desk/link.html", link=link, name=known_as(name, ""), role=role, hours=HOURS)

"""The cookie of the desk: which member it is, since when, and when they were last here. Nothing that they may do."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING

from flask import Flask, g, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from app.desk import people
from app.desk.desk import database, now

if TYPE_CHECKING:
    from flask import Request

    from app.desk.member import Member

COOKIE = "__Host-desk"
"""The browser takes a cookie of such a name only from this host, over HTTPS, for every path."""

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)
PATH = "/desk"

_MEMBER, _ROUND, _BEGAN, _SEEN = "member", "round", "began", "seen"


class Ended(Enum):
    """Why somebody is signed in no more."""

    IDLE = "idle"
    TOO_LONG = "too_long"
    REMOVED = "removed"


class DeskSessions(SecureCookieSessionInterface):
    """Signed cookies for addresses of the desk. Elsewhere none is read, and to set one is an error."""

    digest_method = staticmethod(hashlib.sha256)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session in the cookie; None, which Flask lets nobody write to, away from the desk."""
        at_desk = request.path == PATH or request.path.startswith(f"{PATH}/")
        return super().open_session(app, request) if at_desk else None


def keep_sessions(app: Flask, keys: tuple[str, ...]) -> None:
    """Lets the desk set its cookie: the first key signs, all are believed."""
    app.session_interface = DeskSessions()
    app.config.update(
        SECRET_KEY=keys[0] if keys else None,
        SECRET_KEY_FALLBACKS=list(keys[1:]),
        SESSION_COOKIE_NAME=COOKIE,
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=LONGEST,
    )


def begin(found: Member) -> None:
    """Signs somebody in. Whatever was in the cookie before is gone."""
    session.clear()
    seconds = int(now().timestamp())
    session.update({_MEMBER: found.id, _ROUND: found.round, _BEGAN: seconds, _SEEN: seconds})
    g.member = found


def end() -> None:
    """Forgets in this browser who was signed in."""
    session.clear()
    g.member = None


def recall() -> None:
    """Finds out who makes this request: what they are is read from the database, and how long ago they came counts."""
    g.member, g.ended = None, None
    number = session.get(_MEMBER)
    if number is None:
        return
    g.ended = _ended()
    if g.ended is None:
        with database().connect().execution_options(reads=True) as connection:
            found = people.by_number(connection, number)
        if found is None or found.removed or found.round != session.get(_ROUND):
            g.ended = Ended.REMOVED
        else:
            g.member = found
            session[_SEEN] = int(now().timestamp())
    if g.ended is not None:
        session.clear()


def member() -> Member | None:
    """The member who makes this request; None for somebody who is not signed in."""
    found: Member | None = g.get("member")
    return found


def ended() -> Ended | None:
    """Why somebody who was signed in is so no more, as this request found out."""
    found: Ended | None = g.get("ended")
    return found


def _ended() -> Ended | None:
    seconds = now().timestamp()
    if seconds - session.get(_BEGAN, 0) >= LONGEST.total_seconds():
        return Ended.TOO_LONG
    if seconds - session.get(_SEEN, 0) >= IDLE.total_seconds():
        return Ended.IDLE
    return None

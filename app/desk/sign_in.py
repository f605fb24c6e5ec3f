"""Signing in through a provider: there, and back with a token that is believed only when all about it is right."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client.errors import MismatchingStateError
from authlib.integrations.flask_client import OAuthError
from authlib.oidc.core import CodeIDToken
from flask import current_app, request

from app.desk.channel import forget_ways, has_set_out
from app.desk.discovery import Line, open_line
from app.desk.member import Identity, Person, shown
from app.desk.trouble import Trouble, TroubleError

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.desk.access import Role
    from app.desk.providers import Provider

REST_SECONDS = 10
"""How long a provider that did not answer is left alone; whoever comes meanwhile is told so at once."""

TURN_SECONDS = 1
"""How long somebody waits while another looks the provider up."""

CLOCKS_APART_SECONDS = 60
"""By how much a provider's clock may differ from ours."""

_LONGEST = 255
"""Letters of a subject, by OpenID Connect."""

_OUR_FAULT = ("invalid_client", "unauthorized_client")
_ITS_FAULT = ("server_error", "temporarily_unavailable")


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody whom a provider vouches for, and the role that it says they have, if it says one."""

    person: Person
    role: Role | None


class _Busy:
    """Keeps a provider that does not answer from making many wait: one tries, and once it failed, none for a while."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.until = 0.0


@dataclass(frozen=True, slots=True)
class Doors:
    """The providers by place. Each is looked up when somebody first needs it, and again each hour."""

    providers: Mapping[str, Provider]
    _lines: dict[str, Line] = field(default_factory=dict)
    _busy: Mapping[str, _Busy] = field(default_factory=lambda: defaultdict(_Busy))

    def leave(self, place: str, back: str) -> Response:
        """Sends the browser to the place's provider, to be sent ``back``; raises TroubleError."""
        line = self._line(place)
        forget_ways()
        response: Response = line.client.authorize_redirect(back)
        return response

    def arrive(self, place: str) -> Arrival:
        """Who has come back from the provider with this request; raises TroubleError.

        Whoever did not set out from here is told so before anybody is asked anything.
        """
        if not has_set_out(place, request.args.get("state", "")):
            raise TroubleError(Trouble.STALE, "state")
        line, provider = self._line(place), self.providers[place]
        named = request.args.get("iss", None if line.names_itself else provider.issuer)
        if named != provider.issuer:
            raise TroubleError(Trouble.NOT_TRUSTED, "issuer")
        try:
            return _arrival(provider, _claims(line, provider))
        except TroubleError as error:
            if error.trouble is Trouble.UNREACHABLE:
                self._busy[place].until = time.monotonic() + REST_SECONDS
            raise

    def _line(self, place: str) -> Line:
        if place not in self.providers:
            raise TroubleError(Trouble.NO_PROVIDER)
        busy, line = self._busy[place], self._lines.get(place)
        if busy.until > time.monotonic():
            raise TroubleError(Trouble.UNREACHABLE, "rest")
        if line is not None and line.until > time.monotonic():
            return line
        if not busy.lock.acquire(timeout=TURN_SECONDS):
            raise TroubleError(Trouble.UNREACHABLE, "turn")
        try:
            line = self._lines[place] = open_line(place, self.providers[place])
            return line
        except TroubleError as error:
            if error.trouble is Trouble.UNREACHABLE:
                busy.until = time.monotonic() + REST_SECONDS
            raise
        finally:
            busy.lock.release()


def _claims(line: Line, provider: Provider) -> Mapping[str, Any]:
    """What the token says that the provider gives for the code; its signature, issuer, audience, age and nonce hold."""
    options = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
        "nonce": {"essential": True},
    }
    try:
        token = line.client.authorize_access_token(
            claims_options=options, claims_cls=CodeIDToken, leeway=CLOCKS_APART_SECONDS
        )
        return dict(token["userinfo"])
    except MismatchingStateError as error:
        raise TroubleError(Trouble.STALE, "state") from error
    except OAuthError as error:
        raise TroubleError(_refusal(error), "code") from error
    except OSError as error:  # what requests raises is one too
        raise TroubleError(Trouble.UNREACHABLE, "token") from error
    except Exception as error:
        # A provider may send anything, and whatever breaks on it lets nobody in.
        current_app.logger.warning("a provider's token was refused: %s", type(error).__name__)
        raise TroubleError(Trouble.NOT_TRUSTED, "token") from error


def _refusal(error: AuthlibBaseError) -> Trouble:
    if error.error in (*_OUR_FAULT, *_ITS_FAULT):
        return Trouble.UNREACHABLE
    return Trouble.DECLINED if error.error == "access_denied" else Trouble.STALE


def _arrival(provider: Provider, claims: Mapping[str, Any]) -> Arrival:
    """Whom the claims name. What Authlib leaves open is settled here: one audience, and the tenant."""
    tenant = claims.get("tid", "")
    subject = claims.get("oid", claims.get("sub"))
    if claims.get("aud") not in (provider.client_id, [provider.client_id]):
        raise TroubleError(Trouble.NOT_TRUSTED, "audience")
    if not isinstance(tenant, str) or len(tenant) > _LONGEST or provider.tenant not in (None, tenant):
        raise TroubleError(Trouble.NOT_TRUSTED, "tenant")
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST:
        raise TroubleError(Trouble.NOT_TRUSTED, "subject")
    values = claims.get("roles", ())
    found = [value for value in values if isinstance(value, str)] if isinstance(values, list | tuple) else []
    person = Person(
        Identity(provider.issuer, tenant, subject),
        shown(claims.get("name")),
        shown(claims.get("email") or claims.get("preferred_username")),
    )
    return Arrival(person, provider.role_of(found))

"""How the desk talks to a provider: no redirects, not much is read, and every wait has an end."""

from __future__ import annotations

import time
from typing import Any

from authlib.integrations.flask_client import FlaskIntegration, FlaskOAuth2App
from authlib.integrations.requests_client import OAuth2Session
from flask import session
from requests import ConnectionError as UnreachableError
from requests import Response, Session
from urllib3.exceptions import HTTPError

SECONDS = 5
"""For a connection, for each wait for an answer, and for the answer to be read."""

LARGEST_ANSWER = 512 * 1024
_CHUNK = 8 * 1024
_STATE = "_state_"  # how Authlib begins the keys under which it keeps a way


class Channel(OAuth2Session):
    """Authlib's session, with bounds to what a provider can make it wait for or read."""

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401 - what requests takes
        """The answer, read whole; raises RequestException."""
        bounds = {"timeout": SECONDS, "allow_redirects": False, "stream": True}
        response: Response = super().request(method, url, *args, **(kwargs | bounds))
        return _read(response)


class Client(FlaskOAuth2App):
    """Authlib's client for Flask, which keeps state, nonce and PKCE's verifier in the session, on such a channel."""

    client_cls = Channel


def new_client(place: str, **arguments: object) -> Client:
    """A client whose state counts for this place alone."""
    return Client(FlaskIntegration(place), place, **arguments)


def has_set_out(place: str, state: str) -> bool:
    """Whether this browser has set out for the place's provider with that state."""
    return FlaskIntegration(place).get_state_data(session, state) is not None


def forget_ways() -> None:
    """Forgets every way on which this browser has set out: a cookie holds only a few."""
    for key in [key for key in session if key.startswith(_STATE)]:
        session.pop(key)


def fetch(url: str) -> bytes:
    """What is at an address; raises RequestException."""
    with Session() as opened:
        response = _read(opened.get(url, timeout=SECONDS, allow_redirects=False, stream=True))
    response.raise_for_status()
    return response.content


def _read(response: Response) -> Response:
    """With its body, which is read as it comes: to wait for a whole piece of it could take for ever."""
    end = time.monotonic() + SECONDS
    body = b""
    try:
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            body += chunk
            if time.monotonic() > end or len(body) > LARGEST_ANSWER:
                raise UnreachableError
    except HTTPError as error:  # of urllib3, whose errors requests turns into its own only where it reads itself
        raise UnreachableError from error
    finally:
        response.close()
    response._content = body  # where requests itself puts what it has read
    return response

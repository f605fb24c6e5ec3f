"""What is shown when something is wrong: the right status, a page that says what to do, never a trace."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping

from flask import Flask, Response, abort, current_app, g, make_response, request
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError

from app.web.languages import NotInThisLanguageError, words_asked_for
from app.web.pages import page

BAD_REQUEST, CRASHED = 400, 500
_SHOWN = {BAD_REQUEST, 403, 404, 405, 413, CRASHED, 503}


ErrorForm = Callable[[HTTPException], Response]
"""Makes what is sent for an error that no view caught."""


def show_errors(app: Flask, *, unavailable: bool, forms: Mapping[str, ErrorForm] | None = None) -> None:
    """Answers every error with a page, or under the paths that begin so, in another of ``forms``.

    With ``unavailable``, every address but the health checks is 503.
    """
    app.extensions["error_forms"] = forms or {}
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _crash)
    app.before_request(lambda: _close() if unavailable else None)


def unknown_host() -> Response:
    """The page on a host that nobody has set up: without any council's data, and without a way into the service."""
    g.words = words_asked_for()
    return make_response(page("error.html", status="host"), 404)


def _close() -> None:
    if request.endpoint not in ("health", "known_host"):
        abort(503)


def _crash(error: Exception) -> Response:
    """The page for what we did not foresee. What the error says stays out of the log: it may hold what was sent."""
    kind = type(error)
    if kind.__module__.startswith("gunicorn."):  # what was sent came broken, and was never read whole
        return _http_error(BadRequest())
    frames = "".join(traceback.format_tb(error.__traceback__))
    current_app.logger.error("a page failed: %s\n%s", kind.__name__, frames)
    return _http_error(InternalServerError())


def _http_error(error: HTTPException) -> Response:
    if (error.code or CRASHED) < BAD_REQUEST:
        return make_response(error.get_response())
    if "words" not in g:
        g.words = words_asked_for()
    forms: Mapping[str, ErrorForm] = current_app.extensions["error_forms"]
    form = next((form for prefix, form in forms.items() if request.path.startswith(prefix)), _error_page)
    response = form(error)
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _error_page(error: HTTPException) -> Response:
    status = error.code or CRASHED
    shown = status if status in _SHOWN else (BAD_REQUEST if status < CRASHED else CRASHED)
    told = "language" if isinstance(error, NotInThisLanguageError) else str(shown)
    return make_response(page("error.html", status=told), status)

"""One line for each request, with nothing about the person: no address, no query, no browser, no answer."""

from __future__ import annotations

import logging
import time
from uuid import uuid4

from flask import Flask, Response, g, request

from app.web.draft_council import draft_council

_log = logging.getLogger("checker.requests")


def log_requests(app: Flask) -> None:
    """Logs UTC time, a request number, method, the route as written in the code, council, status and milliseconds.

    The route stands in for the path, which may hold whatever somebody typed.
    """
    if not _log.handlers:
        handler = logging.StreamHandler()
        formatter = logging.Formatter("%(asctime)sZ %(message)s", "%Y-%m-%dT%H:%M:%S")
        formatter.converter = time.gmtime
        handler.setFormatter(formatter)
        _log.addHandler(handler)
        _log.setLevel(logging.INFO)
        _log.propagate = False
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.begun = time.perf_counter()
    g.request_number = uuid4().hex[:12]


def _end(response: Response) -> Response:
    if draft_council():
        return response  # nobody made this request
    milliseconds = (time.perf_counter() - g.get("begun", time.perf_counter())) * 1000
    route = request.url_rule.rule if request.url_rule else "-"
    council = g.get("council")
    _log.info(
        "%s %s %s %s %d %.0fms",
        g.get("request_number", "-"),
        request.method if request.method.isalpha() else "-",
        route,
        council.slug if council else "-",
        response.status_code,
        milliseconds,
    )
    return response

"""The addresses of the API."""

from __future__ import annotations

import json
from collections.abc import MutableMapping
from typing import Any

from flask import Blueprint, Response, g, request

from app.api.body import JSON, read_body
from app.api.check import check_answered
from app.api.check_model import CheckSent
from app.api.council_model import council_said
from app.api.description import description
from app.api.model import Said
from app.api.operation import BASE, CHECK, COUNCIL, DESCRIPTION, SERVICE
from app.api.reference_page import reference_page
from app.api.service_model import service_said
from app.api.source import Desk, source
from app.web.pages import tool_words
from app.web.security import allow_reading, reader

api = Blueprint("api", __name__, url_prefix=BASE)

_REMEMBERED_SECONDS = 3600


@api.url_value_preprocessor
def read_address(_endpoint: str | None, values: MutableMapping[str, Any] | None) -> None:
    """Takes the council and the desk out of an address, and lets in those who may read what is there."""
    values = values if values is not None else {}
    slug, service, language = (values.pop(name, None) for name in ("council", "service", "language"))
    g.words = tool_words()
    if slug is None:
        allow_reading(source().readers)
        return
    g.council = source().council(slug)
    allow_reading(g.council.embedders)
    g.desk_named = (service, language)


@api.before_request
def answer_preflight() -> Response | None:
    """What a browser asks before it lets a page of another site send JSON."""
    if request.method != "OPTIONS":
        return None
    response = Response(status=204)
    rule = request.url_rule
    methods = ", ".join(sorted(rule.methods or ())) if rule else ""
    response.headers["Allow"] = methods
    if reader(request) is not None:
        response.headers["Access-Control-Allow-Methods"] = methods
        response.headers["Access-Control-Allow-Headers"] = "Content-Type"
        response.headers["Access-Control-Max-Age"] = str(_REMEMBERED_SECONDS)
    return response


@api.get(COUNCIL.rule)
def council() -> Response:
    """A council."""
    return _said(council_said(source(), g.council))


@api.get(SERVICE.rule)
def service() -> Response:
    """A service at a council."""
    return _said(service_said(_desk()))


@api.post(CHECK.rule)
def check() -> Response:
    """The next question, or the outcome."""
    return _said(check_answered(_desk(), read_body(CheckSent)))


@api.get(DESCRIPTION.rule)
def described() -> Response:
    """The OpenAPI document."""
    return Response(json.dumps(description(source()), separators=(",", ":")), mimetype=JSON)


@api.get("/")
def reference() -> str:
    """The page for people."""
    return reference_page(description(source()))


def _desk() -> Desk:
    # Not sooner: a browser's preflight has to pass for a page to be told what is wrong.
    return source().desk(g.council, *g.desk_named)


def _said(said: Said) -> Response:
    return Response(said.json_text(), mimetype=JSON)

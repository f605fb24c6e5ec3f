"""What is answered when something is wrong: a problem document (RFC 9457)."""

from __future__ import annotations

from typing import Any

from flask import Response, g
from pydantic import Field
from werkzeug.exceptions import HTTPException

from app.api.model import Said
from app.web.pages import tool_words, words

MEDIA_TYPE = "application/problem+json"
PAGE = "/api/v1/"
"""The page that describes the API, each problem at an anchor of its own."""

MOST_FAULTS = 50
"""Wrong answers told of at once, so that what comes back is no multiple of what was sent."""

STATUSES = {
    "not-json": 400,
    "bad-request": 400,
    "foreign-origin": 403,
    "not-found": 404,
    "unknown-council": 404,
    "unknown-service": 404,
    "unknown-language": 404,
    "own-service": 404,
    "no-rules": 404,
    "method-not-allowed": 405,
    "rules-changed": 409,
    "rules-withdrawn": 409,
    "too-large": 413,
    "not-json-type": 415,
    "wrong-shape": 422,
    "unknown-key": 422,
    "missing-key": 422,
    "unknown-question": 422,
    "unknown-option": 422,
    "none-with-others": 422,
    "crashed": 500,
    "unavailable": 503,
}
"""The status of each problem, by its code. Codes are part of the interface: none is renamed."""

_OF_STATUS = {
    403: "foreign-origin",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    500: "crashed",
    503: "unavailable",
}
_BAD, _CRASHED = 400, 500


class Fault(Said):
    """One thing that is wrong in what was sent."""

    pointer: str = Field(description="Where it stands in what was sent, as a JSON Pointer.")
    code: str = Field(description="What is wrong, as one of the codes of problems.")
    question: str | None = Field(description="The question whose answer it is.")
    detail: str = Field(description="What is wrong and what to send instead. For developers, not for the public.")


class ProblemDocument(Said):
    """What is wrong with a request (RFC 9457)."""

    type: str = Field(description="The address at which this kind of problem is described.")
    title: str = Field(description="The kind of problem, in a few words.")
    status: int = Field(description="The status of the response.")
    detail: str = Field(description="What is wrong and what to do. For developers, not for the public.")
    code: str = Field(description="The kind of problem, for programs.", json_schema_extra={"enum": list(STATUSES)})
    link: str | None = Field(description="The page to lead people to instead, if there is one.")
    errors: tuple[Fault, ...] = Field(description="Everything that is wrong in what was sent.")


class Problem(HTTPException):
    """Raised to answer with a problem of that code."""

    def __init__(self, code: str, *, link: str | None = None, errors: tuple[Fault, ...] = ()) -> None:
        super().__init__()
        self.code = STATUSES[code]
        self.kind = code
        self.link = link
        self.errors = errors


def pointer_to(*steps: str) -> str:
    """Where something stands, as a JSON Pointer (RFC 6901)."""
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)


def problem_response(error: HTTPException) -> Response:
    """The response to an error, whoever raised it."""
    known = error if isinstance(error, Problem) else Problem(_kind(error.code or _CRASHED))
    g.words = tool_words()
    status = known.code if known is error else (error.code or _CRASHED)
    document = ProblemDocument(
        type=f"{PAGE}#problem-{known.kind}",
        title=words().text(f"api.problem.{known.kind}.title"),
        status=status or _CRASHED,
        detail=_detail(known),
        code=known.kind,
        link=known.link,
        errors=known.errors,
    )
    return Response(document.json_text(), status, mimetype=MEDIA_TYPE)


def _kind(status: int) -> str:
    return _OF_STATUS.get(status, "bad-request" if status < _CRASHED else "crashed")


def _detail(problem: Problem) -> str:
    if problem.errors:
        return problem.errors[0].detail
    return words().text(f"api.problem.{problem.kind}.detail")


def problem_kinds(status: int) -> tuple[str, ...]:
    """The codes of the problems of a status."""
    return tuple(code for code, of in STATUSES.items() if of == status)


def problem_schema() -> dict[str, Any]:
    """What a response that holds a problem is declared to be."""
    return {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}

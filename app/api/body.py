"""The body of a request, read as strictly as JSON allows: whatever could be read in two ways is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

from flask import request
from pydantic import ValidationError

from app.api.model import Sent
from app.api.problem import MOST_FAULTS, Fault, Problem, pointer_to

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

JSON = "application/json"
_CODES = {"extra_forbidden": "unknown-key", "missing": "missing-key"}

Model = TypeVar("Model", bound=Sent)


def read_body(model: type[Model]) -> Model:
    """What was sent; raises Problem for whatever it is not, and werkzeug's 413 for too much."""
    if request.mimetype != JSON:
        raise Problem("not-json-type")
    try:
        return model.model_validate(_parsed(request.get_data(cache=False)))
    except ValidationError as error:
        faults = tuple(_fault(detail) for detail in error.errors(include_url=False))
        raise Problem(faults[0].code, errors=faults[:MOST_FAULTS]) from None


def _parsed(data: bytes) -> Any:  # noqa: ANN401 - JSON of any shape
    try:
        parsed = json.loads(data.decode("utf-8"), object_pairs_hook=_once)
        # What cannot be written again is refused too: halves of characters, and numbers that are none.
        json.dumps(parsed, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise Problem("not-json") from None
    return parsed


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        message = "a key stands twice"
        raise ValueError(message)
    return found


def _fault(detail: ErrorDetails) -> Fault:
    steps = [str(step) for step in detail["loc"]]
    code = _CODES.get(detail["type"], "wrong-shape")
    where = steps[-1] if steps else "what was sent"
    told = {
        "unknown-key": f"the key {where!r} is not known here; take it out or correct its spelling",
        "missing-key": f"the key {where!r} is missing; add it",
        "wrong-shape": f"{where}: {detail['msg'][0].lower()}{detail['msg'][1:]}",
    }
    return Fault(pointer=pointer_to(*steps), code=code, question=None, detail=told[code])

"""The description of the API as a page for the people who use it, made from the OpenAPI document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.api.body import JSON
from app.api.problem import STATUSES, problem_kinds
from app.web.pages import page

_PARTS = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class ShownExample:
    """An example by what it shows, as JSON for people."""

    summary: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownOperation:
    """An operation. ``path`` has its fixed parts and, at every second place, the names of what varies."""

    id: str
    title: str
    body: str
    method: str
    path: tuple[str, ...]
    parameters: tuple[tuple[str, str], ...]
    request: str
    sent: tuple[ShownExample, ...]
    answered: tuple[ShownExample, ...]
    statuses: tuple[tuple[str, tuple[str, ...]], ...]


def reference_page(document: dict[str, Any]) -> str:
    """The page of a document."""
    return page(
        "api/reference.html",
        title=document["info"]["title"],
        description=document["info"]["summary"],
        intro=document["info"]["description"],
        operations=tuple(_operations(document)),
        problems=STATUSES,
    )


def _operations(document: dict[str, Any]) -> Iterator[ShownOperation]:
    base = document["servers"][0]["url"]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            parameters = operation["parameters"]
            yield ShownOperation(
                id=operation["operationId"],
                title=operation["summary"],
                body=operation["description"],
                method=method.upper(),
                path=tuple(_PARTS.split(base + path)),
                parameters=tuple((each["name"], each["description"]) for each in parameters),
                request=f"{method.upper()} {base}{path.format(**_values(parameters))}",
                sent=_examples(operation.get("requestBody", {"content": {}})),
                answered=_examples(operation["responses"]["200"]),
                statuses=tuple(
                    (status, problem_kinds(int(status))) for status in operation["responses"] if status != "200"
                ),
            )


def _values(parameters: list[dict[str, Any]]) -> dict[str, str]:
    return {each["name"]: each.get("example") or each["schema"]["enum"][0] for each in parameters}


def _examples(part: dict[str, Any]) -> tuple[ShownExample, ...]:
    found = part["content"].get(JSON, {}).get("examples", {})
    return tuple(
        ShownExample(each["summary"], json.dumps(each["value"], indent=2, ensure_ascii=False))
        for each in found.values()
    )

"""The description of the API in OpenAPI 3.1, made from its operations and models, with examples that are really so."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from app.api.body import JSON
from app.api.examples import examples
from app.api.operation import BASE, OPERATIONS, Operation
from app.api.problem import MEDIA_TYPE, ProblemDocument, problem_kinds
from app.web.pages import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.api.source import Source
    from app.engine.vocabulary import Question, Vocabulary

Schema = dict[str, Any]

_OUT, _IN = "serialization", "validation"


def description(source: Source) -> Schema:
    """The OpenAPI document, as it is today."""
    return _description(source, source.today())


@lru_cache(maxsize=4)
def _description(source: Source, _day: date) -> Schema:
    said = words()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": said.text("api.title"),
            "version": "1",
            "summary": said.text("api.description"),
            "description": said.text("api.intro"),
        },
        "servers": [{"url": BASE}],
        "paths": {each.path: {each.method.lower(): _operation(source, each)} for each in OPERATIONS},
        "components": {"schemas": _schemas(source)},
    }


def _operation(source: Source, operation: Operation) -> Schema:
    said, shown = words(), examples(source)
    found: Schema = {
        "operationId": operation.id,
        "summary": said.text(f"api.operation.{operation.id}.title"),
        "description": said.text(f"api.operation.{operation.id}.body"),
        "parameters": [_parameter(source, name) for name in _PARAMETERS if f"{{{name}}}" in operation.path],
        "responses": {
            "200": {
                "description": said.text(f"api.operation.{operation.id}.answer"),
                "content": {JSON: _content(operation.answers, shown.get(operation.id, {}))},
            },
            **{str(status): _problem(status) for status in operation.statuses},
        },
    }
    if operation.takes is not None:
        found["requestBody"] = {
            "required": True,
            "content": {JSON: _content(operation.takes, shown[f"{operation.id}.sent"])},
        }
    return found


def _content(model: type[BaseModel] | None, shown: Schema) -> Schema:
    schema = {"$ref": f"#/components/schemas/{model.__name__}"} if model else {"type": "object"}
    return {"schema": schema, **({"examples": shown} if shown else {})}


def _problem(status: int) -> Schema:
    told = "; ".join(words().text(f"api.problem.{kind}.title") for kind in problem_kinds(status))
    return {
        "description": told,
        "content": {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{ProblemDocument.__name__}"}}},
    }


_PARAMETERS = ("council", "service", "language")


def _parameter(source: Source, name: str) -> Schema:
    known: dict[str, Schema] = {
        "council": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        "service": {"type": "string", "enum": list(source.services)},
        "language": {
            "type": "string",
            "enum": sorted({each for service in source.services.values() for each in service.words}),
        },
    }
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": words().text(f"api.parameter.{name}"),
        "schema": known[name],
        **({"example": examples(source)["council"]["council"]["value"]["id"]} if name == "council" else {}),
    }


def _schemas(source: Source) -> Schema:
    models: list[tuple[type[BaseModel], Any]] = [(ProblemDocument, _OUT)]
    models += [(each.answers, _OUT) for each in OPERATIONS if each.answers]
    models += [(each.takes, _IN) for each in OPERATIONS if each.takes]
    _, schema = models_json_schema(models, ref_template="#/components/schemas/{model}")
    found: Schema = schema["$defs"]
    found.pop("JsonValue", None)
    vocabularies = [service.vocabulary for service in source.services.values()]
    found["Answers"] = (
        {"anyOf": [_answers(each) for each in vocabularies]} if vocabularies[1:] else _answers(vocabularies[0])
    )
    for name in ("CheckSent", "QuestionStep", "OutcomeStep"):
        given = found[name]["properties"]["answers"]
        found[name]["properties"]["answers"] = {
            "$ref": "#/components/schemas/Answers",
            "description": given["description"],
        }
    return found


def _answers(vocabulary: Vocabulary) -> Schema:
    return {
        "type": "object",
        "properties": {question.id: _answer(question) for question in vocabulary.questions},
        "additionalProperties": False,
    }


def _answer(question: Question) -> Schema:
    if question.kind == "one":
        return {"enum": list(question.option_ids)}
    options = [option for option in question.option_ids if option != question.exclusive]
    several = _several(options)
    return {"anyOf": [several, _several([question.exclusive])]} if question.exclusive else several


def _several(options: Iterable[str]) -> Schema:
    return {"type": "array", "minItems": 1, "items": {"enum": list(options)}}

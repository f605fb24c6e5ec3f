"""JSON Schemas of a service's files, made from the models that read them, so that an editor completes and checks them.

What an editor cannot know from the models alone, the ids of this service, comes from its vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.engine.cases import CaseFile
from app.engine.law import Law
from app.engine.vocabulary import Vocabulary
from app.engine.withdrawn import WithdrawnVersions
from app.engine.words import Words

if TYPE_CHECKING:
    from app.engine.document import Strict
    from app.engine.vocabulary import Question

Schema = dict[str, Any]


def service_schemas(vocabulary: Vocabulary) -> Mapping[str, Schema]:
    """The schema of each kind of file of a service, by the name of the kind."""
    service, law, words, cases = _schema(Vocabulary), _schema(Law), _schema(Words), _schema(CaseFile)
    nations, routes = list(vocabulary.nations), [route.id for route in vocabulary.routes]
    for schema in (service, law):
        _know_questions(schema["$defs"]["Compared"], vocabulary)
    law["properties"]["nation"]["enum"] = nations
    law["$defs"]["Criterion"]["properties"]["route"]["enum"] = routes
    cases["$defs"]["Case"]["properties"]["nation"]["enum"] = nations
    withdrawn = _schema(WithdrawnVersions)
    withdrawn["$defs"]["WithdrawnVersion"]["properties"]["nation"]["enum"] = nations
    answers = {question.id: _answer(question) for question in vocabulary.questions}
    for given in (cases["properties"]["otherwise"], cases["$defs"]["Case"]["properties"]["answers"]):
        given["properties"] = answers
        given["additionalProperties"] = False
    return {"service": service, "law": law, "words": words, "cases": cases, "withdrawn": withdrawn}


def _schema(model: type[Strict]) -> Schema:
    found: Schema = _without_null(model.model_json_schema())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def _without_null(value: Any) -> Any:  # noqa: ANN401 - JSON of any shape
    """What may be left out is left out, never written as nothing."""
    if isinstance(value, list):
        return [_without_null(item) for item in value if item != {"type": "null"}]
    if not isinstance(value, dict):
        return value
    kept = {key: _without_null(item) for key, item in value.items() if not (key == "default" and item is None)}
    if len(kept.get("anyOf", ())) == 1:
        kept |= kept.pop("anyOf")[0]
    return kept


def _know_questions(compared: Schema, vocabulary: Vocabulary) -> None:
    compared["properties"]["question"]["enum"] = [question.id for question in vocabulary.questions]
    compared["allOf"] = [
        {
            "if": {"properties": {"question": {"const": question.id}}},
            "then": {"properties": {key: {"items": _options(question)} for key in ("is", "open")}},
        }
        for question in vocabulary.questions
    ]


def _answer(question: Question) -> Schema:
    return _options(question) if question.kind == "one" else {"type": "array", "items": _options(question)}


def _options(question: Question) -> Schema:
    return {"enum": list(question.option_ids)}

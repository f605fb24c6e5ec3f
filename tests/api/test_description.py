from __future__ import annotations

from typing import Any

import jsonschema
import pytest
import schemathesis
from jsonschema import Draft202012Validator

from app.api.operation import OPERATIONS
from app.api.problem import STATUSES
from app.settings import ROOT
from app.web.site_words import load_tool_words
from tests.page_client import PageClient, parse, text_of

Schema = dict[str, Any]


@pytest.fixture
def document(client: PageClient) -> Schema:
    found: Schema = client.get("/api/v1/openapi.json").get_json()
    return found


def resolved(document: Schema, schema: Schema) -> Draft202012Validator:
    return Draft202012Validator({**schema, "components": document["components"]})


def test_the_document_is_valid_openapi_3_1(document: Schema) -> None:
    assert document["openapi"].startswith("3.1.")
    schemathesis.openapi.from_dict(document).validate()
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    names = [each["operationId"] for path in document["paths"].values() for each in path.values()]
    assert names == [each.id for each in OPERATIONS]


def test_whatever_it_refers_to_is_there_and_nothing_is_there_in_vain(document: Schema) -> None:
    referred = set()

    def look(value: object) -> None:
        if isinstance(value, dict):
            if isinstance(reference := value.get("$ref"), str):
                referred.add(reference.removeprefix("#/components/schemas/"))
            for each in value.values():
                look(each)
        elif isinstance(value, list):
            for each in value:
                look(each)

    look(document)
    assert referred == set(document["components"]["schemas"])


def test_every_problem_is_of_a_status_that_is_declared_somewhere(document: Schema) -> None:
    declared = {
        int(status)
        for path in document["paths"].values()
        for operation in path.values()
        for status in operation["responses"]
    }
    # No operation can give a 405: it is for methods that are none.
    assert {status for status in STATUSES.values() if status != 405} == declared - {200}


def test_every_operation_and_problem_has_its_words_and_none_has_words_in_vain() -> None:
    operations = {f"api.operation.{each.id}.{part}" for each in OPERATIONS for part in ("title", "body", "answer")}
    problems = {f"api.problem.{code}.{part}" for code in STATUSES for part in ("title", "detail")}
    words = load_tool_words(ROOT / "templates/words").words
    assert {key for key in words if key.startswith(("api.operation.", "api.problem."))} == operations | problems


def test_every_example_fits_its_schema(document: Schema) -> None:
    count = 0
    for path in document["paths"].values():
        for operation in path.values():
            for part in (operation.get("requestBody", {"content": {}}), operation["responses"]["200"]):
                for content in part["content"].values():
                    for example in content.get("examples", {}).values():
                        resolved(document, content["schema"]).validate(example["value"])
                        count += 1
    assert count == 6


@pytest.mark.parametrize(
    ("answers", "fits"),
    [
        ({}, True),
        ({"who": "self", "benefits": ["pip", "dla"]}, True),
        ({"benefits": ["none"]}, True),
        ({"benefits": []}, False),
        ({"benefits": ["none", "pip"]}, False),
        ({"benefits": "pip"}, False),
        ({"age": "7"}, False),
        ({"shoe": "7"}, False),
    ],
)
def test_the_schema_takes_the_answers_that_the_api_takes(
    client: PageClient, document: Schema, answers: Schema, fits: bool
) -> None:
    sent = {"answers": answers}
    schema = {"$ref": "#/components/schemas/CheckSent"}
    if not fits:
        with pytest.raises(jsonschema.ValidationError):
            resolved(document, schema).validate(sent)
    else:
        resolved(document, schema).validate(sent)
    response = client.post("/api/v1/councils/kent/blue-badge/en/check", json=sent)
    assert response.status_code == (200 if fits else 422)


def test_the_page_shows_every_operation_and_problem_of_the_document(client: PageClient, document: Schema) -> None:
    page = parse(client.get("/api/v1/").text)
    ids = {each.get("id") for each in page.iter()}
    assert {f"problem-{code}" for code in STATUSES} <= ids
    text = text_of(page)
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert operation["operationId"] in ids
            assert operation["summary"] in text
            assert f"{method.upper()} /api/v1{path.replace('{', '').replace('}', '')}" in text
    assert '"step": "outcome"' in text
    assert client.get("/api/v1").headers["Location"].endswith("/api/v1/")


def test_a_problem_leads_to_its_place_on_the_page(client: PageClient) -> None:
    said = client.get("/api/v1/councils/nowhere").get_json()
    address, _, place = said["type"].partition("#")
    assert f'id="{place}"' in client.get(address).text

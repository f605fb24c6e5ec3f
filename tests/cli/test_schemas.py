"""The schemas that editors use take the files that the loader takes, and refuse what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask
from jsonschema import Draft202012Validator

from app.engine.rulebook import Service
from app.engine.schema import service_schemas
from app.settings import ROOT

FOLDER = ROOT / "rules/blue-badge"
FILES = sorted(path for path in FOLDER.rglob("*.yaml") if "accepted" not in path.parts)


def schema_of(path: Path) -> Path:
    """The schema that the first line of a file names."""
    return (path.parent / path.read_text().split("\n", 1)[0].removeprefix("# yaml-language-server: $schema=")).resolve()


def read(path: Path, text: str | None = None) -> Any:
    return yaml.load(text or path.read_text(), Loader=yaml.BaseLoader)  # noqa: S506 - text alone


def faults(schema: dict[str, Any], content: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(as_text(schema)).iter_errors(content)]


def as_text(schema: Any) -> Any:
    """The schema for a reader that leaves every value as text."""
    if isinstance(schema, list):
        return [as_text(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") in ("boolean", "integer"):
        return {
            "type": "string",
            "pattern": {"boolean": "^(true|false)$", "integer": "^(0|[1-9][0-9]*)$"}[schema["type"]],
        }
    return {key: as_text(value) for key, value in schema.items()}


def test_the_committed_schemas_are_those_of_the_models(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["rules", "schemas", "--check"])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_every_file_names_its_schema_and_keeps_to_it(path: Path) -> None:
    schema = json.loads(schema_of(path).read_text())
    Draft202012Validator.check_schema(schema)
    assert faults(schema, read(path)) == []


FAULTS = [
    ("service.yaml", "kind: many", "kind: several"),
    ("service.yaml", "is: [pip]", "is: [pipp]"),
    ("service.yaml", "languages: [en, cy]", "langauges: [en, cy]"),
    ("service.yaml", "longest_journey: 21", "longest_journey: many"),
    ("england/2019-08-30.yaml", "is: [wpms], open: [other]", "is: [afcs_letter], open: [other]"),
    ("england/2019-08-30.yaml", "question: benefits, is: [wpms]", "question: benefit, is: [wpms]"),
    ("england/2019-08-30.yaml", "    route: automatic", "    route: certain"),
    ("england/2019-08-30.yaml", "nation: england", "nation: mercia"),
    ("england/2019-08-30.yaml", "    evidence: [wpms", "    proof: [wpms"),
    ("words/en.yaml", "    missing: Select who you are checking for", "    missing: {you: Select who}"),
    ("words/en.yaml", "    why:", "    because:"),
    ("cases/england.yaml", "age: 16_or_over", "age: 18_or_over"),
    ("cases/england.yaml", "confidence: high", "confidence: sure"),
]


@pytest.mark.parametrize(("name", "right", "wrong"), FAULTS)
def test_an_editor_shows_what_the_loader_would_refuse(service: Service, name: str, right: str, wrong: str) -> None:
    path = FOLDER / name
    text = path.read_text()
    assert right in text
    schema = service_schemas(service.vocabulary)[schema_of(path).stem]
    assert faults(schema, read(path, text.replace(right, wrong, 1)))

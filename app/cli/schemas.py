"""``flask rules schemas``: what an editor needs to complete and check the files of the rules."""

from __future__ import annotations

import json
from pathlib import Path

import click
from flask import current_app

from app.checker.site import site
from app.cli.assumptions import People
from app.cli.rules import rules
from app.engine.schema import service_schemas


@rules.command("schemas")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a schema is out of date.")
def schemas(check: bool) -> None:
    """Write the JSON Schemas of every service beside its files."""
    old = [path for path, text in _schemas() if not path.exists() or path.read_text() != text]
    if check:
        for path in old:
            click.echo(f"{path}: out of date; run: flask --app app rules schemas")
        raise SystemExit(1 if old else 0)
    for path, text in _schemas():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)


def _schemas() -> list[tuple[Path, str]]:
    folder: Path = current_app.extensions["settings"].rules
    return [
        (folder / service.id / "schemas" / f"{kind}.json", json.dumps(schema, indent=1) + "\n")
        for service in site().services.values()
        for kind, schema in {
            **service_schemas(service.vocabulary),
            "demonstration": People.model_json_schema(),
        }.items()
    ]

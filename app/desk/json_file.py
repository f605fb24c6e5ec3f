"""A report as JSON, and the schema of it."""

from __future__ import annotations

import json

from app.desk.report import Report

MEDIA_TYPE = "application/json"

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_file(report: Report) -> bytes:
    """The report whole."""
    return report.model_dump_json(indent=1).encode()


def json_schema(address: str) -> bytes:
    """The schema of every report, made from the models that reports are made of; ``address`` is where it is found."""
    schema = Report.model_json_schema(mode="serialization")
    return json.dumps({"$schema": DIALECT, "$id": address, **schema}, indent=1).encode()

"""The figures and questions as files. Each that is taken away is noted in the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from flask import Response, request

from app.desk.access import Action
from app.desk.csv_file import csv_file, csv_metadata
from app.desk.figures_pages import found_of_council, found_of_nation, named
from app.desk.json_file import MEDIA_TYPE, json_file, json_schema
from app.desk.log import Event, record
from app.desk.ods_file import ods_file
from app.desk.pages import allows, desk_pages

if TYPE_CHECKING:
    from app.desk.report import Kind, Report

SCHEMA = "/desk/figures.schema.json"

_FILE = "<any(figures, questions):kind>.<any(csv, ods, json):form>"
_METADATA = "<any(figures, questions):kind>.csv-metadata.json"
_MAKERS: Mapping[str, tuple[Callable[[Report], bytes], str]] = {
    "csv": (csv_file, "text/csv; charset=utf-8; header=present"),
    "ods": (ods_file, "application/vnd.oasis.opendocument.spreadsheet"),
    "json": (json_file, MEDIA_TYPE),
}


@desk_pages.get(f"/<council>/{_FILE}")
@allows(Action.EXPORT)
def save(council: str, kind: Kind, form: str) -> Response:
    """What the page of a council shows for the same period."""
    return _file(found_of_council(council, kind).report, form)


@desk_pages.get(f"/national/{_FILE}")
@allows(Action.EXPORT)
def save_national(kind: Kind, form: str) -> Response:
    """What the page of councils together shows for the same period."""
    return _file(found_of_nation(kind).report, form)


@desk_pages.get(f"/<council>/{_METADATA}")
@allows(Action.EXPORT)
def describe(council: str, kind: Kind) -> Response:
    """What the columns of a council's CSV are."""
    return _metadata(found_of_council(council, kind).report)


@desk_pages.get(f"/national/{_METADATA}")
@allows(Action.EXPORT)
def describe_national(kind: Kind) -> Response:
    """What the columns of the CSV of councils together are."""
    return _metadata(found_of_nation(kind).report)


@desk_pages.get("/figures.schema.json")
def show_schema() -> Response:
    """The JSON Schema of reports, for everybody: it holds no figures."""
    return Response(json_schema(request.url_root.rstrip("/") + SCHEMA), mimetype="application/schema+json")


def _file(report: Report, form: str) -> Response:
    make, media_type = _MAKERS[form]
    body = make(report)
    name = f"{named(report)}.{form}"
    record(Event.EXPORTED, name)
    response = Response(body, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    described = {"csv": (f"{report.kind}.csv-metadata.json{_query()}", "application/csvm+json"), "json": (SCHEMA, "")}
    if form in described:
        address, kind = described[form]
        response.headers["Link"] = f'<{address}>; rel="describedby"' + (f'; type="{kind}"' if kind else "")
    return response


def _metadata(report: Report) -> Response:
    return Response(csv_metadata(report, f"{report.kind}.csv{_query()}"), mimetype="application/csvm+json")


def _query() -> str:
    query = request.query_string.decode("ascii", "replace")
    return f"?{query}" if query else ""

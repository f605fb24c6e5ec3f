from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator
from odfdo import Document
from werkzeug.test import TestResponse

from app.councils.council import Council
from app.councils.wording import Wording
from app.desk.access import Role
from app.desk.csv_file import inert
from app.desk.ods_file import ods_file
from app.desk.report import Report
from app.desk.table import COLUMNS
from tests.desk.conftest import Staff
from tests.desk.desk_client import DeskClient
from tests.desk.figures_page import KINDS, rows_of, tables
from tests.desk.tallied import Tallied
from tests.page_client import text_of

HEADS = [column.name for column in COLUMNS]
DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", "\tTab", "\rReturn", '=HYPERLINK("http://evil.example")', "\uff1d1")

Cells = list[list[Any]]


def rows_of_csv(answer: TestResponse) -> Cells:
    """The rows, with numbers as numbers and nothing as None."""
    rows = list(csv.reader(io.StringIO(answer.data.decode(), newline="")))
    assert rows[0] == HEADS
    return [[_read(cell, column.kind) for cell, column in zip(row, COLUMNS, strict=True)] for row in rows[1:]]


def _read(cell: str, kind: str) -> str | int | None:
    if kind == "text":
        return cell
    return int(cell) if cell.isdecimal() else cell or None


def rows_of_ods(answer: TestResponse) -> Cells:
    document = Document(io.BytesIO(answer.data))
    found: Cells = []
    for sheet in document.body.tables[1:]:
        values = [list(row) for row in sheet.get_values()]
        assert values[0] == HEADS
        found += [
            [cell or "" if column.kind == "text" else cell for cell, column in zip(row, COLUMNS, strict=True)]
            for row in values[1:]
        ]
    return found


def rows_of_json(answer: TestResponse) -> Cells:
    """The rows that a report would have in a table, put together here once more."""
    report = json.loads(answer.data)
    return [
        [
            *(report["place"]["id"], report["place"]["name"], section["id"], section["title"]),
            *(row["group"], row["id"], row["name"], "no" if row["gone"] else "yes"),
            "; ".join(f"{source['text']} ({source['url']})" for source in row["sources"]),
            *(section["period"]["first"], section["period"]["last"], *row["now"].values(), section["unit"]),
            *row["of"].values(),
            *((row["share"] or {"low": None, "high": None}).values()),
            *((report["before"]["first"], report["before"]["last"]) if row["before"] else (None, None)),
            *((row["before"] or dict.fromkeys(("value", "low", "high", "counts", "hidden"))).values()),
        ]
        for section in report["sections"]
        for row in section["rows"]
    ]


@pytest.mark.parametrize("query", ["", "?period=quarter", "?period=all", "?series=assessed&period=2026-09"])
@KINDS
def test_every_file_holds_what_the_page_shows_and_no_more(
    kind: str, query: str, manager: DeskClient, tallied: Tallied
) -> None:
    assert tallied.counts
    sections = tables(manager.get(f"/desk/northfold/{kind}{query}").text)
    rows = rows_of_csv(manager.get(f"/desk/northfold/{kind}.csv{query}"))
    assert rows == rows_of_ods(manager.get(f"/desk/northfold/{kind}.ods{query}"))
    assert rows == rows_of_json(manager.get(f"/desk/northfold/{kind}.json{query}"))
    named = [dict(zip(HEADS, row, strict=True)) for row in rows]
    shown = {section: rows_of(found) for section, found in sections.items()}
    assert [(each["section_id"], each["name"]) for each in named] == [
        (section, name) for section in shown for name in shown[section]
    ]
    for each in named:
        cells = shown[each["section_id"]][each["name"]]
        assert cells[0].startswith(in_words(each, ""))
        assert cells[1:] == ([in_words(each, "before_")] if each["before_value"] is not None else [])
        assert text_of(sections[each["section_id"]]).startswith(each["section"])


def in_words(row: dict[str, Any], prefix: str) -> str:
    value, low, high = (row[f"{prefix}{name}"] for name in ("value", "low", "high"))
    if isinstance(value, int):
        assert low == high == value
        return f"{value:,}"
    assert value == "[c]"
    assert row[f"{prefix}hidden"] > 0
    return f"{low:,} to {high:,}" if low else f"{high:,} or fewer"


def test_a_csv_is_as_its_standard_says(manager: DeskClient) -> None:
    answer = manager.get("/desk/northfold/figures.csv?period=quarter")
    text = answer.data.decode("utf-8")
    assert answer.content_type == "text/csv; charset=utf-8; header=present"
    assert text.replace("\r\n", "").count("\n") == text.count("\ufeff") == 0
    assert text.endswith("\r\n")
    assert {len(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True)} == {len(HEADS)}
    name = "northfold-figures-2026-08-to-2026-10.csv"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["Link"] == (
        '<figures.csv-metadata.json?period=quarter>; rel="describedby"; type="application/csvm+json"'
    )


@KINDS
@pytest.mark.parametrize("place", ["northfold", "national"])
def test_metadata_describe_every_column_of_the_csv(kind: str, place: str, staff: Staff, tallied: Tallied) -> None:
    assert tallied.counts
    client = staff.signed_in(Role.NATIONAL if place == "national" else Role.ASSESSOR)
    answer = client.get(f"/desk/{place}/{kind}.csv-metadata.json?period=year")
    metadata = json.loads(answer.data)
    assert answer.mimetype == "application/csvm+json"
    assert metadata["url"] == f"{kind}.csv?period=year"
    columns = metadata["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == HEADS
    rows = list(csv.DictReader(io.StringIO(client.get(f"/desk/{place}/{metadata['url']}").data.decode(), newline="")))
    for column in columns:
        for row in rows:
            cell = row[column["name"]]
            if cell in column.get("null", [""]):
                continue
            match column["datatype"]:
                case "nonNegativeInteger":
                    assert int(cell) >= 0
                case "gYearMonth":
                    assert len(cell) == len("2026-10")
                case kind_of_column:
                    assert kind_of_column == "string"
    keys = [tuple(row[name] for name in metadata["tableSchema"]["primaryKey"]) for row in rows]
    assert len(keys) == len(set(keys)) > 0


@KINDS
@pytest.mark.parametrize("path", ["northfold", "national"])
def test_json_fits_its_published_schema(kind: str, path: str, staff: Staff, tallied: Tallied) -> None:
    assert tallied.counts
    client = staff.signed_in(Role.NATIONAL if path == "national" else Role.ASSESSOR)
    answer = client.get(f"/desk/{path}/{kind}.json?period=quarter")
    schema = client.get(answer.headers["Link"].partition(">")[0].lstrip("<"))
    said = json.loads(schema.data)
    assert schema.mimetype == "application/schema+json"
    assert said["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert said["$id"] == "https://checker.example/desk/figures.schema.json"
    Draft202012Validator.check_schema(said)
    validator = Draft202012Validator(said)
    report = json.loads(answer.data)
    validator.validate(report)
    report["sections"][0]["rows"][0]["now"]["value"] = "4"
    assert not validator.is_valid(report)


def test_an_ods_has_notes_and_a_sheet_for_each_section(manager: DeskClient, tallied: Tallied) -> None:
    assert tallied.counts
    page = manager.get("/desk/northfold/figures").text
    answer = manager.get("/desk/northfold/figures.ods")
    assert answer.content_type == "application/vnd.oasis.opendocument.spreadsheet"
    sheets = Document(io.BytesIO(answer.data)).body.tables
    assert [sheet.name for sheet in sheets] == ["notes", *tables(page)]
    notes = [list(row) for row in sheets[0].get_values()]
    assert ["place", "Northfold County Council"] in notes
    assert ["period", "October 2026"] in notes
    assert any("rounded to the nearest 5" in str(line) for _, line in notes)


@pytest.mark.parametrize("name", DANGEROUS)
def test_a_name_that_begins_like_a_formula_is_text_in_every_file(
    name: str, desk_app: Flask, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = desk_app.extensions["site"]
    known: Council = site.councils.known("northfold")
    named = replace(known, wording=Wording.model_construct(en=name, cy=None))
    examples = {**site.councils.examples, "northfold": named}
    monkeypatch.setitem(desk_app.extensions, "site", replace(site, councils=replace(site.councils, examples=examples)))
    client = staff.signed_in(Role.ASSESSOR)
    place = HEADS.index("place")
    for row in rows_of_csv(client.get("/desk/northfold/figures.csv")):
        assert row[place] == f"'{name}"
        assert not any(str(cell).startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    report = Report.model_validate_json(client.get("/desk/northfold/figures.json").data)
    assert report.place.name == name
    for sheet in Document(io.BytesIO(ods_file(report))).body.tables:
        for cell in (cell for row in sheet.rows for cell in row.cells):
            assert cell.formula is None
            assert cell.type in ("string", "float", None)
            assert cell.type == "string" or not isinstance(cell.value, str)
        names = {row.cells[place].value for row in sheet.rows[1:]} if sheet.name != "notes" else {name}
        assert names == {name}


@pytest.mark.parametrize("cell", ["Plain", "[c]", "a=1", "", 5, 0, None])
def test_what_is_no_formula_stays_as_it_is(cell: str | int | None) -> None:
    assert inert(cell) == cell

"""A report as CSV by RFC 4180, and what its columns are by CSV on the Web, in a file beside it."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from app.desk.table import COLUMNS, Cell, cells, notes
from app.tallies.wording import NO_DATA, SMALL

if TYPE_CHECKING:
    from app.desk.report import Report
    from app.desk.table import Column

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", *"\uff1d\uff0b\uff0d\uff20")
_TYPES = {"text": "string", "number": "nonNegativeInteger", "month": "gYearMonth"}


def csv_file(report: Report) -> bytes:
    """One table with a row of headings, in UTF-8.

    A text that a spreadsheet could take for a formula has an apostrophe put before it, as OWASP advises. The JSON and
    the ODS have it as it is.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in COLUMNS])
    for section, row in report.in_order():
        writer.writerow([inert(cell) for cell in cells(report, section, row)])
    return text.getvalue().encode()


def inert(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_BEGINS_A_FORMULA) else cell


def csv_metadata(report: Report, address: str) -> bytes:
    """The metadata of the file at that address."""
    said: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": address,
        "dc:title": f"{report.place.name}: {report.period.text}",
        "dc:description": [f"{name}: {text}" for name, text in notes(report)],
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {
            "columns": [_column(column) for column in COLUMNS],
            "primaryKey": ["section_id", "id"],
        },
    }
    return json.dumps(said, ensure_ascii=False, indent=2).encode()


def _column(column: Column) -> dict[str, Any]:
    nulls = {"null": ["", SMALL, NO_DATA]} if column.marked else {}
    return {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.says,
        "datatype": _TYPES[column.kind],
        **nulls,
    }

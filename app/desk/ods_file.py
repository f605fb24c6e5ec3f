"""A report as an OpenDocument spreadsheet: a sheet of notes, and one for each section."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from odfdo import Document, Element

from app.desk.table import COLUMNS, Cell, cells, notes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.desk.report import Report

_LONGEST_NAME = 31
"""Of a sheet: more, and some spreadsheets open it in part."""

_NOTES = "notes"


def ods_file(report: Report) -> bytes:
    """The file. Texts are cells of text, so that none is a formula whatever it begins with."""
    document = Document("spreadsheet")
    document.body.clear()
    document.body.append(_sheet(_NOTES, notes(report)))
    heads = tuple(column.name for column in COLUMNS)
    for section in report.sections:
        rows = (cells(report, section, row) for row in section.rows)
        document.body.append(_sheet(section.id, (heads, *rows)))
    document.meta.title = f"{report.place.name}: {report.period.text}"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _sheet(name: str, rows: Iterable[Iterable[Cell]]) -> Element:
    """A sheet, read from its text: made cell by cell it would take thirty times as long."""
    said = "".join(f"<table:table-row>{''.join(map(_cell, cells_of_row))}</table:table-row>" for cells_of_row in rows)
    return Element.from_tag(f"<table:table table:name={quoteattr(name[:_LONGEST_NAME])}>{said}</table:table>")


def _cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    kind = (
        f'office:value-type="string" office:string-value={quoteattr(cell)}'
        if isinstance(cell, str)
        else f'office:value-type="float" office:value="{cell}"'
    )
    return f"<table:table-cell {kind}><text:p>{escape(str(cell))}</text:p></table:table-cell>"

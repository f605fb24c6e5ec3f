"""A report as tables for files: the same columns in each, a row for each row on the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from app.desk.report import Report, Row, Section, Shown

Cell = str | int | None
"""What stands in a file; None for nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; in one that is ``marked``, [c] and [x] can stand for a number."""

    name: str
    kind: Literal["text", "number", "month"]
    says: str
    marked: bool = False


def _of_figure(prefix: str, what: str) -> tuple[Column, ...]:
    return (
        Column(f"{prefix}value", "number", f"{what}; [c] where a part of it is hidden, [x] where there is none", True),
        Column(f"{prefix}low", "number", f"The least that it is, before rounding: {what.lower()}"),
        Column(f"{prefix}high", "number", f"The most that it is, before rounding: {what.lower()}"),
        Column(f"{prefix}counts", "number", f"Of how many counts it is made: {what.lower()}"),
        Column(f"{prefix}hidden", "number", f"How many of those are 7 or fewer: {what.lower()}"),
    )


COLUMNS = (
    Column("place_id", "text", "The council, for programs; national for councils together"),
    Column("place", "text", "The council, the nation or the whole United Kingdom"),
    Column("section_id", "text", "The kind of thing, for programs"),
    Column("section", "text", "The kind of thing"),
    Column("group", "text", "What the thing belongs to, such as the route of a criterion"),
    Column("id", "text", "The thing, for programs"),
    Column("name", "text", "The thing"),
    Column("in_rules", "text", "yes, or no where the rules in force no longer have it"),
    Column("sources", "text", "The law or guidance that it comes from"),
    Column("first_month", "month", "The first month of the period"),
    Column("last_month", "month", "The last month of the period"),
    *_of_figure("", "The figure"),
    Column("of_unit", "text", "What the number counts that it is part of"),
    *_of_figure("of_", "The number that it is part of"),
    Column("share_low", "number", "The least part that it is, in per cent; empty where none is given"),
    Column("share_high", "number", "The most that it is, in per cent; empty where none is given"),
    Column("before_first_month", "month", "The first month of the period before; empty where it is not kept"),
    Column("before_last_month", "month", "The last month of the period before; empty where it is not kept"),
    *_of_figure("before_", "The figure in the period before"),
)


def cells(report: Report, section: Section, row: Row) -> tuple[Cell, ...]:
    """A row of the report, under ``COLUMNS``."""
    before = report.before if row.before else None
    return (
        *(report.place.id, report.place.name),
        *(section.id, section.title, row.group, row.id, row.name),
        "no" if row.gone else "yes",
        "; ".join(f"{source.text} ({source.url})" for source in row.sources),
        *(section.period.first, section.period.last),
        *_figure(row.now),
        section.unit,
        *_figure(row.of),
        *((row.share.low, row.share.high) if row.share else (None, None)),
        *((before.first, before.last) if before else (None, None)),
        *_figure(row.before),
    )


def notes(report: Report) -> Iterable[tuple[str, str]]:
    """What a report is about and how to read it, as lines with a name each."""
    yield "place", report.place.name
    yield "period", report.period.text
    yield "period before", report.before.text if report.before else ""
    for number, line in enumerate((*report.how, *report.notes), start=1):
        yield f"note {number}", line
    for section in report.sections:
        yield section.title, section.about


def _figure(shown: Shown | None) -> tuple[Cell, ...]:
    if shown is None:
        return (None,) * 5
    return (shown.value, shown.low, shown.high, shown.counts, shown.hidden)

"""Single cells of the register, read as what they stand for."""

from __future__ import annotations

import re
from datetime import date

from app.councils.span import ALWAYS, Span
from app.councils.table import Row
from app.councils.wording import check_line
from app.engine.problem import Problem, ProblemFound

_CODE = re.compile(r"[A-Z][0-9]{8}")
_LINK = re.compile(r"https?://[a-z0-9][a-z0-9.-]*[a-z0-9](:[0-9]+)?(/[^\s\"<>]*)?")


def read_day(row: Row, column: str, problems: list[Problem]) -> date | None:
    """A day such as 2027-04-01, or None for an empty cell."""
    text = row[column]
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        problems.append(row.problem("bad-date", f"{column}: {text!r} is not a day; write it as 2027-04-01"))
    return day


def read_span(row: Row, problems: list[Problem]) -> Span:
    """The days from the row's start to its end."""
    span = Span(read_day(row, "start", problems), read_day(row, "end", problems))
    if span.is_empty:
        problems.append(row.problem("bad-date", "the end is not after the start; end is the first day without it"))
        return ALWAYS
    return span


def check_name(row: Row, column: str, problems: list[Problem]) -> None:
    """Adds a problem unless the cell can be shown as a name."""
    try:
        check_line(row[column])
    except ProblemFound as fault:
        problems.append(row.problem("bad-name", f"{column}: {fault}"))


def check_link(row: Row, column: str, problems: list[Problem]) -> None:
    """Adds a problem unless the cell is empty or an address that a link can lead to."""
    if row[column] and not _LINK.fullmatch(row[column]):
        message = f"{column}: {row[column]!r} is not a web address; write all of it, https:// too"
        problems.append(row.problem("bad-link", message))


def check_code(row: Row, problems: list[Problem]) -> None:
    """Adds a problem unless the GSS code is empty or has the form of such a code."""
    if row["gss_code"] and not _CODE.fullmatch(row["gss_code"]):
        message = f"{row['gss_code']!r} is not a GSS code; write a capital and eight digits, or nothing"
        problems.append(row.problem("bad-code", message))

"""Copies of the sources that the register is kept up from, compared with it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.councils.place import Authority
from app.councils.register import Register
from app.engine.problem import LoadError, Problem

_NO_COUNCILS = frozenset({"COMB", "SRA"})
"""mySociety's types of combined and strategic authorities, which issue no badges and serve no area by themselves."""


@dataclass(frozen=True, slots=True)
class Source:
    """The columns of a source: for the code, the slug, the name, and where it gives one, the website."""

    code: str
    slug: str
    name: str
    website: str | None = None


SOURCES = {
    "mySociety": Source(code="gss-code", slug="gov-uk-slug", name="official-name"),
    "local-links-manager": Source(code="gss", slug="slug", name="name", website="homepage_url"),
}


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """What a source has otherwise; ``column`` is ``new`` or ``gone`` for a whole council that one side lacks."""

    slug: str
    column: str
    here: str
    there: str


def compare_source(register: Register, path: Path, today: date) -> tuple[Difference, ...]:
    """How a copy of a source differs from the councils of the day; raises LoadError if it is no such file.

    Councils are matched by slug, and by code where their slugs differ.
    """
    source, rows = _read(path, today)
    listing = register.on(today)
    ours = {slug: register.councils[slug] for slug in listing.places}
    codes = {council.gss_code: slug for slug, council in ours.items() if council.gss_code}
    found: list[Difference] = []
    seen: set[str] = set()
    for row in rows:
        slug = row[source.slug] if row[source.slug] in ours else codes.get(row[source.code], "")
        if not slug:
            found.append(Difference(row[source.slug] or row[source.code], "new", "", row[source.name]))
            continue
        seen.add(slug)
        here = ours[slug]
        pairs = [("name", here.name, row[source.name]), ("gss_code", here.gss_code or "", row[source.code])]
        if source.website and isinstance(here, Authority):
            pairs.append(("website", here.website or "", row[source.website]))
        found += [Difference(slug, column, mine, theirs) for column, mine, theirs in pairs if mine != theirs]
    found += [Difference(slug, "gone", ours[slug].name, "") for slug in ours.keys() - seen]
    return tuple(sorted(found))


def _read(path: Path, today: date) -> tuple[Source, list[Mapping[str, str]]]:
    """Which source a file is from, by its first line, and its councils of the day."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True, restval="")
            columns = set(reader.fieldnames or ())
            for source in SOURCES.values():
                if {source.code, source.slug, source.name, source.website} - {None} <= columns:
                    return source, list(_of_day(reader, today))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise LoadError([Problem(path, 1, "unreadable", f"the file cannot be read as CSV: {error}")]) from error
    message = f"these are not the columns of {' or '.join(SOURCES)}; give the file as it was downloaded"
    raise LoadError([Problem(path, 1, "bad-columns", message)])


def _of_day(rows: Iterator[dict[str, str]], today: date) -> Iterator[Mapping[str, str]]:
    # Only mySociety says when a council ended, by its last day or the day after, and what is no council.
    for row in rows:
        ended = row.get("end-date") and row["end-date"] <= today.isoformat()
        if not ended and row.get("local-authority-type") not in _NO_COUNCILS:
            yield row

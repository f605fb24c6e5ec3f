"""What is to come in the register, and what in it needs a look though it is no fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from app.councils.place import Authority, District
from app.councils.register import Register
from app.councils.register_file import AUTHORITIES, AUTHORITY_COLUMNS, DISTRICT_COLUMNS, DISTRICTS
from app.councils.table import read_table
from app.engine.problem import Problem

Council = Authority | District
_A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Change:
    """A day on which councils begin or end."""

    day: date
    begin: tuple[Council, ...]
    end: tuple[Council, ...]


@dataclass(frozen=True, slots=True)
class Census:
    """How many issue badges in each nation from a day on, and for how many other councils they do."""

    day: date
    authorities: Mapping[str, int]
    others: int


def changes(register: Register) -> tuple[Change, ...]:
    """Every day of change, past and to come, in order."""
    councils = tuple(register.councils.values())
    return tuple(
        Change(
            day,
            begin=tuple(each for each in councils if each.span.start == day),
            end=tuple(each for each in councils if each.span.end == day),
        )
        for day in register.changes
    )


def census(register: Register, today: date) -> Iterator[Census]:
    """The councils of today, and those from each day of change to come."""
    for day in (today, *(each for each in register.changes if each > today)):
        listing = register.on(day)
        nations = Counter(each.nation for each in listing.authorities.values())
        yield Census(day, dict(sorted(nations.items())), len(listing.places) - len(listing.authorities))


def notes(folder: Path, register: Register, today: date) -> Iterator[Problem]:
    """What needs a look in the register that was read from ``folder``; of what is common, only how often."""
    authorities, districts = _lines(folder)
    for each in register.councils.values():
        file, lines = (AUTHORITIES, authorities) if isinstance(each, Authority) else (DISTRICTS, districts)
        for code, message in _of_one(each, today):
            yield Problem(folder / file, lines[each.slug], code, message)
        if isinstance(each, Authority) and each.nation in register.bilingual and each.name_cy is None:
            message = f"{each.name} has no Welsh name, unlike others of its nation; write the one that it uses itself"
            yield Problem(folder / file, lines[each.slug], "no-welsh-name", message)
    current = register.on(today).authorities.values()
    plain = [each for each in current if each.website and not each.website.startswith("https://")]
    pages = [each for each in current if each.page is None]
    if plain:
        message = f"{len(plain)} websites are plain http; try them with https:// and write that where it works"
        yield Problem(folder / AUTHORITIES, 1, "plain-http", message)
    if pages:
        message = f"{len(pages)} authorities have no page about badges; write it where you have seen it"
        yield Problem(folder / AUTHORITIES, 1, "no-page", message)


def _of_one(each: Council, today: date) -> Iterator[tuple[str, str]]:
    start = each.span.start
    near = start is None or start <= today + _A_YEAR
    ended = each.span.end is not None and each.span.end <= today
    if each.gss_code is None and near and not ended:
        since = f"starts on {start} and has no code" if start else "has no code"
        yield "no-code", f"{each.name} {since}; write it once the Office for National Statistics publishes it"
    if isinstance(each, Authority) and each.website is None and near and not ended:
        yield "no-website", f"{each.name} has no website; write it once there is one"
    if isinstance(each, Authority) and each.span.end and not each.replaced_by:
        yield "no-heir", f"{each.name} ends on {each.span.end} and nobody takes over; write who does in replaced_by"


def _lines(folder: Path) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """On which line of its file each council stands."""
    read = ((AUTHORITIES, AUTHORITY_COLUMNS), (DISTRICTS, DISTRICT_COLUMNS))
    first, second = (
        {row["slug"]: row.line for row in read_table(folder / file, columns, [])} for file, columns in read
    )
    return first, second

"""The files of the register, read and checked against each other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from app.councils.cell import check_link, check_name, read_span
from app.councils.check import Checks
from app.councils.place import Authority, District
from app.councils.register import Register, make_register
from app.councils.slug import RESERVED
from app.councils.table import Row, read_table
from app.engine.problem import LoadError, Problem

AUTHORITIES = "issuing_authorities.csv"
DISTRICTS = "lower_tier_councils.csv"

OTHER_NAMES = "other_names.csv"

_SHARED = ("start", "end", "replaced_by")
AUTHORITY_COLUMNS = (
    *("slug", "name", "name_cy", "nation", "gss_code", "tier", "website", "blue_badge_page"),
    *_SHARED,
)
DISTRICT_COLUMNS = ("slug", "name", "nation", "gss_code", "issuing_authority", *_SHARED)
_OTHER_NAME = ("slug", "name", "source")


def load_register(folder: Path, nations: Collection[str], reserved: Collection[str] = ()) -> Register:
    """The register in ``folder``; raises LoadError with everything that is wrong in it."""
    problems: list[Problem] = []
    register = read_register(folder, nations, reserved, problems)
    if problems:
        raise LoadError(problems)
    return register


def read_register(
    folder: Path, nations: Collection[str], reserved: Collection[str], problems: list[Problem]
) -> Register:
    """The register; what is wrong is added to the problems.

    If something is, the register says only which councils there are, for other files to be checked against.
    """
    checks = Checks(frozenset(nations), RESERVED.union(reserved), problems)
    rows = read_table(folder / AUTHORITIES, AUTHORITY_COLUMNS, problems)
    others = _other_names(folder / OTHER_NAMES, problems)
    authorities = tuple(_authority(row, checks, others) for row in rows)
    checks.issuers = {each.slug: each for each in authorities}
    lower_rows = read_table(folder / DISTRICTS, DISTRICT_COLUMNS, problems)
    districts = tuple(_district(row, checks, others) for row in lower_rows)
    for row in (row for named in others.values() for row in named):
        checks.other_name(row)
    for row in (*rows, *lower_rows):
        checks.heirs(row)
    if problems:
        councils: tuple[Authority | District, ...] = (*authorities, *districts)
        return Register({each.slug: each for each in councils}, (), ())
    return make_register(authorities, districts)


def _other_names(path: Path, problems: list[Problem]) -> Mapping[str, list[Row]]:
    """The rows of other names by slug; a register may do without."""
    found: dict[str, list[Row]] = {}
    for row in read_table(path, _OTHER_NAME, problems) if path.exists() else ():
        found.setdefault(row["slug"], []).append(row)
    return found


def _authority(row: Row, checks: Checks, others: Mapping[str, list[Row]]) -> Authority:
    checks.common(row)
    if row["name_cy"]:
        check_name(row, "name_cy", checks.problems)
    check_name(row, "tier", checks.problems)
    check_link(row, "website", checks.problems)
    check_link(row, "blue_badge_page", checks.problems)
    return Authority(
        slug=row["slug"],
        name=row["name"],
        name_cy=row["name_cy"] or None,
        nation=row["nation"],
        gss_code=row["gss_code"] or None,
        tier=row["tier"],
        website=row["website"] or None,
        page=row["blue_badge_page"] or None,
        span=read_span(row, checks.problems),
        replaced_by=tuple(row["replaced_by"].split()),
        other_names=tuple(other["name"] for other in others.get(row["slug"], ())),
    )


def _district(row: Row, checks: Checks, others: Mapping[str, list[Row]]) -> District:
    checks.common(row)
    district = District(
        slug=row["slug"],
        name=row["name"],
        issuer=row["issuing_authority"],
        nation=row["nation"],
        gss_code=row["gss_code"] or None,
        span=read_span(row, checks.problems),
        replaced_by=tuple(row["replaced_by"].split()),
        other_names=tuple(other["name"] for other in others.get(row["slug"], ())),
    )
    checks.issuer(row, district)
    return district

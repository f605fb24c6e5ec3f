"""What rows of the register are checked against: each other, the nations and the service's own addresses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.councils.cell import check_code, check_name
from app.councils.place import Authority, District
from app.councils.slug import is_slug
from app.councils.table import Row
from app.engine.problem import Problem


@dataclass(slots=True)
class Checks:
    """What a row is checked against: the rows before it, and for districts the authorities."""

    nations: frozenset[str]
    reserved: frozenset[str]
    problems: list[Problem]
    rows: dict[str, Row] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    issuers: dict[str, Authority] = field(default_factory=dict)

    def common(self, row: Row) -> None:
        """What holds for a row of either file."""
        check_name(row, "name", self.problems)
        check_code(row, self.problems)
        if row["nation"] not in self.nations:
            known = ", ".join(sorted(self.nations))
            self._add(row, "bad-nation", f"{row['nation']!r} is not a nation; write one of {known}")
        code = row["gss_code"]
        if code and self.codes.setdefault(code, row["slug"]) != row["slug"]:
            self._add(row, "duplicate-code", f"{self.codes[code]} has the code {code} already; correct one of them")
        self._slug(row)

    def _slug(self, row: Row) -> None:
        """A slug is fit for an address, free, and given once."""
        slug = row["slug"]
        if not is_slug(slug):
            self._add(
                row,
                "bad-slug",
                f"{slug!r} cannot stand in an address; write lower case words joined by hyphens",
            )
        elif slug in self.reserved:
            self._add(row, "reserved-slug", f"{slug!r} begins other addresses of the service; write another word")
        first = self.rows.setdefault(slug, row)
        if first is not row:
            code = "duplicate-slug" if first.file == row.file else "slug-collision"
            where = f"line {first.line} of {first.file.name}"
            self._add(row, code, f"{slug!r} stands on {where} already; a slug is never given twice")

    def issuer(self, row: Row, district: District) -> None:
        """A district has an issuer in its nation on all its days."""
        issuer = self.issuers.get(district.issuer)
        if issuer is None:
            message = f"{district.issuer!r} issues no badges; write a slug of the issuing authorities"
            self._add(row, "unknown-issuer", message)
        elif issuer.nation != district.nation and {issuer.nation, district.nation} <= self.nations:
            message = f"{issuer.slug} is not in {district.nation!r}; correct the nation or the issuing authority"
            self._add(row, "other-nation", message)
        elif not issuer.span.covers(district.span):
            message = f"{issuer.slug} does not issue badges on all its days; give it the same start and end"
            self._add(row, "issuer-ended", message)

    def heirs(self, row: Row) -> None:
        """Those who take over issue badges, and there is a day on which they do."""
        if row["replaced_by"] and not row["end"]:
            self._add(
                row,
                "heir-without-end",
                "replaced_by needs an end; write the first day of those who take over",
            )
        for heir in row["replaced_by"].split():
            issuer = self.issuers.get(heir)
            if issuer is None:
                self._add(
                    row,
                    "unknown-heir",
                    f"{heir!r} issues no badges; write slugs of the issuing authorities, spaced",
                )
            elif (end := _day(row["end"])) and not issuer.span.holds(end):
                message = f"{heir} does not issue badges on {end}, when it is to take over; correct one of the days"
                self._add(row, "heir-absent", message)

    def other_name(self, row: Row) -> None:
        """Another name is of a council in the register, can be shown, and has a source."""
        check_name(row, "name", self.problems)
        check_name(row, "source", self.problems)
        if row["slug"] not in self.rows:
            message = f"{row['slug']!r} is no council of the register; write a slug of one of its files"
            self._add(row, "unknown-council", message)

    def _add(self, row: Row, code: str, message: str) -> None:
        self.problems.append(row.problem(code, message))


def _day(text: str) -> date | None:
    """The day, if it is one: what is wrong with it otherwise is told elsewhere."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

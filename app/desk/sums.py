"""What sections are made of: counts added up over a period and over the one before, by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from app.desk.period import months_in_words
from app.desk.report import Months, Row, Section, Shown, share, show
from app.tallies.cell import CHECKS, Family

if TYPE_CHECKING:
    from app.desk.naming import Named, Naming
    from app.desk.period import Period
    from app.tallies.disclosure import Figure
    from app.web.site_words import SiteWords


class Counted(Protocol):
    """The figures of a council, or of councils together."""

    def total(self, family: Family, keys: Iterable[str], months: Iterable[str] | None = None) -> Figure:
        """Counts of one family added up."""

    def keys(self, family: Family) -> frozenset[str]:
        """What of a family is shown in any month."""


@dataclass(frozen=True)
class Sums:
    """Figures with their period, and the names and words to tell them."""

    counted: Counted
    period: Period
    naming: Naming
    words: SiteWords

    @cached_property
    def begun(self) -> Shown:
        """The checks begun in the period."""
        return self.now(Family.BEGUN, [CHECKS])

    @cached_property
    def finished(self) -> Shown:
        """The checks finished in the period."""
        return self.now(Family.FINISHED, [CHECKS])

    @cached_property
    def outcomes(self) -> tuple[Named, ...]:
        """The outcomes, with those that the rules no longer have."""
        return self.naming.with_gone(self.naming.outcomes, self.counted.keys(Family.OUTCOME))

    def now(self, family: Family, keys: Iterable[str]) -> Shown:
        """In the period."""
        return self.of_months(family, keys, self.period.months)

    def before(self, family: Family, keys: Iterable[str]) -> Shown | None:
        """In the period before; None where that is not kept."""
        return self.of_months(family, keys, self.period.before) if self.period.before else None

    def of_months(self, family: Family, keys: Iterable[str], months: Iterable[str]) -> Shown:
        """In these months."""
        return show(self.counted.total(family, keys, months))

    def row(self, named: Named, family: Family, keys: Iterable[str], of: Shown) -> Row:
        """A thing with its figures, and the part of a number that it is."""
        keys = tuple(keys)
        now = self.now(family, keys)
        return make_row(named, now, of, self.before(family, keys))

    def section(
        self,
        name: str,
        rows: Iterable[Row],
        of: Shown | None,
        unit: str,
        months: tuple[str, ...] | None = None,
        **values: str,
    ) -> Section:
        """A section with its words; ``unit`` is the key of what its number counts, ``values`` fill its title.

        It is about the period, or about these months.
        """
        return Section(
            id=name,
            title=self.words.text(f"desk.report.section.{name}", **values),
            about=self.words.text(f"desk.report.about.{name}"),
            period=make_months(months or self.period.months, self.words),
            of=of,
            unit=self.words.text(f"desk.report.unit.{unit}"),
            rows=tuple(rows),
        )


def make_months(months: tuple[str, ...], words: SiteWords) -> Months:
    """Months in a row, with their words."""
    return Months(first=months[0], last=months[-1], text=months_in_words(months, words))


def make_row(named: Named, now: Shown, of: Shown, before: Shown | None, *, part: bool = True) -> Row:
    """A row; ``part`` says whether it is a part of the number, so that there is a share."""
    return Row(
        id=named.id,
        name=named.name,
        group=named.group,
        gone=named.gone,
        sources=named.sources,
        now=now,
        of=of,
        share=share(now, of) if part else None,
        before=before,
    )

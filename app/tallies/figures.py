"""Figures: what anybody may see of the tallies of released months. Every view and file is made of these alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine, Select, Subquery, distinct, func, select

from app.tallies.calendar import released
from app.tallies.cell import CHECKS, Family
from app.tallies.disclosure import NOTHING, Figure, blurred, shown_counts, shown_sum
from app.tallies.tables import TALLY
from app.tallies.together import Sum, Together


class NotReleasedError(LookupError):
    """A month whose figures are not released yet."""

    def __init__(self, month: str) -> None:
        self.month = month
        super().__init__(f"the figures of {month} are released on the second day of the month after it")


@dataclass(frozen=True, slots=True)
class CouncilFigures:
    """The figures of one council, month by month. A key that was never counted is as one counted seldom."""

    months: tuple[str, ...]
    _shown: Mapping[tuple[str, str, str], tuple[int, int]]

    def of(self, family: Family, key: str, month: str) -> Figure:
        """The count of one thing in one month."""
        low, shown = self._shown.get((month, family.value, key), (0, 0))
        return Figure(low, 1, 1 - shown)

    def total(self, family: Family, keys: Iterable[str], months: Iterable[str] | None = None) -> Figure:
        """Counts of one family added up, over these months or all of them."""
        chosen, keys = self.months if months is None else tuple(months), tuple(keys)
        return sum((self.of(family, key, month) for month in chosen for key in keys), NOTHING)

    def keys(self, family: Family) -> frozenset[str]:
        """What of a family is shown in any month."""
        return _keys(self._shown, family)


@dataclass(frozen=True, slots=True)
class NationalFigures:
    """The figures of councils together, month by month.

    ``councils`` says how many they are, and ``counted`` in how many of them any month's checks begun are more than a
    few.
    """

    months: tuple[str, ...]
    councils: int
    counted: int
    _shown: Mapping[tuple[str, str, str], tuple[int, int]]

    def of(self, family: Family, key: str, months: Iterable[str] | None = None) -> Figure:
        """The count of one thing, over these months or all of them."""
        chosen = self.months if months is None else tuple(months)
        found = [self._shown.get((month, family.value, key), (0, 0)) for month in chosen]
        counts = self.councils * len(chosen)
        return Figure(sum(low for low, _ in found), counts, counts - sum(shown for _, shown in found))

    def total(self, family: Family, keys: Iterable[str], months: Iterable[str] | None = None) -> Figure:
        """Counts of one family added up, over these months or all of them."""
        chosen = self.months if months is None else tuple(months)
        return sum((self.of(family, key, chosen) for key in keys), NOTHING)

    def keys(self, family: Family) -> frozenset[str]:
        """What of a family is shown in any month."""
        return _keys(self._shown, family)


class Figures:
    """Reads figures from the database. Months are written 2026-11; one not released raises NotReleasedError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of_council(
        self, council: str, service: str, months: Sequence[str], families: Collection[Family], today: date
    ) -> CouncilFigures:
        """What was counted for one council in these months, of these families."""
        counts = _counts(service, _checked(months, today), families, (council,))
        count = counts.c.n
        rows = self._read(
            select(counts.c.month, counts.c.family, counts.c.key, shown_sum(count), shown_counts(count)).group_by(
                counts.c.month, counts.c.family, counts.c.key
            )
        )
        return CouncilFigures(tuple(months), {tuple(named): (int(low), int(shown)) for *named, low, shown in rows})

    def national(
        self,
        councils: Collection[str],
        service: str,
        months: Sequence[str],
        families: Collection[Family],
        today: date,
        covering: Sequence[str] | None = None,
    ) -> NationalFigures:
        """What was counted for all these councils in these months, of these families.

        In how many of them anything was counted is said of the months ``covering``, or of all of them.
        """
        together = Together(self._engine, councils, service)
        sums = together.read(_checked(months, today), families, lambda month: self._together(councils, service, month))
        shown = {(month, family, key): (low, counts) for month, family, key, low, counts in sums}
        begun = _counts(service, months if covering is None else _checked(covering, today), (Family.BEGUN,), councils)
        busy = select(begun.c.council).where(begun.c.key == CHECKS).group_by(begun.c.council)
        busy = busy.having(shown_counts(begun.c.n) > 0)
        ((counted,),) = self._read(select(func.count(distinct(busy.subquery().c.council))))
        return NationalFigures(tuple(months), len(councils), counted, shown)

    def _together(self, councils: Collection[str], service: str, month: str) -> list[Sum]:
        """Everything counted for these councils in a month; ``national`` need not add up a month twice."""
        counts = _counts(service, (month,), frozenset(Family), councils)
        count = counts.c.n
        rows = self._read(
            select(counts.c.family, counts.c.key, shown_sum(count), shown_counts(count)).group_by(
                counts.c.family, counts.c.key
            )
        )
        return [(family, key, int(low), int(shown)) for family, key, low, shown in rows]

    def _read(self, statement: Select[Any]) -> Sequence[Any]:
        with self._engine.connect().execution_options(reads=True) as connection:
            return connection.execute(statement).all()


def _counts(service: str, months: Sequence[str], families: Collection[Family], councils: Collection[str]) -> Subquery:
    """Each count of a council in a month, whatever the version of the rules, with its blur."""
    cell = (TALLY.c.council, TALLY.c.month, TALLY.c.family, TALLY.c.key)
    return (
        select(*cell, blurred(func.sum(TALLY.c.n), func.sum(TALLY.c.blur)).label("n"))
        .where(
            TALLY.c.service == service,
            TALLY.c.month.in_(months),
            TALLY.c.family.in_([family.value for family in families]),
            TALLY.c.council.in_(councils),
        )
        .group_by(*cell)
        .subquery()
    )


def _keys(shown: Mapping[tuple[str, str, str], tuple[int, int]], family: Family) -> frozenset[str]:
    return frozenset(key for (_, of, key), (_, counts) in shown.items() if of == family.value and counts)


def _checked(months: Sequence[str], today: date) -> Sequence[str]:
    for month in months:
        if not released(month, today):
            raise NotReleasedError(month)
    return months

"""Tallies put straight into a database, and what the rule of disclosure makes of them, worked out once more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Engine, insert

from app.tallies.calendar import released_months
from app.tallies.cell import CHECKS, Family, part
from app.tallies.tables import TALLY
from tests.conftest import TODAY

NO_BLUR = 0
"""A sum of keys from which no blur follows."""

OUTCOMES = ("automatic", "special_route", "assessed", "depends", "unlikely")
DLA = "ENG-AUTO-DLA-HRM"

Count = tuple[str, str, Family, str]
"""A council, a month, a family and a key."""


@dataclass
class Tallied:
    """What was counted in a database, without blur."""

    engine: Engine
    counts: dict[Count, int] = field(default_factory=dict)

    def add(
        self, council: str, month: str, counts: Mapping[tuple[Family, str], int], version: str = "0123456789ab"
    ) -> None:
        rows = [
            {
                "council": council,
                "service": "blue-badge",
                "month": month,
                "version": version,
                "family": family.value,
                "key": key,
                "n": n,
                "blur": NO_BLUR,
            }
            for (family, key), n in counts.items()
        ]
        with self.engine.begin() as connection:
            connection.execute(insert(TALLY), rows)
        for (family, key), n in counts.items():
            cell = (council, month, family, key)
            self.counts[cell] = self.counts.get(cell, 0) + n

    def bounds(
        self, councils: Iterable[str], months: Iterable[str], family: Family, keys: Iterable[str]
    ) -> tuple[int, int]:
        """The least and the most that a figure may say."""
        low = hidden = 0
        for cell in [(c, m, family, k) for c in councils for m in tuple(months) for k in tuple(keys)]:
            n = self.counts.get(cell, 0)
            if n <= 7:
                hidden += 1
            else:
                low += 5 * round(n / 5)
        return low, low + 7 * hidden


def tally(engine: Engine) -> Tallied:
    """Some months of two councils, one of them invented; each number lies at an edge of the rule."""
    found = Tallied(engine)
    for step, month in enumerate(released_months(TODAY, 4)):
        for council in ("northfold", "kent"):
            counts = {
                (Family.BEGUN, CHECKS): 212 + 4 * step,
                (Family.BEGUN_LANGUAGE, "en"): 200,
                (Family.BEGUN_LANGUAGE, "cy"): 7,
                (Family.BEGUN_CHANNEL, "own"): 8,
                (Family.FINISHED, CHECKS): 139 + 5 * step,
                **{(Family.OUTCOME, each): n + step for each, n in zip(OUTCOMES, (60, 3, 43, 7, 22), strict=True)},
                (Family.TIME, "from_2"): 102,
                (Family.CHANNEL, "phone"): 12,
                (Family.CRITERION, part(DLA, "met")): 31,
                (Family.CRITERION, part(DLA, "open")): 2,
                (Family.EVIDENCE, "dla_letter"): 33,
                (Family.QUESTION, part("who", "answered")): 212,
                (Family.QUESTION, part("age", "reached")): 208,
                (Family.QUESTION, part("age", "answered")): 180,
                (Family.QUESTION, part("age", "refused")): 13,
                (Family.QUESTION, part("sight", "answered")): 170,
                (Family.QUESTION, part("sight", "unsure")): 19,
            }
            found.add(council, month, counts)
            found.add(council, month, {(Family.OUTCOME, "assessed"): 4}, version="another00001")
    return found

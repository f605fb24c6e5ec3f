"""An attacker of the figures: he has all that is shown, knows the rule and what must add up, and solves for the counts.

``Solver`` reads what is shown as hard limits and asks, by integer programming, which values of a count are possible at
all. ``guess`` reads it as evidence and asks which are likely.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from app.tallies.blur import CHANCES
from app.tallies.disclosure import MOST_HIDDEN, STEP, Figure

Cell = tuple[str, ...]
"""Something counted: its council, month, family and key, or as many of these as matter."""

FAR = 10_000
"""More checks than anybody makes in a test."""

PLAUSIBLE = 1 / 30
"""How likely a value has to be, beside the likeliest, for the attacker not to rule it out.

Jeffreys calls evidence very strong from 30 to 1. The blur makes each step away at most e times less likely, so that
three steps from the likeliest come to 20 to 1.
"""

ENOUGH = 4
"""So many values of a count have to remain: else it is known to within one."""

Blur = tuple[tuple[int, float], ...]
"""Numbers, and how likely each is."""

NONE: Blur = ((0, 1.0),)

BLUR: Blur = tuple(sorted(CHANCES.items()))
"""Ours, as the attacker works it out from the program."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of what is shown: ours, or a weaker one."""

    most_hidden: int = MOST_HIDDEN
    step: int = STEP
    blur: Blur = NONE

    def shown(self, count: int) -> Figure:
        """What is shown of a count that has its blur."""
        if count <= self.most_hidden:
            return Figure(0, 1, 1)
        return Figure((count + self.step // 2) // self.step * self.step, 1, 0)

    def limits(self, figure: Figure) -> tuple[int, int]:
        """The least and the most that what is shown, of one count, can be of."""
        least, most = self.blur[0][0], self.blur[-1][0]
        if figure.hidden:
            return 0, self.most_hidden - least
        half = self.step // 2
        return max(figure.low - half, self.most_hidden + 1) - most, figure.low + half - least

    def likelihood(self, figure: Figure, upto: int) -> NDArray[np.float64]:
        """How likely a count of 0, 1, ... is shown so."""
        return np.array(
            [
                sum(chance for number, chance in self.blur if self.shown((n + number) if n else 0) == figure)
                for n in range(upto + 1)
            ]
        )


OURS = Rule(blur=BLUR)
UNBLURRED = Rule()


@dataclass(frozen=True, slots=True)
class Structure:
    """What the attacker knows must hold: which cells add up to the same checks, and which are at most others' sum."""

    partitions: tuple[tuple[Cell, ...], ...] = ()
    covered: tuple[tuple[tuple[Cell, ...], tuple[Cell, ...]], ...] = ()

    def holds(self, counts: Mapping[Cell, int]) -> bool:
        """Whether it holds of these counts."""

        def total(cells: Iterable[Cell]) -> int:
            return sum(counts.get(cell, 0) for cell in cells)

        return len(set(map(total, self.partitions))) <= 1 and all(
            total(cells) <= total(by) for cells, by in self.covered
        )


class Solver:
    """The counts as an integer program."""

    def __init__(self, structure: Structure, limits: Iterable[tuple[Sequence[Cell], tuple[int, int]]]) -> None:
        """``limits`` are those of sums of cells; a cell alone is a sum too."""
        self._program = highspy.Highs()  # type: ignore[no-untyped-call]
        self._program.silent()
        self._counts: dict[Cell, highspy.highs_var] = {}
        for cells, (least, most) in limits:
            total = self._sum(cells)
            self._program.addConstr(total >= least)
            self._program.addConstr(total <= most)
        for cells in structure.partitions[1:]:
            self._program.addConstr(self._sum(structure.partitions[0]) == self._sum(cells))
        for cells, by in structure.covered:
            self._program.addConstr(self._sum(cells) <= self._sum(by))

    def range(self, cell: Cell) -> tuple[int, int]:
        """The least and the most that a count can be."""
        count = self._count(cell)
        self._program.minimize(count)
        least = round(self._program.val(count))
        self._program.maximize(count)
        return least, round(self._program.val(count))

    def values(self, cell: Cell) -> list[int]:
        """Each value that a count can have."""
        least, most = self.range(cell)
        return [value for value in range(least, most + 1) if self._possible(cell, value)]

    def _possible(self, cell: Cell, value: int) -> bool:
        column = self._count(cell).index
        self._program.changeColBounds(column, value, value)
        self._program.run()
        status = self._program.getModelStatus()
        self._program.changeColBounds(column, 0, FAR)
        return bool(status == highspy.HighsModelStatus.kOptimal)

    def _count(self, cell: Cell) -> highspy.highs_var:
        if cell not in self._counts:
            self._counts[cell] = self._program.addIntegral(0, FAR)
        return self._counts[cell]

    def _sum(self, cells: Sequence[Cell]) -> highspy.highs_linear_expression:
        total: highspy.highs_linear_expression = self._program.qsum(self._count(cell) for cell in cells)
        return total


Evidence = Sequence[NDArray[np.float64]]
"""Of each cell of a family: how likely what is shown of it is, were its count 0, 1, ..."""


def guess(families: Sequence[Evidence], family: int, cell: int, total: int | None = None) -> NDArray[np.float64]:
    """How likely each value of one cell is, given what is shown of all families that count the same checks.

    Before he looks, every way in which counts can come about is as likely as another to the attacker. ``total`` is how
    many checks there were, where he knows it.
    """
    size = len(families[0][0])
    sums = np.ones(size) if total is None else np.eye(size)[total]
    for number, evidence in enumerate(families):
        if number != family:
            sums = sums * _sum(evidence, size)
    rest = _sum([each for number, each in enumerate(families[family]) if number != cell], size)
    own = families[family][cell]
    found = np.array([own[n] * np.dot(rest[: size - n], sums[n:]) for n in range(size)])
    return np.asarray(found / found.sum())


def plausible(chances: NDArray[np.float64]) -> list[int]:
    """The values that the attacker cannot rule out."""
    return [int(value) for value in np.flatnonzero(chances >= PLAUSIBLE * chances.max())]


def _sum(evidence: Evidence, size: int) -> NDArray[np.float64]:
    sums: NDArray[np.float64] = np.eye(size)[0]
    for each in evidence:
        sums = np.convolve(sums, each)[:size]
    return sums

"""How the cases of a round are drawn: by a seed, those on a border twice as often, with weights that make up for it."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.desk.pool import Candidate

FEWEST, MOST = 5, 50
"""Cases in a round."""

BORDERLINE = 2
"""How many times as likely a case on a border is to be drawn."""

SEEDS = 2**31
"""Seeds are below this, since both databases keep such a number."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A case of a round. ``weight`` is its kind's share in the pool, divided by its share in the round."""

    candidate: Candidate
    weight: float


def draw(pool: Sequence[Candidate], size: int, seed: int, known: Collection[str] = ()) -> tuple[Drawn, ...]:
    """So many cases, or the whole pool where it has fewer; the same by the same seed.

    Cases whose ids are ``known`` come only where there are no others of their kind.
    """
    chance = random.Random(seed)  # noqa: S311 - so that a round can be drawn again, not a secret
    kinds = [[each for each in pool if each.borderline], [each for each in pool if not each.borderline]]
    size = min(size, len(pool))
    numbers = _split(size, len(kinds[0]), len(kinds[1]))
    drawn: list[Drawn] = []
    for kind, number in zip(kinds, numbers, strict=True):
        shuffled = sorted(chance.sample(kind, len(kind)), key=lambda each: each.case.id in known)
        weight = len(kind) / len(pool) / (number / size) if number else 0.0
        drawn += [Drawn(each, weight) for each in shuffled[:number]]
    chance.shuffle(drawn)
    return tuple(drawn)


def _split(size: int, border: int, plain: int) -> tuple[int, int]:
    """How many of each kind: at least one of a kind that there is, so that no part of the pool goes unseen."""
    wanted = round(size * BORDERLINE * border / (BORDERLINE * border + plain)) if size else 0
    least = max(size - plain, min(border, 1))
    most = min(border, size - min(plain, 1))
    found = min(max(wanted, least), most)
    return found, size - found

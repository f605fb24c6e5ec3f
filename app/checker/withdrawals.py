"""Withdrawn versions of a nation's rules, as pages tell of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.web.pages import words

if TYPE_CHECKING:
    from app.checker.visit import Visit
    from app.engine.words import Spoken


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A version, the day on which it was withdrawn, and what that means for those whom it told something else."""

    version: str
    day: str
    text: Spoken


def withdrawals(visit: Visit) -> tuple[Withdrawal, ...]:
    """Those of the nation where the council is, the newest first."""
    newest_first = sorted(visit.service.withdrawn, key=lambda gone: gone.withdrawn, reverse=True)
    return tuple(
        Withdrawal(gone.version, words().day(gone.withdrawn), visit.words.withdrawn[gone.id])
        for gone in newest_first
        if gone.nation == visit.here.nation
    )

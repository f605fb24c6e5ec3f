"""Which translations somebody who speaks the language has read beside the texts that they translate.

A check holds for the two texts that were read. When either changes, the text has to be read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from app.engine.document import Strict

if TYPE_CHECKING:
    from app.engine.translation import Pair


class Check(Strict):
    """What one person read on a day: by key, the digest of the two texts."""

    by: str
    on: Annotated[date, Field(strict=False)]
    texts: dict[str, str]


class Checked(Strict):
    """The file ``checked/<language>.yaml`` beside the words, the oldest check first."""

    language: str
    checks: tuple[Check, ...] = ()

    def covers(self, pair: Pair) -> bool:
        """Whether somebody has read these two texts beside each other."""
        return any(check.texts.get(pair.key) == pair.both for check in self.checks)

    def unchecked(self, pairs: Iterable[Pair]) -> Iterator[Pair]:
        """Those that nobody has."""
        return (pair for pair in pairs if not self.covers(pair))

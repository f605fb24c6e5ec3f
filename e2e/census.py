"""What each checker has seen of the matrix of pages, told at the end of the tests."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from e2e.screens import CHOSEN, EVERY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from e2e.screens import Screen

PROPERTY = "checked"
"""The name under which a test's report carries what it checked, from any worker to the one that counts."""

_BY_NAME = {screen.name: screen for screen in EVERY}


class Census:
    """What each checker has seen; all of the matrix is expected with ``whole``, otherwise the part that was chosen."""

    def __init__(self, *, whole: bool = False) -> None:
        self.whole = whole
        self._seen: dict[str, set[str]] = defaultdict(set)

    @property
    def expected(self) -> tuple[Screen, ...]:
        """The pages that every checker has to see."""
        return EVERY if self.whole else CHOSEN

    def count(self, properties: Iterable[tuple[str, object]]) -> None:
        """Adds what the report of a test carries."""
        for name, value in properties:
            if name == PROPERTY and isinstance(value, str):
                screen, *checkers = value.split("\n")
                for checker in checkers:
                    self._seen[checker].add(screen)

    @property
    def complete(self) -> bool:
        """Whether every checker saw every page that it had to see."""
        names = {screen.name for screen in self.expected}
        return all(seen == names for seen in self._seen.values())

    def lines(self) -> list[str]:
        """What there is, what was to be seen, and a line for each checker."""
        if not self._seen:
            return []
        counted = [
            f"{checker:24} {_said(_BY_NAME[name] for name in seen)}" for checker, seen in sorted(self._seen.items())
        ]
        checks = sum(map(len, self._seen.values()))
        return [
            f"{'the whole matrix':24} {_said(EVERY)}",
            f"{'to be seen in this run':24} {_said(self.expected)}",
            *counted,
            f"{'altogether':24} {len(self._seen)} checkers, {checks} checks",
        ]


def _said(screens: Iterable[Screen]) -> str:
    pages = list(screens)
    parts: dict[str, set[object]] = {
        "page types": {screen.kind for screen in pages},
        "states": {(screen.kind, screen.state) for screen in pages},
        "languages": {screen.language for screen in pages},
        "layouts": {screen.layout for screen in pages},
        "brands": {screen.council for screen in pages if screen.council},
        "pages": {screen.name for screen in pages},
    }
    return ", ".join(f"{len(values):4} {name}" for name, values in parts.items())


def entry(screen: Screen, checkers: Iterable[str]) -> tuple[str, str]:
    """What a test's report says of checkers that have seen a page."""
    return PROPERTY, "\n".join((screen.name, *checkers))

"""How many page types and states each checker has seen, told at the end of the tests."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from e2e.screens import SCREENS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from e2e.screens import Screen

PROPERTY = "checked"
"""The name under which a test's report carries what it checked, from any worker to the one that counts."""


class Census:
    """What each checker has seen."""

    def __init__(self) -> None:
        self._seen: dict[str, set[str]] = defaultdict(set)

    def count(self, properties: Iterable[tuple[str, object]]) -> None:
        """Adds what the report of a test carries."""
        for name, value in properties:
            if name == PROPERTY and isinstance(value, str):
                checker, screen = value.split(": ", 1)
                self._seen[checker].add(screen)

    @property
    def complete(self) -> bool:
        """Whether every checker saw every page in every state."""
        return all(seen == EXPECTED for seen in self._seen.values())

    def lines(self) -> list[str]:
        """A line for each checker."""
        kinds = {screen.name: screen.kind for screen in SCREENS}
        total = f"of {len(set(kinds.values()))} page types and {len(EXPECTED)} states"
        return [
            f"{checker:24} saw {len({kinds[name] for name in seen}):3} page types in {len(seen):3} states, {total}"
            for checker, seen in sorted(self._seen.items())
        ]


EXPECTED = frozenset(screen.name for screen in SCREENS)


def entry(checker: str, screen: Screen) -> tuple[str, str]:
    """What a test's report says of a checker that has seen a page."""
    return PROPERTY, f"{checker}: {screen.name}"

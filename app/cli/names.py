"""The words for ids, for those who read about the rules at a terminal or on paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.cli.printed import LANGUAGE

if TYPE_CHECKING:
    from app.engine.words import Words


@dataclass(frozen=True, slots=True)
class Names:
    """Looks each id up in several words files, those that are nearest first; an id without words stands for itself."""

    words: tuple[Words, ...]

    def nation(self, nation: str) -> str:
        """The nation by name."""
        return self._first(nation, (words.nations.get(nation) for words in self.words))

    def outcome(self, outcome: str) -> str:
        """The heading of the outcome's page, as the person reads it."""
        found = (words.outcomes.get(outcome) for words in self.words)
        return self._first(outcome, (each.title.you if each else None for each in found))

    def criterion(self, criterion: str) -> str:
        """The criterion by name."""
        found = (words.criteria.get(criterion) for words in self.words)
        return self._first(criterion, (each.name if each else None for each in found))

    def question(self, question: str) -> str:
        """The question as it is put."""
        found = (words.questions.get(question) for words in self.words)
        return self._first(question, (each.title.you if each else None for each in found))

    def option(self, question: str, option: str) -> str:
        """The option's label."""
        found = (words.questions.get(question) for words in self.words)
        labels = (each.options.get(option) if each else None for each in found)
        return self._first(option, (each.label.you if each else None for each in labels))

    def _first(self, name: str, found: Iterable[str | None]) -> str:
        return next((words for words in found if words is not None), name)


def names_in(*words: tuple[Words, ...]) -> Names:
    """From these words files, so far as they are in the language of those who keep the rules."""
    return Names(tuple(each for several in words for each in several if each.language == LANGUAGE))

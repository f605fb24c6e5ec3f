"""A question as it is put to a person: the options offered, in words, in a voice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.engine.formula import Ticked
    from app.engine.rules import Asked
    from app.engine.vocabulary import Voice
    from app.engine.words import QuestionWords


@dataclass(frozen=True, slots=True)
class Put:
    """A question with the options that are on offer."""

    question: Asked
    offers: tuple[str, ...]
    words: QuestionWords
    voice: Voice

    @property
    def title(self) -> str:
        """The question itself."""
        return self.words.title.to(self.voice)

    @property
    def hint(self) -> str | None:
        """What helps to answer it."""
        return self.words.hint.to(self.voice) if self.words.hint else None

    @property
    def why(self) -> str:
        """Why it is asked."""
        return self.words.why.to(self.voice)

    @property
    def missing(self) -> str:
        """The error where nothing was chosen."""
        return self.words.missing.to(self.voice)

    @property
    def conflict(self) -> str | None:
        """The error where the exclusive option was chosen beside others."""
        return self.words.conflict.to(self.voice) if self.words.conflict else None

    @property
    def look_up(self) -> tuple[tuple[str, str], ...]:
        """What to find out, by the options on offer that leave a rule open: each in words, and what to do."""
        known = self.words.look_up
        return tuple((self.label(option), known[option].to(self.voice)) for option in self.offers if option in known)

    def label(self, option: str) -> str:
        """An option in words."""
        return self.words.options[option].label.to(self.voice)

    def option_hint(self, option: str) -> str | None:
        """What helps to choose an option."""
        hint = self.words.options[option].hint
        return hint.to(self.voice) if hint else None

    def chosen(self, ticked: Ticked) -> tuple[str, ...]:
        """An answer as it is sent: the options ticked, in order; the exclusive one where nothing is."""
        given = tuple(option for option in self.offers if option in ticked)
        return given or ((self.question.exclusive,) if self.question.exclusive else ())

    def labels(self, ticked: Ticked) -> tuple[str, ...]:
        """An answer in words."""
        return tuple(self.label(option) for option in self.chosen(ticked))

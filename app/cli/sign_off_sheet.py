"""The sheet that assessors sign: a line for each person, in words, with room for what they say."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import TYPE_CHECKING

from app.engine.decision import voice_of
from app.engine.formula import Value, comparisons
from app.engine.sign_off import Row

if TYPE_CHECKING:
    from app.engine.formula import Ticked
    from app.engine.rules import Rules
    from app.engine.vocabulary import Voice
    from app.engine.words import Words
    from app.web.site_words import SiteWords

_WAYS = {Value.MET: "pack.met", Value.OPEN: "pack.open", Value.NOT_MET: "pack.missed"}
_BEFORE = (
    "pack.column.number",
    "pack.column.criterion",
    "pack.column.criterion_name",
    "pack.column.way",
    "pack.column.differs",
)
_AFTER = (
    "pack.column.outcome",
    "pack.column.because",
    "pack.column.open",
    "pack.column.version",
    "pack.column.in_force",
)
_TO_FILL = ("pack.column.agree", "pack.column.comment", "pack.column.name", "pack.column.date")
_COMMANDS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


class SignOffSheet:
    """Puts the people of a pack in words, in the voice of somebody who checks for another person."""

    def __init__(self, rules: Rules, words: Words, site_words: SiteWords) -> None:
        self.rules = rules
        self.words = words
        self.text = site_words.text
        self.since = site_words.day(rules.in_force)
        asked = {each.question for criterion in rules.criteria for each in comparisons(criterion.whole)}
        self.questions = tuple(question.id for question in rules.questions if question.id in asked)

    def csv(self, rows: Iterable[Row]) -> str:
        """The whole sheet, of which no cell is a formula to a spreadsheet."""
        out = StringIO()
        writer = csv.writer(out)
        writer.writerow(map(as_text, self._heading()))
        for row in rows:
            writer.writerow(map(as_text, self._line(row)))
        return out.getvalue()

    def _heading(self) -> Iterator[str]:
        yield from map(self.text, _BEFORE)
        for question in self.questions:
            title = self.words.questions[question].title.they
            yield self.text("pack.column.question", title=title, id=question)
        yield from map(self.text, (*_AFTER, *_TO_FILL))

    def _line(self, row: Row) -> Iterator[str]:
        answers = row.decision.journey.answers
        voice = voice_of(self.rules, answers)
        voice = "they" if voice == "you" else voice
        yield str(row.number)
        yield row.criterion.id if row.criterion else ""
        yield self.words.criteria[row.criterion.id].name if row.criterion else ""
        yield row.label if row.value is None else self.text(_WAYS[row.value])
        yield self._differs(row)
        for question in self.questions:
            yield self._answer(question, answers[question], voice) if question in answers else ""
        yield self.words.outcomes[row.decision.outcome].title.to(voice)
        yield self._criteria(row, Value.MET)
        yield self._criteria(row, Value.OPEN)
        yield self.rules.version
        yield self.since
        yield from ("" for _ in _TO_FILL)

    def _differs(self, row: Row) -> str:
        if row.change is None:
            return ""
        title = self.words.questions[row.change.question].title.they
        return self.text("pack.differs", row=row.change.row, question=title)

    def _answer(self, question: str, ticked: Ticked, voice: Voice) -> str:
        asked = self.rules.question(question)
        chosen = ticked or {asked.exclusive}
        labels = (self.words.questions[question].options[option].label for option in asked.offers if option in chosen)
        return "; ".join(label.to(voice) for label in labels)

    def _criteria(self, row: Row, value: Value) -> str:
        found = (reason.criterion.id for reason in row.decision.reasons if reason.value is value)
        names = ((self.words.criteria[criterion].name, criterion) for criterion in found)
        return "; ".join(self.text("pack.criterion", name=name, id=criterion) for name, criterion in names)


def as_text(cell: str) -> str:
    """The cell so that a spreadsheet shows it and never works it out."""
    return f"'{cell}" if cell.startswith(_COMMANDS) else cell

"""People for assessors to agree on: for each criterion those who just meet it, and those who miss it by one answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.engine.decision import Decision, decide
from app.engine.example import find_example
from app.engine.formula import Ticked, Value, comparisons
from app.engine.fulfilment import Fulfilment, fulfilments

if TYPE_CHECKING:
    from app.engine.answers import Answers
    from app.engine.journey import Step
    from app.engine.rules import Criterion, Rules


@dataclass(frozen=True, slots=True)
class Change:
    """By the answer to which question a person differs from the person of an earlier row."""

    row: int
    question: str


@dataclass(frozen=True, slots=True)
class Row:
    """A person, what is decided of them, and how far the criterion is met that they are here for.

    ``change`` is set for those who do not meet it, who differ in one answer, and in what it newly leads to, from
    somebody who does. Somebody from outside has a ``label`` instead of a criterion.
    """

    number: int
    criterion: Criterion | None
    value: Value | None
    decision: Decision
    change: Change | None = None
    label: str = ""


def sign_off(rules: Rules, others: tuple[tuple[str, Answers], ...] = ()) -> tuple[Row, ...]:
    """A row for each person that assessors have to agree on, numbered from 1; ``others`` come last, with their labels.

    Each way of meeting a criterion has a row for each answer that it can be met by, the others in it held, rather than
    for every mixture of them; and from the first of these rows, a row for each change of one answer that takes the
    criterion away or leaves it open. Raises MissingAnswerError for one of ``others`` who is asked more than they say.
    """
    rows: list[Row] = []
    for index in range(len(rules.criteria)):
        rows += _Samples(rules, index, len(rows)).rows()
    for label, answers in others:
        rows.append(Row(len(rows) + 1, None, None, decide(rules, answers), label=label))
    return tuple(rows)


class _Samples:
    """The people for one criterion, each once."""

    def __init__(self, rules: Rules, index: int, before: int) -> None:
        self.rules = rules
        self.index = index
        self.criterion = rules.criteria[index]
        self.before = before
        self.found: dict[frozenset[tuple[str, Ticked]], Row] = {}

    def rows(self) -> tuple[Row, ...]:
        for way in fulfilments(self.rules, self.criterion.whole):
            first = self._find(way, Value.MET)
            if first is not None:
                row = self._keep(first, Value.MET)
                self._by_each_answer(way, first.journey.answers)
                self._by_one_answer(row)
        # The least that meets a criterion may end the check before it is considered; then more has to be ticked.
        if not self.found and (somebody := self._find({}, Value.MET)):
            self._by_one_answer(self._keep(somebody, Value.MET))
        return tuple(self.found.values())

    def _by_each_answer(self, way: Fulfilment, first: Answers) -> None:
        """Those who meet it the same way, by each other answer that will do."""
        for question, answers in way.items():
            for ticked in answers:
                if ticked == first.get(question):
                    continue
                person = self._find({**way, question: (ticked,)}, Value.MET)
                if person is not None:
                    self._keep(person, Value.MET)

    def _by_one_answer(self, row: Row) -> None:
        """Those who do not meet it, by one answer that is not that of this row."""
        answers = {question: (ticked,) for question, ticked in row.decision.journey.answers.items()}
        for step in row.decision.journey.asked:
            for ticked in self._other_answers(step):
                for value in (Value.NOT_MET, Value.OPEN):
                    person = self._find({**answers, step.question: (ticked,)}, value)
                    if person is not None:
                        self._keep(person, value, Change(row.number, step.question))
                        break

    def _other_answers(self, step: Step) -> tuple[Ticked, ...]:
        """The other answers to a question that the criterion hangs on: of several options, one more or one less.

        Also, alone, each that would leave it open.
        """
        about = [each for each in comparisons(self.criterion.whole) if each.question == step.question]
        if not about:
            return ()
        question = self.rules.question(step.question)
        options = [option for option in step.offers if option != question.exclusive or not question.many]
        others = [frozenset({option}) for option in options]
        if question.many:
            unsure = frozenset().union(*(each.open for each in about))
            others = [step.ticked ^ one for one in others] + [one for one in others if one <= unsure]
        return tuple(each for each in dict.fromkeys(others) if each != step.ticked)

    def _find(self, within: Fulfilment, value: Value) -> Decision | None:
        return find_example(self.rules, self.index, value, within)

    def _keep(self, decision: Decision, value: Value, change: Change | None = None) -> Row:
        answers = frozenset(decision.journey.answers.items())
        row = Row(self.before + len(self.found) + 1, self.criterion, value, decision, change)
        return self.found.setdefault(answers, row)

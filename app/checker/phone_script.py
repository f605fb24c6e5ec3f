"""The script for phone calls without a screen: the whole check on paper, in words, for each of those it can be for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.checker.outcome_page import fee, weeks
from app.engine.decision import DEPENDS, UNLIKELY, weigh
from app.engine.formula import All, AnyOf, Comparison, Formula, Not, Value, answered, substitute
from app.engine.put import Put
from app.engine.script import Case, Line, Mark, Script, Step, scripts

if TYPE_CHECKING:
    from datetime import date

    from app.councils.council import Council
    from app.engine.forks import Ticks
    from app.engine.rulebook import Service
    from app.engine.rules import Rules
    from app.engine.vocabulary import Voice
    from app.engine.words import CriterionWords, OutcomeWords, Words
    from app.web.site_words import SiteWords

PHONE_SCRIPT = "phone-script"
"""The last part of its address."""

_MARKS = {Value.MET: "script.tick", Value.OPEN: "script.open", Value.NOT_MET: "script.cross"}


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """An answer to read out, to whom alone if not to all, and what to mark; ``number`` is there where several count."""

    number: int | None
    label: str
    hint: str | None
    only: str | None
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MoveShown:
    """Rows, and what is marked in them after which answers to a question that takes several; after others, nothing."""

    lines: str
    cases: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step in words; ``unasked`` are the marks to make where it is not asked."""

    number: int
    put: Put
    ask_if: str | None
    answers: tuple[AnswerShown, ...]
    moves: tuple[MoveShown, ...]
    unasked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowShown:
    """A rule on the sheet, with what to say of it at the end; ``proof`` are numbers in the list of proof."""

    number: int
    words: CriterionWords
    mark: str | None
    can_be_open: bool
    proof: str


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of a route, and whether to stop once one of them is ticked."""

    title: str
    stop: str | None
    rows: tuple[RowShown, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """An outcome, and how the sheet looks that leads to it."""

    id: str
    look: str
    words: OutcomeWords


@dataclass(frozen=True, slots=True)
class Part:
    """The whole check for one of those it can be for."""

    id: str
    label: str
    voice: Voice
    groups: tuple[Group, ...]
    steps: tuple[StepShown, ...]
    results: tuple[Result, ...]
    proof: tuple[str, ...]
    basics: str
    notes: tuple[str, ...]
    online: bool
    ask_first: str | None


def script_context(council: Council, service: Service, words: SiteWords, day: date) -> dict[str, Any]:
    """What the template of the script needs; a part for each answer to the question that comes first."""
    rules, said = service.rules(council.nation, day), service.words[words.language]
    if rules is None:
        return {"parts": ()}
    first = said.questions[rules.voice_question]
    parts = tuple(
        _Writing(rules, script, said, words, option).part(council) for option, script in scripts(rules).items()
    )
    return {
        "parts": parts,
        "first": first,
        "rules": rules,
        "fee": fee(council, words),
        "weeks": weeks(council, words),
        "national_link": service.vocabulary.nations[council.nation].apply,
    }


class _Writing:
    """Puts one script in words."""

    def __init__(self, rules: Rules, script: Script, said: Words, words: SiteWords, option: str) -> None:
        self.rules = rules
        self.script = script
        self.said = said
        self.words = words
        self.option = option
        self.voice: Voice = rules.voices.get(option, "you")
        self.numbers = {step.question: step.number for step in script.steps}
        self.routes = {row.number: rules.criteria[row.criterion].route for row in script.rows}
        self.stops = {stop.route: stop for stop in script.stops}
        criteria = [rules.criteria[row.criterion] for row in script.rows]
        self.evidence = tuple(dict.fromkeys(item for criterion in criteria for item in criterion.evidence))
        self.basics = [item for item in self.evidence if all(item in each.evidence for each in criteria)]

    def part(self, council: Council) -> Part:
        answers = {self.rules.voice_question: frozenset({self.option})}
        name = council.name(self.words.language)
        ask_first = [str(row.number) for row in self.script.rows if self.rules.criteria[row.criterion].contact_first]
        notes = [
            remark.note.id
            for remark in self.rules.remarks
            if remark.note.place in ("practical", "apply", "challenge")
            and remark.note.unless_council_says not in council.facts
            and not remark.note.outcomes
            and not remark.note.criteria
            and weigh(remark.when, answers) is Value.MET
        ]
        return Part(
            id=self.option.replace("_", "-"),
            label=self.said.questions[self.rules.voice_question].options[self.option].label.to(self.voice),
            voice=self.voice,
            groups=tuple(self._groups()),
            steps=tuple(map(self._step, self.script.steps)),
            results=tuple(self._results()),
            proof=tuple(self.said.evidence[item].to(self.voice) for item in self.evidence),
            basics=self._proof(self.basics),
            notes=tuple(self.said.notes[note].to(self.voice) for note in notes),
            online=len(ask_first) < len(self.script.rows),
            ask_first=self.words.text("script.ask_first", lines=", ".join(ask_first), council=name)
            if ask_first
            else None,
        )

    def _groups(self) -> Iterable[Group]:
        for route in self.rules.routes:
            rows = [row for row in self.script.rows if self.routes[row.number] == route.id]
            if rows:
                shown = tuple(self._row(row.number, row.criterion, row.mark) for row in rows)
                yield Group(self.said.routes[route.id].title, self._stop(route.id), shown)

    def _row(self, number: int, criterion: int, mark: Value | None) -> RowShown:
        words = self.said.criteria[self.rules.criteria[criterion].id]
        settled = None if mark is None else self.words.text(_MARKS[mark], lines=str(number))
        proof = self._proof(self.rules.criteria[criterion].evidence)
        return RowShown(number, words, settled, self._can_be_open(number), proof)

    def _proof(self, items: Iterable[str]) -> str:
        return ", ".join(map(str, sorted(self.evidence.index(item) + 1 for item in items)))

    def _stop(self, route: str) -> str | None:
        if route not in self.stops:
            return None
        unless = self.stops[route].unless
        return self.words.text("script.stop_unless", lines=_names(unless)) if unless else self.words.text("script.stop")

    def _results(self) -> Iterable[Result]:
        looks = [(route.id, self.said.routes[route.id].title) for route in self.rules.routes]
        for route, title in looks:
            if route in self.routes.values():
                yield Result(route, self.words.text("script.look_route", title=title), self.said.outcomes[route])
        if any(self._can_be_open(row.number) for row in self.script.rows):
            yield Result(DEPENDS, self.words.text("script.look_open"), self.said.outcomes[DEPENDS])
        yield Result(UNLIKELY, self.words.text("script.look_none"), self.said.outcomes[UNLIKELY])

    def _can_be_open(self, number: int) -> bool:
        marks = [
            mark
            for step in self.script.steps
            for lines, mark in [
                *((move.lines, case.mark) for move in step.moves for case in move.cases),
                *(((line,), mark) for line, mark in step.passed),
            ]
            if any(line.row == number for line in lines)
        ]
        begun = next(row.mark for row in self.script.rows if row.number == number)
        return any(mark is Value.OPEN for mark in (*marks, begun) if not isinstance(mark, str))

    def _step(self, step: Step) -> StepShown:
        question = self.rules.question(step.question)
        put = Put(question, tuple(step.options), self.said.questions[step.question], self.voice)
        numbers = {option: number for number, option in enumerate(step.options, 1) if option != question.exclusive}
        several = question.many
        return StepShown(
            step.number,
            put,
            None if step.ask_if is None else self._ask_if(step.ask_if),
            tuple(
                AnswerShown(
                    numbers.get(option) if several else None,
                    put.label(option),
                    put.option_hint(option),
                    self._only(when),
                    () if several else self._after(step, option),
                )
                for option, when in step.options.items()
            ),
            tuple(self._move(move.lines, move.cases, numbers) for move in step.moves) if several else (),
            self._marks(step.passed),
        )

    def _ask_if(self, lines: tuple[Line, ...]) -> str:
        lettered = any(line.letter for line in lines)
        return self.words.text("script.ask_if_there" if lettered else "script.ask_if_empty", lines=_names(lines))

    def _after(self, step: Step, option: str) -> tuple[str, ...]:
        """What to mark after one answer."""
        return self._marks(
            (line, case.mark)
            for move in step.moves
            for line in move.lines
            for case in move.cases
            if case.mark is not None and any(option in group for ticks in case.when for group in ticks.some)
        )

    def _marks(self, marked: Iterable[tuple[Line, Mark]]) -> tuple[str, ...]:
        together: dict[Mark, list[Line]] = {}
        for line, mark in marked:
            together.setdefault(mark, []).append(line)
        # A tick comes last, since it may say to stop.
        in_order = sorted(together.items(), key=lambda each: each[0] is Value.MET)
        return tuple(self._mark(mark, sorted(lines)) for mark, lines in in_order)

    def _mark(self, mark: Mark, lines: Sequence[Line]) -> str:
        if isinstance(mark, str):
            return self.words.text("script.letter", letter=mark, lines=_names(lines))
        text = self.words.text(_MARKS[mark], lines=_names(lines))
        stops = {self._stop(self.routes[line.row]) for line in lines} if mark is Value.MET else set[str | None]()
        return " ".join((text, *sorted(filter(None, stops))))

    def _move(self, lines: tuple[Line, ...], cases: tuple[Case, ...], numbers: dict[str, int]) -> MoveShown:
        return MoveShown(
            _names(lines),
            tuple(
                (self._said(ticks, numbers), self._mark(case.mark, lines))
                for case in cases
                if case.mark is not None
                for ticks in case.when
            ),
        )

    def _said(self, ticks: Ticks, numbers: dict[str, int]) -> str:
        text = self.words.text
        yes = [
            text("script.yes_any" if len(group) > 1 else "script.yes", answers=_listed(numbers, group))
            for group in ticks.some
        ]
        no = [text("script.no", answers=_listed(numbers, ticks.none))] if ticks.none else []
        return "; ".join((*yes, *no))

    def _only(self, when: Formula) -> str | None:
        left = substitute(when, self.rules.voice_question, answered(frozenset({self.option})))
        return None if isinstance(left, Value) else self.words.text("script.only", condition=self._condition(left))

    def _condition(self, formula: Formula, *, wanted: bool = True) -> str:
        """Under which answers to earlier steps something is on offer; what they leave open is."""
        match formula:
            case Comparison(question=question, met=met, open=unsure):
                options = [
                    each for each in self.rules.question(question).offers if each in (met | unsure if wanted else met)
                ]
                labels = [self.said.questions[question].options[each].label.to(self.voice) for each in options]
                answers = ", ".join(self.words.text("script.quoted", answer=label) for label in labels)
                return self.words.text("script.answered", step=self.numbers[question], answers=answers)
            case Not(part):
                return self.words.text("script.not", condition=self._condition(part, wanted=not wanted))
            case All(parts) | AnyOf(parts):
                inner = sorted(self._condition(part, wanted=wanted) for part in parts)
                first, last = ", ".join(inner[:-1]), inner[-1]
                return self.words.text(
                    "script.and" if isinstance(formula, All) else "script.or", first=first, last=last
                )
            case Value():
                message = "a formula that is simplified holds no value"
                raise TypeError(message)


def _names(lines: Iterable[Line]) -> str:
    return ", ".join(f"{line.row}{line.letter}" for line in lines)


def _listed(numbers: dict[str, int], options: Iterable[str]) -> str:
    return ", ".join(map(str, sorted(numbers[option] for option in options)))

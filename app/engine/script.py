"""The whole check for paper: each question once, in order, and a sheet on which every answer is marked.

The sheet has a row for each criterion. A row is empty until it is settled; where what is left of it can differ at the
same question, a letter in the row says what it is. Lines are rows with what stands in them. Whoever follows the script
needs to remember nothing: which question to ask, what to mark and when to stop follow from the sheet.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from app.engine.forks import Forks, Ticks, fork, ticks
from app.engine.formula import Formula, Value, answered, comparisons, option_known
from app.engine.journey import advance, offered, start
from app.engine.stages import Arrivals, Stage, Standing, standing, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.engine.journey import Remainder
    from app.engine.rules import Rules

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """The row of that number while this letter stands in it, or nothing."""

    row: int
    letter: str = ""


Mark = Value | str
"""What is written into a row: that it is settled, and how, or a letter."""


@dataclass(frozen=True, slots=True)
class Case:
    """The answers that fit any of ``when`` have this mark written; None leaves the row as it is."""

    when: tuple[Ticks, ...]
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Move:
    """What an answer does to any of these lines: exactly one case fits."""

    lines: tuple[Line, ...]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A question. It is asked while one of the lines of ``ask_if`` is on the sheet; of everybody, if that is None.

    ``options`` are all that anybody is offered here, each with the condition under which it is. ``passed`` are the
    marks to make where it is not asked.
    """

    number: int
    question: str
    options: Mapping[str, Formula]
    ask_if: tuple[Line, ...] | None
    moves: tuple[Move, ...]
    passed: tuple[tuple[Line, Mark], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A criterion by its number on the sheet, and how it is settled before anything is asked, if it is."""

    number: int
    criterion: int
    mark: Value | None


@dataclass(frozen=True, slots=True)
class Stop:
    """Nothing more is asked once a row of the route is met and none of the lines of ``unless`` is on the sheet."""

    route: str
    unless: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """The rows, best route first, the steps, and when to stop."""

    rows: tuple[Row, ...]
    steps: tuple[Step, ...]
    stops: tuple[Stop, ...]


@lru_cache(maxsize=16)
def scripts(rules: Rules) -> Mapping[str, Script]:
    """The script for each answer to the question that sets the voice, which has to be the first that is asked."""
    first = advance(rules, start(rules))
    question = rules.questions[first.position]
    if question.id != rules.voice_question:
        message = f"a script begins with {rules.voice_question!r}, and {question.id!r} is asked before it"
        raise ValueError(message)
    known: dict[Remainder, Script] = {}
    found = {}
    for option in offered(rules, first):
        after = first.known(question.id, answered(frozenset({option}))).past()
        found[option] = known[after] = known.get(after) or write_script(rules, after)
    return found


def write_script(rules: Rules, beginning: Remainder) -> Script:
    """The script from there on, which has to be before a question; exact for everybody who can come there."""
    return _Writing(rules, beginning).script()


class _Writing:
    def __init__(self, rules: Rules, beginning: Remainder) -> None:
        self.rules = rules
        self.walk = walk(rules, beginning)
        self.begun = [standing(rules, beginning, index) for index in range(len(rules.criteria))]
        self.ways = {(here.question.id, stage): way for here in self.walk.arrivals for stage, way in self._ways(here)}
        self.kept = self._kept()
        routes = [route.id for route in rules.routes]
        in_order = sorted(range(len(rules.criteria)), key=lambda index: routes.index(rules.criteria[index].route))
        shown = [index for index in in_order if self._settled(self.begun[index]) is not Value.NOT_MET]
        self.numbers = {index: number for number, index in enumerate(shown, 1)}
        self.letters = self._letters()

    def script(self) -> Script:
        """All of it."""
        rows = tuple(
            Row(number, index, mark if isinstance(mark := self.begun[index], Value) else None)
            for index, number in self.numbers.items()
        )
        asked = [here for here in self.walk.arrivals if here.options() or self._passed(here)]
        steps = tuple(self._step(number, here) for number, here in enumerate(asked, 1))
        stops = tuple(
            Stop(route.id, self._lines(self.walk.holding.get(route.id, ())))
            for route in self.rules.routes
            if route.ends
        )
        return Script(rows, steps, stops)

    def _ways(
        self, here: Arrivals
    ) -> Iterable[tuple[Stage, tuple[dict[Standing, tuple[Ticks, ...]], Standing | None]]]:
        """For each stage: how it stands after each answer, and where the question is not asked."""
        for stage in {**here.asked, **here.passed}:
            after = self._after(stage, here, here.asked[stage]) if stage in here.asked else {}
            passed = None
            if stage in here.passed:
                left = here.passed[stage].known(here.question.id, answered(None))
                passed = standing(self.rules, left, stage.criterion)
            yield stage, (after, passed)

    def _after(self, stage: Stage, here: Arrivals, remainder: Remainder) -> dict[Standing, tuple[Ticks, ...]]:
        question, options = here.question, here.options(stage)
        if question.many:
            ends: list[Standing] = []
            forks = self._forks(stage, remainder, question.id, options, ends)
            return {ends[end]: tuple(when) for end, when in ticks(forks).items()}
        together: dict[Standing, list[str]] = {}
        for option in options:
            left = remainder.known(question.id, answered(frozenset({option})))
            together.setdefault(standing(self.rules, left, stage.criterion), []).append(option)
        return {after: (Ticks((tuple(some),)),) for after, some in together.items()}

    def _forks(
        self, stage: Stage, remainder: Remainder, question: str, options: list[str], ends: list[Standing]
    ) -> Forks:
        now = standing(self.rules, remainder, stage.criterion)
        option = next((each for each in options if isinstance(now, Stage) and _hangs_on(now, question, each)), None)
        if option is None:
            after = standing(self.rules, remainder.known(question, answered(frozenset())), stage.criterion)
            if after not in ends:
                ends.append(after)
            return ends.index(after)
        rest = options[options.index(option) + 1 :]
        without, ticked = (
            self._forks(stage, remainder.known(question, option_known(option, ticked=each)), question, rest, ends)
            for each in (False, True)
        )
        return fork(option, without, ticked)

    def _kept(self) -> set[Stage]:
        """The stages that can make a difference; the others are as good as not met."""
        kept = {stage for holding in self.walk.holding.values() for stage in holding}
        for here in reversed(self.walk.arrivals):
            for stage in {**here.asked, **here.passed}:
                after, passed = self.ways[here.question.id, stage]
                wanted = stage in here.asked and stage.wants(here.question.id)
                leads = [each for each in (*after, passed) if each is not None and each != stage]
                if wanted or any(each in kept or each in (Value.MET, Value.OPEN) for each in leads):
                    kept.add(stage)
        return kept

    def _settled(self, after: Standing) -> Standing:
        return Value.NOT_MET if isinstance(after, Stage) and after not in self.kept else after

    def _letters(self) -> dict[Stage, str]:
        """A letter for each stage, none where nothing can be mistaken for it; what had a letter has one ever after."""
        others: dict[Stage, set[Stage]] = defaultdict(set)
        before: dict[Stage, set[Stage]] = defaultdict(set)
        for here in self.walk.arrivals:
            stages = [stage for stage in {**here.asked, **here.passed} if stage in self.kept]
            for stage in stages:
                others[stage] |= {each for each in stages if each.criterion == stage.criterion and each != stage}
                after, passed = self.ways[here.question.id, stage]
                for each in (*after, passed):
                    if isinstance(each, Stage) and each != stage:
                        before[each].add(stage)
        chosen: dict[Stage, int] = {}
        for stage in sorted(others, key=lambda stage: -stage.size):
            rivals = others[stage] | {
                each for each in chosen if each.criterion == stage.criterion and each.can_be_met is not stage.can_be_met
            }
            taken = {chosen[each] for each in rivals if each in chosen}
            lowest = max((chosen[each] for each in before[stage] if each in chosen), default=0)
            chosen[stage] = next(each for each in range(lowest, len(LETTERS) + 1) if each not in taken)
        return {stage: LETTERS[number - 1] if number else "" for stage, number in chosen.items()}

    def _line(self, stage: Stage) -> Line:
        return Line(self.numbers[stage.criterion], self.letters.get(stage, ""))

    def _lines(self, stages: Iterable[Stage]) -> tuple[Line, ...]:
        return tuple(sorted({self._line(stage) for stage in stages if stage in self.kept}))

    def _mark(self, stage: Stage, after: Standing) -> Mark | None:
        after = self._settled(after)
        if isinstance(after, Value):
            return after
        letter = self.letters.get(after, "")
        return None if letter == self.letters.get(stage, "") else letter

    def _step(self, number: int, here: Arrivals) -> Step:
        question = here.question
        alike: dict[tuple[Case, ...], list[Stage]] = defaultdict(list)
        for stage in here.asked:
            cases = self._cases(stage, self.ways[question.id, stage][0])
            if stage in self.kept and any(case.mark is not None for case in cases):
                alike[cases].append(stage)
        moves = sorted(
            (Move(self._lines(stages), cases) for cases, stages in alike.items()), key=lambda each: each.lines
        )
        wanting = [stage for stage in here.asked if stage.wants(question.id)]
        return Step(
            number,
            question.id,
            {option: when for option, when in question.offers.items() if option in here.offers[None]},
            self._lines(wanting) if here.passing else None,
            tuple(moves),
            self._passed(here),
        )

    def _cases(self, stage: Stage, after: dict[Standing, tuple[Ticks, ...]]) -> tuple[Case, ...]:
        together: dict[Mark | None, tuple[Ticks, ...]] = {}
        for each, when in after.items():
            mark = self._mark(stage, each)
            together[mark] = (*together.get(mark, ()), *when)
        return tuple(Case(when, mark) for mark, when in together.items())

    def _passed(self, here: Arrivals) -> tuple[tuple[Line, Mark], ...]:
        marks = []
        for stage in here.passed:
            passed = self.ways[here.question.id, stage][1]
            mark = self._mark(stage, passed) if passed is not None and stage in self.kept else None
            if mark is not None:
                marks.append((self._line(stage), mark))
        return tuple(sorted(marks, key=lambda each: each[0]))


def _hangs_on(stage: Stage, question: str, option: str) -> bool:
    offers = [formula for _, formulas in stage.offering for formula in formulas]
    formulas = (stage.part, *(formula for _, formula in stage.asking), *offers)
    return any(
        each.question == question and option in each.met | each.open
        for formula in formulas
        for each in comparisons(formula)
    )

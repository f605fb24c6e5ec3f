"""Somebody who follows a script on paper, and knows nothing but what stands there and on the sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.engine.decision import DEPENDS, UNLIKELY
from app.engine.forks import Ticks
from app.engine.formula import Ticked, Value
from app.engine.rules import Rules
from app.engine.script import Line, Mark, Script


@dataclass(frozen=True)
class Read:
    """What somebody reads off the sheet at the end, and which questions were asked."""

    asked: tuple[str, ...]
    outcome: str
    met: frozenset[int]
    open: frozenset[int]


def fits(ticks: Ticks, ticked: Ticked) -> bool:
    return all(ticked & set(group) for group in ticks.some) and not ticked & set(ticks.none)


def follow_script(rules: Rules, script: Script, answer: Callable[[str], Ticked]) -> Read:
    sheet: dict[int, Mark] = {row.number: "" if row.mark is None else row.mark for row in script.rows}
    routes = {row.number: rules.criteria[row.criterion].route for row in script.rows}

    def there(line: Line) -> bool:
        return sheet[line.row] == line.letter

    def stopped() -> bool:
        met = {routes[row] for row, mark in sheet.items() if mark is Value.MET}
        return any(stop.route in met and not any(map(there, stop.unless)) for stop in script.stops)

    asked = []
    for step in script.steps:
        if stopped():
            break
        if step.ask_if is None or any(map(there, step.ask_if)):
            asked.append(step.question)
            ticked, written = answer(step.question), {}
            for move in step.moves:
                for line in filter(there, move.lines):
                    [mark] = [case.mark for case in move.cases if any(fits(ticks, ticked) for ticks in case.when)]
                    if mark is not None:
                        written[line.row] = mark
            sheet |= written
        else:
            sheet |= {line.row: mark for line, mark in step.passed if there(line)}
    marked = {row.criterion: sheet[row.number] for row in script.rows}
    met, left_open = (
        frozenset(index for index, mark in marked.items() if mark is value and not isinstance(mark, str))
        for value in (Value.MET, Value.OPEN)
    )
    best = [route.id for route in rules.routes if route.id in {rules.criteria[index].route for index in met}]
    outcome = best[0] if best else DEPENDS if left_open else UNLIKELY
    return Read(tuple(asked), outcome, met, left_open)

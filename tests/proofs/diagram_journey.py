"""All journeys at once, question by question, as sets of people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from app.engine.formula import Comparison
from app.engine.rules import Asked, Rules
from tests.proofs.decision_diagrams import ALL, NOBODY, Diagram, Heard, Known, People


@dataclass(frozen=True)
class Stage:
    """Before a question, or at the end: what is known by then, who is here and possible, and who is asked."""

    known: Known
    here: People
    asked: People


class Journeys:
    """Every path that the rules lead people on.

    A path is one person: whoever is not asked a question ticks nothing in it. With ``everybody``, nobody is impossible.
    """

    def __init__(self, diagram: Diagram, *, everybody: bool = False) -> None:
        self.diagram = diagram
        self.rules: Rules = diagram.rules
        self.everybody = everybody
        self.stages = self._stages()

    def _stages(self) -> list[Stage]:
        diagram, stages = self.diagram, list[Stage]()
        asked: dict[str, People] = {}
        ended, fit = NOBODY, ALL
        for position, question in enumerate(self.rules.questions):
            known = self._known(position, asked)
            ended = diagram.either(ended, self._certain(known))
            wanted = diagram.worth(question.ask_when, known).met
            asked[question.id] = diagram.both(-ended, wanted, self._matters(question, known))
            stages.append(Stage(known, diagram.both(fit, self._possible(known)), asked[question.id]))
            answer = diagram.both(diagram.well_answered(question), diagram.on_offer(question, known))
            fit = diagram.both(fit, diagram.graph.ite(asked[question.id], answer, diagram.not_answered(question)))
        known = self._known(len(self.rules.questions), asked)
        return [*stages, Stage(known, diagram.both(fit, self._possible(known)), NOBODY)]

    def _possible(self, known: Known) -> People:
        return ALL if self.everybody else self.diagram.possible(known)

    def _known(self, position: int, asked: dict[str, People]) -> Known:
        known: Known = {}
        for index, question in enumerate(self.rules.questions):
            if index < position:
                known[question.id] = Heard(asked[question.id], -asked[question.id])
            else:
                asking = self.diagram.worth(question.ask_when, known)
                known[question.id] = Heard(NOBODY, self.diagram.either(asking.open, asking.no))
        return known

    def _matters(self, question: Asked, known: Known) -> People:
        diagram = self.diagram
        on_offer = {option: -diagram.worth(when, known).no for option, when in question.offers.items()}

        def says(leaf: Comparison) -> People:
            if leaf.question != question.id:
                return NOBODY
            return diagram.either(*(on_offer[option] for option in (leaf.met | leaf.open) & on_offer.keys()))

        return diagram.either(*(diagram.hanging_on(each.whole, known, says) for each in self.rules.criteria))

    def _certain(self, known: Known) -> People:
        diagram = self.diagram
        certain, hope_of_better = NOBODY, NOBODY
        for route in self.rules.routes:
            parts = [each.whole for each in self.rules.criteria if each.route == route.id]
            met = diagram.either(*(diagram.worth(part, known).met for part in parts))
            if route.ends:
                certain = diagram.either(certain, diagram.both(met, -hope_of_better))
            hope_of_better = diagram.either(hope_of_better, *(diagram.hopeful(part, known) for part in parts))
        return certain

    @cached_property
    def outcomes(self) -> dict[str, People]:
        """Who gets which outcome, of all who answer."""
        return self.diagram.outcomes(self.stages[-1].known)

    @cached_property
    def lengths(self) -> Counter[int]:
        """How many paths see how many questions."""
        diagram = self.diagram
        by_length = {0: self.stages[-1].here}
        for stage in self.stages[:-1]:
            longer = {length + 1: diagram.both(paths, stage.asked) for length, paths in by_length.items()}
            by_length = {
                length: diagram.either(
                    longer.get(length, NOBODY), diagram.both(by_length.get(length, NOBODY), -stage.asked)
                )
                for length in by_length.keys() | longer.keys()
            }
        counts = Counter({length: diagram.count(paths) for length, paths in by_length.items()})
        return +counts

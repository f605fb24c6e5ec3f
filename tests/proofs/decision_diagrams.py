"""Everybody at once: the engine's promises a third time, as binary decision diagrams over the options.

Each option is a variable, true where it is ticked. A formula becomes the sets of people of whom it is met, open and not
met; of all others it is not decided yet. Whole sets are worked with, so the rules in use can be counted as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dd.bdd import BDD

from app.engine.answers import Answers
from app.engine.formula import All, AnyOf, Comparison, Formula, Not, Value
from app.engine.rules import Asked, Rules

People = int
"""A set of people: a node of the diagram. The negative is everybody else."""
ALL: People = 1
NOBODY: People = -1


@dataclass(frozen=True)
class Worth:
    """Of whom a formula is met, open and not met."""

    met: People
    open: People
    no: People


@dataclass(frozen=True)
class Heard:
    """From whom there is an answer to a question, and who was passed over."""

    answered: People
    passed: People


Known = dict[str, Heard]
ANSWERED = Heard(ALL, NOBODY)
PASSED = Heard(NOBODY, ALL)


class Diagram:
    """The sets of people that rules tell apart."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.graph = BDD()  # type: ignore[abstract] # its types miss that it can be compared
        self.names = {question.id: self._names(question) for question in rules.questions}
        self.graph.declare(*(name for names in self.names.values() for name in names.values()))
        self.width = sum(map(len, self.names.values()))
        self.everything_answered: Known = dict.fromkeys(self.names, ANSWERED)

    @staticmethod
    def _names(question: Asked) -> dict[str, str]:
        return {option: f"{question.id}:{option}" for option in question.offers if option != question.exclusive}

    def both(self, *sets: People) -> People:
        found = ALL
        for each in sets:
            if each not in (ALL, found):
                found = each if found == ALL else self.graph.ite(found, each, NOBODY)
            if found == NOBODY:
                break
        return found

    def either(self, *sets: People) -> People:
        return -self.both(*[-each for each in sets])

    def count(self, people: People) -> int:
        found: int = self.graph.count(people, self.width)
        return found

    def given(self, people: People, ticks: dict[str, bool]) -> People:
        """Of whom it would be so if these options, by name, were ticked or not."""
        found: People = self.graph.let(ticks, people)
        return found

    def some_way(self, questions: Iterable[Asked], people: People) -> People:
        """Of whom it would be so with some other answers to these questions."""
        names = {name for question in questions for name in self.names[question.id].values()}
        found: People = self.graph.exist(names, people) if names else people
        return found

    def ticking(self, question: str, options: Iterable[str]) -> People:
        names = self.names[question]
        return self.either(*(self.graph.var(names[option]) for option in options if option in names))

    def well_answered(self, question: Asked) -> People:
        """Who ticks one option, where one is asked for."""
        ticks = [self.ticking(question.id, [option]) for option in self.names[question.id]]
        if question.many:
            return ALL
        exactly = [self.both(*(each if each is tick else -each for each in ticks)) for tick in ticks]
        return self.either(*exactly)

    def not_answered(self, question: Asked) -> People:
        return -self.ticking(question.id, question.offers)

    def on_offer(self, question: Asked, known: Known) -> People:
        """Who ticks nothing but what is on offer."""
        return self.both(
            *(
                self.either(-self.worth(when, known).no, -self.ticking(question.id, [option]))
                for option, when in question.offers.items()
            )
        )

    def possible(self, known: Known) -> People:
        return self.both(*(-self.worth(part, known).met for part in self.rules.impossible))

    def existing(self) -> People:
        """Everybody who can give an answer to each question, and can exist."""
        known = self.everything_answered
        fit = [self.both(self.well_answered(each), self.on_offer(each, known)) for each in self.rules.questions]
        return self.both(*fit, self.possible(known))

    def worth(self, formula: Formula, known: Known) -> Worth:
        match formula:
            case Value():
                return Worth(*(ALL if formula is value else NOBODY for value in (Value.MET, Value.OPEN, Value.NOT_MET)))
            case Comparison(question, met, unsure):
                return self._compared(known.get(question), self.ticking(question, met), self.ticking(question, unsure))
            case Not(part):
                turned = self.worth(part, known)
                return Worth(turned.no, turned.open, turned.met)
            case All(parts):
                return self._all([self.worth(part, known) for part in parts])
            case AnyOf(parts):
                turned = self._all([self.worth(Not(part), known) for part in parts])
                return Worth(turned.no, turned.open, turned.met)

    def _compared(self, heard: Heard | None, met: People, unsure: People) -> Worth:
        if heard is None:
            return Worth(NOBODY, NOBODY, NOBODY)
        is_open = self.either(self.both(heard.answered, unsure, -met), heard.passed)
        return Worth(self.both(heard.answered, met), is_open, self.both(heard.answered, -met, -unsure))

    def _all(self, parts: list[Worth]) -> Worth:
        no = self.either(*(part.no for part in parts))
        met = self.both(*(part.met for part in parts))
        decided = self.both(*(self.decided(part) for part in parts))
        return Worth(met, self.both(decided, -no, -met), no)

    def decided(self, worth: Worth) -> People:
        return self.either(worth.met, worth.open, worth.no)

    def hopeful(self, formula: Formula, known: Known) -> People:
        """Of whom it is met or can still be, each comparison taken by itself."""
        worth = self.worth(formula, known)
        match formula:
            case All(parts):
                best = self.both(*(self.hopeful(part, known) for part in parts))
            case AnyOf(parts):
                best = self.either(*(self.hopeful(part, known) for part in parts))
            case _:
                best = ALL
        return self.either(worth.met, self.both(-self.decided(worth), best))

    def hanging_on(self, formula: Formula, known: Known, leaf: Callable[[Comparison], People]) -> People:
        """In whose case some comparison still has a say: one that ``leaf`` says it of."""
        match formula:
            case Comparison():
                below = leaf(formula)
            case Not(part):
                below = self.hanging_on(part, known, leaf)
            case All(parts) | AnyOf(parts):
                below = self.either(*(self.hanging_on(part, known, leaf) for part in parts))
            case _:
                return NOBODY
        return self.both(-self.decided(self.worth(formula, known)), below)

    def outcomes(self, known: Known) -> dict[str, People]:
        """Who gets which outcome, on what is known."""
        worths = [(each.route, self.worth(each.whole, known)) for each in self.rules.criteria]
        left, found = ALL, dict[str, People]()
        for route in self.rules.routes:
            met = self.either(*(worth.met for name, worth in worths if name == route.id))
            found[route.id] = self.both(left, met)
            left = self.both(left, -met)
        still_open = self.both(left, self.either(*(worth.open for _, worth in worths)))
        return {**found, "depends": still_open, "unlikely": self.both(left, -still_open)}

    def has(self, people: People, person: Answers) -> bool:
        """Whether somebody who gives these answers is among them."""
        ticks = {
            name: option in person[question] for question, names in self.names.items() for option, name in names.items()
        }
        return self.given(people, ticks) == ALL

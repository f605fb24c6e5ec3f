"""What is proved of each criterion in a pass of its own: that it decides something, and never against the unsure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from app.engine.finding import Finding, of_criterion
from app.engine.formula import Formula, Value, answered, comparisons, every, option_known, substitute
from app.engine.search import find_person

if TYPE_CHECKING:
    from app.engine.answers import Answers
    from app.engine.rules import Asked, Rules


def prove_criterion(rules: Rules, index: int) -> Iterator[Finding]:
    """Whether the criterion, by its place in the law file, can be met and missed, and is fair to whoever is asked."""
    criterion = rules.criteria[index]
    meets = find_person(rules, (criterion.whole,), lambda now: now[0] is Value.MET)
    if meets is None:
        message = f"the parts of {criterion.id} cannot all be true of anybody; no answers meet it"
        yield of_criterion(rules, index, "contradiction", message)
        return
    missed = find_person(
        rules, (criterion.applies, criterion.test), lambda now: now[0] is Value.MET and now[1] is not Value.MET
    )
    if missed is None:
        message = f"{criterion.id} is met by whatever is answered; it decides nothing"
        yield of_criterion(rules, index, "always-true", message, meets)
    asks = {each.question for each in comparisons(criterion.whole)}
    for question in rules.questions:
        if question.id in asks:
            yield from _skipped(rules, index, question)
            yield from _worse(rules, index, question)
            yield from _unsure(rules, index, question)
            yield from _promised(rules, index, question, meets)


def _skipped(rules: Rules, index: int, question: Asked) -> Iterator[Finding]:
    """Whether ``ask_when`` keeps the question from somebody whom its answer would have let meet the criterion."""
    if question.ask_when is Value.MET:
        return
    criterion = rules.criteria[index]
    person = find_person(
        rules,
        (question.ask_when, criterion.whole, substitute(criterion.whole, question.id, answered(None))),
        lambda now: now[0] is not Value.MET and now[1] is Value.MET and now[2] is not Value.MET,
    )
    if person is not None:
        message = f"{question.id!r} is not asked of somebody who would meet {criterion.id} by answering it"
        yield of_criterion(rules, index, "unsound-skip", message, person)


def _worse(rules: Rules, index: int, question: Asked) -> Iterator[Finding]:
    """Whether ticking one option more takes the criterion away from somebody."""
    criterion = rules.criteria[index]
    about = [each for each in comparisons(criterion.whole) if each.question == question.id]
    for option, offered_when in question.offers.items() if question.many else ():
        if any(option in each.met | each.open for each in about):
            ticked, unticked = (
                substitute(criterion.whole, question.id, option_known(option, ticked=now)) for now in (True, False)
            )
            person = find_person(
                _either_way(rules, question, option),
                (ticked, unticked, offered_when),
                lambda now: now[0] < now[1] and now[2] is Value.MET,
            )
            if person is not None:
                given = person.get(question.id, frozenset())
                people = ({**person, question.id: given - {option}}, {**person, question.id: given | {option}})
                message = f"ticking {option!r} in {question.id!r} takes {criterion.id} away from somebody"
                yield of_criterion(rules, index, "worse-for-more", message, *people)


def _either_way(rules: Rules, question: Asked, option: str) -> Rules:
    """The rules as they hold both with the option ticked and without: what is on offer, and who is possible."""

    def both(formula: Formula) -> tuple[Formula, ...]:
        return tuple(substitute(formula, question.id, option_known(option, ticked=now)) for now in (True, False))

    questions = tuple(
        replace(each, offers={name: every(both(when)) for name, when in each.offers.items()})
        for each in rules.questions
    )
    return replace(rules, questions=questions, impossible=tuple(chain.from_iterable(map(both, rules.impossible))))


def _unsure(rules: Rules, index: int, question: Asked) -> Iterator[Finding]:
    """Whether somebody who does not know is told no, though another answer would let them meet the criterion."""
    criterion = rules.criteria[index]
    for option in sorted(question.unsure & question.offers.keys()):
        unknown = substitute(criterion.whole, question.id, answered(frozenset({option})))
        person = find_person(
            rules,
            (unknown, criterion.whole, question.offers[option]),
            lambda now: now[0] is Value.NOT_MET and now[1] is Value.MET and now[2] is Value.MET,
        )
        if person is not None:
            message = f"whoever answers {option!r} to {question.id!r} is told no by {criterion.id}, which is still open"
            people = (person, {**person, question.id: frozenset({option})})
            yield of_criterion(rules, index, "unlikely-with-open", message, *people)


def _promised(rules: Rules, index: int, question: Asked, meets: Answers) -> Iterator[Finding]:
    """Whether the criterion takes people on a better route than their own answer to the question can."""
    criterion = rules.criteria[index]
    ranks = {route.id: rank for rank, route in enumerate(rules.routes)}
    if question.ceiling is not None and ranks[criterion.route] < ranks[question.ceiling]:
        message = (
            f"{criterion.id} promises {criterion.route!r} on an answer to {question.id!r}, "
            f"which takes nobody further than {question.ceiling!r}"
        )
        yield of_criterion(rules, index, "promise-above-route", message, meets)

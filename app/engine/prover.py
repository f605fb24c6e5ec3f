"""What is proved of a nation's rules, each fault with a place, a plain sentence and a person it would happen to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.engine.decision import outcome_ids
from app.engine.formula import Formula, Value, answered, comparisons, option_known, substitute
from app.engine.graph import Graph, explore
from app.engine.journey import offered
from app.engine.search import find_person

if TYPE_CHECKING:
    from app.engine.answers import Answers
    from app.engine.document import Place
    from app.engine.problem import Problem
    from app.engine.rules import Asked, Criterion, Rules


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of the rules as a whole, and the people who show it (none where nobody can)."""

    problem: Problem
    people: tuple[Answers, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """How large a nation's rules are: states of the graph, paths, and questions on the shortest, median and longest."""

    states: int
    paths: int
    shortest: int
    median: int
    longest: int


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found in one version of a nation's rules, and its figures."""

    rules: Rules
    findings: tuple[Finding, ...]
    figures: Figures


def prove(rules: Rules) -> Proof:
    """Proves what every version of the rules must keep to."""
    graph = explore(rules)
    findings = (
        *_reached(rules, graph),
        *_useless(rules, graph),
        *(finding for index in range(len(rules.criteria)) for finding in _criterion(rules, index)),
        *_long(rules, graph),
    )
    return Proof(rules, findings, _figures(graph))


def _figures(graph: Graph) -> Figures:
    lengths = sorted(graph.lengths().items())
    paths = sum(count for _, count in lengths)
    passed = 0
    median = 0
    for length, count in lengths:
        passed += count
        if 2 * passed >= paths:
            median = length
            break
    return Figures(len(graph.states), paths, lengths[0][0], median, lengths[-1][0])


def _reached(rules: Rules, graph: Graph) -> Iterator[Finding]:
    questions, outcomes = graph.witnesses()
    mentioned = {each.question for criterion in rules.criteria for each in comparisons(criterion.whole)}
    for index, question in enumerate(rules.questions):
        if question.id in mentioned and question.id not in questions:
            yield _of_question(rules, index, "unreachable-question", f"nobody is ever asked {question.id!r}")
    for outcome in outcome_ids(rules):
        if outcome not in outcomes:
            problem = rules.law.problem(("criteria",), "unreachable-outcome", f"no answers lead to {outcome!r}")
            yield Finding(problem)
    for index, criterion in enumerate(rules.criteria):
        if index not in graph.met and _can(rules, criterion.test, Value.MET):
            message = f"{criterion.id} is never met: no answers to the questions asked lead to it"
            yield _of_criterion(rules, index, "unreachable-criterion", message)


def _useless(rules: Rules, graph: Graph) -> Iterator[Finding]:
    """Questions that change no criterion for some person who is asked them. The one that sets the voice may."""
    told: set[str] = set()
    for state in graph.states.values():
        if state.question is None or state.option is not None or state.question in {*told, rules.voice_question}:
            continue
        index = state.remainder.position
        options = offered(rules, state.remainder)
        answers = [frozenset[str](), frozenset(options)] if rules.questions[index].many else []
        answers += [frozenset({option}) for option in options]
        left = {state.remainder.known(state.question, answered(ticked)).criteria for ticked in answers}
        if len(left) == 1:
            told.add(state.question)
            message = f"{state.question!r} is asked of somebody for whom no answer to it changes anything"
            yield _of_question(rules, index, "useless-question", message, state.witness)


def _criterion(rules: Rules, index: int) -> Iterator[Finding]:
    criterion = rules.criteria[index]
    if not _can(rules, criterion.test, Value.MET):
        message = f"the parts of {criterion.id} cannot all be true of anybody; no answers meet it"
        yield _of_criterion(rules, index, "contradiction", message)
        return
    missed = find_person(
        rules, (criterion.applies, criterion.test), lambda now: now[0] is Value.MET and now[1] is not Value.MET
    )
    if missed is None:
        message = f"{criterion.id} is met by whatever is answered; it decides nothing"
        yield _of_criterion(rules, index, "always-true", message)
    for question in rules.questions:
        yield from _skipped(rules, index, criterion, question)
        if question.many:
            yield from _worse(rules, index, criterion, question)


def _skipped(rules: Rules, index: int, criterion: Criterion, question: Asked) -> Iterator[Finding]:
    """Whether ``ask_when`` keeps the question from somebody whom its answer would have let meet the criterion."""
    if question.ask_when is Value.MET or all(each.question != question.id for each in comparisons(criterion.test)):
        return
    unasked = substitute(criterion.whole, question.id, answered(None))
    person = find_person(
        rules,
        (question.ask_when, criterion.whole, unasked),
        lambda now: now[0] is not Value.MET and now[1] is Value.MET and now[2] is not Value.MET,
    )
    if person is not None:
        message = f"{question.id!r} is not asked of somebody who would meet {criterion.id} by answering it"
        yield _of_criterion(rules, index, "unsound-skip", message, person)


def _worse(rules: Rules, index: int, criterion: Criterion, question: Asked) -> Iterator[Finding]:
    """Whether ticking one option more takes the criterion away from somebody."""
    about = [each for each in comparisons(criterion.test) if each.question == question.id]
    for option, offered_when in question.offers.items():
        if any(option in each.met | each.open for each in about):
            ticked, unticked = (
                substitute(criterion.whole, question.id, option_known(option, ticked=now)) for now in (True, False)
            )
            person = find_person(
                rules, (ticked, unticked, offered_when), lambda now: now[0] < now[1] and now[2] is Value.MET
            )
            if person is not None:
                given = person.get(question.id, frozenset())
                people = ({**person, question.id: given - {option}}, {**person, question.id: given | {option}})
                message = f"ticking {option!r} in {question.id!r} takes {criterion.id} away from somebody"
                yield _of_criterion(rules, index, "worse-for-more", message, *people)


def _long(rules: Rules, graph: Graph) -> Iterator[Finding]:
    longest = max(graph.lengths())
    if longest > rules.longest_journey:
        message = f"somebody in {rules.nation} is asked {longest} questions; the budget is {rules.longest_journey}"
        yield Finding(rules.vocabulary.problem(("longest_journey",), "journey-too-long", message))


def _can(rules: Rules, formula: Formula, value: Value) -> bool:
    return find_person(rules, (formula,), lambda now: now[0] is value) is not None


def _of_criterion(rules: Rules, index: int, code: str, message: str, *people: Answers) -> Finding:
    place: Place = ("criteria", index)
    return Finding(rules.law.problem(place, code, message), people)


def _of_question(rules: Rules, index: int, code: str, message: str, *people: Answers) -> Finding:
    place: Place = ("questions", index)
    return Finding(rules.vocabulary.problem(place, code, f"{message} in {rules.nation}"), people)

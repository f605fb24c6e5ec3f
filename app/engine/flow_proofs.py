"""What is proved of the way through the check, on the graph of every path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.engine.decision import outcome_ids
from app.engine.finding import Finding, of_criterion, of_question
from app.engine.formula import Formula, Value, answered, comparisons, option_known
from app.engine.journey import offered
from app.engine.search import find_person

if TYPE_CHECKING:
    from app.engine.graph import Graph, State
    from app.engine.rules import Rules


def prove_flow(rules: Rules, graph: Graph, longest: int) -> Iterator[Finding]:
    """Everything is reached, everybody can go on, no question is asked in vain, and none is one too many."""
    yield from _reached(rules, graph)
    yield from _stuck(rules, graph)
    yield from _useless(rules, graph)
    if longest > rules.longest_journey:
        message = f"somebody in {rules.nation} is asked {longest} questions; the budget is {rules.longest_journey}"
        problem = rules.vocabulary.problem(("longest_journey",), "journey-too-long", message)
        yield Finding(problem, rules.nation, (graph.longest(),))


def _reached(rules: Rules, graph: Graph) -> Iterator[Finding]:
    questions, outcomes = graph.witnesses()
    mentioned = {each.question for criterion in rules.criteria for each in comparisons(criterion.whole)}
    for index, question in enumerate(rules.questions):
        if question.id in mentioned and question.id not in questions:
            yield of_question(rules, index, "unreachable-question", f"nobody is ever asked {question.id!r}")
    for outcome in outcome_ids(rules):
        if outcome not in outcomes:
            problem = rules.law.problem(("criteria",), "unreachable-outcome", f"no answers lead to {outcome!r}")
            yield Finding(problem, outcome)
    for index, criterion in enumerate(rules.criteria):
        if index not in graph.met:
            person = find_person(rules, (criterion.whole,), lambda now: now[0] is Value.MET)
            if person is not None:
                message = f"{criterion.id} is never met: whoever would meet it is never asked all that it needs"
                yield of_criterion(rules, index, "unreachable-criterion", message, person)


def _stuck(rules: Rules, graph: Graph) -> Iterator[Finding]:
    """Questions to which somebody can give no answer at all, so that their check has no outcome."""
    told: set[str] = set()
    for state in graph.states.values():
        if state.question is not None and not state.ways and state.question not in told:
            told.add(state.question)
            message = f"every answer to {state.question!r} is called impossible for somebody who is asked it"
            yield of_question(rules, state.remainder.position, "no-outcome", message, state.witness)


def _useless(rules: Rules, graph: Graph) -> Iterator[Finding]:
    """Questions that change no criterion for some person who is asked them. The one that sets the voice may."""
    told: set[str | None] = {rules.voice_question}
    for state in graph.states.values():
        before = state.question is not None and state.option is None
        if before and state.question not in told and len(_left_by_answers(rules, state)) == 1:
            told.add(state.question)
            message = f"{state.question!r} is asked of somebody for whom no answer to it changes anything"
            yield of_question(rules, state.remainder.position, "useless-question", message, state.witness)


def _left_by_answers(rules: Rules, state: State) -> set[tuple[Formula, ...]]:
    """What the answers to this question can leave of the criteria; several options are taken one at a time."""
    question, options = rules.questions[state.remainder.position], offered(rules, state.remainder)
    if not question.many:
        return {state.remainder.known(question.id, answered(frozenset({option}))).criteria for option in options}
    left = {state.remainder}
    for option in options:
        left = {each.known(question.id, option_known(option, ticked=now)) for each in left for now in (True, False)}
    return {each.known(question.id, answered(frozenset())).criteria for each in left}

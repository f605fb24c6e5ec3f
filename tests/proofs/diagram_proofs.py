"""What the prover has to find, a third time: for each code, whether the set of people of whom it is true is empty."""

from __future__ import annotations

from collections.abc import Iterator

from app.engine.decision import outcome_ids
from app.engine.formula import comparisons
from app.engine.rules import Asked, Criterion
from tests.proofs.decision_diagrams import ANSWERED, NOBODY, PASSED, Diagram, Heard, Known, People
from tests.proofs.diagram_journey import Journeys, Stage


def proofs_of_criteria(diagram: Diagram) -> Iterator[tuple[str, str]]:
    """What is wrong with single criteria and with what is called impossible."""
    known, rules = diagram.everything_answered, diagram.rules
    free = diagram.both(*(_fit(diagram, question) for question in rules.questions))
    for index, assumed in enumerate(rules.impossible):
        if diagram.both(free, diagram.worth(assumed, known).met) == NOBODY:
            yield "contradiction", str(index)
    existing = diagram.existing()
    for criterion in rules.criteria:
        whole, applies = diagram.worth(criterion.whole, known), diagram.worth(criterion.applies, known)
        if diagram.both(existing, whole.met) == NOBODY:
            yield "contradiction", criterion.id
            continue
        if diagram.both(existing, applies.met, -diagram.worth(criterion.test, known).met) == NOBODY:
            yield "always-true", criterion.id
        mentioned = {each.question for each in comparisons(criterion.whole)}
        for question in rules.questions:
            if question.id in mentioned:
                yield from ((code, criterion.id) for code in _of_question(diagram, existing, criterion, question))


def _fit(diagram: Diagram, question: Asked) -> People:
    return diagram.both(diagram.well_answered(question), diagram.on_offer(question, diagram.everything_answered))


def _of_question(diagram: Diagram, existing: People, criterion: Criterion, question: Asked) -> Iterator[str]:
    known, rules = diagram.everything_answered, diagram.rules
    whole = diagram.worth(criterion.whole, known)
    meeting = diagram.both(existing, whole.met)
    passed_over = diagram.worth(criterion.whole, {**known, question.id: PASSED})
    if diagram.both(meeting, -diagram.worth(question.ask_when, known).met, -passed_over.met) != NOBODY:
        yield "unsound-skip"
    ranks = [route.id for route in rules.routes]
    if question.ceiling is not None and ranks.index(criterion.route) < ranks.index(question.ceiling):
        yield "promise-above-route"
    names = diagram.names[question.id]
    for option in question.unsure & question.offers.keys():
        told_no = diagram.given(whole.no, {name: each == option for each, name in names.items()})
        offered = -diagram.worth(question.offers[option], known).no
        if diagram.both(meeting, offered, told_no) != NOBODY:
            yield "unlikely-with-open"
    for name in names.values() if question.many else ():
        more, less = ({name: True}, {name: False})
        worse = diagram.either(
            diagram.both(diagram.given(whole.met, less), -diagram.given(whole.met, more)),
            diagram.both(-diagram.given(whole.no, less), diagram.given(whole.no, more)),
        )
        if diagram.both(diagram.given(existing, less), diagram.given(existing, more), worse) != NOBODY:
            yield "worse-for-more"


def proofs_of_the_way(journeys: Journeys) -> Iterator[tuple[str, str]]:
    """What is wrong with the way through the check."""
    yield from _of_questions(journeys)
    yield from _of_ends(journeys)


def _of_questions(journeys: Journeys) -> Iterator[tuple[str, str]]:
    diagram, rules = journeys.diagram, journeys.rules
    named = {each.question for criterion in rules.criteria for each in comparisons(criterion.whole)}
    for question, stage, after in zip(rules.questions, journeys.stages, journeys.stages[1:], strict=False):
        asked = diagram.both(stage.here, stage.asked)
        if asked == NOBODY:
            if question.id in named:
                yield "unreachable-question", question.id
            continue
        if diagram.both(asked, -diagram.some_way([question], after.here)) != NOBODY:
            yield "no-outcome", question.id
        if question.id != rules.voice_question and is_useless(journeys, question, stage):
            yield "useless-question", question.id


def _of_ends(journeys: Journeys) -> Iterator[tuple[str, str]]:
    diagram, rules = journeys.diagram, journeys.rules
    existing = diagram.existing()
    for outcome in outcome_ids(rules):
        if diagram.both(journeys.stages[-1].here, journeys.outcomes[outcome]) == NOBODY:
            yield "unreachable-outcome", outcome
    if max(journeys.lengths, default=0) > rules.longest_journey:
        yield "journey-too-long", rules.nation
    for criterion in rules.criteria:
        somebody = diagram.both(existing, diagram.worth(criterion.whole, diagram.everything_answered).met) != NOBODY
        met = (diagram.both(stage.here, diagram.worth(criterion.whole, stage.known).met) for stage in journeys.stages)
        if somebody and all(each == NOBODY for each in met):
            yield "unreachable-criterion", criterion.id


def is_useless(journeys: Journeys, question: Asked, stage: Stage) -> bool:
    """Whether, for somebody who is asked, every criterion comes out the same for each answer, whatever comes after."""
    diagram, rules = journeys.diagram, journeys.rules
    later = rules.questions[rules.questions.index(question) + 1 :]
    known: Known = {}
    for each in rules.questions:
        wanted = diagram.worth(each.ask_when, known).met
        known[each.id] = (
            ANSWERED if each is question else Heard(wanted, -wanted) if each in later else stage.known[each.id]
        )
    answer = diagram.both(diagram.well_answered(question), diagram.on_offer(question, stage.known))
    rest = diagram.both(*(diagram.well_answered(each) for each in later))
    changed = NOBODY
    for criterion in rules.criteria:
        worth = diagram.worth(criterion.whole, known)
        for people in (worth.met, worth.no):
            one = diagram.some_way([question], diagram.both(answer, people))
            other = diagram.some_way([question], diagram.both(answer, -people))
            changed = diagram.either(changed, diagram.some_way(later, diagram.both(one, other, rest)))
    return diagram.both(stage.here, stage.asked, -changed) != NOBODY

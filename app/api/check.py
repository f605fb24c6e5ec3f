"""A check in one request: answers in, the next question or the outcome out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from app.api.check_model import (
    AnswerGiven,
    Given,
    HowToApply,
    LaterRules,
    NearestChange,
    Notes,
    OptionOffered,
    OutcomeReached,
    OutcomeStep,
    QuestionPut,
    QuestionStep,
    Reasons,
    ReasonSaid,
)
from app.api.council_model import contacts_of, links_of
from app.api.model import filled, links_to, rules_said
from app.api.problem import MOST_FAULTS, Fault, Problem, pointer_to
from app.engine.answers import AnswerError, parse_answers
from app.engine.decision import Reason, conclude
from app.engine.explanation import Explanation, puts
from app.engine.formula import Value
from app.engine.journey import follow

if TYPE_CHECKING:
    from app.api.check_model import CheckSent
    from app.api.source import Desk
    from app.engine.answers import Answers
    from app.engine.decision import Decision
    from app.engine.journey import Journey
    from app.engine.put import Put


def check_answered(desk: Desk, sent: CheckSent) -> QuestionStep | OutcomeStep:
    """What comes after these answers; raises Problem for those that cannot be used, and under other rules."""
    if sent.version not in (None, desk.rules.version):
        withdrawn = desk.service.withdrawn_version(sent.version or "")
        raise Problem("rules-withdrawn" if withdrawn else "rules-changed")
    journey = follow(desk.rules, _answers(desk, sent.answers))
    found = puts(desk.rules, desk.words, journey)
    answers: Given = {
        step.question: found[step.question].chosen(step.ticked)
        if found[step.question].question.many
        else min(step.ticked)
        for step in journey.asked
    }
    asked = tuple(
        AnswerGiven(
            question=step.question,
            title=found[step.question].title,
            given="; ".join(found[step.question].labels(step.ticked)),
        )
        for step in journey.asked
    )
    rules = rules_said(desk.rules)
    if journey.next is not None:
        question = _question(found[journey.next.id])
        return QuestionStep(step="question", rules=rules, answers=answers, asked=asked, question=question)
    return OutcomeStep(step="outcome", rules=rules, answers=answers, asked=asked, outcome=_outcome(desk, journey))


def _answers(desk: Desk, given: Mapping[str, object]) -> Answers:
    answers: dict[str, frozenset[str]] = {}
    faults = []
    for question, value in given.items():
        try:
            answers |= parse_answers(desk.service.vocabulary, {question: value})
            if value == []:
                # As on the pages: nothing chosen is not "none of these".
                raise AnswerError("wrong-shape", f"{question} takes at least one option")
        except AnswerError as error:
            pointer = pointer_to("answers", question)
            faults.append(Fault(pointer=pointer, code=error.code, question=question, detail=str(error)))
    if faults:
        raise Problem(faults[0].code, errors=tuple(faults[:MOST_FAULTS]))
    return answers


def _question(put: Put) -> QuestionPut:
    return QuestionPut(
        id=put.question.id,
        kind="many" if put.question.many else "one",
        exclusive=put.question.exclusive,
        title=put.title,
        hint=put.hint,
        why=put.why,
        options=tuple(
            OptionOffered(id=option, label=put.label(option), hint=put.option_hint(option)) for option in put.offers
        ),
        missing=put.missing,
        conflict=put.conflict,
    )


def _outcome(desk: Desk, journey: Journey) -> OutcomeReached:
    decision = conclude(desk.rules, journey)
    told = Explanation(desk.rules, desk.words, decision)

    def said(texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(filled(text, desk.name) for text in texts)

    return OutcomeReached(
        id=decision.outcome,
        title=told.said.title.to(told.voice),
        expect=filled(told.said.expect.to(told.voice), desk.name),
        reasons=_reasons(desk, told, decision),
        look_up=said(told.look_up()),
        nearest_changes=tuple(
            NearestChange(
                name=each.name, question=each.question, given=each.given, other=each.other or None, more=each.more
            )
            for each in told.changes()
        ),
        later_rules=tuple(
            LaterRules(
                in_force=each.day, title=each.title, met=each.met, open=each.open, lost=each.lost, worse=each.worse
            )
            for each in told.outlooks(desk.service.later(desk.rules))
        ),
        evidence=said(told.evidence()),
        next_steps=said(told.next_steps()),
        notes=Notes(**{place: said(told.notes(place, desk.council.facts)) for place in Notes.model_fields}),
        apply=HowToApply(
            contact_first=told.contact_first(),
            link=desk.council.said.links.apply or desk.service.vocabulary.nations[desk.rules.nation].apply,
            fee=None if told.voice == "organisation" else desk.council.said.fee,
            decides_within_weeks=desk.council.said.decides_within_weeks,
            links=links_of(desk.council),
            contacts=contacts_of(desk.council),
        ),
    )


def _reasons(desk: Desk, told: Explanation, decision: Decision) -> Reasons:
    def said(reasons: Iterable[Reason]) -> tuple[ReasonSaid, ...]:
        return tuple(
            ReasonSaid(
                id=each.criterion.id,
                route=each.criterion.route,
                name=each.name,
                why=filled(each.why, desk.name) or None,
                hangs_on=tuple(
                    AnswerGiven(question=answer.id, title=answer.question, given=answer.given)
                    for answer in each.answers
                ),
                confirmed=each.criterion.confirmed,
                sources=links_to(each.sources),
            )
            for each in told.reasons(reasons)
        )

    left = decision.reasons
    return Reasons(
        because=said(decision.because),
        also_met=said(decision.also_met),
        open=said(decision.open),
        not_met=said(decision.considered),
        not_addressed=said(each for each in left if each.value is Value.NOT_MET and not each.applies),
        not_considered=said(each for each in left if each.value is None),
    )

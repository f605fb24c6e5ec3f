"""A card: a case told to those who decide about badges. Its template can stand on any page of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.desk.desk import site
from app.desk.letter import Draft, drafts
from app.desk.others import others
from app.engine.explanation import Explanation, puts
from app.web.pages import tool_words

if TYPE_CHECKING:
    from datetime import date

    from app.desk.case import Case
    from app.desk.others import Other
    from app.engine.explanation import GivenAnswer, ReasonTold
    from app.engine.put import Put
    from app.engine.rules import Rules
    from app.engine.vocabulary import Voice

LANGUAGE = "en"
"""The language of the desk."""


@dataclass(frozen=True, slots=True)
class AnswerTold:
    """A question, and the answer to it as one text for each option."""

    question: str
    given: tuple[str, ...]
    change: None = None


@dataclass(frozen=True, slots=True)
class ReasonGroup:
    """Reasons to the same effect; ``key`` ends that of their heading."""

    key: str
    reasons: tuple[ReasonTold, ...]


@dataclass(frozen=True, slots=True)
class OtherTold:
    """Another answer, in words, with the outcome that it leads to; None where more would have been asked."""

    question: str
    given: str
    other: str
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """All that is told of a case; ``rules_now`` says whether its rules are those in force today."""

    id: str
    outcome: str
    title: str
    nation: str
    version: str
    in_force: date
    rules_now: bool
    answers: tuple[AnswerTold, ...]
    groups: tuple[ReasonGroup, ...]
    evidence: tuple[str, ...]
    others: tuple[OtherTold, ...]
    drafts: tuple[Draft, ...]


def card_of(rules: Rules, case: Case, place: str) -> Card:
    """The card of a case under these rules, for the staff of a council; raises MissingAnswerError if they ask more."""
    decision = case.decision(rules)
    service = site().services[rules.service]
    words = service.words[LANGUAGE]
    voice = staff_voice(rules, case)
    told = Explanation(rules, words, decision, voice)
    asked = puts(rules, words, decision.journey, voice)
    groups = {
        "met": [*decision.because, *decision.also_met],
        "open": decision.open,
        "not_met": decision.considered,
        "not_considered": [reason for reason in decision.reasons if reason.value is None],
    }
    return Card(
        id=case.id,
        outcome=decision.outcome,
        title=told.said.title.to(voice),
        nation=words.nations[rules.nation],
        version=rules.version,
        in_force=rules.in_force,
        rules_now=service.rules(rules.nation, site().today()) is rules,
        answers=tuple(
            AnswerTold(asked[step.question].title, asked[step.question].labels(step.ticked))
            for step in decision.journey.asked
        ),
        groups=tuple(ReasonGroup(key, tuple(told.reasons(found))) for key, found in groups.items() if found),
        evidence=tuple(told.evidence()),
        others=tuple(
            OtherTold(
                asked[other.question].title,
                "; ".join(asked[other.question].labels(case.answers[other.question])),
                _other(asked[other.question], other),
                words.outcomes[other.outcome].title.to(voice) if other.outcome else None,
            )
            for other in others(rules, decision)
        ),
        drafts=drafts(rules, decision, place),
    )


def answers_behind(rules: Rules, case: Case, criterion: str) -> tuple[GivenAnswer, ...]:
    """The answers on which a criterion, by its id, hangs for a case."""
    decision = case.decision(rules)
    words = site().services[rules.service].words[LANGUAGE]
    told = Explanation(rules, words, decision, staff_voice(rules, case))
    found = (reason for reason in decision.reasons if reason.criterion.id == criterion)
    return tuple(answer for reason in told.reasons(found) for answer in reason.answers)


def staff_voice(rules: Rules, case: Case) -> Voice:
    """To staff, whoever answered is somebody else, or an organisation."""
    told = rules.voices
    organisations = {option for option, voice in told.items() if voice == "organisation"}
    return "organisation" if case.answers.get(rules.voice_question, frozenset()) & organisations else "they"


def _other(put: Put, other: Other) -> str:
    label = put.label(other.option)
    if not put.question.many:
        return label
    if not other.ticked:
        return tool_words().text("desk.card.without", answer=label)
    return tool_words().text("desk.card.beside", answer=label) if other.beside else label

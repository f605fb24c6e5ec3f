"""A service at a council as the API tells of it: all that can be asked, and all the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from app.api.model import MARKDOWN, InForce, Link, Said, Voices, filled, in_voices, links_to, rules_said
from app.engine.decision import outcome_ids
from app.engine.formula import comparisons

if TYPE_CHECKING:
    from app.api.source import Desk
    from app.engine.rules import Asked, Criterion


class OptionSaid(Said):
    """An answer. Not everybody is offered it: a check says which are."""

    id: str
    label: Voices
    hint: Voices | None


class QuestionSaid(Said):
    """A question, with every option that anybody in the nation is offered."""

    id: str
    kind: Literal["one", "many"] = Field(description="Whether it takes one option or several.")
    exclusive: str | None = Field(description="The option that cannot stand beside others.")
    title: Voices
    hint: Voices | None
    why: Voices = Field(description="Why it is asked.")
    options: tuple[OptionSaid, ...]
    missing: Voices = Field(description="The error to show if nothing was chosen.")
    conflict: Voices | None = Field(description="The error to show if the exclusive option was chosen beside others.")


class OutcomeSaid(Said):
    """An outcome that a check can have."""

    id: str
    title: Voices
    expect: Voices = Field(description=f"What to expect. {MARKDOWN}")


class CriterionSaid(Said):
    """One rule of the law."""

    id: str
    route: str = Field(description="The outcome that it leads to.")
    name: str
    rule: str = Field(description=MARKDOWN)
    confirmed: bool = Field(
        description="Whether the reading of the law is sure; if not, say that it is to be confirmed."
    )
    contact_first: bool = Field(description="Whether the council has to be asked before anybody applies.")
    sources: tuple[Link, ...]
    evidence: tuple[str, ...] = Field(description="The proof that it asks for, by id.")


class EvidenceSaid(Said):
    """A proof to find."""

    id: str
    text: Voices = Field(description=MARKDOWN)


class SpeakingTo(Said):
    """Which answer says who is spoken to. Until it is given, the voice is `you`."""

    question: str
    voices: dict[str, str] = Field(description="By option, the voice to speak in.")


class ServiceSaid(Said):
    """A service at a council: every question, every outcome, every rule, in one language."""

    council: str
    service: str
    language: str
    name: str = Field(description="What the check is called.")
    nation: str
    rules: InForce
    speaking_to: SpeakingTo
    questions: tuple[QuestionSaid, ...] = Field(description="In the order of asking. Nobody is asked all of them.")
    outcomes: tuple[OutcomeSaid, ...] = Field(description="Best first.")
    criteria: tuple[CriterionSaid, ...]
    evidence: tuple[EvidenceSaid, ...]


def service_said(desk: Desk) -> ServiceSaid:
    """The service as it is there today."""
    rules, words = desk.rules, desk.words
    evidence = dict.fromkeys(item for criterion in rules.criteria for item in criterion.evidence)
    return ServiceSaid(
        council=desk.council.slug,
        service=desk.service.id,
        language=desk.language,
        name=words.service,
        nation=rules.nation,
        rules=rules_said(rules),
        speaking_to=SpeakingTo(question=rules.voice_question, voices=dict(rules.voices)),
        questions=tuple(_question(desk, question) for question in rules.questions if question.id in _asked(desk)),
        outcomes=tuple(
            OutcomeSaid(
                id=each,
                title=in_voices(words.outcomes[each].title, desk.name),
                expect=in_voices(words.outcomes[each].expect, desk.name),
            )
            for each in outcome_ids(rules)
        ),
        criteria=tuple(_criterion(desk, criterion) for criterion in rules.criteria),
        evidence=tuple(EvidenceSaid(id=each, text=in_voices(words.evidence[each], desk.name)) for each in evidence),
    )


def _asked(desk: Desk) -> set[str]:
    """The questions on which something hangs in the nation."""
    return {each.question for criterion in desk.rules.criteria for each in comparisons(criterion.whole)}


def _question(desk: Desk, question: Asked) -> QuestionSaid:
    said = desk.words.questions[question.id]
    return QuestionSaid(
        id=question.id,
        kind="many" if question.many else "one",
        exclusive=question.exclusive,
        title=in_voices(said.title, desk.name),
        hint=in_voices(said.hint, desk.name) if said.hint else None,
        why=in_voices(said.why, desk.name),
        options=tuple(
            OptionSaid(
                id=option,
                label=in_voices(said.options[option].label, desk.name),
                hint=in_voices(hint, desk.name) if (hint := said.options[option].hint) else None,
            )
            for option in question.offers
        ),
        missing=in_voices(said.missing, desk.name),
        conflict=in_voices(said.conflict, desk.name) if said.conflict else None,
    )


def _criterion(desk: Desk, criterion: Criterion) -> CriterionSaid:
    said = desk.words.criteria[criterion.id]
    return CriterionSaid(
        id=criterion.id,
        route=criterion.route,
        name=said.name,
        rule=filled(said.rule, desk.name),
        confirmed=criterion.confirmed,
        contact_first=criterion.contact_first,
        sources=links_to(desk.words.source(source) for source in criterion.sources),
        evidence=criterion.evidence,
    )

"""A check as the API takes it and answers it: the next question, or the outcome with its reasons."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, JsonValue, RootModel

from app.api.council_model import FEE, WEEKS, CouncilContacts, CouncilLinks
from app.api.model import MARKDOWN, InForce, Link, Said, Sent

Given = dict[str, str | tuple[str, ...]]
"""Answers as they are sent: by question, one option, or a list of options where it takes several."""


class CheckSent(Sent):
    """The answers so far. Nothing of them is kept."""

    answers: dict[str, JsonValue] = Field(description="By question, the option chosen, or the list of options.")
    version: str | None = Field(
        default=None, description="The version of the rules under which the check began, so that it is never mixed."
    )


class OptionOffered(Said):
    """An answer that is on offer."""

    id: str
    label: str
    hint: str | None


class QuestionPut(Said):
    """The next question, in the voice for whoever answers."""

    id: str
    kind: Literal["one", "many"] = Field(description="Whether it takes one option or several.")
    exclusive: str | None = Field(description="The option that cannot stand beside others.")
    title: str
    hint: str | None
    why: str = Field(description="Why it is asked.")
    options: tuple[OptionOffered, ...] = Field(description="Those on offer after the answers so far.")
    missing: str = Field(description="The error to show if nothing was chosen.")
    conflict: str | None = Field(description="The error to show if the exclusive option was chosen beside others.")


class AnswerGiven(Said):
    """A question that was asked, and the answer in words."""

    question: str
    title: str
    given: str


class ReasonSaid(Said):
    """A rule, how far it is met, why, and on which answers that hangs."""

    id: str
    route: str = Field(description="The outcome that it leads to.")
    name: str
    why: str | None = Field(description=f"Null if the check ended before the rule was considered. {MARKDOWN}")
    hangs_on: tuple[AnswerGiven, ...]
    confirmed: bool = Field(
        description="Whether the reading of the law is sure; if not, say that it is to be confirmed."
    )
    sources: tuple[Link, ...]


class Reasons(Said):
    """Every rule of the nation, each once."""

    because: tuple[ReasonSaid, ...] = Field(description="Met, and the reason for the outcome.")
    also_met: tuple[ReasonSaid, ...] = Field(description="Met as well.")
    open: tuple[ReasonSaid, ...] = Field(description="Hanging on something that is not known yet.")
    not_met: tuple[ReasonSaid, ...]
    not_addressed: tuple[ReasonSaid, ...] = Field(description="Not met, since meant for other people.")
    not_considered: tuple[ReasonSaid, ...] = Field(description="The check ended before these.")


class NearestChange(Said):
    """An answer that would have mattered, had it been another. Never to be shown as advice to change it."""

    name: str = Field(description="The rule that could then be met.")
    question: str
    given: str
    other: str | None = Field(description="The answer that would have mattered; null if any one of several would.")
    more: bool = Field(description="Whether more would then have to be asked.")


class LaterRules(Said):
    """What rules that begin later make of the answers."""

    in_force: date
    title: str | None = Field(description="The outcome then; null if more would have to be asked.")
    met: tuple[str, ...]
    open: tuple[str, ...]
    lost: tuple[str, ...] = Field(description="Where it is worse: the rules that would no longer be met.")
    worse: bool


class Notes(Said):
    """What else to say, by where it belongs."""

    expect: tuple[str, ...] = Field(description=MARKDOWN)
    practical: tuple[str, ...] = Field(description=MARKDOWN)
    apply: tuple[str, ...] = Field(description=MARKDOWN)
    challenge: tuple[str, ...] = Field(description=MARKDOWN)
    mistakes: tuple[str, ...] = Field(description=MARKDOWN)


class HowToApply(Said):
    """Where to apply, and whom to ask."""

    contact_first: bool = Field(description="Whether to ask the council first: there is then no form online.")
    link: str = Field(description="The council's form, or the national one.")
    fee: str | None = Field(description=FEE)
    decides_within_weeks: int | None = Field(description=WEEKS)
    links: CouncilLinks
    contacts: CouncilContacts


class OutcomeReached(Said):
    """What the answers come to."""

    id: str
    title: str
    expect: str = Field(description=f"What to expect. {MARKDOWN}")
    reasons: Reasons
    look_up: tuple[str, ...] = Field(description=f"What to find out. {MARKDOWN}")
    nearest_changes: tuple[NearestChange, ...]
    later_rules: tuple[LaterRules, ...]
    evidence: tuple[str, ...] = Field(description=f"The proof to find. {MARKDOWN}")
    next_steps: tuple[str, ...] = Field(description=MARKDOWN)
    notes: Notes
    apply: HowToApply


class QuestionStep(Said):
    """There is something to ask."""

    step: Literal["question"]
    rules: InForce
    answers: Given = Field(description="The answers that were used. Send these next time, with the new one.")
    asked: tuple[AnswerGiven, ...] = Field(description="The questions answered so far, in order.")
    question: QuestionPut


class OutcomeStep(Said):
    """The check has ended."""

    step: Literal["outcome"]
    rules: InForce
    answers: Given = Field(description="The answers that were used.")
    asked: tuple[AnswerGiven, ...] = Field(description="The questions asked, in order.")
    outcome: OutcomeReached


class CheckAnswered(RootModel[Annotated[QuestionStep | OutcomeStep, Field(discriminator="step")]]):
    """The next question, or the outcome."""

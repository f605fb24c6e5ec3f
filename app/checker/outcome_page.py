"""The outcome page: what to expect, why, which proof to find, what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.checker.outlook_notice import outlooks_shown
from app.checker.site import site
from app.councils.council_file import FREE
from app.engine.closest import Change, nearest_changes
from app.engine.decision import DEPENDS, UNLIKELY, Decision, Reason, conclude, fitting, weigh
from app.engine.formula import Value, comparisons
from app.web.pages import words

if TYPE_CHECKING:
    from app.checker.check import Check
    from app.engine.rules import Criterion

_STATUS = {Value.MET: "met", Value.OPEN: "open", Value.NOT_MET: "not_met"}


@dataclass(frozen=True, slots=True)
class ReasonShown:
    """A criterion with how far it is met, why, and on which answers that hangs."""

    status: str
    name: str
    why: str
    answers: tuple[tuple[str, str], ...]
    criterion: Criterion


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """The nearest change for a criterion: the answer given, and the one that would matter, or none if any would."""

    name: str
    question: str
    given: str
    other: str
    more: bool


def outcome_context(check: Check) -> dict[str, Any]:
    """What the template of the outcome page shows."""
    decision = conclude(check.rules, check.journey)
    page = _OutcomePage(check, decision)
    return {
        "outcome": decision.outcome,
        "said": check.visit.words.outcomes[decision.outcome],
        "voice": check.voice,
        "because": page.reasons(decision.because),
        "also_met": page.reasons(decision.also_met),
        "open": page.reasons(decision.open),
        "considered": page.reasons(decision.considered) if decision.outcome in (DEPENDS, UNLIKELY) else [],
        "changes": page.changes() if decision.outcome in (DEPENDS, UNLIKELY) else [],
        "unlikely": decision.outcome == UNLIKELY,
        "depends": decision.outcome == DEPENDS,
        "outlooks": outlooks_shown(check, decision),
        "look_up": page.look_up(),
        "evidence": page.evidence(),
        "next": page.next_steps(),
        "notes": {place: page.notes(place) for place in ("expect", "practical", "apply", "challenge", "mistakes")},
        "fee": page.fee(),
        "weeks": page.weeks(),
        "contact_first": page.contact_first(),
        "national_link": check.visit.service.vocabulary.nations[check.rules.nation].apply,
        "in_force": words().day(check.rules.in_force),
        "checked": words().day(check.rules.checked),
        "version": check.rules.version,
        # Nobody gave the answers of a preview, so nobody may seem to vouch for them.
        "receipt": None
        if check.visit.preview
        else site().receipts.issue(check.rules, decision.journey.answers, site().today()),
    }


class _OutcomePage:
    def __init__(self, check: Check, decision: Decision) -> None:
        self.check = check
        self.decision = decision
        self.council = check.visit.here
        self.words = check.visit.words
        self.voice = check.voice
        puts = {step.question: (check.put_again(step), step.ticked) for step in decision.journey.asked}
        self.asked = {question: (put, "; ".join(put.labels(ticked))) for question, (put, ticked) in puts.items()}

    def reasons(self, reasons: Iterable[Reason]) -> list[ReasonShown]:
        shown = []
        for reason in reasons:
            said = self.words.criteria[reason.criterion.id]
            status = _STATUS[Value.NOT_MET if reason.value is None else reason.value]
            why = {"met": said.met, "open": said.open, "not_met": said.not_met}[status]
            answers = tuple((self.asked[question][0].title, self.asked[question][1]) for question in reason.hangs_on)
            shown.append(ReasonShown(status, said.name, why.to(self.voice) if why else "", answers, reason.criterion))
        return shown

    def changes(self) -> list[ChangeShown]:
        return [self._change(change) for change in nearest_changes(self.check.rules, self.decision)]

    def look_up(self) -> list[str]:
        """What to find out, for each answer that leaves a criterion open."""
        found: dict[str, None] = {}
        for reason in self.decision.open:
            for question in reason.hangs_on:
                for option in sorted(self.decision.journey.answers[question]):
                    text = self.words.questions[question].look_up.get(option)
                    if text is not None:
                        found[text.to(self.voice)] = None
        return list(found)

    def evidence(self) -> list[str]:
        """The proof for the criteria met; while one is open, for those that are likely to be the person's."""
        found: dict[str, None] = {}
        for reason in (*self.decision.because, *self.decision.also_met, *self._near_open()):
            found |= dict.fromkeys(reason.criterion.evidence)
        basics = self._basics()
        last = [item for item in found if item in basics] or list(basics)
        first = [item for item in found if item not in basics]
        return [self.words.evidence[item].to(self.voice) for item in (*first, *last)]

    def _basics(self) -> tuple[str, ...]:
        """What goes with any application of this kind: the proof that all criteria addressed to the person ask for."""
        asked = [set(reason.criterion.evidence) for reason in self.decision.reasons if reason.applies]
        common = set.intersection(*asked) if asked else set()
        first = next((reason.criterion.evidence for reason in self.decision.reasons if reason.applies), ())
        return tuple(item for item in first if item in common)

    def next_steps(self) -> list[str]:
        steps = [self.words.criteria[reason.criterion.id].next for reason in self.decision.because]
        return [step.to(self.voice) for step in steps if step is not None]

    def contact_first(self) -> bool:
        because = self.decision.because
        return bool(because) and all(reason.criterion.contact_first for reason in because)

    def fee(self) -> str | None:
        """What the council takes for a badge for a person; organisations are told to ask."""
        fee, name = self.council.said.fee, self.council.name(self.check.visit.language)
        if fee is None or self.voice == "organisation":
            return None
        return (
            words().text("outcome.fee_none", council=name)
            if fee == FREE
            else words().text("outcome.fee", council=name, fee=fee)
        )

    def weeks(self) -> str | None:
        """How long the council usually takes."""
        weeks, name = self.council.said.decides_within_weeks, self.council.name(self.check.visit.language)
        if weeks is None:
            return None
        return words().text("outcome.week" if weeks == 1 else "outcome.weeks", council=name, weeks=str(weeks))

    def notes(self, place: str) -> list[str]:
        return [
            self.words.notes[note].to(self.voice) for note in fitting(self.check.rules.remarks, self.decision, place)
        ]

    def _near_open(self) -> Iterable[Reason]:
        """The open criteria that the person partly meets, or that alone hang on an answer.

        Not the whole list that "another benefit, or not sure which" leaves open.
        """
        hanging = Counter(question for reason in self.decision.open for question in reason.hangs_on)
        answers = self.decision.journey.answers
        for reason in self.decision.open:
            part_met = any(weigh(part, answers) is Value.MET for part in comparisons(reason.criterion.test))
            if part_met or all(hanging[question] == 1 for question in reason.hangs_on):
                yield reason

    def _change(self, change: Change) -> ChangeShown:
        name = self.words.criteria[change.reason.criterion.id].name
        put, given = self.asked[change.question]
        # One answer of a list is no likelier than another; of a scale, the first that would do stands for the rest.
        any_of = put.question.many and len(change.options) > 1
        return ChangeShown(name, put.title, given, "" if any_of else put.label(change.options[0]), change.more)

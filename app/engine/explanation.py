"""A decision in words: why it came out so, what to find out, which proof to find, what to do next.

Knows nothing of where these words are shown. They are of the service's words, with their placeholders.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.engine.closest import Change, nearest_changes
from app.engine.decision import DEPENDS, UNLIKELY, Decision, Reason, fitting, voice_of, weigh
from app.engine.formula import Value, comparisons
from app.engine.journey import hanging
from app.engine.outlook import Outlook, outlooks
from app.engine.put import Put

if TYPE_CHECKING:
    from datetime import date

    from app.engine.journey import Journey
    from app.engine.law import CouncilFact, Source
    from app.engine.rules import Criterion, Rules
    from app.engine.vocabulary import Voice
    from app.engine.words import OutcomeWords, Words

NOT_CONSIDERED = "not_considered"
_STATUS = {Value.MET: "met", Value.OPEN: "open", Value.NOT_MET: "not_met", None: NOT_CONSIDERED}


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """A question that was asked, by id and in words, and the answer in words."""

    id: str
    question: str
    given: str


@dataclass(frozen=True, slots=True)
class ReasonTold:
    """A criterion with how far it is met (met, open, not_met, NOT_CONSIDERED), why, and on which answers that hangs."""

    status: str
    name: str
    why: str
    answers: tuple[GivenAnswer, ...]
    criterion: Criterion
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """The nearest change for a criterion: the answer given, and the one that would matter, or none if any would."""

    name: str
    question: str
    given: str
    other: str
    more: bool


@dataclass(frozen=True, slots=True)
class OutlookTold:
    """A change of the rules, by its first day.

    ``title`` is that of the outcome from then on, None where more would have to be asked; ``met`` and ``open`` name the
    criteria that make it and, where it is ``worse``, ``lost`` those that no longer do.
    """

    day: date
    title: str | None
    met: tuple[str, ...]
    open: tuple[str, ...]
    lost: tuple[str, ...]
    worse: bool


def puts(rules: Rules, words: Words, journey: Journey, voice: Voice | None = None) -> dict[str, Put]:
    """The questions of a journey as they were put, in order, and last the one still to be answered.

    In another ``voice`` than they were, where that is given.
    """
    voice = voice or voice_of(rules, journey.answers)
    offers = {step.question: step.offers for step in journey.asked}
    if journey.next is not None:
        offers[journey.next.id] = journey.next_offers
    return {each: Put(rules.question(each), offers[each], words.questions[each], voice) for each in offers}


def counts_for(rules: Rules, words: Words, journey: Journey, question: str) -> tuple[str, ...]:
    """The names of the rules that can hang on a question of a journey, where it was asked: why it is asked."""
    left = next((step.remainder for step in journey.asked if step.question == question), journey.remainder)
    return tuple(words.criteria[criterion.id].name for criterion in hanging(rules, left))


class Explanation:
    """The words that go with a decision, in the voice of whoever gave the answers, or in another that is given."""

    def __init__(self, rules: Rules, words: Words, decision: Decision, voice: Voice | None = None) -> None:
        self.rules = rules
        self.words = words
        self.decision = decision
        self.voice: Voice = voice or voice_of(rules, decision.journey.answers)
        self._puts = puts(rules, words, decision.journey, self.voice)
        self._given = {
            step.question: "; ".join(self._puts[step.question].labels(step.ticked)) for step in decision.journey.asked
        }

    @property
    def said(self) -> OutcomeWords:
        """The outcome and what to expect."""
        return self.words.outcomes[self.decision.outcome]

    def reasons(self, reasons: Iterable[Reason]) -> list[ReasonTold]:
        """These reasons in words; no word says why where the check ended before a criterion was considered."""
        told = []
        for reason in reasons:
            said = self.words.criteria[reason.criterion.id]
            status = _STATUS[reason.value]
            why = {"met": said.met, "open": said.open, "not_met": said.not_met}.get(status)
            answers = tuple(self._answer(question) for question in reason.hangs_on)
            sources = tuple(self.words.source(source) for source in reason.criterion.sources)
            because = why.to(self.voice) if why else ""
            told.append(ReasonTold(status, said.name, because, answers, reason.criterion, sources))
        return told

    def changes(self) -> list[ChangeTold]:
        """The nearest changes that would matter, where the outcome leaves any to be looked for."""
        if self.decision.outcome not in (DEPENDS, UNLIKELY):
            return []
        return [self._change(change) for change in nearest_changes(self.rules, self.decision)]

    def outlooks(self, later: Iterable[Rules]) -> list[OutlookTold]:
        """Every change among these later versions that matters to the answers, the nearest first."""
        return [self._outlook(outlook) for outlook in outlooks(self.decision, later)]

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
        return [self.words.evidence[item].to(self.voice) for item in self.evidence_ids()]

    def evidence_ids(self) -> tuple[str, ...]:
        """The ids of that proof, what belongs to that proof alone before what everybody is asked for."""
        found: dict[str, None] = {}
        for reason in (*self.decision.because, *self.decision.also_met, *self._near_open()):
            found |= dict.fromkeys(reason.criterion.evidence)
        basics = self._basics()
        last = [item for item in found if item in basics] or list(basics)
        first = [item for item in found if item not in basics]
        return (*first, *last)

    def next_steps(self) -> list[str]:
        """What the criteria met ask people to do."""
        steps = [self.words.criteria[reason.criterion.id].next for reason in self.decision.because]
        return [step.to(self.voice) for step in steps if step is not None]

    def contact_first(self) -> bool:
        """Whether the issuer has to be asked before anybody applies."""
        because = self.decision.because
        return bool(because) and all(reason.criterion.contact_first for reason in because)

    def notes(self, place: str, said: Collection[CouncilFact] = ()) -> list[str]:
        """What else there is to say at a place, beside the facts that the council says itself."""
        notes = fitting(self.rules.remarks, self.decision, place, said)
        return [self.words.notes[note].to(self.voice) for note in notes]

    def _answer(self, question: str) -> GivenAnswer:
        return GivenAnswer(question, self._puts[question].title, self._given[question])

    def _basics(self) -> tuple[str, ...]:
        """What goes with any application of this kind: the proof that all criteria addressed to the person ask for."""
        asked = [set(reason.criterion.evidence) for reason in self.decision.reasons if reason.applies]
        common = set.intersection(*asked) if asked else set()
        first = next((reason.criterion.evidence for reason in self.decision.reasons if reason.applies), ())
        return tuple(item for item in first if item in common)

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

    def _change(self, change: Change) -> ChangeTold:
        name = self.words.criteria[change.reason.criterion.id].name
        put = self._puts[change.question]
        # One answer of a list is no likelier than another; of a scale, the first that would do stands for the rest.
        any_of = put.question.many and len(change.options) > 1
        other = "" if any_of else put.label(change.options[0])
        return ChangeTold(name, put.title, self._given[change.question], other, change.more)

    def _outlook(self, outlook: Outlook) -> OutlookTold:
        makes = self._named(outlook.makes)
        return OutlookTold(
            day=outlook.rules.in_force,
            title=None if outlook.outcome is None else self.words.outcomes[outlook.outcome].title.to(self.voice),
            met=() if outlook.outcome == DEPENDS else makes,
            open=makes if outlook.outcome == DEPENDS else (),
            lost=self._named(outlook.lost) if outlook.worse else (),
            worse=outlook.worse,
        )

    def _named(self, criteria: Iterable[Criterion]) -> tuple[str, ...]:
        return tuple(self.words.criteria[criterion.id].name for criterion in criteria)

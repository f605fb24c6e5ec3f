"""A check on its way: the sealed state opened, weighed against its rules, and moved on. Knows nothing of pages."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.checker.answer_bits import pack, pack_one, unpack, unpack_one
from app.checker.site import site
from app.engine.explanation import counts_for, puts
from app.engine.journey import Journey, follow
from app.web.sealed_state import CheckState, ExpiredStateError, UnreadableStateError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.checker.visit import Visit
    from app.engine.answers import Answers
    from app.engine.formula import Ticked
    from app.engine.put import Put
    from app.engine.rules import Rules
    from app.engine.vocabulary import Question

ANSWERS = "answers"
OUTCOME = "outcome"
"""The two steps after the questions: checking the answers, and the outcome."""

WITHDRAWN = "rules-withdrawn"
"""Why a check under rules that were found wrong cannot continue."""


class CannotContinueError(Exception):
    """A check that has to start again.

    ``reason`` is one of expired, unreadable, other-council, rules-changed and WITHDRAWN, the last with the ``version``
    that was withdrawn.
    """

    def __init__(self, reason: str, version: str | None = None) -> None:
        self.reason = reason
        self.version = version
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Check:
    """A check under its rules, at a step."""

    visit: Visit
    rules: Rules
    state: CheckState

    @classmethod
    def begin(cls, visit: Visit, rules: Rules, answers: Answers | None = None) -> Check:
        """A new check at its first question, or at whatever these answers leave to be done."""
        state = CheckState(
            council=visit.here.slug,
            nation=visit.here.nation,
            version=rules.version,
            step=0,
            begun=site().seconds(),
            number=secrets.randbits(64),
            answers=pack(visit.service.vocabulary, answers or {}),
        )
        return cls(visit, rules, state).current()

    @classmethod
    def resume(cls, visit: Visit, token: str) -> Check:
        """The check that a token carries; raises CannotContinueError."""
        try:
            state = site().sealer.open(token, site().seconds())
        except ExpiredStateError as error:
            raise CannotContinueError("expired") from error
        except UnreadableStateError as error:
            raise CannotContinueError("unreadable") from error
        if state.council != visit.here.slug:
            raise CannotContinueError("other-council")
        rules = visit.service.version(state.nation, state.version)
        if rules is None and visit.service.withdrawn_version(state.version):
            raise CannotContinueError(WITHDRAWN, state.version)
        if rules is None:
            raise CannotContinueError("rules-changed")
        return cls(visit, rules, state)

    @property
    def token(self) -> str:
        """The check, sealed."""
        return site().sealer.seal(self.state)

    @property
    def step(self) -> str:
        """The id of the question to be shown, or ANSWERS, or OUTCOME."""
        return self._steps[self.state.step]

    @property
    def answers(self) -> Answers:
        """All that was answered, asked or not."""
        return unpack(self.visit.service.vocabulary, self.state.answers)

    @property
    def journey(self) -> Journey:
        """The path that the answers take."""
        return follow(self.rules, self.answers)

    @property
    def puts(self) -> Mapping[str, Put]:
        """The questions that were put on the way of these answers, and last the one that is still to be answered."""
        return puts(self.rules, self.visit.words, self.journey)

    @property
    def sent(self) -> Ticked | None:
        """What was sent last for this question, where it could not be used."""
        if self.state.submitted is None:
            return None
        return unpack_one(self._vocabulary(self.step), self.state.submitted)

    def at(self, step: str, *, changing: bool = False) -> Check:
        """The same check at another step."""
        place = self._steps.index(step)
        return replace(self, state=replace(self.state, step=place, submitted=None, changing=changing))

    def put(self, question_id: str) -> Put | None:
        """A question as it is put on the way of these answers; None where they do not lead to it."""
        return self.puts.get(question_id)

    def counts_for(self, question_id: str) -> tuple[str, ...]:
        """The names of the rules that hang on a question on the way of these answers."""
        return counts_for(self.rules, self.visit.words, self.journey, question_id)

    def refused(self, sent: Ticked) -> Check:
        """At the same question, with what was sent and cannot be used."""
        number = pack_one(self._vocabulary(self.step), sent) if sent else 0
        return replace(self, state=replace(self.state, submitted=number))

    def answered(self, ticked: Ticked) -> Check:
        """With this answer to the question, at whatever comes next."""
        question = self.step
        given = {**self.answers, question: ticked}
        after = replace(self, state=replace(self.state, answers=self._pack(given), submitted=None))
        return after._next(question)

    def previous(self) -> Check | None:
        """Where the back link leads; None from the first question."""
        journey = self.journey
        if self.step == OUTCOME or (self.state.changing and journey.complete):
            return self.at(ANSWERS)
        asked = [step.question for step in journey.asked]
        before = asked[: asked.index(self.step)] if self.step in asked else asked
        return self.at(before[-1], changing=self.state.changing) if before else None

    def current(self) -> Check:
        """At the first thing still to be done."""
        journey = self.journey
        return self.at(journey.next.id) if journey.next else self._complete(journey)

    def _next(self, question: str) -> Check:
        journey = self.journey
        asked = [step.question for step in journey.asked]
        later = asked[asked.index(question) + 1 :] if question in asked else []
        if later and not self.state.changing:
            return self.at(later[0])
        if journey.next is not None:
            return self.at(journey.next.id, changing=self.state.changing)
        return self._complete(journey)

    def _complete(self, journey: Journey) -> Check:
        """At "check your answers"; answers no longer asked drop out here."""
        pruned = replace(self, state=replace(self.state, answers=self._pack(journey.answers)))
        return pruned.at(ANSWERS)

    def _pack(self, answers: Answers) -> tuple[int, ...]:
        return pack(self.visit.service.vocabulary, answers)

    def _vocabulary(self, question_id: str) -> Question:
        return self.visit.service.vocabulary.questions[self._steps.index(question_id)]

    @property
    def _steps(self) -> tuple[str, ...]:
        return (*(question.id for question in self.rules.questions), ANSWERS, OUTCOME)

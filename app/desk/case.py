"""A case: whole answers under one version of the rules, whoever gave them, and what is decided on them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.engine.decision import Decision, decide
from app.tallies.share import write_answers

if TYPE_CHECKING:
    from app.engine.answers import Answers
    from app.engine.rules import Rules

_ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Case:
    """Complete answers, to the questions that are asked and to no other, under one version of a nation's rules."""

    service: str
    nation: str
    version: str
    answers: Answers

    @property
    def id(self) -> str:
        """A name for it in addresses, the same wherever the same was answered under the same version."""
        named = f"{self.service}\0{self.nation}\0{self.version}\0{write_answers(self.answers)}"
        return hashlib.sha256(named.encode()).hexdigest()[:_ID_LENGTH]

    def decision(self, rules: Rules) -> Decision:
        """What these rules, which may be of another version, decide; raises MissingAnswerError if they ask more."""
        return decide(rules, self.answers)


def case_of(rules: Rules, decision: Decision) -> Case:
    """The case on which these rules decided so."""
    return Case(rules.service, rules.nation, rules.version, decision.journey.answers)

"""One dated file of law: the criteria of a nation, with their sources and the proof each asks for."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from app.engine.condition import Condition
from app.engine.document import Link, Strict
from app.engine.problem import ProblemFound

Day = Annotated[date, Field(strict=False)]


class InForce(Strict):
    """The first day of a file of law, and the last; without that, it holds until a later one begins."""

    from_: Day = Field(alias="from")
    until: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> InForce:
        if self.until is not None and self.until < self.from_:
            message = f"until is the last day of the law, and {self.until} lies before {self.from_}; write a later day"
            raise ProblemFound("wrong-shape", message)
        return self

    def holds(self, day: date) -> bool:
        """Whether the day lies within."""
        return self.from_ <= day and (self.until is None or day <= self.until)


class Source(Strict):
    """A provision of law or guidance, and where to read it."""

    title: str
    provision: str
    url: Link


class Criterion(Strict):
    """One provision as a condition over answers.

    ``applies`` names the condition that says to whom the provision is addressed at all; ``when`` is its test.
    ``confidence`` is how sure we are that the law is read right and current. With ``contact_first`` there is no form
    online: the issuer has to be asked first.
    """

    id: str
    route: str
    applies: str
    when: Condition
    sources: tuple[str, ...]
    evidence: tuple[str, ...]
    confidence: Literal["high", "medium", "low"] = "high"
    contact_first: bool = False


CouncilFact = Literal["fee", "free", "time"]
"""What a council says more exactly than the law: its fee, that it takes none, and how long it takes to decide."""


class Note(Strict):
    """Something to say on the outcome page, at a place, to those whom all that it names fits.

    It gives way where the council says the fact that ``unless_council_says`` names.
    """

    id: str
    place: Literal["expect", "practical", "apply", "challenge", "mistakes"]
    when: Condition | None = None
    outcomes: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    unless_council_says: CouncilFact | None = None


class Intended(Strict):
    """A finding of the prover that is meant: its ``code``, the id that it is ``about``, and the reason."""

    code: str
    about: str
    reason: str = Field(min_length=1)


class Law(Strict):
    """A file ``<nation>/<date>.yaml``. ``checked`` is the day it was last compared with its sources."""

    nation: str
    in_force: InForce
    checked: Day
    sources: dict[str, Source]
    conditions: dict[str, Condition] = Field(default_factory=dict)
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    notes: tuple[Note, ...] = ()
    intended: tuple[Intended, ...] = ()

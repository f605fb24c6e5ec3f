"""What the demonstration assumes of the people who check. Made up to be plausible: no figure here was measured.

What they answer is in ``demonstration.yaml`` beside the questions; how they go about it is here.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from app.engine.document import Strict, load_document

Weights = dict[str, dict[str, Annotated[int, Field(ge=0)]]]
"""By question, for its options: how likely each is beside the others or, where several can be ticked, of a thousand."""

UNNAMED_OF_SEVERAL = 20
UNNAMED = 1
"""For an option that is named nowhere, such as one that a later change of the law brings."""

FILE = "demonstration.yaml"


class Kind(Strict):
    """A kind of people: of how many in a hundred checks, and how their answers differ from the usual ones."""

    name: str
    share: int
    differs: Weights = Field(default_factory=dict)


class Reviewer(Strict):
    """Somebody made up who reviews cases: in how many of a hundred they come to what the checker says.

    ``on_a_border`` is the same for cases in which one other answer would lead to another outcome.
    """

    name: str
    agrees: int = Field(ge=0, le=100)
    on_a_border: int = Field(ge=0, le=100)


class Reviews(Strict):
    """What those who review say. ``opens`` is the one of them as whom the link lets somebody in.

    ``otherwise`` says what they come to where they differ from the checker, beside each other, by its outcome.
    """

    opens: Reviewer
    colleagues: tuple[Reviewer, ...] = Field(min_length=2)
    otherwise: dict[str, dict[str, Annotated[int, Field(ge=0)]]]
    note: str
    agreed: str


class People(Strict):
    """What people answer, and what those who review their cases say of them."""

    usual: Weights
    kinds: tuple[Kind, ...]
    reviews: Reviews

    def weights(self, kind: Kind, question: str) -> Mapping[str, int]:
        """How likely the options of a question are to people of a kind."""
        return kind.differs.get(question) or self.usual.get(question, {})


def load_people(folder: Path) -> People:
    """The people that a service's folder assumes; raises LoadError."""
    return load_document(folder / FILE, People).content


CHANNELS: Mapping[str, float] = {"own": 58, "embed": 32, "phone": 10}
OTHER_LANGUAGE = 0.03
"""How many use another language than a council's first."""

LEAVES_QUESTION = 0.025
LEAVES_ANSWERS = 0.04
"""How many leave at each question, and at "check your answers"."""

ERRS = 0.03
"""How many send a question without an answer, before they give one."""

CHANGES = 0.08
"""How many change an answer at "check your answers"."""

SHARES = 0.5
"""How many of those who finish share their answers."""

ROUNDS = (24, 12)
"""Cases in each round of review. Whoever opens the link has reviewed all but those of the last."""

SETTLED = 8
"""How many cases are settled of those on which all agree."""

MEDIAN_SECONDS = 24.0
SPREAD = 0.6
"""For each question and "check your answers": the median, and the spread of its logarithm, from person to person."""

SEASONS = (1.25, 1.1, 1.1, 1.0, 1.0, 0.95, 0.9, 0.8, 1.0, 1.05, 1.0, 0.7)
"""January to December, beside an average month."""

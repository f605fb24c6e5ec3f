"""What can be asked in a service: its questions, their options, and the voice in which to ask them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from app.engine.condition import Condition
from app.engine.document import Link, Strict

Voice = Literal["you", "they", "organisation"]
"""Who is spoken to: the person, somebody asking for them, or an organisation."""


def _short_option(value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
    return {"id": value} if isinstance(value, str) else value


class Option(Strict):
    """One answer; offered in the named nations (all, if none is named) to those whom ``when`` fits."""

    id: str
    nations: tuple[str, ...] = ()
    when: Condition | None = None


class Question(Strict):
    """A question with a closed list of options.

    ``many`` takes several options, or the ``exclusive`` one, which stands for none of them. ``ask_when`` narrows whom
    it is asked of; it never widens it. ``unsure`` names the options by which people say that they do not know: no
    criterion may read one as a no. ``ceiling`` is the best route that an answer in a person's own words can take them
    on: what an assessor has to judge, no answer settles.
    """

    id: str
    kind: Literal["one", "many"]
    exclusive: str | None = None
    ask_when: Condition | None = None
    unsure: tuple[str, ...] = ()
    ceiling: str | None = None
    options: tuple[Annotated[Option, BeforeValidator(_short_option, json_schema_input_type=str | Option)], ...] = Field(
        min_length=2
    )

    @property
    def option_ids(self) -> tuple[str, ...]:
        """The options' ids, in the order of the file."""
        return tuple(option.id for option in self.options)


class Impossible(Strict):
    """Answers that cannot be true of one person together, and why. Proofs leave such people out; the pages do not."""

    when: Condition
    reason: str = Field(min_length=1)


class Route(Strict):
    """How far a criterion can take a person; the check ends there when ``ends`` is set."""

    id: str
    ends: bool = False


class Voices(Strict):
    """The question that says who is spoken to, and the voice that each of its options asks for."""

    question: str
    options: dict[str, Voice]


class Nation(Strict):
    """Whose law applies, where its people apply, and the most that the law lets anybody take for it, in pounds."""

    apply: Link
    highest_fee: int | None = Field(default=None, ge=0)


class Vocabulary(Strict):
    """The file ``service.yaml``: what the service can ask, and the ranking of its routes, best first.

    ``longest_journey`` is the most questions that anybody may be asked.
    """

    service: str
    nations: dict[str, Nation] = Field(min_length=1)
    languages: tuple[str, ...] = Field(min_length=1)
    routes: tuple[Route, ...] = Field(min_length=1)
    voice: Voices
    longest_journey: int = Field(gt=0)
    conditions: dict[str, Condition] = Field(default_factory=dict)
    impossible: tuple[Impossible, ...] = ()
    questions: tuple[Question, ...] = Field(min_length=1)

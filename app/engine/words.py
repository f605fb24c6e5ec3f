"""The words of a service in one language, keyed by the ids of its questions, criteria and outcomes."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from app.engine.document import Strict
from app.engine.law import Source
from app.engine.vocabulary import Voice


def _same_for_all(value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
    return {"you": value, "they": value} if isinstance(value, str) else value


class Spoken(Strict):
    """Whole sentences for each voice. An organisation is spoken to as "they" where it has no words of its own."""

    you: str
    they: str
    organisation: str | None = None

    def to(self, voice: Voice) -> str:
        """The words for that voice."""
        if voice == "organisation":
            return self.organisation or self.they
        return self.you if voice == "you" else self.they

    @property
    def variants(self) -> tuple[str, ...]:
        """Every text that may be shown."""
        return tuple(text for text in (self.you, self.they, self.organisation) if text is not None)


Text = Annotated[Spoken, BeforeValidator(_same_for_all, json_schema_input_type=str | Spoken)]
"""In a file: one text for every voice, or one for each."""


def _label_only(value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
    return value if isinstance(value, dict) and "label" in value else {"label": value}


class OptionWords(Strict):
    """An option's label and, where the label is not enough, a hint."""

    label: Text
    hint: Text | None = None


class QuestionWords(Strict):
    """A question as it is put. ``look_up`` says, for an option that leaves a rule open, how to find out."""

    title: Text
    hint: Text | None = None
    why: Text
    options: dict[str, Annotated[OptionWords, BeforeValidator(_label_only, json_schema_input_type=Text | OptionWords)]]
    missing: Text
    conflict: Text | None = None
    look_up: dict[str, Text] = Field(default_factory=dict)


class CriterionWords(Strict):
    """A criterion by name, as a rule for any reader, and as a reason; Markdown but for the name.

    ``open`` is there for those that an answer can leave open.
    """

    name: str
    rule: str
    met: Text
    open: Text | None = None
    not_met: Text
    next: Text | None = None


class OutcomeWords(Strict):
    """The outcome page's heading and what to expect (Markdown)."""

    title: Text
    expect: Text


class RouteWords(Strict):
    """A route on the page that sets out all the criteria."""

    title: str
    intro: str


class StartWords(Strict):
    """The start page: Markdown before and after the button."""

    title: str
    description: str
    before: str
    after: str


class Translated(Strict):
    """A file of words in a language.

    ``translates`` is there in every language but the first: by place, the digest of the text that was translated.
    """

    language: str
    translates: dict[str, str] = Field(default_factory=dict)


class Words(Translated):
    """The file ``words/<language>.yaml``.

    ``withdrawn`` tells those who were told something else by such a version. ``cited`` has, in every language but the
    first, the titles and provisions of the sources, by what the files of law call them.
    """

    service: str
    start: StartWords
    nations: dict[str, str]
    routes: dict[str, RouteWords]
    outcomes: dict[str, OutcomeWords]
    questions: dict[str, QuestionWords]
    criteria: dict[str, CriterionWords]
    evidence: dict[str, Text]
    notes: dict[str, Text]
    elsewhere: dict[str, str]
    withdrawn: dict[str, Text] = Field(default_factory=dict)
    cited: dict[str, str] = Field(default_factory=dict)

    def source(self, source: Source) -> Source:
        """A source as this language cites it; it leads to the same place."""
        title, provision = (self.cited.get(text, text) for text in (source.title, source.provision))
        return source.model_copy(update={"title": title, "provision": provision})

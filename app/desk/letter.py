"""Reasons for a letter: what was considered, what would change it and how to challenge it, as a draft to edit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.desk.desk import site
from app.engine.decision import DEPENDS, UNLIKELY, voice_of
from app.engine.explanation import Explanation
from app.web.languages import languages

if TYPE_CHECKING:
    from app.councils.council import Council
    from app.engine.decision import Decision, Reason
    from app.engine.explanation import ChangeTold, ReasonTold
    from app.engine.rules import Rules
    from app.engine.vocabulary import Voice
    from app.engine.words import Words
    from app.web.site_words import SiteWords

_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_WRAP = re.compile(r"(?<!\n)\n(?![\n*-])")


@dataclass(frozen=True, slots=True)
class Draft:
    """The reasons in one language, as plain text; ``name`` is what the language calls itself."""

    language: str
    name: str
    text: str


def drafts(rules: Rules, decision: Decision, place: str) -> tuple[Draft, ...]:
    """The reasons in each language that the council in that place has; none in a place without a council."""
    council = site().councils.known(place)
    if council is None:
        return ()
    known, words = languages(), site().services[rules.service].words
    spoken = [known[each] for each in council.languages if each in words]
    return tuple(
        Draft(said.language, said.name, _Letter(rules, words[said.language], said, decision, council).text())
        for said in spoken
    )


class _Letter:
    """Speaks to whoever the decision is about, whoever answered for them."""

    def __init__(self, rules: Rules, words: Words, site_words: SiteWords, decision: Decision, council: Council) -> None:
        answered_as = voice_of(rules, decision.journey.answers)
        voice: Voice = "organisation" if answered_as == "organisation" else "you"
        self.told = Explanation(rules, words, decision, voice)
        self.said = site_words.text
        self.decision = decision
        self.council = council
        self.name = council.name(site_words.language)

    def text(self) -> str:
        """All of it, with an empty line between paragraphs."""
        decision = self.decision
        paragraphs = [
            self.said("letter.begin", council=self.name),
            *self._reasons("letter.met", (*decision.because, *decision.also_met)),
            *self._reasons("letter.open", decision.open),
            *self._reasons("letter.not_met", decision.considered),
            *self._changes(),
            *(plain(note, council=self.name) for note in self.told.notes("challenge", self.council.facts)),
        ]
        return "\n\n".join(paragraphs)

    def _reasons(self, key: str, reasons: tuple[Reason, ...]) -> Iterator[str]:
        for told in self.told.reasons(reasons):
            yield "\n".join(self._lines(key, told))

    def _lines(self, key: str, told: ReasonTold) -> Iterator[str]:
        yield self.said(key, name=told.name)
        yield plain(told.why, council=self.name)
        for answer in told.answers:
            yield self.said("outcome.because", question=answer.question, given=answer.given)
        for source in told.sources:
            yield self.said("letter.source", source=f"{source.title}, {source.provision}", url=source.url)

    def _changes(self) -> Iterator[str]:
        found = self.told.look_up()
        if found:
            yield "\n".join([self.said("letter.find"), *(f"- {plain(each, council=self.name)}" for each in found)])
        changes = [f"- {self._change(change)}" for change in self.told.changes()]
        if changes:
            yield "\n".join([self.said("letter.change"), *changes])
        elif self.decision.outcome == UNLIKELY:
            yield self.said("letter.no_change")
        elif self.decision.outcome != DEPENDS:
            yield self.said("letter.if_changed")

    def _change(self, change: ChangeTold) -> str:
        given = self.said("outcome.closest_given", question=change.question, given=change.given)
        other = self.said("outcome.closest_other", other=change.other) if change.other else None
        then = self.said("outcome.closest_more" if change.more else "outcome.closest_one")
        return f"{given} {other or self.said('outcome.closest_any')} {then} {change.name}"


def plain(text: str, **values: str) -> str:
    """Our Markdown as plain text; a link keeps its address. What fills a placeholder is left as it is."""
    bare = _STRONG.sub(r"\1", _LINK.sub(r"\1 (\2)", _WRAP.sub(" ", text.strip())))
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), bare)

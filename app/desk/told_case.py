"""A case of a round in words: for those who have still to judge it the answers alone, for others why it came out so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from app.desk.desk import rules_of, site
from app.desk.still_shared import people_now
from app.engine.decision import decide, outcome_ids, voice_of
from app.engine.explanation import puts
from app.engine.journey import follow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.desk.rounds import RoundCase
    from app.engine.decision import Decision
    from app.engine.law import Source
    from app.engine.rules import Rules
    from app.engine.vocabulary import Voice
    from app.engine.words import Words

SOURCE = "source:"
"""How the basis of a review begins where it is a source: what the law calls it follows."""

_LANGUAGE = "en"  # of the desk


@dataclass(frozen=True)
class Law:
    """Rules with their words, as reviews name what is in them."""

    rules: Rules
    words: Words

    @property
    def criteria(self) -> Mapping[str, str]:
        """By id, each criterion by its name."""
        return {each.id: f"{self.words.criteria[each.id].name} ({each.id})" for each in self.rules.criteria}

    @property
    def outcomes(self) -> Mapping[str, str]:
        """Every outcome, best first, in the service's own words, of somebody else."""
        return {each: self.words.outcomes[each].title.to("they") for each in outcome_ids(self.rules)}

    @property
    def sources(self) -> Mapping[str, Source]:
        """What criteria rest on, each as the basis of a review names it."""
        cited = {source for each in self.rules.law.content.criteria for source in each.sources}
        known = self.rules.law.content.sources
        return {f"{SOURCE}{each}": self.words.source(known[each]) for each in known if each in cited}

    def basis(self, basis: str) -> str:
        """What a review rests on, in words; its id where these rules have no such thing."""
        if basis in self.sources:
            source = self.sources[basis]
            return f"{source.title}, {source.provision}"
        return self.criteria.get(basis, basis)


@dataclass(frozen=True)
class ToldCase(Law):
    """A case under rules that are kept."""

    drawn: RoundCase

    @property
    def answers(self) -> list[tuple[str, tuple[str, ...]]]:
        """The questions as they were put, each with the answer. Nothing is decided for this."""
        journey = follow(self.rules, self.drawn.case.answers)
        told = puts(self.rules, self.words, journey)
        return [(told[step.question].title, told[step.question].labels(step.ticked)) for step in journey.asked]

    @property
    def outcomes(self) -> Mapping[str, str]:
        """Every outcome, best first, in the service's own words, of somebody else or of an organisation."""
        own = voice_of(self.rules, self.drawn.case.answers)
        voice: Voice = "organisation" if own == "organisation" else "they"
        return {each: self.words.outcomes[each].title.to(voice) for each in outcome_ids(self.rules)}

    @cached_property
    def decision(self) -> Decision:
        """What the checker decides: not for the eyes of those who have still to judge."""
        return decide(self.rules, self.drawn.case.answers)


def law_of(service: str, nation: str, version: str) -> Law | None:
    """The rules of a version with their words; None where they are kept no more."""
    rules = rules_of(service, nation, version)
    return None if rules is None else Law(rules, site().services[service].words[_LANGUAGE])


def told(drawn: RoundCase) -> ToldCase | None:
    """A case in words, with how many people share it today.

    None where the version of its rules is kept no more, or where those who shared it took their answers back.
    """
    case = drawn.case
    law = law_of(case.service, case.nation, case.version)
    people = people_now(case.id, drawn.people, drawn.round.place, law.rules) if law else None
    return ToldCase(law.rules, law.words, replace(drawn, people=people)) if law and people is not None else None

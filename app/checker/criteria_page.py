"""All the criteria of a nation, as prose made from the rules themselves, and what rests on each provision of law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.engine.provisions import Provision, provisions
from app.engine.words import CriterionWords, RouteWords

if TYPE_CHECKING:
    from app.checker.visit import Visit
    from app.engine.law import Source
    from app.engine.rules import Criterion, Rules


@dataclass(frozen=True, slots=True)
class Entry:
    """A criterion with its words and the proof it asks for."""

    criterion: Criterion
    words: CriterionWords
    evidence: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A route and its criteria."""

    id: str
    words: RouteWords
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Resting:
    """A provision with what rests on it in words: criteria and routes, each with its id, and questions."""

    provision: str
    url: str
    criteria: tuple[tuple[str, str], ...]
    questions: tuple[str, ...]
    routes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A law or guide, and its provisions that the rules rest on."""

    title: str
    provisions: tuple[Resting, ...]


def criteria_sections(visit: Visit, rules: Rules) -> tuple[Section, ...]:
    """Every criterion of the rules, by route, best route first."""
    words = visit.words

    def entry(criterion: Criterion) -> Entry:
        evidence = tuple(words.evidence[item].they for item in criterion.evidence)
        sources = tuple(words.source(source) for source in criterion.sources)
        return Entry(criterion, words.criteria[criterion.id], evidence, sources)

    return tuple(
        Section(
            route.id,
            words.routes[route.id],
            tuple(entry(criterion) for criterion in rules.criteria if criterion.route == route.id),
        )
        for route in rules.routes
    )


def cited_texts(visit: Visit, rules: Rules) -> tuple[Text, ...]:
    """Every law and guide that the rules rest on."""
    words = visit.words

    def resting(provision: Provision) -> Resting:
        return Resting(
            words.source(provision.source).provision,
            provision.source.url,
            tuple((criterion.id, words.criteria[criterion.id].name) for criterion in provision.criteria),
            tuple(words.questions[question].title.they for question in provision.questions),
            tuple((route, words.routes[route].title) for route in provision.routes),
        )

    found = provisions(rules)
    titles = dict.fromkeys(provision.source.title for provision in found)
    return tuple(
        Text(
            words.cited.get(title, title),
            tuple(resting(provision) for provision in found if provision.source.title == title),
        )
        for title in titles
    )

"""What is counted, by name: from the words of the service and the rules of the nations that a report is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.desk.report import Source
from app.engine.decision import outcome_ids
from app.engine.formula import comparisons
from app.web.markdown import inline

if TYPE_CHECKING:
    from app.engine.rulebook import Service
    from app.engine.rules import Criterion, Rules
    from app.engine.words import Text, Words
    from app.web.site_words import SiteWords

_LANGUAGE = "en"
"""The desk is in English alone."""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that is counted. ``gone`` says that the rules in force no longer have it."""

    id: str
    name: str
    group: str = ""
    sources: tuple[Source, ...] = ()
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Naming:
    """The names of what is counted in one nation, or in all of these: then only what they have in common.

    ``council`` stands in the texts for the council; ``site`` are the words of the desk.
    """

    words: Words
    site: SiteWords
    rules: tuple[Rules, ...]
    council: str

    @property
    def outcomes(self) -> tuple[Named, ...]:
        """Every outcome, the best first."""
        ids = self._common(outcome_ids)
        return tuple(Named(each, self._plain(self.words.outcomes[each].title)) for each in ids)

    @property
    def criteria(self) -> tuple[Named, ...]:
        """Every criterion under its route, with its sources. Nations have none in common."""
        if len(self.rules) > 1:
            return ()
        return tuple(self._criterion(each) for rules in self.rules for each in _by_route(rules))

    @property
    def evidence(self) -> tuple[Named, ...]:
        """Every piece of proof that a criterion asks for."""
        ids = self._common(lambda rules: [item for criterion in rules.criteria for item in criterion.evidence])
        return tuple(Named(each, self._plain(self.words.evidence[each])) for each in ids)

    @property
    def questions(self) -> tuple[Named, ...]:
        """Every question that a criterion hangs on, in the order of asking, and the one that sets the voice."""
        ids = self._common(_asked)
        return tuple(Named(each, self._plain(self.words.questions[each].title)) for each in ids)

    @property
    def first_question(self) -> str:
        """The one with which each check begins."""
        return self.rules[0].questions[0].id

    @property
    def unsure_questions(self) -> frozenset[str]:
        """Those that can be answered with "I do not know"."""
        return frozenset(each.id for rules in self.rules for each in rules.questions if each.unsure)

    def with_gone(self, named: Sequence[Named], counted: Iterable[str]) -> tuple[Named, ...]:
        """These, and after them what is shown as counted, but is not in the rules any more.

        With several nations nothing is added: what some of them do not have is not gone.
        """
        if len(self.rules) > 1:
            return tuple(named)
        known = {each.id for each in named}
        return (*named, *(self._gone(each) for each in sorted(set(counted) - known)))

    def _common(self, ids: Callable[[Rules], Sequence[str]]) -> tuple[str, ...]:
        first, *others = (dict.fromkeys(ids(rules)) for rules in self.rules)
        return tuple(each for each in first if all(each in other for other in others))

    def _criterion(self, criterion: Criterion) -> Named:
        cited = (self.words.source(each) for each in criterion.sources)
        sources = tuple(Source(text=f"{each.title}, {each.provision}", url=str(each.url)) for each in cited)
        route = self.words.routes[criterion.route].title
        return Named(criterion.id, self.words.criteria[criterion.id].name, route, sources)

    def _gone(self, each: str) -> Named:
        """Under the name that it had, or where no words are left, under its id."""
        if each in self.words.criteria:
            name = self.words.criteria[each].name
        elif each in self.words.questions:
            name = self._plain(self.words.questions[each].title)
        elif each in self.words.evidence:
            name = self._plain(self.words.evidence[each])
        else:
            name = each
        return Named(each, name, self.site.text("desk.report.gone"), gone=True)

    def _plain(self, text: Text) -> str:
        return str(inline(text.they, council=self.council).striptags())


def make_naming(service: Service, nations: Sequence[str], today: date, site: SiteWords, council: str) -> Naming:
    """The names for these nations under the rules of the day."""
    rules = tuple(found for nation in nations if (found := service.rules(nation, today) or _last(service, nation)))
    return Naming(service.words[_LANGUAGE], site, rules, council)


def _last(service: Service, nation: str) -> Rules | None:
    laws = service.laws.get(nation, ())
    return laws[-1] if laws else None


def _asked(rules: Rules) -> list[str]:
    hung_on = {each.question for criterion in rules.criteria for each in comparisons(criterion.whole)}
    return [each.id for each in rules.questions if each.id in hung_on or each.id == rules.voice_question]


def _by_route(rules: Rules) -> list[Criterion]:
    routes = [route.id for route in rules.routes]
    return sorted(rules.criteria, key=lambda criterion: routes.index(criterion.route))

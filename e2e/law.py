"""The rules that the pages follow, the people that they lead to every outcome, and links into the middle of a check."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from cryptography.fernet import Fernet

from app import create_app
from app.checker.answer_bits import pack, pack_one
from app.checker.check import ANSWERS, OUTCOME
from app.checker.phone import PHONE_PREFIX
from app.checker.site import Site
from app.councils.council import Council
from app.embed.frame import PREFIX
from app.engine.answers import Answers
from app.engine.decision import decide
from app.engine.explanation import puts
from app.engine.formula import Ticked
from app.engine.graph import explore
from app.engine.journey import Journey, follow
from app.engine.put import Put
from app.engine.rulebook import Service
from app.engine.rules import Rules
from app.engine.words import Words
from app.settings import Settings
from app.web.sealed_state import CheckState, StateSealer
from app.web.site_words import SiteWords

LANGUAGE = "en"
COUNCIL = "northfold"
"""The invented council with every contact, link and embedder that a council can have."""

KEY = Fernet.generate_key().decode()
"""What the service under test seals with: links made here open there."""

application = create_app(Settings(examples=True))
site: Site = application.extensions["site"]
service: Service = next(iter(site.services.values()))

OWN_PAGE, FRAMED, PHONE = "", PREFIX, PHONE_PREFIX
"""The layouts, by what stands before the address of a page in each."""


def rules_of(nation: str) -> Rules:
    """The rules in force there today; KeyError if there are none."""
    found = service.rules(nation, site.today())
    if found is None:
        raise KeyError(nation)
    return found


def council_of(slug: str | None) -> Council | None:
    """The council of that short name on whatever day; None for pages that are no council's."""
    return site.councils.known(slug or "")


ENGLAND = rules_of("england")
VOICE = ENGLAND.voice_question


@dataclass(frozen=True, slots=True)
class Language:
    """What the pages say in a language."""

    code: str
    words: Words
    site_words: SiteWords

    def put(self, question: str, answers: Answers, rules: Rules = ENGLAND) -> Put:
        """A question as these answers lead to it, in the words of the page."""
        return puts(rules, self.words, follow(rules, answers))[question]


LANGUAGES = {
    code: Language(code, service.words[code], of_site)
    for code, of_site in application.extensions["languages"].items()
    if code in service.words
}
"""Every language in which a whole check can be done, the first one first."""

FIRST = LANGUAGES[LANGUAGE]
words, site_words, put = FIRST.words, FIRST.site_words, FIRST.put
YOUNGEST = "under_2"
ADULT = {"age": "16_or_over"}


def given(**ticked: str | tuple[str, ...]) -> Answers:
    """Answers by question: one option, or several."""
    return {
        question: frozenset({options}) if isinstance(options, str) else frozenset(options)
        for question, options in ticked.items()
    }


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose answers lead to an outcome."""

    who: str
    outcome: str
    answers: Answers

    @property
    def name(self) -> str:
        return f"{self.who}-{self.outcome}"


@cache
def people() -> tuple[Person, ...]:
    """For each outcome, one person in each voice that can come to it; adults, who are asked most."""
    return tuple(one for who in ENGLAND.question(VOICE).offers for one in _asking_as(who, ADULT))


@cache
def anybody(nation: str) -> tuple[Person, ...]:
    """For each outcome of another nation's law, somebody who comes to it."""
    rules = rules_of(nation)
    found = _witnesses(nation)[1].items()
    return tuple(Person(nation, outcome, decide(rules, given).journey.answers) for outcome, given in found)


@cache
def children() -> tuple[Person, ...]:
    """For each outcome, a young child for whom somebody asks."""
    return tuple(_asking_as("someone_else", {"age": YOUNGEST}))


def _asking_as(who: str, fixed: Mapping[str, str]) -> Iterator[Person]:
    rules = _narrowed({VOICE: who, **fixed})
    for outcome, given in explore(rules).witnesses()[1].items():
        # Only what is asked of them, since a shortest way may answer more.
        answers = decide(ENGLAND, given).journey.answers
        age = "child-" if YOUNGEST in answers.get("age", ()) else ""
        yield Person(f"{age}{who}", outcome, answers)


def _narrowed(fixed: Mapping[str, str]) -> Rules:
    """The rules as they are for people who give these answers."""
    questions = (
        replace(asked, offers={fixed[asked.id]: asked.offers[fixed[asked.id]]}) if asked.id in fixed else asked
        for asked in ENGLAND.questions
    )
    return replace(ENGLAND, questions=tuple(questions))


def person(who: str, outcome: str) -> Person:
    """The person in that voice with that outcome."""
    return next(one for one in people() if (one.who, one.outcome) == (who, outcome))


def shortest(outcome: str) -> Person:
    """Whoever comes to that outcome with the fewest answers."""
    return min((one for one in (*people(), *children()) if one.outcome == outcome), key=lambda one: len(one.answers))


@cache
def askers(nation: str = ENGLAND.nation) -> dict[str, Answers]:
    """For each question that the rules ask, the answers of somebody whom it is asked next."""
    return _witnesses(nation)[0]


@cache
def _witnesses(nation: str) -> tuple[dict[str, Answers], dict[str, Answers]]:
    return explore(rules_of(nation)).witnesses()


def journey(answers: Answers) -> Journey:
    """The path of these answers."""
    return follow(ENGLAND, answers)


def token(
    answers: Answers,
    step: str,
    *,
    council: str = COUNCIL,
    rules: Rules = ENGLAND,
    sent: Ticked | None = None,
    age_hours: float = 0,
    version: str | None = None,
    key: str = KEY,
    number: int = 1,
) -> str:
    """A check sealed as the service seals it, standing at a step, with what was ``sent`` last and could not be used."""
    steps = (*(question.id for question in service.vocabulary.questions), ANSWERS, OUTCOME)
    submitted = None
    if sent is not None:
        submitted = pack_one(service.vocabulary.questions[steps.index(step)], sent) if sent else 0
    state = CheckState(
        council=council,
        nation=rules.nation,
        version=version or rules.version,
        step=steps.index(step),
        begun=int(time.time() - age_hours * 3600),
        number=number,
        answers=pack(service.vocabulary, answers),
        submitted=submitted,
    )
    return StateSealer((key,)).seal(state)


FULLEST = tuple(
    Person("fullest", outcome, answers)
    for outcome, answers in {
        "assessed": given(
            who="self",
            age="16_or_over",
            sight="dont_know",
            benefits=("pip", "attendance_allowance", "afip"),
            pip_moving_around="4",
            pip_planning_journeys="12",
            terminal_illness="no",
            difficulties=("walking", "journeys", "arms"),
            walking=("cannot_walk", "short_distance", "severe_pain", "other"),
            journeys=("distress", "danger", "other"),
            support_removes_difficulty="dont_know",
            lasting="dont_know",
            drives_regularly="yes",
            parking_meters="yes",
        ),
        "depends": given(
            who="someone_else",
            age="16_or_over",
            sight="dont_know",
            benefits=("other",),
            terminal_illness="no",
            difficulties=(),
        ),
        "unlikely": given(
            who="self",
            age="16_or_over",
            sight="partially",
            benefits=("pip", "dla", "afcs"),
            pip_moving_around="4",
            pip_planning_journeys="8",
            dla_mobility="lower",
            afcs_walking_certificate="no",
            terminal_illness="no",
            difficulties=("walking", "arms"),
            walking=("very_slow",),
            lasting="under_one_year",
            drives_regularly="no",
        ),
    }.items()
)
"""People whose outcome pages say as much as such a page can."""


def path(
    page: str,
    council: str | None = COUNCIL,
    *,
    layout: str = OWN_PAGE,
    language: str = LANGUAGE,
    token: str | None = None,
) -> str:
    """The address of a page within the site."""
    of_council = f"/{council}" if council else ""
    state = f"?s={token}" if token else ""
    return f"{layout}{of_council}/{service.id}/{language}/{page}{state}"

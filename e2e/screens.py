"""Every page that a person can come to, in every state it can be in: made from the routes and from the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlencode

from app.checker.check import ANSWERS, OUTCOME
from app.checker.check_pages import NOTICES
from app.checker.other_days import GONE, NOT_YET
from app.checker.phone import PHONE, PHONE_PREFIX
from app.councils.succession import has_ended
from app.embed.frame import PREFIX
from app.engine.graph import explore
from app.web.hosts import UNKNOWN_HOST
from e2e import law

if TYPE_CHECKING:
    from app.engine.answers import Answers

Where = Literal["service", "failing", "closed"]
"""The service itself, one that fails on request, or one that is switched to "unavailable"."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A page type in a state. ``route`` is the endpoint that answers; error pages have none."""

    kind: str
    state: str
    path: str
    route: str | None
    error: bool = False
    status: int = 200
    where: Where = "service"

    @property
    def name(self) -> str:
        return f"{self.kind}, {self.state}"


def _plain(page: str, *, council: str | None, framed: bool) -> Iterator[Screen]:
    yield Screen(page, "plain", law.path(page, council, framed=framed), None)


def _for_websites(page: str, *, council: str | None, framed: bool) -> Iterator[Screen]:
    yield from _plain("for-websites", council=council, framed=framed)
    yield Screen("for-websites", "no website", law.path("for-websites", "argleton"), None)


def _start(page: str, *, council: str | None, framed: bool) -> Iterator[Screen]:
    yield from _plain(page, council=council, framed=framed)
    address = law.path(page, council, framed=framed)
    for notice in NOTICES:
        yield Screen(page, f"notice {notice}", f"{address}?because={notice}", None)
    yield from _of_other_days(page, framed=framed)


def _of_other_days(page: str, *, framed: bool) -> Iterator[Screen]:
    """One council that has ended and one that is still to begin, where the register has such today."""
    today = law.site.today()
    seen = set()
    for slug, council in law.site.councils.register.councils.items():
        ended = has_ended(council, today)
        if slug in law.site.councils.councils and not council.span.holds(today) and ended not in seen:
            seen.add(ended)
            state, status = ("ended", GONE) if ended else ("to come", NOT_YET)
            yield Screen(f"{page} of another day", state, law.path(page, slug, framed=framed), None, status=status)


def _choose(page: str, *, council: str | None, framed: bool) -> Iterator[Screen]:
    yield from _plain("find-your-council", council=council, framed=framed)


def _confirm(page: str, *, council: str | None, framed: bool) -> Iterator[Screen]:
    places = law.site.councils.listed(law.site.today(), law.LANGUAGE)
    chosen = {
        "own council": {"council": next(place.slug for place in places if place.issues)},
        "district": {"council": next(place.slug for place in places if not place.issues)},
    }
    refused = {"missing": {}, "several": {"typed": "north"}, "none": {"typed": "zzz"}}
    address = law.path("confirm-your-council", None)
    for state, asked in chosen.items():
        yield Screen("confirm-your-council", state, f"{address}?{urlencode(asked)}", None)
    for state, asked in refused.items():
        yield Screen("find-your-council", f"error {state}", f"{address}?{urlencode(asked)}", None, error=True)


def _check(page: str, *, council: str | None, framed: bool) -> Iterator[Screen]:
    def at(kind: str, state: str, token: str, *, error: bool = False) -> Screen:
        return Screen(kind, state, law.path("check", framed=framed, token=token), None, error=error)

    for question, answers in _asked(framed=framed):
        asked = law.ENGLAND.question(question)
        yield at("question", f"{question} fresh", law.token(answers, question))
        yield at("question", f"{question} missing", law.token(answers, question, sent=frozenset()), error=True)
        if asked.exclusive:
            both = frozenset(law.put(question, answers).offers)
            yield at("question", f"{question} conflict", law.token(answers, question, sent=both), error=True)
    for who in dict.fromkeys(person.who for person in law.people()):
        longest = max((one for one in law.people() if one.who == who), key=lambda one: len(one.answers))
        yield at("check-your-answers", who, law.token(longest.answers, ANSWERS))
    people = law.people()[:1] if framed else (*law.people(), *law.children(), *law.FULLEST)
    for person in people:
        yield at("outcome", person.name, law.token(person.answers, OUTCOME))
    if not framed:
        yield from _other_nations()


def _other_nations() -> Iterator[Screen]:
    """What other nations have besides: the questions only they ask, their outcomes and their criteria."""
    asked = set(law.askers())
    for nation in law.service.vocabulary.nations:
        if nation == law.ENGLAND.nation:
            continue
        rules = law.rules_of(nation)
        council = next(one.slug for one in law.site.councils.all(law.site.today()) if one.nation == nation)
        yield Screen("criteria", nation, law.path("criteria", council), None)
        questions, outcomes = explore(rules).witnesses()
        links = [("question", question, answers, question) for question, answers in questions.items()]
        links = [link for link in links if link[1] not in asked]
        links += [("outcome", f"{nation} {outcome}", answers, OUTCOME) for outcome, answers in outcomes.items()]
        for kind, state, answers, step in links:
            token = law.token(answers, step, council=council, rules=rules)
            yield Screen(kind, state, law.path("check", council, token=token), None)
        asked |= set(questions)


def _asked(*, framed: bool) -> Iterator[tuple[str, Answers]]:
    """Every question with the answers before it; framed, where only what is around it differs, one of each kind."""
    kinds = set()
    for question, answers in law.askers().items():
        many = law.ENGLAND.question(question).many
        if not framed or many not in kinds:
            yield question, answers
        kinds.add(many)


def _reference(page: str, *, council: str | None, framed: bool) -> Iterator[Screen]:
    yield Screen("description of the API", "plain", "/api/v1/", None)


def _studio(page: str, *, council: str | None, framed: bool) -> Iterator[Screen]:
    yield Screen(page, "choose", "/studio", None)
    yield Screen(page, "error unknown", "/studio?council=nowhere", None, error=True)
    yield Screen(page, "all said", f"/studio?council={council}", None)
    yield Screen(page, "nothing said", "/studio?council=kent", None)


def _script(page: str, *, council: str | None, framed: bool) -> Iterator[Screen]:
    yield from _plain(page, council=council, framed=framed)
    longest = max(law.service.vocabulary.nations, key=lambda nation: len(law.rules_of(nation).criteria))
    other = next(one.slug for one in law.site.councils.all(law.site.today()) if one.nation == longest)
    yield Screen(page, "longest law", law.path(page, other), None)


def _on_the_phone(screens: Iterator[Screen]) -> Iterator[Screen]:
    """The same in the layout for phones, and the outcome pages that say most."""
    for screen in screens:
        yield replace(screen, path=PHONE_PREFIX + screen.path.removeprefix(PREFIX))
        if screen.kind == "outcome":
            for person in law.FULLEST:
                token = law.token(person.answers, OUTCOME)
                yield Screen("outcome", person.name, PHONE_PREFIX + law.path("check", token=token), None)


STATES: dict[str, Callable[..., Iterator[Screen]]] = {
    "accessibility": _plain,
    "choose": _choose,
    "confirm": _confirm,
    "cookies": _plain,
    "criteria": _plain,
    "data-protection": _plain,
    "documents": _plain,
    "for_websites": _for_websites,
    "phone-script": _script,
    "privacy": _plain,
    "reference": _reference,
    "show": _check,
    "start": _start,
    "studio": _studio,
}
"""The states of each page, by the last part of its endpoint."""

PAGELESS = {
    *("front", "front_of_council", "health", "known_host", "unknown_host", "brand.colours", "brand.logo"),
    *("api.council", "api.service", "api.described"),
}
"""Routes that lead on, or that only machines ask for."""


def routes() -> list[str]:
    """The endpoints of every page that can be asked for."""
    found = {rule.endpoint for rule in law.application.url_map.iter_rules() if "GET" in (rule.methods or ())}
    return sorted(found - PAGELESS)


def _of_routes() -> Iterator[Screen]:
    for route in routes():
        blueprint, _, page = route.rpartition(".")
        if page not in STATES:
            continue  # a test of its own names it
        framed = blueprint in ("framed", PHONE)  # only what is around the page, and some of its words, differ
        prefix = {"framed": "framed ", PHONE: "phone ", "find": "council-free "}.get(blueprint, "")
        council = None if blueprint == "find" else law.COUNCIL
        screens = STATES[page](page, council=council, framed=framed)
        for screen in _on_the_phone(screens) if blueprint == PHONE else screens:
            kind = screen.kind if screen.kind.endswith("your-council") else f"{prefix}{screen.kind}"
            yield Screen(kind, screen.state, screen.path, route, screen.error, screen.status, screen.where)


def _of_errors() -> Iterator[Screen]:
    yield Screen("error page", "404 unknown address", "/nowhere", None, status=404)
    yield Screen("error page", "404 unknown host", UNKNOWN_HOST, None, status=404)
    yield Screen("error page", "404 unknown council", law.path("start", "nowhere"), None, status=404)
    yield Screen("error page", "503", law.path("start"), None, status=503, where="closed")
    parts = (key.split(".") for key in law.site_words.words if key.startswith("error."))
    shown = {int(part[1]) for part in parts if part[1].isdigit()}
    for status in sorted(shown - {404, 503}):
        yield Screen("error page", str(status), f"/fail/{status}", None, status=status, where="failing")


SCREENS = (*_of_routes(), *_of_errors())

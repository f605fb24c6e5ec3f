"""Every page that a person can come to, in every state it can be in, in every language, layout and brand.

Made from the routes, the rules and the example councils. `EVERY` is all of it, `CHOSEN` what `make test` opens.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeVar
from urllib.parse import urlencode

from app.checker.check import ANSWERS, OUTCOME
from app.checker.check_pages import NOTICES
from app.checker.other_days import GONE, NOT_YET
from app.checker.phone import PHONE
from app.councils.succession import has_ended
from app.embed.frame import FRAMED
from app.web.hosts import UNKNOWN_HOST
from e2e import law
from e2e.server import SHARED

if TYPE_CHECKING:
    from app.councils.council import Council
    from app.engine.answers import Answers
    from app.engine.formula import Ticked
    from app.engine.rules import Rules

_T = TypeVar("_T")

Where = Literal["service", "failing", "closed"]
"""The service itself, one that fails on request, or one that is switched to "unavailable"."""

LAYOUTS = {"check": law.OWN_PAGE, FRAMED: law.FRAMED, PHONE: law.PHONE}
"""The layout of each set of a check's pages, by the blueprint that they are registered under."""

LAYOUT_NAMES = {law.OWN_PAGE: "own page", law.FRAMED: "embedded", law.PHONE: "phone"}


def _councils() -> Iterator[Council]:
    """Every example council, and one of the register for each nation in which no example council has the check here."""
    today = law.site.today()
    everybody = law.site.councils.all(today)
    examples = [council for council in everybody if council.example]
    for nation in law.service.vocabulary.nations:
        mine = [council for council in examples if council.nation == nation]
        yield from sorted(mine, key=lambda council: council.slug != law.COUNCIL)
        if all(council.said.links.own_service for council in mine):
            others = (council for council in everybody if council.nation == nation)
            yield next(council for council in others if not council.said.links.own_service)


COUNCILS = tuple(_councils())
"""The brands. Among them are the neutral look (Argleton), a dark one (Brackwater) and the faintest that is let through
(Aberwennol).
"""


@dataclass(frozen=True, slots=True)
class Screen:
    """A page type in a state, in a language, a layout and a council's brand.

    ``route`` is the endpoint that answers; error pages have none. Pages that are no council's have no ``council``.
    """

    kind: str
    state: str
    path: str
    route: str | None
    error: bool = False
    status: int = 200
    where: Where = "service"
    language: str = law.LANGUAGE
    layout: str = law.OWN_PAGE
    council: str | None = None

    @property
    def name(self) -> str:
        return ", ".join(
            (self.kind, self.state, self.language, LAYOUT_NAMES[self.layout], self.council or "no council")
        )

    @property
    def parts(self) -> tuple[str, ...]:
        """Of a question which it is and how it stands, of an outcome whose it is and which; of others the state."""
        if self.kind == "question":
            return tuple(self.state.split())
        if self.kind == "outcome":
            whose, _, outcome = self.state.rpartition("-")
            return (outcome, whose)
        return (self.state,)

    @property
    def alike(self) -> str:
        """What states have in common that differ from each other in their words and in what any page type can have."""
        return self.parts[0]

    @property
    def words(self) -> law.Language:
        """What such pages say in its language."""
        return law.LANGUAGES[self.language]


@dataclass(frozen=True, slots=True)
class View:
    """What a page is asked for in."""

    language: law.Language
    layout: str = law.OWN_PAGE
    of: Council | None = None

    @property
    def rules(self) -> Rules:
        """The law where the council is; England's for pages that are no council's."""
        return law.rules_of(self.of.nation) if self.of else law.ENGLAND

    def path(self, page: str, token: str | None = None) -> str:
        """The address of a page as it is asked for here."""
        slug = self.of.slug if self.of else None
        return law.path(page, slug, layout=self.layout, language=self.language.code, token=token)

    def screen(self, kind: str, state: str, path: str, *, error: bool = False, status: int = 200) -> Screen:
        """A page of that address."""
        slug = self.of.slug if self.of else None
        return Screen(kind, state, path, None, error, status, "service", self.language.code, self.layout, slug)


def _plain(page: str, view: View) -> Iterator[Screen]:
    yield view.screen(page, "plain", view.path(page))


def _for_websites(_page: str, view: View) -> Iterator[Screen]:
    state = "plain" if view.of and view.of.embedders else "no website"
    yield view.screen("for-websites", state, view.path("for-websites"))


def _by_nation(page: str, view: View) -> Iterator[Screen]:
    yield view.screen(page, view.rules.nation, view.path(page))


def _own_service(page: str, view: View) -> Iterator[Screen]:
    """What leads to a council's own check, where it has one, in place of ours."""
    if view.of and view.of.said.links.own_service:
        yield view.screen("own service", page, view.path(page))


def _start(page: str, view: View) -> Iterator[Screen]:
    if own := list(_own_service(page, view)):
        yield from own
        return
    yield from _plain(page, view)
    for notice in NOTICES:
        yield view.screen(page, f"notice {notice}", f"{view.path(page)}?because={notice}")
    yield from _of_other_days(page, view)


def _of_other_days(page: str, view: View) -> Iterator[Screen]:
    """One council that has ended and one that is still to begin, where the register has such today."""
    today = law.site.today()
    seen = set()
    for slug, council in law.site.councils.register.councils.items():
        ended = has_ended(council, today)
        known = law.site.councils.councils.get(slug)
        if known and not council.span.holds(today) and ended not in seen and view.language.code in known.languages:
            seen.add(ended)
            state, status = ("ended", GONE) if ended else ("to come", NOT_YET)
            other = replace(view, of=known)
            yield other.screen(f"{page} of another day", state, other.path(page), status=status)


def _choose(_page: str, view: View) -> Iterator[Screen]:
    yield from _plain("find-your-council", view)


def _confirm(_page: str, view: View) -> Iterator[Screen]:
    places = law.site.councils.listed(law.site.today(), view.language.code)
    chosen = {
        "own council": {"council": next(place.slug for place in places if place.issues)},
        "district": {"council": next(place.slug for place in places if not place.issues)},
    }
    refused = {"missing": {}, "several": {"typed": "north"}, "none": {"typed": "zzz"}}
    address = view.path("confirm-your-council")
    for state, asked in chosen.items():
        yield view.screen("confirm-your-council", state, f"{address}?{urlencode(asked)}")
    for state, asked in refused.items():
        yield view.screen("find-your-council", f"error {state}", f"{address}?{urlencode(asked)}", error=True)


def _check(_page: str, view: View) -> Iterator[Screen]:
    if own := list(_own_service("check", view)):
        yield from own
        return
    rules, slug = view.rules, view.of.slug if view.of else law.COUNCIL

    def at(kind: str, state: str, step: str, answers: Answers, sent: Ticked | None = None) -> Screen:
        token = law.token(answers, step, council=slug, rules=rules, sent=sent)
        return view.screen(kind, state, view.path("check", token), error=sent is not None)

    for question, answers in law.askers(rules.nation).items():
        yield at("question", f"{question} fresh", question, answers)
        yield at("question", f"{question} missing", question, answers, frozenset())
        if rules.question(question).exclusive:
            both = frozenset(view.language.put(question, answers, rules).offers)
            yield at("question", f"{question} conflict", question, answers, both)
    if rules.nation != law.ENGLAND.nation:
        people = law.anybody(rules.nation)
        yield at("check-your-answers", rules.nation, ANSWERS, max(people, key=_length).answers)
    else:
        people = (*law.people(), *law.children(), *law.FULLEST)
        for who in dict.fromkeys(person.who for person in law.people()):
            longest = max((one for one in law.people() if one.who == who), key=_length)
            yield at("check-your-answers", who, ANSWERS, longest.answers)
    for person in people:
        yield at("outcome", person.name, OUTCOME, person.answers)


def _shared(_page: str, view: View) -> Iterator[Screen]:
    if view.of and view.of.said.links.own_service:
        return
    slug, answers = view.of.slug if view.of else law.COUNCIL, law.anybody(view.rules.nation)[0].answers
    for state, number in {"shared": SHARED, "not shared": SHARED + 1}.items():
        token = law.token(answers, OUTCOME, council=slug, rules=view.rules, number=number)
        yield view.screen("shared", state, view.path("shared", token))


def _take_back(_page: str, view: View) -> Iterator[Screen]:
    address = view.path("take-back")
    yield view.screen("take-back", "plain", address)
    for state, typed in {"missing": "", "mistyped": "K47X", "unknown": "0" * 20}.items():
        yield view.screen("take-back", f"error {state}", f"{address}?code={typed}", error=True)


def _taken_back(_page: str, view: View) -> Iterator[Screen]:
    yield view.screen("taken-back", "plain", view.path("taken-back"))


def _length(person: law.Person) -> int:
    return len(person.answers)


def _reference(_page: str, view: View) -> Iterator[Screen]:
    yield view.screen("description of the API", "plain", "/api/v1/")


def _studio(page: str, view: View) -> Iterator[Screen]:
    yield view.screen(page, "choose", "/studio")
    yield view.screen(page, "error unknown", "/studio?council=nowhere", error=True)
    yield view.screen(page, "all said", f"/studio?council={law.COUNCIL}")
    yield view.screen(page, "nothing said", "/studio?council=kent")


STATES: dict[str, Callable[[str, View], Iterator[Screen]]] = {
    "accessibility": _plain,
    "choose": _choose,
    "confirm": _confirm,
    "cookies": _plain,
    "criteria": _by_nation,
    "data-protection": _plain,
    "documents": _plain,
    "for_websites": _for_websites,
    "phone-script": _by_nation,
    "privacy": _plain,
    "reference": _reference,
    "shared": _shared,
    "show": _check,
    "start": _start,
    "studio": _studio,
    "take_back": _take_back,
    "taken_back": _taken_back,
}
"""The states of each page, by the last part of its endpoint."""

PAGELESS = {
    *("front", "front_of_council", "health", "known_host", "unknown_host", "brand.colours", "brand.logo"),
    *("api.council", "api.service", "api.described"),
}
"""Routes that lead on, or that only machines ask for."""

DESK = "desk."
"""What the routes begin with that one has to sign in for: `test_desk.py` does, and opens every page there."""


def routes() -> list[str]:
    """The endpoints of every page that can be asked for."""
    found = {rule.endpoint for rule in law.application.url_map.iter_rules() if "GET" in (rule.methods or ())}
    return sorted(route for route in found - PAGELESS if not route.startswith(DESK))


def _views(blueprint: str) -> Iterator[View]:
    """Everything that the pages of a blueprint can be asked for in; tools are in one language and no council's."""
    if blueprint in (*LAYOUTS, "papers", "websites"):
        for council in COUNCILS:
            for code in council.languages:
                if code in law.LANGUAGES:
                    yield View(law.LANGUAGES[code], LAYOUTS.get(blueprint, law.OWN_PAGE), council)
    elif blueprint == "find":
        yield from (View(language) for language in law.LANGUAGES.values())
    else:
        yield View(law.LANGUAGES[law.LANGUAGE])


def _of_routes() -> Iterator[Screen]:
    for route in routes():
        blueprint, _, page = route.rpartition(".")
        for view in _views(blueprint) if page in STATES else ():  # a test of its own names one without states
            for screen in STATES[page](page, view):
                free = blueprint == "find" and not screen.kind.endswith("your-council")
                yield replace(screen, route=route, kind=f"council-free {screen.kind}" if free else screen.kind)


def _of_errors() -> Iterator[Screen]:
    parts = (key.split(".") for key in law.site_words.words if key.startswith("error."))
    shown = {int(part[1]) for part in parts if part[1].isdigit()}
    for code in law.LANGUAGES:
        nowhere = law.path("start", "nowhere", language=code)
        yield Screen("error page", "404 unknown council", nowhere, None, status=404, language=code)
        closed = law.path("start", language=code)
        yield Screen("error page", "503", closed, None, status=503, where="closed", language=code)
        for status in sorted(shown - {404, 503}):
            address = f"/fail/{code}/{status}"
            yield Screen("error page", str(status), address, None, status=status, where="failing", language=code)
    yield Screen("error page", "404 unknown address", "/nowhere", None, status=404)
    yield Screen("error page", "404 unknown host", UNKNOWN_HOST, None, status=404)


def chosen(screens: Iterable[Screen]) -> tuple[Screen, ...]:
    """Every state on its own page, in the languages and brands by turns; then the pairs that were not met in that.

    Of states that are alike one, by turns, so that each part of a state is met. Every page type is opened in every
    language and in every layout, and every brand in every language and layout.
    """
    everything = tuple(screens)
    states: dict[tuple[str, str], dict[str, dict[str, list[Screen]]]] = {}
    for screen in everything:
        if screen.layout == law.OWN_PAGE:
            of_state = states.setdefault((screen.kind, screen.alike), {}).setdefault(screen.state, {})
            of_state.setdefault(screen.language, []).append(screen)
    turns: dict[tuple[str, ...], int] = defaultdict(int)
    found: dict[str, Screen] = {}
    for (kind, _), alike in states.items():
        languages = _by_turns(list(alike.values()), turns, kind, f"one of {len(alike)}")
        brands = _by_turns(list(languages.values()), turns, kind)
        screen = _by_turns(brands, turns, kind, brands[0].language)
        found[screen.name] = screen
    left = {pair for screen in everything for pair in pairs(screen)}
    left -= {pair for screen in found.values() for pair in pairs(screen)}
    while left:
        screen = max(everything, key=lambda screen: len(left.intersection(pairs(screen))))
        left -= {*pairs(screen)}
        found[screen.name] = screen
    return tuple(found.values())


def pairs(screen: Screen) -> tuple[tuple[str | None, ...], ...]:
    """What a page shows together, each with the names of what it is, so that no two are confused."""
    return (
        ("page type, language", screen.kind, screen.language),
        ("page type, layout", screen.kind, screen.layout),
        ("brand, layout", screen.council, screen.layout),
        ("brand, language", screen.council, screen.language),
        *(("page type, part of its state", screen.kind, part) for part in screen.parts),
    )


def _by_turns(choices: list[_T], turns: dict[tuple[str, ...], int], *whose: str) -> _T:
    """The one whose turn it is."""
    turns[whose] += 1
    return choices[(turns[whose] - 1) % len(choices)]


EVERY = tuple({screen.name: screen for screen in (*_of_routes(), *_of_errors())}.values())
"""The whole matrix."""

CHOSEN = chosen(EVERY)
"""The part of it that `make test` opens."""

"""Every page in every state is usable by everybody, keeps nothing, and asks nobody else for anything."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from e2e import law
from e2e.census import Census, entry
from e2e.checkers import faults
from e2e.conftest import WHOLE
from e2e.screens import CHOSEN, COUNCILS, EVERY, LAYOUTS, PAGELESS, STATES, Screen, chosen, pairs, routes

if TYPE_CHECKING:
    from e2e.conftest import OpenBrowser, Visitor
    from e2e.server import Server

OTHER_NATIONS = [nation for nation in law.service.vocabulary.nations if nation != law.ENGLAND.nation]


@pytest.fixture
def origins(server: Server, request: pytest.FixtureRequest) -> dict[str, str]:
    """Where each kind of service is; one that is seldom needed starts only then."""
    screen: Screen = request.node.callspec.params["screen"]
    if screen.where == "service":
        return {"service": server.url}
    other: Server = request.getfixturevalue(f"{screen.where}_server")
    return {"service": server.url, screen.where: other.url}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each page: the part that was chosen, or every page there is."""
    if "screen" in metafunc.fixturenames:
        screens = EVERY if metafunc.config.getoption(WHOLE) else CHOSEN
        metafunc.parametrize("screen", screens, ids=lambda screen: screen.name)


def test_a_page_holds_to_every_rule(
    screen: Screen, visitor: Visitor, origins: dict[str, str], open_browser: OpenBrowser, request: pytest.FixtureRequest
) -> None:
    bare = open_browser(java_script_enabled=False)
    for each in (visitor, bare):
        each.watch.allowed |= set(origins.values())
        each.watch.expected_status = screen.status
        response = each.page.goto(origins[screen.where] + screen.path)
        assert response is not None
        assert response.status == screen.status

    found = {"watch": [*visitor.watch.take(), *bare.watch.take()], **faults(visitor.page, screen, bare.page)}
    request.node.user_properties.append(entry(screen, found))
    assert {name: each for name, each in found.items() if each} == {}


def test_the_matrix_has_every_route_and_every_question_and_outcome() -> None:
    assert {route.rpartition(".")[2] for route in routes()} == set(STATES)
    assert {screen.route for screen in EVERY if screen.route} == set(routes())
    states = {screen.state for screen in EVERY if screen.kind == "question"}
    asked = {question for nation in law.service.vocabulary.nations for question in law.askers(nation)}
    assert states >= {f"{question} {state}" for question in asked for state in ("fresh", "missing")}
    outcomes = {screen.state for screen in EVERY if screen.kind == "outcome"}
    people = (*law.people(), *law.children(), *law.FULLEST)
    assert outcomes >= {person.name for person in people}
    assert outcomes >= {f"{nation}-{route}" for nation in OTHER_NATIONS for route in law.words.outcomes}
    assert {rule.endpoint for rule in law.application.url_map.iter_rules()} >= PAGELESS


def test_a_page_type_is_in_the_matrix_in_every_brand_language_and_layout_that_it_has() -> None:
    def combinations(kind: str) -> set[tuple[str | None, str, str]]:
        return {(screen.council, screen.language, screen.layout) for screen in EVERY if screen.kind == kind}

    languages = {council.slug: set(council.languages) & set(law.LANGUAGES) for council in COUNCILS}
    shown = {(slug, code, layout) for slug in languages for code in languages[slug] for layout in LAYOUTS.values()}
    for kind in ("accessibility", "cookies", "criteria", "privacy"):
        assert combinations(kind) == shown
    here = {council.slug for council in COUNCILS if not council.said.links.own_service}
    for kind in ("start", "question", "check-your-answers", "outcome"):
        assert combinations(kind) == {each for each in shown if each[0] in here}
    assert {"argleton", "brackwater", "aberwennol"} <= here


def test_what_is_chosen_has_every_page_that_is_like_no_other_and_every_pair() -> None:
    own = {(screen.kind, screen.alike) for screen in EVERY if screen.layout == law.OWN_PAGE}
    assert {(screen.kind, screen.alike) for screen in CHOSEN if screen.layout == law.OWN_PAGE} == own
    assert {pair for screen in CHOSEN for pair in pairs(screen)} == {pair for screen in EVERY for pair in pairs(screen)}


def test_what_is_chosen_is_a_part_of_the_matrix_and_always_the_same() -> None:
    assert set(CHOSEN) < set(EVERY)
    assert chosen(EVERY) == CHOSEN


def test_languages_and_brands_take_turns() -> None:
    brands, languages = ("one", "two", "three"), ("en", "cy")
    plain = Screen("page", "", "/", None)
    states = [
        replace(plain, state=str(state), language=code, council=brand)
        for state in range(12)
        for code in languages
        for brand in brands
    ]
    found = [(screen.language, screen.council) for screen in chosen(states)]
    assert len(found) == 12
    assert {pair: found.count(pair) for pair in found} == {(code, brand): 2 for code in languages for brand in brands}


@pytest.mark.parametrize("whole", [False, True])
def test_a_checker_that_misses_a_page_is_told_of(whole: bool) -> None:
    census = Census(whole=whole)
    for screen in census.expected:
        census.count([entry(screen, ["axe", "print"])])
    assert census.complete
    assert f"2 checkers, {2 * len(census.expected)} checks" in census.lines()[-1]
    census.count([entry(census.expected[0], ["keyboard"])])
    assert not census.complete


@pytest.mark.parametrize("language", law.LANGUAGES)
def test_every_question_has_a_title_of_its_own(language: str, visitor: Visitor, server: Server) -> None:
    own = (law.COUNCIL, language, law.OWN_PAGE)
    titles = []
    for screen in EVERY:
        if (screen.council, screen.language, screen.layout) == own and screen.state.endswith(" fresh"):
            visitor.page.goto(server.url + screen.path)
            expect(visitor.page).to_have_title(re.compile("."))
            titles.append(visitor.page.title())
    assert len(titles) == len(law.askers())
    assert sorted(set(titles)) == sorted(titles)

"""Every page in every state is usable by everybody, keeps nothing, and asks nobody else for anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from e2e import law
from e2e.census import entry
from e2e.checkers import CHECKERS
from e2e.screens import PAGELESS, SCREENS, STATES, Screen, routes

if TYPE_CHECKING:
    from e2e.conftest import Visitor
    from e2e.server import Server


@pytest.fixture
def origins(server: Server, request: pytest.FixtureRequest) -> dict[str, str]:
    """Where each kind of service is; one that is seldom needed starts only then."""
    screen: Screen = request.node.callspec.params["screen"]
    if screen.where == "service":
        return {"service": server.url}
    other: Server = request.getfixturevalue(f"{screen.where}_server")
    return {"service": server.url, screen.where: other.url}


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_a_page_holds_to_every_rule(
    screen: Screen, visitor: Visitor, origins: dict[str, str], request: pytest.FixtureRequest
) -> None:
    page, watch = visitor.page, visitor.watch
    watch.allowed |= set(origins.values())
    watch.expected_status = screen.status
    response = page.goto(origins[screen.where] + screen.path)
    assert response is not None
    assert response.status == screen.status

    found = {"watch": watch.take()}
    for name, checker in CHECKERS.items():
        found[name] = checker(page, screen)
    for name in found:
        request.node.user_properties.append(entry(name, screen))

    assert {name: faults for name, faults in found.items() if faults} == {}


def test_the_list_of_pages_has_every_route_and_every_question_and_outcome() -> None:
    assert {route.rpartition(".")[2] for route in routes()} == set(STATES)
    assert {screen.route for screen in SCREENS if screen.route} == set(routes())
    states = {screen.state for screen in SCREENS if screen.kind == "question"}
    questions = [question.id for question in law.ENGLAND.questions if question.id in law.askers()]
    assert states >= {f"{question} {state}" for question in questions for state in ("fresh", "missing")}
    assert len({screen.name for screen in SCREENS}) == len(SCREENS)
    assert {rule.endpoint for rule in law.application.url_map.iter_rules()} >= PAGELESS


def test_every_question_has_a_title_of_its_own(visitor: Visitor, server: Server) -> None:
    screens = [screen for screen in SCREENS if screen.kind == "question" and screen.state.endswith("fresh")]
    titles = []
    for screen in screens:
        visitor.page.goto(server.url + screen.path)
        expect(visitor.page).to_have_title(re.compile("."))
        titles.append(visitor.page.title())
    assert sorted(set(titles)) == sorted(titles)

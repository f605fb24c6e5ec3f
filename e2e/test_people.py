"""Made-up people of every nation walked through the pages: they see what the rules say they are asked."""

from __future__ import annotations

import re
from contextlib import closing
from http.client import HTTPConnection
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest

from app.engine.answers import parse_answers
from app.engine.decision import decide
from app.engine.rulebook import load_rulebook
from app.settings import ROOT
from tests.engine.people import made_up_people

if TYPE_CHECKING:
    from e2e.server import Server

COUNCILS = {"england": "kent", "wales": "cardiff", "scotland": "fife", "northern_ireland": "northern-ireland"}
PARTS = [(nation, council, range(first, first + 5)) for nation, council in COUNCILS.items() for first in (100, 105)]
"""Of each nation ten times fifty people. Those in one part share the pages that they come to by the same answers."""
FIELD = re.compile(r'<input class="govuk-(?:radios|checkboxes)__input"[^>]* name="(\w+)"[^>]* value="([^"]+)"')
TOKEN = re.compile(r'name="s" value="([^"]+)"')
OUTCOME = re.compile(r'data-outcome="(\w+)"')


class Walker:
    """A plain HTTP client that follows redirects and fills in forms, never the same ones in the same order twice."""

    def __init__(self, connection: HTTPConnection, address: str) -> None:
        self.connection = connection
        self.address = address
        self.pages: dict[tuple[str, ...], str] = {}

    def open(self, path: str, fields: dict[str, str | list[str]] | None = None) -> str:
        body = None if fields is None else urlencode(fields, doseq=True)
        headers = {} if body is None else {"Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request("GET" if body is None else "POST", path, body, headers)
        response = self.connection.getresponse()
        html = response.read().decode()
        if response.status == 303:
            return self.open(str(response.getheader("Location")))
        assert response.status == 200
        return html

    def walk(self, person: dict[str, list[str]]) -> tuple[list[str], str]:
        way: tuple[str, ...] = ()
        asked = []
        html = self.come(way, None)
        while (found := OUTCOME.search(html)) is None:
            fields: dict[str, str | list[str]] = {"s": TOKEN.findall(html)[0]}
            answer: list[str] = []
            if offered := FIELD.findall(html):
                question = offered[0][0]
                asked.append(question)
                answer = [option for _, option in offered if option in person[question]] or ["none"]
                fields[question] = answer
            way = (*way, ",".join(answer))
            html = self.come(way, fields)
        return asked, found[1]

    def come(self, way: tuple[str, ...], fields: dict[str, str | list[str]] | None) -> str:
        """The page that these answers lead to, the last of them being sent now unless somebody came this way before."""
        if way not in self.pages:
            self.pages[way] = self.open(self.address, fields)
        return self.pages[way]


@pytest.mark.parametrize(("nation", "council", "seeds"), PARTS)
def test_people_see_what_the_rules_ask_and_get_the_outcome_that_the_rules_give(
    server: Server, nation: str, council: str, seeds: range
) -> None:
    service = load_rulebook(ROOT / "rules")["blue-badge"]
    rules = service.laws[nation][-1]
    with closing(HTTPConnection(urlsplit(server.url).netloc)) as connection:
        walker = Walker(connection, f"/{council}/blue-badge/en/check")
        for person in chain.from_iterable(made_up_people(service.vocabulary, 50, seed=seed) for seed in seeds):
            listed = {question: [given] if isinstance(given, str) else given for question, given in person.items()}
            decision = decide(rules, parse_answers(service.vocabulary, person))
            assert walker.walk(listed) == (list(decision.asked), decision.outcome)
            assert decide(rules, decision.journey.answers) == decision

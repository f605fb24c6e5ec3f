"""Made-up people of every nation walked through the pages, the framed pages and the API.

They are asked what the rules ask, and all three tell them the same: outcome, reasons and proof.
"""

from __future__ import annotations

import json
import re
from contextlib import closing
from http.client import HTTPConnection
from itertools import chain
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urljoin, urlsplit

import pytest

from app.api.body import JSON
from app.engine.answers import parse_answers
from app.engine.decision import decide
from app.engine.rulebook import load_rulebook
from app.settings import ROOT
from tests.api.account import OUTCOME, Account, account_of_api, account_of_page
from tests.engine.people import made_up_people

if TYPE_CHECKING:
    from e2e.server import Server

COUNCILS = {"england": "kent", "wales": "cardiff", "scotland": "fife", "northern_ireland": "northern-ireland"}
PARTS = [(nation, council, range(first, first + 5)) for nation, council in COUNCILS.items() for first in (100, 105)]
"""Of each nation ten times twenty-five people, a thousand in all.

Those in one part share the pages that they come to by the same answers.
"""
FIELD = re.compile(r'<input class="govuk-(?:radios|checkboxes)__input"[^>]* name="(\w+)"[^>]* value="([^"]+)"')
TOKEN = re.compile(r'name="s" value="([^"]+)"')

Person = dict[str, list[str]]


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
            return self.open(urljoin(path, str(response.getheader("Location"))))
        assert response.status == 200
        return html

    def walk(self, person: Person) -> tuple[list[str], Account]:
        """The questions asked, and what the outcome page says."""
        way: tuple[str, ...] = ()
        asked = []
        html = self.come(way, None)
        while OUTCOME.search(html) is None:
            fields: dict[str, str | list[str]] = {"s": TOKEN.findall(html)[0]}
            answer: list[str] = []
            if offered := FIELD.findall(html):
                question = offered[0][0]
                asked.append(question)
                answer = [option for _, option in offered if option in person[question]] or ["none"]
                fields[question] = answer
            way = (*way, ",".join(answer))
            html = self.come(way, fields)
        return asked, account_of_page(html)

    def come(self, way: tuple[str, ...], fields: dict[str, str | list[str]] | None) -> str:
        """The page that these answers lead to, the last of them being sent now unless somebody came this way before."""
        if way not in self.pages:
            self.pages[way] = self.open(self.address, fields)
        return self.pages[way]


class Program:
    """A client of the API, which sends one more answer each time, and never the same ones twice."""

    def __init__(self, connection: HTTPConnection, address: str) -> None:
        self.connection = connection
        self.address = address
        self.said: dict[str, dict[str, Any]] = {}

    def walk(self, person: Person) -> tuple[list[str], Account]:
        """The questions asked, and what is said at the end."""
        said, asked = self.send({}), []
        while said["step"] == "question":
            question = said["question"]
            asked.append(question["id"])
            chosen = [option["id"] for option in question["options"] if option["id"] in person[question["id"]]]
            answer = (chosen or ["none"]) if question["kind"] == "many" else chosen[0]
            said = self.send(said["answers"] | {question["id"]: answer})
        return asked, account_of_api(said)

    def send(self, answers: dict[str, Any]) -> dict[str, Any]:
        """What is said to these answers."""
        body = json.dumps({"answers": answers})
        if body not in self.said:
            self.connection.request("POST", self.address, body, {"Content-Type": JSON})
            response = self.connection.getresponse()
            self.said[body] = json.loads(response.read())
            assert response.status == 200
        return self.said[body]


@pytest.mark.parametrize(("nation", "council", "seeds"), PARTS)
def test_people_are_asked_and_told_the_same_on_pages_in_frames_and_by_the_api(
    server: Server, nation: str, council: str, seeds: range
) -> None:
    service = load_rulebook(ROOT / "rules")["blue-badge"]
    rules = service.laws[nation][-1]
    with closing(HTTPConnection(urlsplit(server.url).netloc)) as connection:
        pages = Walker(connection, f"/{council}/blue-badge/en/check")
        frames = Walker(connection, f"/embed/{council}/blue-badge/en/check")
        program = Program(connection, f"/api/v1/councils/{council}/blue-badge/en/check")
        people = chain.from_iterable(made_up_people(service.vocabulary, 25, seed=seed) for seed in seeds)
        for person in people:
            listed = {question: [given] if isinstance(given, str) else given for question, given in person.items()}
            decision = decide(rules, parse_answers(service.vocabulary, person))
            asked, account = pages.walk(listed)
            assert (asked, account.outcome) == (list(decision.asked), decision.outcome)
            assert program.walk(listed) == (asked, account)
            assert frames.walk(listed) == (asked, account)
            assert decide(rules, decision.journey.answers) == decision

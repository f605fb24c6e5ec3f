"""Walking through the pages as a browser does: links followed, forms filled in and sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from werkzeug.test import TestResponse

from tests.engine.people import RawAnswers
from tests.page_client import PageClient, parse, text_of

KENT = "/kent/blue-badge/en/"


@dataclass
class Screen:
    """A page of the check, with what can be done on it."""

    client: PageClient
    base: str
    html: str
    root: ET.Element

    @property
    def heading(self) -> str:
        return text_of(self.root.findall(".//h1")[0])

    @property
    def question(self) -> str | None:
        fields = [each for each in self.root.iter("input") if each.get("type") in ("radio", "checkbox")]
        return fields[0].get("name") if fields else None

    @property
    def offers(self) -> list[str]:
        return [each.get("value", "") for each in self.root.iter("input") if each.get("name") == self.question]

    @property
    def ticked(self) -> list[str]:
        return [
            each.get("value", "") for each in self.root.iter("input")
            if each.get("name") == self.question and each.get("checked") is not None
        ]  # fmt: skip

    @property
    def error(self) -> str | None:
        found = self.root.find(".//*[@class='govuk-error-summary']//a")
        return None if found is None else text_of(found)

    @property
    def outcome(self) -> str | None:
        found = self.root.find(".//*[@data-outcome]")
        return None if found is None else found.get("data-outcome")

    @property
    def token(self) -> str:
        return next(each.get("value", "") for each in self.root.iter("input") if each.get("name") == "s")

    def send(self, **fields: Any) -> Screen:
        action = next(each.get("action", "") for each in self.root.iter("form"))
        return follow(self.client, self.base, self.client.post(self.base + action, data={"s": self.token, **fields}))

    def answer(self, given: str | list[str]) -> Screen:
        assert self.question is not None
        return self.send(**{self.question: given})

    def link(self, text: str) -> Screen:
        target = next(each.get("href", "") for each in self.root.iter("a") if text_of(each).startswith(text))
        address = target if target.startswith("/") else self.base + ("check" + target if target[0] == "?" else target)
        return follow(self.client, self.base, self.client.get(address))

    def back(self) -> Screen:
        return self.link("Back")


def follow(client: PageClient, base: str, response: TestResponse) -> Screen:
    while response.status_code in (302, 303):
        location = response.headers["Location"]
        response = client.get(location if location.startswith("/") else base + location)
    assert response.status_code == 200
    return Screen(client, base, response.text, parse(response.text))


def begin(client: PageClient, base: str = KENT) -> Screen:
    return follow(client, base, client.get(base + "check"))


def walk(client: PageClient, person: RawAnswers, base: str = KENT) -> tuple[list[str], Screen]:
    """The questions seen, and the outcome page."""
    screen, asked = begin(client, base), []
    while screen.question is not None:
        asked.append(screen.question)
        offered = [option for option in _listed(person[screen.question]) if option in screen.offers]
        screen = screen.answer(offered or ["none"])
    return asked, screen.send()


def _listed(given: str | list[str]) -> list[str]:
    return [given] if isinstance(given, str) else given

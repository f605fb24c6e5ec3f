"""The code on the outcome page: what it opens to, and where it is not."""

from __future__ import annotations

import logging

import pytest
from flask import Flask

from app.checker.site import Site
from app.engine.answers import parse_answers
from app.engine.decision import decide
from app.engine.rulebook import Service
from tests.checker.test_check_pages import COUNCILS
from tests.checker.walk import Screen, walk
from tests.conftest import TODAY, Clock
from tests.engine.people import made_up_people
from tests.page_client import PageClient, text_of


def code_on(screen: Screen) -> str:
    [found] = screen.root.findall(".//*[@data-receipt]")
    return text_of(found)


@pytest.mark.parametrize("nation", COUNCILS)
def test_the_code_on_the_page_opens_to_what_the_page_says(
    app: Flask, client: PageClient, service: Service, nation: str
) -> None:
    site: Site = app.extensions["site"]
    for person in made_up_people(service.vocabulary, 4, seed=17):
        _, screen = walk(client, person, f"/{COUNCILS[nation]}/blue-badge/en/")
        receipt = site.receipts.open(code_on(screen), TODAY)
        assert receipt.issued == TODAY
        assert receipt.rules.nation == nation
        decision = decide(receipt.rules, parse_answers(service.vocabulary, person))
        assert receipt.answers == decision.journey.answers
        assert decide(receipt.rules, receipt.answers).outcome == screen.outcome


def test_the_page_says_what_the_code_is_and_who_can_read_it(client: PageClient, service: Service) -> None:
    [person] = made_up_people(service.vocabulary, 1, seed=17)
    _, screen = walk(client, person)
    text = text_of(screen.root)
    for words in (
        "A code for these answers",
        "You do not have to use this code",
        "does not say who anybody is",
        "Staff who look at applications, and the people who run this service, can read the answers from it",
        "12 months",
        "We do not keep it",
    ):
        assert words in text
    privacy = text_of(screen.link("Privacy").root)
    assert "The code at the end" in privacy
    assert "the people who run this service, can read the answers from it for 12 months" in privacy


def test_the_code_is_the_same_all_day_and_another_the_next(client: PageClient, service: Service, clock: Clock) -> None:
    [person] = made_up_people(service.vocabulary, 1, seed=17)
    codes = []
    for hours in (0, 11, 1):
        clock.pass_by(hours=hours)
        codes.append(code_on(walk(client, person)[1]))
    assert codes[0] == codes[1] != codes[2]


def test_no_log_line_holds_a_code(client: PageClient, service: Service, caplog: pytest.LogCaptureFixture) -> None:
    [person] = made_up_people(service.vocabulary, 1, seed=17)
    with caplog.at_level(logging.DEBUG):
        _, screen = walk(client, person)
    logged = "".join(record.getMessage() for record in caplog.records)
    assert "/check" in logged
    assert not any(group in logged for group in code_on(screen).split("-"))

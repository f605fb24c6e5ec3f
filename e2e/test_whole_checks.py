"""A whole check leads to each outcome, for whoever asks, with whatever browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error, Page, expect

from e2e import law
from e2e.check import answer, finish, press
from e2e.conftest import watched

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from e2e.conftest import OpenBrowser
    from e2e.law import Person
    from e2e.server import Server

CHOSEN = next(
    place
    for place in law.site.councils.listed(law.site.today(), law.LANGUAGE)
    if place.issues and "Kent" in place.name(law.LANGUAGE)
)
SOMEBODY = [one for one in law.people() if one.who == ("organisation" if one.outcome == "special_route" else "self")]
"""Somebody for each outcome. There are others for each outcome, too."""

somebody_for_each_outcome = pytest.mark.parametrize("person", SOMEBODY, ids=lambda person: person.name)

others_for_each_outcome = pytest.mark.parametrize(
    "person", [one for one in law.people() if one not in SOMEBODY], ids=lambda person: person.name
)


def test_there_is_somebody_for_each_outcome_in_each_voice() -> None:
    outcomes = {who: {one.outcome for one in law.people() if one.who == who} for who in ("self", "someone_else")}
    every = {"automatic", "special_route", "assessed", "depends", "unlikely"}
    assert outcomes == {"self": every, "someone_else": every}
    assert {one.outcome for one in law.people() if one.who == "organisation"} == {"special_route", "unlikely"}
    assert {one.outcome for one in SOMEBODY} == every == {one.outcome for one in law.people() if one not in SOMEBODY}


@others_for_each_outcome
def test_with_a_script(person: Person, page: Page) -> None:
    page.goto(law.path("find-your-council", None))
    page.get_by_role("combobox", name=law.site_words.text("find.label")).fill("kent")
    page.get_by_role("option", name=CHOSEN.name(law.LANGUAGE)).click()
    check_from_choice(page, person)


@somebody_for_each_outcome
def test_without_a_script(person: Person, open_browser: OpenBrowser) -> None:
    page = open_browser(java_script_enabled=False).page
    page.goto(law.path("find-your-council", None))
    page.get_by_label(law.site_words.text("find.label")).select_option(CHOSEN.name(law.LANGUAGE))
    check_from_choice(page, person)


@pytest.mark.parametrize("person", [law.person("self", "assessed")], ids=lambda person: person.name)
def test_with_cookies_refused(person: Person, cookieless: BrowserContext, server: Server) -> None:
    with watched(cookieless, {server.url}) as visitor:
        page = visitor.page
        page.goto(server.url + law.path("find-your-council", None))
        with pytest.raises(Error, match="SecurityError"):
            page.evaluate("localStorage.length")
        page.get_by_role("combobox", name=law.site_words.text("find.label")).fill("kent")
        page.get_by_role("option", name=CHOSEN.name(law.LANGUAGE)).click()
        check_from_choice(page, person)


def check_from_choice(page: Page, person: Person) -> None:
    """From the chosen council to the outcome."""
    press(page, law.site_words.text("find.continue"))
    expect(page.locator("h1")).to_contain_text(CHOSEN.name(law.LANGUAGE))
    press(page, law.site_words.text("confirm.continue"))
    press(page, law.site_words.text("start.button"))
    assert answer(page, person.answers) == list(person.answers)
    finish(page, person.answers)
    expect(page.locator(".app-outcome__summary")).to_contain_text(CHOSEN.name(law.LANGUAGE))

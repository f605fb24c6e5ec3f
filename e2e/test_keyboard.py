"""A whole check needs nothing but a keyboard, to every outcome and in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from e2e import law
from e2e.check import asked, option

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from app.engine.answers import Answers
    from app.engine.formula import Ticked

MOST_TABS = 60
SHORTEST = [law.shortest(outcome) for outcome in law.words.outcomes]
PEOPLE = {**{person.outcome: person for person in SHORTEST}, "fullest": law.FULLEST[0]}
CHOSEN = next(council for council in law.site.councils.all(law.site.today()) if council.slug == "kent")
languages = pytest.mark.parametrize("language", law.LANGUAGES.values(), ids=law.LANGUAGES.keys())


@pytest.mark.covering(1)
@languages
@pytest.mark.parametrize("person", PEOPLE.values(), ids=PEOPLE.keys())
def test_from_the_start_to_the_outcome(person: law.Person, language: law.Language, page: Page) -> None:
    page.goto(law.path("start", language=language.code))
    check_by_key(page, language, person)


@languages
def test_from_the_list_of_councils(language: law.Language, page: Page) -> None:
    said = language.site_words
    page.goto(law.path("find-your-council", None, language=language.code))
    tab_to(page, page.get_by_role("combobox", name=said.text("find.label")))
    page.keyboard.type(CHOSEN.name(language.code))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    go(page, page.get_by_role("button", name=said.text("find.continue")))
    go(page, page.get_by_role("button", name=said.text("confirm.continue")))
    check_by_key(page, language, PEOPLE["automatic"])


@languages
def test_with_a_caller_on_the_phone(language: law.Language, page: Page) -> None:
    said = language.site_words
    page.goto(law.path("start", layout=law.PHONE, language=language.code))
    check_by_key(page, language, law.FULLEST[1], start="phone.start")
    go(page, page.get_by_role("button", name=said.text("phone.next_call")))
    expect(page.get_by_role("group", name=said.text("phone.aloud"))).to_be_visible()


def check_by_key(page: Page, language: law.Language, person: law.Person, start: str = "start.button") -> None:
    """From the start to this person's outcome."""
    said = language.site_words
    go(page, page.get_by_role("button", name=said.text(start)))
    seen: list[str] = []
    while (question := asked(page)) is not None:
        before = {earlier: person.answers[earlier] for earlier in seen}
        choose_by_key(page, language, question, person.answers[question], before)
        go(page, page.get_by_role("button", name=said.text("question.continue")))
        seen.append(question)
    assert seen == list(person.answers)

    go(page, page.get_by_role("button", name=said.text("answers.continue")))
    expect(page.locator("[data-outcome]")).to_have_attribute("data-outcome", person.outcome)
    expect(page.locator("html")).to_have_attribute("lang", language.code)


def choose_by_key(page: Page, language: law.Language, question: str, ticked: Ticked, before: Answers) -> None:
    """Space ticks a box; among radio buttons, arrows move and choose."""
    put = language.put(question, before)
    if put.question.many:
        for each in [one for one in put.offers if one in ticked] or [put.question.exclusive or ""]:
            tab_to(page, option(page, question, each, before, language))
            page.keyboard.press("Space")
        return
    (wanted,) = ticked
    tab_to(page, option(page, question, put.offers[0], before, language))
    page.keyboard.press("Space")
    for _ in range(put.offers.index(wanted)):
        page.keyboard.press("ArrowDown")
    expect(option(page, question, wanted, before, language)).to_be_checked()


def tab_to(page: Page, target: Locator) -> None:
    """Presses Tab until the focus is there."""
    found = target.element_handle()  # once: finding it by its words takes long on a long page
    for _ in range(MOST_TABS):
        if found.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {target}")


def go(page: Page, button: Locator) -> None:
    """Presses Enter on a button, and waits for the page that follows."""
    tab_to(page, button)
    with page.expect_navigation():
        page.keyboard.press("Enter")

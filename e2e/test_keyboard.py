"""A whole check needs nothing but a keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from app.checker.phone import PHONE_PREFIX
from e2e import law
from e2e.check import asked, option

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

MOST_TABS = 60


def test_from_the_list_of_councils_to_the_outcome(page: Page) -> None:
    person = law.FULLEST[0]
    page.goto(law.path("find-your-council", None))
    tab_to(page, page.get_by_role("combobox", name=law.site_words.text("find.label")))
    page.keyboard.type("kent")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    go(page, page.get_by_role("button", name=law.site_words.text("find.continue")))
    go(page, page.get_by_role("button", name=law.site_words.text("confirm.continue")))
    go(page, page.get_by_role("button", name=law.site_words.text("start.button")))

    answer_by_key(page, person)
    go(page, page.get_by_role("button", name=law.site_words.text("answers.continue")))
    expect(page.locator("[data-outcome]")).to_have_attribute("data-outcome", person.outcome)


def test_with_a_caller_on_the_phone(page: Page) -> None:
    person = law.FULLEST[1]
    page.goto(PHONE_PREFIX + law.path("start"))
    go(page, page.get_by_role("button", name=law.site_words.text("phone.start")))
    answer_by_key(page, person)
    go(page, page.get_by_role("button", name=law.site_words.text("answers.continue")))
    expect(page.locator("[data-outcome]")).to_have_attribute("data-outcome", person.outcome)
    go(page, page.get_by_role("button", name=law.site_words.text("phone.next_call")))
    expect(page.get_by_role("group", name=law.site_words.text("phone.aloud"))).to_be_visible()


def answer_by_key(page: Page, person: law.Person) -> None:
    """Answers whatever is asked, which has to be what the person answers, in order."""
    seen: list[str] = []
    while (question := asked(page)) is not None:
        before = {earlier: person.answers[earlier] for earlier in seen}
        choose_by_key(page, question, person, before)
        go(page, page.get_by_role("button", name=law.site_words.text("question.continue")))
        seen.append(question)
    assert seen == list(person.answers)


def choose_by_key(page: Page, question: str, person: law.Person, before: dict[str, frozenset[str]]) -> None:
    """Space ticks a box; among radio buttons, arrows move and choose."""
    put = law.put(question, before)
    if put.question.many:
        for each in (one for one in put.offers if one in person.answers[question]):
            tab_to(page, option(page, question, each, before))
            page.keyboard.press("Space")
        if not person.answers[question]:
            tab_to(page, option(page, question, put.question.exclusive or "", before))
            page.keyboard.press("Space")
        return
    (wanted,) = person.answers[question]
    tab_to(page, option(page, question, put.offers[0], before))
    page.keyboard.press("Space")
    for _ in range(put.offers.index(wanted)):
        page.keyboard.press("ArrowDown")
    expect(option(page, question, wanted, before)).to_be_checked()


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

"""Whoever changes the language in the middle of a check stays on the page, and keeps what they have answered."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from app.checker.check import ANSWERS, OUTCOME
from e2e import law
from e2e.check import FIELD, asked, given, option, press

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from e2e.conftest import OpenBrowser, Visitor

PERSON = law.FULLEST[0]
QUESTION = "difficulties"
BEFORE = {
    question: PERSON.answers[question] for question in list(PERSON.answers)[: list(PERSON.answers).index(QUESTION)]
}
BOTH = frozenset(law.put(QUESTION, BEFORE).offers)
PLACES = {
    "a question": law.token(BEFORE, QUESTION),
    "a question that was answered": law.token(PERSON.answers, QUESTION),
    "an error where nothing was chosen": law.token(BEFORE, QUESTION, sent=frozenset()),
    "an error in what was chosen": law.token(BEFORE, QUESTION, sent=BOTH),
    "check your answers": law.token(PERSON.answers, ANSWERS),
    "the outcome": law.token(PERSON.answers, OUTCOME),
}
SWITCHES = list(permutations(law.LANGUAGES.values(), 2))
ways = pytest.mark.parametrize(
    ("before", "after"), SWITCHES, ids=[f"{before.code} to {after.code}" for before, after in SWITCHES]
)
scripted = pytest.mark.parametrize("scripts", [True, False], ids=["with a script", "without a script"])
layouts = pytest.mark.parametrize("layout", [law.OWN_PAGE, law.FRAMED], ids=["own page", "embedded"])


@pytest.fixture
def opened(scripts: bool, open_browser: OpenBrowser) -> Visitor:
    """A tab with or without scripts."""
    return open_browser(java_script_enabled=scripts)


@pytest.mark.covering(2)
@scripted
@layouts
@ways
@pytest.mark.parametrize("token", PLACES.values(), ids=PLACES.keys())
def test_the_switch_keeps_the_page_and_what_was_answered(
    token: str, before: law.Language, after: law.Language, layout: str, opened: Visitor
) -> None:
    page = opened.page
    page.goto(law.path("check", layout=layout, language=before.code, token=token))
    stood, answers = state(page), len(given(page))
    switch(page, after)
    assert page.locator("html").get_attribute("lang") == after.code
    assert state(page) == stood
    assert len(given(page)) == answers
    assert page.title().startswith(after.site_words.text("layout.error_prefix")) == stood[-1]
    switch(page, before)
    assert state(page) == stood


@scripted
@ways
def test_the_check_goes_on_in_the_other_language(before: law.Language, after: law.Language, opened: Visitor) -> None:
    page, who = opened.page, next(iter(PERSON.answers))
    page.goto(law.path("check", language=before.code))
    (said,) = PERSON.answers[who]
    option(page, who, said, {}, before).check()
    press(page, before.site_words.text("question.continue"))
    question = asked(page) or ""
    press(page, before.site_words.text("question.continue"))  # without an answer
    switch(page, after)
    expect(page.get_by_role("alert")).to_contain_text(after.put(question, {who: PERSON.answers[who]}).missing)
    assert asked(page) == question
    press(page, after.site_words.text("layout.back"), role="link")
    expect(option(page, who, said, {}, after)).to_be_checked()


def switch(page: Page, language: law.Language) -> None:
    """Follows the link to the page in that language, which stands under the language's own name."""
    with page.expect_navigation():
        page.locator(".app-languages").get_by_role("link", name=language.site_words.name).click()


def state(page: Page) -> tuple[object, ...]:
    """What the page is, whatever its language: question, ticks, outcome, whether there is an error."""
    fields = page.locator(FIELD).all()
    ticked = [(field.get_attribute("value"), field.is_checked()) for field in fields]
    outcome = page.locator("[data-outcome]")
    said = outcome.get_attribute("data-outcome") if outcome.count() else None
    codes = page.locator("[data-receipt]").count()
    return (asked(page), ticked, said, codes, page.locator(".govuk-error-summary").count() == 1)

"""An answer that cannot be used comes back as it was given, with what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from e2e import law
from e2e.check import asked, option, press

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from e2e.conftest import OpenBrowser

CONTINUE = law.site_words.text("question.continue")
LISTS = [question for question in law.askers() if law.ENGLAND.question(question).many]


@pytest.mark.parametrize("scripts", [True, False], ids=["with a script", "without a script"])
def test_no_answer(scripts: bool, open_browser: OpenBrowser) -> None:
    page = open_browser(java_script_enabled=scripts).page
    page.goto(law.path("check"))
    question = asked(page) or ""
    press(page, CONTINUE)
    said = law.put(question, {}).words.missing.you
    expect(page.get_by_role("alert")).to_contain_text(said)
    expect(page.locator(".govuk-error-message")).to_contain_text(said)
    assert page.title().startswith(law.site_words.text("layout.error_prefix"))


@pytest.mark.parametrize("question", LISTS)
def test_none_of_these_beside_something_without_a_script(question: str, open_browser: OpenBrowser) -> None:
    page = open_browser(java_script_enabled=False).page
    first, nothing = open_list(page, question)
    put = law.put(question, law.askers()[question])
    press(page, CONTINUE)
    assert put.words.conflict is not None
    expect(page.get_by_role("alert")).to_contain_text(put.words.conflict.to(put.voice))
    for each in (first, nothing):
        expect(option(page, question, each, law.askers()[question])).to_be_checked()


@pytest.mark.parametrize("question", LISTS)
def test_none_of_these_unticks_the_others_with_a_script(question: str, page: Page) -> None:
    first, nothing = open_list(page, question)
    expect(option(page, question, first, law.askers()[question])).not_to_be_checked()
    expect(option(page, question, nothing, law.askers()[question])).to_be_checked()


def open_list(page: Page, question: str) -> tuple[str, str]:
    """Opens a list, and ticks its first option and then the one for none of them."""
    before = law.askers()[question]
    put = law.put(question, before)
    first, nothing = put.offers[0], put.question.exclusive or ""
    page.goto(law.path("check", token=law.token(before, question)))
    option(page, question, first, before).check()
    option(page, question, nothing, before).check()
    return first, nothing

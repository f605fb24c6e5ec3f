"""A link that cannot be used says so plainly and offers to start again; others work, whatever else may change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import Fernet
from playwright.sync_api import expect

from app.checker.check import ANSWERS, OUTCOME
from e2e import law
from e2e.check import answer, asked, choose, finish, press
from e2e.server import serve

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from e2e.conftest import Visitor

PERSON = law.person("self", "assessed")
GOOD = law.token(PERSON.answers, OUTCOME)
NEW_KEY = Fernet.generate_key().decode()
BROKEN = {
    "expired": ("expired", law.token(PERSON.answers, OUTCOME, age_hours=24.1)),
    "altered": ("unreadable", GOOD[:200] + ("A" if GOOD[200] != "A" else "B") + GOOD[201:]),
    "cut off": ("unreadable", GOOD[:-40]),
    "cut to one letter": ("unreadable", GOOD[:1]),
    "lengthened": ("unreadable", GOOD + "A"),
    "not ours": ("unreadable", "%00%F0%9F%90%8B"),
    "sealed with a key since destroyed": ("unreadable", law.token(PERSON.answers, OUTCOME, key=NEW_KEY)),
    "another council's": ("other-council", law.token(PERSON.answers, OUTCOME, council="brackwater")),
    "under rules since withdrawn": ("rules-changed", law.token(PERSON.answers, OUTCOME, version="0" * 12)),
}


@pytest.mark.parametrize(("reason", "token"), BROKEN.values(), ids=BROKEN.keys())
def test_a_link_that_cannot_be_used_says_why_and_offers_to_start_again(reason: str, token: str, page: Page) -> None:
    page.goto(law.path("check", token=token))
    expect_notice(page, reason)
    press(page, law.site_words.text("start.button"))
    assert asked(page) == law.ENGLAND.questions[0].id


@pytest.mark.parametrize(("reason", "token"), BROKEN.values(), ids=BROKEN.keys())
def test_an_answer_sent_with_such_a_state_says_the_same(reason: str, token: str, page: Page) -> None:
    first = law.ENGLAND.questions[0].id
    page.goto(law.path("check"))
    page.locator("input[name=s]").evaluate("(field, token) => { field.value = token; }", token)
    choose(page, first, PERSON.answers[first], {})
    press(page, law.site_words.text("question.continue"))
    expect_notice(page, reason)


@pytest.mark.parametrize("step", [ANSWERS, OUTCOME])
def test_a_link_of_almost_a_day_works(step: str, page: Page) -> None:
    page.goto(law.path("check", token=law.token(PERSON.answers, step, age_hours=23.9)))
    expect(page.locator(".govuk-summary-list__row")).to_have_count(len(PERSON.answers))


def test_an_empty_state_begins_anew(page: Page) -> None:
    page.goto(f"{law.path('check')}?s=")
    expect_notice(page, "unreadable")


def test_a_check_goes_on_when_the_keys_are_rotated(visitor: Visitor) -> None:
    page = visitor.page
    page.goto(law.path("check"))
    first, *_ = PERSON.answers
    choose(page, first, PERSON.answers[first], {})
    press(page, law.site_words.text("question.continue"))
    state = page.url.split("?")[1]

    with serve([NEW_KEY, law.KEY]) as rotated:
        visitor.watch.allowed.add(rotated.url)
        page.goto(f"{rotated.url}{law.path('check')}?{state}")
        assert answer(page, PERSON.answers, {first: PERSON.answers[first]}) == list(PERSON.answers)[1:]
        finish(page, PERSON.answers)
        sealed_anew = page.url.split("?")[1]

    with serve([NEW_KEY]) as only_new:
        visitor.watch.allowed.add(only_new.url)
        page.goto(f"{only_new.url}{law.path('check')}?{sealed_anew}")
        expect(page.locator("[data-outcome]")).to_have_attribute("data-outcome", PERSON.outcome)
        page.goto(f"{only_new.url}{law.path('check')}?{state}")
        expect_notice(page, "unreadable")


def expect_notice(page: Page, reason: str) -> None:
    """The start page, with that reason told."""
    expect(page.locator("h1")).to_have_text(law.words.start.title)
    expect(page.get_by_role("region", name=law.site_words.text("start.notice_title"))).to_contain_text(
        law.site_words.text(f"start.notice.{reason}")
    )

"""The outcome can be kept on paper: everything that matters is on it, and nothing that opens the answers again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from app.checker.check import ANSWERS, OUTCOME
from app.engine.decision import decide
from e2e import law
from e2e.printout import printed_state_faults

if TYPE_CHECKING:
    from playwright.sync_api import Page

everybody = pytest.mark.parametrize("person", [*law.people(), *law.FULLEST], ids=lambda person: person.name)


@everybody
def test_the_outcome_prints_without_its_link(person: law.Person, page: Page) -> None:
    page.goto(law.path("check", token=law.token(person.answers, OUTCOME)))
    page.emulate_media(media="print")
    decision = decide(law.ENGLAND, person.answers)
    for reason in (*decision.because, *decision.also_met, *decision.open):
        expect(page.get_by_role("heading", name=law.words.criteria[reason.criterion.id].name)).to_be_visible()
    for evidence in page.locator(".app-evidence__item").all():
        expect(evidence).to_be_visible()
    assert page.locator(".app-evidence__item").count() > 0
    expect(page.locator(".govuk-summary-list__row")).to_have_count(len(person.answers))
    expect(page.locator("[data-receipt]")).to_be_visible()
    for hidden in ("nav, .govuk-service-navigation", ".govuk-back-link", ".govuk-skip-link", ".app-footer__more"):
        for each in page.locator(hidden).all():
            expect(each).to_be_hidden()
    assert printed_state_faults(page) == []


def test_a_framed_outcome_prints_without_its_link(page: Page) -> None:
    page.goto(law.path("check", framed=True, token=law.token(law.FULLEST[0].answers, OUTCOME)))
    expect(page.get_by_role("link", name=law.site_words.text("frame.full_page"))).to_be_visible()
    assert printed_state_faults(page) == []


def test_check_your_answers_prints_without_its_link(page: Page) -> None:
    page.goto(law.path("check", token=law.token(law.FULLEST[0].answers, ANSWERS)))
    assert printed_state_faults(page) == []

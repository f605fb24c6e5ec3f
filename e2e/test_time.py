"""Changes of the law, mistakes in it that were taken back, and previews of other days, in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from app.checker.check import WITHDRAWN
from app.checker.preview import preview_query, write_person
from e2e import checkers, law
from e2e.check import answer, asked, finish, press
from e2e.screens import Screen
from e2e.server import Server, serve
from tests.engine.change_of_law import LAW, SHORTER_COUNTS, TARIFF_NO_LONGER_ASKED, change_law, withdraw
from tests.engine.untranslated import copy_untranslated

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from e2e.conftest import OpenBrowser, Visitor

CHANGE_DAY = law.site.today() + timedelta(days=40)
IN_WORDS = law.site_words.day(CHANGE_DAY)
BETTER = law.words.outcomes["assessed"].title.you
PERSON = law.given(
    who="self", age="16_or_over", sight="no", benefits=(), terminal_illness="no", difficulties=("walking",),
    walking=("severe_pain",), lasting="one_to_three_years",
)  # fmt: skip
WHOLE = write_person(law.service.vocabulary, PERSON)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another version of today's law, the one before withdrawn, and a change to come that helps the person."""
    folder = tmp_path_factory.mktemp("time") / "rules"
    copy_untranslated(folder)
    today = folder / "blue-badge" / LAW
    today.write_text(today.read_text().replace(*TARIFF_NO_LONGER_ASKED))
    change_law(folder, SHORTER_COUNTS, day=CHANGE_DAY)
    gone = f"id: pain, nation: england, version: '{law.ENGLAND.version}', withdrawn: {law.site.today()}"
    withdraw(folder, gone, words=["pain"])
    return folder


@pytest.fixture(scope="module")
def changing(rules: Path) -> Iterator[Server]:
    """The service on these rules."""
    with serve([law.KEY], RULES=str(rules)) as running:
        yield running


@pytest.fixture(scope="module")
def previewing(rules: Path) -> Iterator[Server]:
    """The same, with previews."""
    with serve([], RULES=str(rules), PREVIEW="1") as running:
        yield running


def faults(page: Page) -> dict[str, list[str]]:
    """What is wrong with a page, by who found it."""
    found = checkers.faults(page, Screen("time", page.url, page.url, None))
    return {name: each for name, each in found.items() if each}


def test_an_outcome_says_that_the_rules_will_change_it(changing: Server, open_browser: OpenBrowser) -> None:
    page = open_browser(changing.url, fresh=True).page
    page.goto(changing.url + law.path("check"))
    answer(page, PERSON)
    finish(page, PERSON)
    title = law.site_words.text("outlook.title", day=IN_WORDS)
    notice = page.locator(".govuk-inset-text").filter(has=page.get_by_role("heading", name=title, exact=True))
    expect(notice).to_have_count(1)
    expect(notice).to_contain_text(BETTER)
    expect(notice).to_contain_text(law.words.criteria["ENG-ASSESS-WALK"].name)
    assert faults(page) == {}


def test_a_check_under_withdrawn_rules_starts_again(changing: Server, open_browser: OpenBrowser) -> None:
    page = open_browser(changing.url, fresh=True).page
    page.goto(changing.url + law.path("check", token=law.token(PERSON, "lasting")))
    assert f"because={WITHDRAWN}" in page.url
    expect(page.locator(".govuk-notification-banner")).to_contain_text("to look again.")
    assert faults(page) == {}
    page.goto(changing.url + law.path("criteria"))
    expect(page.get_by_role("heading", name=law.ENGLAND.version)).to_be_visible()
    page.goto(changing.url + law.path("start"))
    press(page, law.site_words.text("start.button"))
    assert asked(page) == "who"


@pytest.fixture
def previewer(previewing: Server, open_browser: OpenBrowser) -> Visitor:
    """A tab of somebody who prepares the rules."""
    return open_browser(previewing.url, fresh=True)


def test_a_preview_of_a_day_leads_through_a_whole_check(previewing: Server, previewer: Visitor) -> None:
    page = previewer.page
    page.goto(f"{previewing.url}{law.path('start')}?as_of={CHANGE_DAY}")
    press(page, law.site_words.text("start.button"))
    assert faults(page) == {}
    assert answer(page, PERSON) == list(PERSON)
    press(page, law.site_words.text("answers.continue"))
    expect(page.locator("h1")).to_have_text(BETTER)
    banner = page.get_by_role("region", name=law.site_words.text("preview.tag"))
    expect(banner).to_contain_text(IN_WORDS)
    assert page.title().startswith(law.site_words.text("preview.title_prefix"))


def test_a_person_in_the_address_opens_at_their_outcome_today_and_later(previewing: Server, previewer: Visitor) -> None:
    page, start = previewer.page, previewing.url + law.path("start")
    page.goto(start + preview_query(law.service.vocabulary, law.ENGLAND, PERSON))
    expect(page.locator("[data-outcome]")).to_have_attribute("data-outcome", "unlikely")
    page.goto(f"{start}?as_of={CHANGE_DAY}&person={WHOLE}")
    expect(page.locator("[data-outcome]")).to_have_attribute("data-outcome", "assessed")
    page.goto(f"{start}?person={WHOLE.rpartition(',')[0]}")
    assert asked(page) == "lasting"


def test_a_preview_that_cannot_be_read_says_what_to_write(previewing: Server, previewer: Visitor) -> None:
    previewer.watch.expected_status = 400
    page = previewer.page
    page.goto(f"{previewing.url}{law.path('start')}?person=who=nobody")
    expect(page.locator("h1")).to_have_text(law.site_words.text("preview.error.title"))
    expect(page.locator("main")).to_contain_text("person=who=self")
    assert faults(page) == {}

"""People find their council by typing its name, and without a script in a plain list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from e2e import law
from e2e.check import press

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from e2e.conftest import OpenBrowser

FIND = law.path("find-your-council", None)
CONTINUE = law.site_words.text("find.continue")
PLACES = law.site.councils.listed(law.site.today(), law.LANGUAGE)
DISTRICT = next(place for place in PLACES if place.name("en") == "Canterbury City Council")
COUNTY = next(place for place in PLACES if place.slug == DISTRICT.issuer)
NO_SCRIPT = {"java_script_enabled": False}


@pytest.fixture
def box(page: Page) -> Locator:
    page.goto(FIND)
    return page.get_by_role("combobox", name=law.site_words.text("find.label"))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("kent", "Kent County Council"),
        ("city of york", "City of York Council"),
        ("york", "City of York Council"),
        ("HULL", "Hull City Council"),
        ("tower ham", "London Borough of Tower Hamlets"),
        ("canterbury", "Canterbury City Council"),
        ("western isles", "Comhairle nan Eilean Siar"),
    ],
)
def test_typing_filters(typed: str, first: str, page: Page, box: Locator) -> None:
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press_sequentially(typed)
    expect(page.get_by_role("option").first).to_have_text(first)
    expect(box).to_have_attribute("aria-expanded", "true")


def test_how_many_match_is_said_aloud(page: Page, box: Locator) -> None:
    box.press_sequentially("kent c")
    count = page.get_by_role("option").count()
    said = law.site_words.text("find.result_one") if count == 1 else law.site_words.text("find.results", count=count)
    expect(page.get_by_role("status")).to_have_text(said)


def test_arrows_and_enter_choose(page: Page, box: Locator) -> None:
    box.press_sequentially("north")
    names = page.get_by_role("option").all_inner_texts()
    for _ in range(3):
        box.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_text(names[2])
    box.press("ArrowUp")
    expect(page.get_by_role("option", selected=True)).to_have_text(names[1])
    box.press("Enter")
    expect(box).to_have_value(names[1])
    expect(page.get_by_role("listbox")).to_be_hidden()
    with page.expect_navigation():
        box.press("Enter")
    expect(page.locator("h1")).to_contain_text(names[1])


def test_escape_closes_the_list_and_then_empties_the_box(page: Page, box: Locator) -> None:
    box.press_sequentially("kent")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("kent")
    box.press("Escape")
    expect(box).to_have_value("")


def test_a_name_that_matches_nothing_is_told_at_once_and_again_when_sent(page: Page, box: Locator) -> None:
    box.fill("zzz")
    expect(page.get_by_text(law.site_words.text("find.no_results")).first).to_be_visible()
    press(page, CONTINUE)
    expect(page.get_by_role("alert")).to_contain_text(law.site_words.text("find.none", typed="zzz"))
    expect(box).to_have_value("zzz")


def test_a_name_that_matches_several_asks_which(page: Page, box: Locator) -> None:
    box.fill("north")
    with page.expect_navigation():
        box.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text(law.site_words.text("find.several", typed="north"))


def test_a_district_leads_to_the_county_that_issues_badges(page: Page, box: Locator) -> None:
    box.fill("canterbury")
    page.get_by_role("option", name=DISTRICT.name("en")).click()
    press(page, CONTINUE)
    heading = law.site_words.text("confirm.title_district", issuer=COUNTY.name("en"), place=DISTRICT.name("en"))
    expect(page.locator("h1")).to_have_text(heading)
    press(page, law.site_words.text("confirm.continue"))
    expect(page).to_have_url(law.path("start", COUNTY.slug))


def test_the_council_proposed_can_be_refused(page: Page, box: Locator) -> None:
    page.goto(f"{law.path('confirm-your-council', None)}?council={DISTRICT.slug}")
    press(page, law.site_words.text("confirm.no"), role="link")
    expect(page).to_have_url(FIND)


def test_going_back_shows_the_choice_again(page: Page, box: Locator) -> None:
    box.fill("kent county council")
    press(page, CONTINUE)
    page.go_back()
    expect(box).to_have_value("Kent County Council")


def test_without_a_script_the_list_is_a_plain_one(open_browser: OpenBrowser) -> None:
    page = open_browser(**NO_SCRIPT).page
    page.goto(FIND)
    field = page.get_by_label(law.site_words.text("find.label"))
    names = field.locator("option").all_inner_texts()
    assert names == [law.site_words.text("find.choose"), *(place.name("en") for place in PLACES)]
    field.select_option(DISTRICT.name("en"))
    press(page, CONTINUE)
    expect(page.locator("h1")).to_contain_text(COUNTY.name("en"))


def test_without_a_script_or_a_choice_the_error_says_what_to_do(open_browser: OpenBrowser) -> None:
    page = open_browser(**NO_SCRIPT).page
    page.goto(FIND)
    press(page, CONTINUE)
    expect(page.get_by_role("alert")).to_contain_text(law.site_words.text("find.missing"))
    expect(page.get_by_role("alert").get_by_role("link")).to_have_attribute("href", "#council")

"""Council staff choose how their pages look: with a script as they type, without one by submitting."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from app.councils.palette import nearest
from e2e import law
from e2e.accessibility import axe_faults
from e2e.keyboard import keyboard_faults
from e2e.layout import fit_faults
from tests.studio.form import unzipped

if TYPE_CHECKING:
    from playwright.sync_api import Download, FrameLocator, Page

    from app.web.site_words import SiteWords
    from e2e.conftest import OpenBrowser

FAINT, PASSES = "#7a9a01", nearest("link", "#7a9a01")
TOOL_WORDS: SiteWords = law.application.extensions["tools"]
LOGO = law.site.councils.examples[law.COUNCIL].logo


def test_with_a_script_the_pages_change_while_somebody_types(open_browser: OpenBrowser) -> None:
    page = open_browser().page
    page.goto("/studio?council=kent")
    field = page.get_by_label(word("studio.label.colours.link"), exact=True)

    field.fill("")
    field.press_sequentially(FAINT)
    said = page.locator("#colours-link-error")
    expect(said).to_contain_text("would have a contrast of")
    expect(page.get_by_role("status").filter(has_text=word("studio.status.one"))).to_have_count(1)
    expect(field).to_be_focused()
    expect(field).to_have_value(FAINT)

    page.get_by_role("button", name=word("studio.mend", colour=PASSES)).click()
    expect(field).to_have_value(PASSES)
    expect(field).to_be_focused()
    expect(said).to_have_count(0)
    expect(shown(page, "start").locator("footer a").first).to_have_css("color", rgb(PASSES))

    page.get_by_text(word("studio.section.apply"), exact=True).click()
    page.get_by_label(word("studio.label.fee")).fill("£7")
    expect(page.get_by_role("radio", name=word("studio.page.outcome"))).to_be_checked()
    expect(shown(page, "outcome").get_by_role("paragraph").filter(has_text="£7")).to_be_visible()
    box, fee = (
        page.locator("[data-preview=outcome]").bounding_box(),
        shown(page, "outcome").get_by_role("paragraph").filter(has_text="£7").bounding_box(),
    )
    assert box is not None
    assert fee is not None
    assert box["y"] <= fee["y"] <= box["y"] + box["height"]  # what changed is in sight
    check_download(page)
    assert page.locator("iframe").count() == 3


def test_without_a_script_the_pages_change_when_the_form_is_sent(open_browser: OpenBrowser) -> None:
    page = open_browser(java_script_enabled=False).page
    page.goto("/studio?council=kent")
    page.get_by_label(word("studio.label.colours.link"), exact=True).fill(FAINT)
    page.get_by_text(word("studio.section.apply"), exact=True).click()
    page.get_by_label(word("studio.label.fee")).fill("£7")
    page.get_by_role("button", name=word("studio.download")).click()
    expect(page.get_by_role("alert")).to_contain_text("would have a contrast of")

    page.get_by_role("button", name=word("studio.mend", colour=PASSES)).click()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_label(word("studio.label.colours.link"), exact=True)).to_have_value(PASSES)
    expect(shown(page, "start").locator("footer a").first).to_have_css("color", rgb(PASSES))
    check_download(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["with a script", "without a script"])
def test_welsh_is_asked_for_only_where_the_pages_are_in_welsh(open_browser: OpenBrowser, scripts: bool) -> None:
    page = open_browser(java_script_enabled=scripts).page
    page.goto("/studio?council=kent")
    page.get_by_text(word("studio.section.words"), exact=True).click()
    page.get_by_label(word("studio.label.words.start.en"), exact=True).fill("Come in.")
    welsh = page.get_by_label(word("studio.label.words.start.cy"), exact=True)
    if not scripts:
        page.get_by_role("button", name=word("studio.show")).last.click()
    expect(page.locator("#words-start-cy-error")).to_contain_text("write this text in Welsh")
    expect(welsh).to_be_visible()

    page.get_by_text(word("studio.section.languages"), exact=True).click()
    page.get_by_label(word("studio.languages.english")).check()
    expect(welsh).to_be_hidden()
    expect(page.get_by_label("Cymraeg")).to_be_hidden()
    if not scripts:
        page.get_by_role("button", name=word("studio.show")).last.click()
    expect(page.locator("#studio-said")).to_have_text(word("studio.status.fit"))
    expect(page.locator("#words-start-cy-error")).to_have_count(0)


def taken_away(page: Page) -> Path:
    """The folder that the page gives, under its own name."""
    with page.expect_download() as started:
        page.get_by_role("button", name=word("studio.download")).click()
    download: Download = started.value
    path = download.path().with_name(download.suggested_filename)
    download.save_as(path)
    return path


def check_download(page: Page) -> None:
    """Whether the folder that the page gives holds what was chosen."""
    path = taken_away(page)
    assert path.name == "kent.zip"
    text = unzipped(path.read_bytes())["kent/council.yaml"].decode()
    assert "fee: £7\n" in text
    assert f"link: '{PASSES}'\n" in text


def test_a_logo_is_in_the_previews_as_soon_as_it_is_chosen(page: Page) -> None:
    assert LOGO is not None
    page.goto("/studio?council=kent")
    page.get_by_label(word("studio.logo_file")).set_input_files(
        {"name": f"Ours.{LOGO.extension}", "mimeType": LOGO.media_type, "buffer": LOGO.data}
    )
    expect(shown(page, "start").locator("header img")).to_be_visible()
    expect(page.get_by_alt_text(word("studio.logo_alt"))).to_be_visible()
    page.get_by_label(word("studio.logo_file")).set_input_files(
        {"name": "x.png", "mimeType": "image/png", "buffer": b"x" * 1_000_000}
    )
    expect(page.get_by_role("status").filter(has_text=word("studio.too_large", kb="200"))).to_have_count(1)
    page.get_by_label(word("studio.logo_file")).set_input_files(
        {"name": "x.svg", "mimeType": "image/svg+xml", "buffer": b"<svg>"}
    )
    expect(page.locator("#logo-error")).to_contain_text("SVG")
    expect(shown(page, "start").locator("header img")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with a script", "without a script"])
def test_a_folder_that_was_taken_away_is_opened_again_as_it_was(open_browser: OpenBrowser, scripts: bool) -> None:
    page = open_browser(java_script_enabled=scripts).page
    page.goto(f"/studio?council={law.COUNCIL}")
    first = taken_away(page)
    page.goto("/studio")
    page.get_by_label(word("studio.folder")).set_input_files(first)
    page.get_by_role("button", name=word("studio.open_button")).click()
    expect(page.get_by_label(word("studio.label.fee"))).to_have_value("£10")
    expect(shown(page, "start").locator("header img")).to_be_visible()
    assert unzipped(taken_away(page).read_bytes()) == unzipped(first.read_bytes())
    assert set(unzipped(first.read_bytes())) == {f"{law.COUNCIL}/council.yaml", f"{law.COUNCIL}/logo.svg"}


@pytest.mark.parametrize("scripts", [True, False], ids=["with a script", "without a script"])
def test_a_page_full_of_errors_is_usable_by_everybody(open_browser: OpenBrowser, scripts: bool) -> None:
    page = open_browser(java_script_enabled=scripts).page
    page.goto(f"/studio?council={law.COUNCIL}")
    for colour in ("brand", "header", "link", "button"):
        page.locator(f"#colours-{colour}").fill("#f0f0f0")
    page.get_by_text(word("studio.section.contacts"), exact=True).click()
    page.get_by_label(word("studio.label.contacts.phone")).fill("no number")
    page.get_by_role("button", name=word("studio.download")).click()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(4)  # black on pale grey can be read in the bar
    page.get_by_role("alert").get_by_role("link").last.click()
    expect(page.get_by_label(word("studio.label.contacts.phone"))).to_be_visible()
    if scripts:
        expect(page.get_by_label(word("studio.label.contacts.phone"))).to_be_focused()
        faults = [axe_faults(page), *fit_faults(page).values(), keyboard_faults(page)]
        assert [each for each in faults if each] == []


def word(key: str, **values: str) -> str:
    """The words of the page."""
    return TOOL_WORDS.text(key, **values)


def shown(page: Page, name: str) -> FrameLocator:
    """The page in a preview."""
    return page.locator(f"[data-preview={name}] iframe").last.content_frame


def rgb(colour: str) -> str:
    """A colour as the browser tells it."""
    return f"rgb({int(colour[1:3], 16)}, {int(colour[3:5], 16)}, {int(colour[5:7], 16)})"

"""What is made to be read, heard and printed: pages of all paths, the index of the criteria, a council's documents."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from e2e import law
from e2e.accessibility import axe_faults
from e2e.checkers import heading_faults, mark_faults, title_faults
from e2e.layout import NARROW, fit_faults

if TYPE_CHECKING:
    from playwright.sync_api import Page

NATIONS = tuple(law.service.vocabulary.nations)
SHORTEST = min(NATIONS, key=lambda nation: len(law.rules_of(nation).criteria))
LONGEST = max(NATIONS, key=lambda nation: len(law.rules_of(nation).criteria))
"""Pages of paths differ in little but their length, and axe takes long over the longest, so it sees the shortest."""


def opened(page: Page, folder: Path, nation: str, *form: str) -> Page:
    """The page of a nation's paths, opened as the file that it is."""
    made = law.application.test_cli_runner().invoke(args=["rules", "paths", nation, *form])
    assert made.exit_code == 0, made.output
    path = folder / "paths.html"
    path.write_text(made.stdout, encoding="utf-8")
    page.goto(path.as_uri())
    return page


def faults(page: Page) -> list[str]:
    return [
        *heading_faults(page),
        *title_faults(page, error=False),
        *mark_faults(page.content()),
        *chain.from_iterable(fit_faults(page).values()),
    ]


@pytest.mark.parametrize("nation", [SHORTEST, LONGEST])
def test_the_paths_of_the_shortest_and_the_longest_law_fit_any_screen(nation: str, page: Page, tmp_path: Path) -> None:
    assert faults(opened(page, tmp_path, nation)) == []


@pytest.mark.parametrize("form", [(), ("--table",)], ids=["lists", "table"])
def test_the_paths_are_accessible(form: tuple[str, ...], page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path, SHORTEST, *form)
    assert axe_faults(page) == []


def test_the_table_of_paths_fits_any_screen_and_is_scrolled_by_keyboard(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path, SHORTEST, "--table")
    assert faults(page) == []
    page.set_viewport_size({"width": NARROW, "height": 800})
    page.keyboard.press("Tab")
    expect(page.get_by_role("region")).to_be_focused()


def test_a_step_is_found_by_its_link(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path, SHORTEST)
    link = page.get_by_role("link", name="step", exact=False).last
    target = link.get_attribute("href") or ""
    link.click()
    expect(page.locator(target)).to_be_in_viewport()


def test_the_criteria_page_leads_from_its_contents_to_a_provision_and_to_the_rule(page: Page) -> None:
    page.goto(law.path("criteria"))
    page.get_by_role("navigation", name=law.site_words.text("criteria.contents")).get_by_role("link").last.click()
    expect(page.locator("#provisions")).to_be_in_viewport()
    rule = page.locator("dl").first.get_by_role("link").first
    target = rule.get_attribute("href") or ""
    rule.click()
    expect(page.locator(target)).to_be_in_viewport()
    assert faults(page) == []
    assert axe_faults(page) == []


def test_the_documents_of_a_council_are_accessible_and_fit_any_screen(page: Page, tmp_path: Path) -> None:
    made = law.application.test_cli_runner().invoke(
        args=["councils", "documents", law.COUNCIL, "--into", str(tmp_path), "--at", "https://checker.example"]
    )
    assert made.exit_code == 0, made.output
    for name in made.stdout.split():
        page.goto(Path(name).as_uri())
        assert [*faults(page), *axe_faults(page)] == []

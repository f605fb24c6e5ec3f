"""Everything that holds on every page in every state, by name; each says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from e2e import law
from e2e.accessibility import axe_faults
from e2e.keyboard import keyboard_faults
from e2e.layout import NARROW, WIDE, large_text_faults, sideways_faults, spacing_faults
from tests.page_client import page_faults

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from e2e.screens import Screen

ERROR_PREFIX = law.site_words.text("layout.error_prefix")
FORBIDDEN = re.compile(r"crown|crest\b|gds[ -]?transport|#1d70b8", re.IGNORECASE)
"""Marks that belong to GOV.UK alone."""


def heading_faults(page: Page) -> list[str]:
    """Whether there is exactly one main heading."""
    headings = page.locator("h1").all_inner_texts()
    return [] if len(headings) == 1 else [f"there are {len(headings)} main headings: {headings}"]


def title_faults(page: Page, *, error: bool) -> list[str]:
    """Whether the title speaks of an error exactly when there is one, and says what the page is."""
    title = page.title()
    found = []
    if title.startswith(ERROR_PREFIX) != error:
        found.append(f"the title {title!r} {'hides an' if error else 'speaks of an'} error")
    heading = " ".join(page.locator("h1").first.inner_text().split())
    if heading not in title:
        found.append(f"the title {title!r} does not name the page {heading!r}")
    return found


def summary_faults(page: Page, *, error: bool) -> list[str]:
    """Whether an error summary has the focus, and its link leads to the first field."""
    summary = page.locator(".govuk-error-summary")
    if summary.count() != int(error):
        return [f"there are {summary.count()} error summaries"]
    if not error:
        return []
    found = []
    if not summary.evaluate("(box) => box === document.activeElement || box.contains(document.activeElement)"):
        found.append("the error summary does not have the focus")
    summary.locator("a").first.click()
    first = "() => [...document.querySelectorAll('main :is(input, select)')].find((field) => field.checkVisibility())"
    if not page.evaluate(f"() => document.activeElement === ({first})()"):
        found.append("the link in the error summary does not move to the first field")
    return found


def mark_faults(text: str) -> list[str]:
    """The marks of GOV.UK in something served."""
    return [f"it holds {mark!r}" for mark in sorted(set(FORBIDDEN.findall(text)))]


def markup_faults(page: Page) -> list[str]:
    """What is wrong with the page as it was sent: valid HTML, headings in order, ids and labels that meet."""
    return page_faults(page.context.request.get(page.url).text())


Checker = Callable[["Page", "Screen"], list[str]]

CHECKERS: dict[str, Checker] = {
    "error summary": lambda page, screen: summary_faults(page, error=screen.error),
    "main heading": lambda page, _: heading_faults(page),
    "title": lambda page, screen: title_faults(page, error=screen.error),
    "valid HTML": lambda page, _: markup_faults(page),
    "marks of GOV.UK": lambda page, _: mark_faults(page.content()),
    "axe": lambda page, _: axe_faults(page),
    "320 pixels": lambda page, _: sideways_faults(page, NARROW),
    "1280 pixels": lambda page, _: sideways_faults(page, WIDE),
    "keyboard": lambda page, _: keyboard_faults(page),
    "text spacing": lambda page, _: spacing_faults(page),
    "text of 200%": lambda page, _: large_text_faults(page),
}
"""In the order in which they can be asked of one page: the first needs it as it opens."""

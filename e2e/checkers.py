"""Everything that holds on every page in every state, by name; each says what is wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from e2e import law
from e2e.accessibility import axe_faults
from e2e.colours import brand_faults, preference_faults
from e2e.keyboard import keyboard_faults
from e2e.layout import fit_faults
from e2e.printout import paper_faults
from e2e.without import picture_faults, script_faults, style_faults
from tests.page_client import page_faults

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from e2e.screens import Screen

FORBIDDEN = re.compile(r"crown|crest\b|gds[ -]?transport|#1d70b8", re.IGNORECASE)
"""Marks that belong to GOV.UK alone."""


def heading_faults(page: Page) -> list[str]:
    """Whether there is exactly one main heading."""
    headings = page.locator("h1").all_inner_texts()
    return [] if len(headings) == 1 else [f"there are {len(headings)} main headings: {headings}"]


def title_faults(page: Page, *, error: bool, prefix: str = law.site_words.text("layout.error_prefix")) -> list[str]:
    """Whether the title speaks of an error exactly when there is one, and says what the page is."""
    title = page.title()
    found = []
    if title.startswith(prefix) != error:
        found.append(f"the title {title!r} {'hides an' if error else 'speaks of an'} error")
    heading = " ".join(page.locator("h1").first.inner_text().split())
    if heading not in title:
        found.append(f"the title {title!r} does not name the page {heading!r}")
    return found


# What an error summary does: whether it is told and has the focus; and of each link in it, where it leads, what stands
# beside that field, and whether the field says so to those who cannot see it.
_SUMMARY = """(box) => {
    const told = box.closest("[role=alert]") ?? box.querySelector("[role=alert]");
    const focused = box === document.activeElement || box.contains(document.activeElement);
    const fields = [...document.querySelectorAll("main :is(input, select)")].filter((field) => field.checkVisibility());
    const links = [...box.querySelectorAll("a")].map((link) => {
        const field = document.getElementById(link.hash.slice(1));
        const group = field?.closest(".govuk-form-group");
        const errors = [...(group?.querySelectorAll(".govuk-error-message") ?? [])];
        const described = [field, field?.closest("fieldset")]
            .flatMap((each) => (each?.getAttribute("aria-describedby") ?? "").split(" "));
        return {
            said: link.textContent.trim(), field: Boolean(field),
            beside: errors.some((error) => error.textContent.trim().endsWith(link.textContent.trim())),
            described: errors.some((error) => described.includes(error.id)),
        };
    });
    return { told: Boolean(told), focused, links };
}"""
_FIRST = "() => [...document.querySelectorAll('main :is(input, select)')].find((field) => field.checkVisibility())"


def summary_faults(page: Page, *, error: bool) -> list[str]:
    """Whether an error is told: a summary has the focus, leads to the field, and the field has the same words by it."""
    summary = page.locator(".govuk-error-summary")
    if summary.count() != int(error):
        return [f"there are {summary.count()} error summaries"]
    if not error:
        return []
    told = summary.evaluate(_SUMMARY)
    found = [] if told["told"] else ["the error summary is no alert"]
    if not told["focused"]:
        found.append("the error summary does not have the focus")
    for link in told["links"]:
        if not link["field"]:
            found.append(f"no field is meant by {link['said']!r}")
            continue
        if not link["beside"]:
            found.append(f"the field does not say {link['said']!r} beside it")
        if not link["described"]:
            found.append(f"the field is not described by {link['said']!r}")
    summary.locator("a").first.click()
    if not page.evaluate(f"() => document.activeElement === ({_FIRST})()"):
        found.append("the link in the error summary does not move to the first field")
    return found


SEALED = re.compile(r"[\w-]{100,}")
"""What nobody reads: the sealed state in links and forms, which can hold any few letters by chance."""


def mark_faults(text: str) -> list[str]:
    """The marks of GOV.UK in something served."""
    return [f"it holds {mark!r}" for mark in sorted(set(FORBIDDEN.findall(SEALED.sub("", text))))]


def markup_faults(page: Page) -> list[str]:
    """What is wrong with the page as it was sent: valid HTML, headings in order, ids and labels that meet."""
    return page_faults(page.context.request.get(page.url).text())


def language_faults(page: Page, language: str) -> list[str]:
    """Whether the page says what language it is in."""
    said = page.locator("html").get_attribute("lang")
    return [] if said == language else [f"the page is in {language!r} and says {said!r}"]


def faults(page: Page, screen: Screen, bare: Page | None = None) -> dict[str, list[str]]:
    """By checker, what is wrong with the page that has just been opened, and in ``bare`` without scripts too.

    In an order in which they can be asked of one page: the summary needs it as it opens, and the colours of focus have
    to be looked at after a key was pressed.
    """
    council = law.council_of(screen.council)
    prefix = screen.words.site_words.text("layout.error_prefix")
    found = {
        "error summary": summary_faults(page, error=screen.error),
        **({"no JavaScript": script_faults(page, bare)} if bare else {}),
        "main heading": heading_faults(page),
        "title": title_faults(page, error=screen.error, prefix=prefix),
        "language": language_faults(page, screen.language),
        "valid HTML": markup_faults(page),
        "marks of GOV.UK": mark_faults(page.content()),
        "axe": axe_faults(page),
        **fit_faults(page),
        "colours of the brand": brand_faults(page, screen.council),
        "keyboard": keyboard_faults(page),
        **preference_faults(page, screen.council),
        "no CSS": style_faults(page),
        "no images": picture_faults(page, council.name(screen.language) if council else None),
        "print": paper_faults(page),
    }
    return found

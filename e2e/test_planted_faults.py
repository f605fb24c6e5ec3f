"""Each checker finds the fault that it is there for: a page with the fault planted in it does not pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.accessibility import axe_faults
from e2e.check import press
from e2e.checkers import heading_faults, mark_faults, summary_faults, title_faults
from e2e.keyboard import keyboard_faults
from e2e.layout import NARROW, WIDE, large_text_faults, sideways_faults, spacing_faults
from e2e.outside import follow_links
from e2e.printout import printed_state_faults
from e2e.website import STRANGER

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from e2e.conftest import OpenBrowser, Visitor

PLANTED = "/planted"
GOOD_BODY = '<main><h1>Good</h1><p>Some words. <a href="/next">A link</a></p></main>'
POLICY = "default-src 'none'; script-src 'unsafe-inline'; require-trusted-types-for 'script'; trusted-types 'none'"
WIDE_BLOCK = '<div style="width: 2000px">wide</div>'
FIXED_BOX = '<p style="height: 20px; width: 200px; overflow: hidden">Some words in a box of fixed size</p>'
SUMMARY = '<div class="govuk-error-summary" tabindex="-1"><a href="#field">Mend it</a></div>'
TRAP = "event.key === 'Tab' && event.preventDefault()"

FAULTS: dict[str, tuple[Callable[[Page], list[str]], str, str]] = {
    "axe, a field without a name": (axe_faults, "<input>", "label"),
    "axe, pale text": (axe_faults, '<p style="color: #aaa; background: #fff">pale</p>', "color-contrast"),
    "axe, words outside a landmark": (axe_faults, "<p>outside</p>", "region"),
    "two main headings": (heading_faults, "<h1>Another</h1>", "2 main headings"),
    "a title that hides an error": (lambda page: title_faults(page, error=True), "", "hides an error"),
    "a title of another page": (
        lambda page: title_faults(page, error=False),
        "<script>document.title = 'Other'</script>",
        "does not name",
    ),
    "an error without a summary": (lambda page: summary_faults(page, error=True), "", "0 error summaries"),
    "a summary that is not focused": (
        lambda page: summary_faults(page, error=True),
        f"{SUMMARY}<main><input id=field></main>",
        "does not have the focus",
    ),
    "a summary that leads astray": (
        lambda page: summary_faults(page, error=True),
        f"{SUMMARY}<main><input><input id=field></main>",
        "does not move to the first field",
    ),
    "too wide for a phone": (lambda page: sideways_faults(page, NARROW), WIDE_BLOCK, "pixels of content"),
    "too wide for a desk": (lambda page: sideways_faults(page, WIDE), WIDE_BLOCK, "pixels of content"),
    "cut off with wider spacing": (spacing_faults, FIXED_BOX, "cut off"),
    "cut off with larger text": (large_text_faults, FIXED_BOX, "cut off"),
    "a keyboard trap": (keyboard_faults, f'<input onkeydown="{TRAP}"><a href="/">out</a>', "Tab should come"),
    "a trap at the end": (keyboard_faults, f'<input onkeydown="{TRAP}">', "does not leave"),
    "an order of its own": (keyboard_faults, '<a href="/a">a</a><a href="/b" tabindex="1">b</a>', "Tab should come"),
    "a focus that does not show": (
        keyboard_faults,
        "<style>:focus { outline: none }</style><a href='/a'>a</a>",
        "does not show",
    ),
    "a covered focus": (
        keyboard_faults,
        '<div style="position: fixed; inset: 0; background: white"></div>',
        "covers",
    ),
    "a mark of GOV.UK": (lambda page: mark_faults(page.content()), '<p style="color: #1D70B8">blue</p>', "#1d70b8"),
    "a font of GOV.UK": (lambda page: mark_faults(page.content()), "<p>GDS Transport</p>", "gds transport"),
    "a printed link": (printed_state_faults, '<a href="/check?s=secret">/check?s=secret</a>', "the text holds"),
    "a link in a PDF": (printed_state_faults, '<a href="/check?s=secret">your answers</a>', "the PDF holds"),
    "an address that paper adds": (
        printed_state_faults,
        "<style>a::after { content: attr(href) }</style><a href='/check?s=secret'>your answers</a>",
        "paper shows",
    ),
}


def plant(page: Page, body: str, **headers: str) -> None:
    """Opens a page that the service is made to serve, with this in it."""
    html = f'<!DOCTYPE html><html lang="en"><head><title>Good</title><link rel="icon" href="data:,"></head>{body}'
    page.route(f"**{PLANTED}", lambda route: route.fulfill(body=html, content_type="text/html", headers=headers))
    page.goto(PLANTED)


@pytest.mark.parametrize(("checker", "body", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_a_checker_finds_the_fault(checker: Callable[[Page], list[str]], body: str, said: str, page: Page) -> None:
    plant(page, GOOD_BODY + body)
    assert said.lower() in "; ".join(checker(page)).lower()


CHECKED = {name: checker for name, (checker, _, _) in FAULTS.items() if "error" not in name and "summary" not in name}


@pytest.mark.parametrize("checker", CHECKED.values(), ids=CHECKED.keys())
def test_a_checker_finds_nothing_in_a_good_page(checker: Callable[[Page], list[str]], page: Page) -> None:
    plant(page, GOOD_BODY)
    assert checker(page) == []


KEEPING = (
    "indexedDB.open('kept').onsuccess = (event) => { event.target.result.close(); document.body.dataset.kept = '' }"
)
NOTICED = {
    "an error on the console": ("<script>console.error('bad')</script>", "the console says: bad"),
    "a warning on the console": ("<script>console.warn('odd')</script>", "the console says: odd"),
    "an error in a script": ("<script>setTimeout(() => { throw Error('oops') })</script>", "a script failed: oops"),
    "a broken policy": ('<p style="color: red">red</p>', "Content Security Policy"),
    "a broken rule for scripts": ("<script>document.body.innerHTML = '<p>'</script>", "TrustedHTML"),
    "another website": (f'<iframe src="{STRANGER}/"></iframe>', f"another website was asked for {STRANGER}/"),
    "a file that is missing": ('<img src="/nowhere.png" alt="">', "404 for"),
    "a request that fails": ('<img src="http://127.0.0.1:1/" alt="">', "a request failed"),
    "a cookie": ("<script>document.cookie = 'kept=1'</script>", "a cookie was kept: kept"),
    "localStorage": ("<script>localStorage.kept = 1</script>", "in localStorage"),
    "sessionStorage": ("<script>sessionStorage.kept = 1</script>", "in sessionStorage"),
    "indexedDB": (f"<script>{KEEPING}</script>", "in indexedDB"),
}


@pytest.mark.parametrize(("body", "said"), NOTICED.values(), ids=NOTICED.keys())
def test_the_watch_notices(body: str, said: str, open_browser: OpenBrowser) -> None:
    visitor = open_browser(fresh=True)
    policies = {"Content-Security-Policy": POLICY} if said in ("Content Security Policy", "TrustedHTML") else {}
    plant(visitor.page, GOOD_BODY + body, **policies)
    if said == "in indexedDB":
        visitor.page.locator("[data-kept]").wait_for()
    visitor.page.wait_for_load_state("networkidle")
    assert said in "; ".join(visitor.watch.take())
    assert visitor.watch.take() == [] or "kept" in body
    forget(visitor)


def test_the_watch_notices_a_form_answered_by_a_page(visitor: Visitor) -> None:
    plant(visitor.page, f'{GOOD_BODY}<form method="post" action="{PLANTED}"><button>Send</button></form>')
    press(visitor.page, "Send")
    assert "answered by 200" in "; ".join(visitor.watch.take())


def test_a_link_that_says_from_where_is_noticed(visitor: Visitor) -> None:
    headers = {"Referrer-Policy": "unsafe-url"}
    plant(visitor.page, GOOD_BODY + '<a href="https://www.gov.uk/">out</a>', **headers)
    assert [told for told in follow_links(visitor.page).values() if told] == [visitor.page.url]
    assert "another website" in "; ".join(visitor.watch.take())


def forget(visitor: Visitor) -> None:
    """Clears away what the planted page kept."""
    visitor.page.evaluate(
        """() => {
            localStorage.clear();
            sessionStorage.clear();
            return new Promise((done) => { indexedDB.deleteDatabase("kept").onsuccess = done; }).then(() => null);
        }"""
    )
    visitor.page.context.clear_cookies()
    visitor.watch.take()

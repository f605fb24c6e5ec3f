"""Each checker finds the fault that it is there for: a page with the fault planted in it does not pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.councils.palette import NEUTRAL
from e2e.accessibility import axe_faults
from e2e.check import press
from e2e.checkers import heading_faults, language_faults, mark_faults, summary_faults, title_faults
from e2e.colours import brand_faults, preference_faults
from e2e.keyboard import keyboard_faults
from e2e.layout import fit_faults
from e2e.outside import follow_links
from e2e.printout import paper_faults, printed_state_faults
from e2e.website import STRANGER
from e2e.without import picture_faults, script_faults, style_faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from e2e.conftest import OpenBrowser, Visitor

PLANTED = "/planted"
GOOD_BODY = '<main><h1>Good</h1><p>Some words. <a href="/next">A link</a></p></main>'
POLICY = "default-src 'none'; script-src 'unsafe-inline'; require-trusted-types-for 'script'; trusted-types 'none'"
WIDE_BLOCK = '<div style="width: 2000px">wide</div>'
FIXED_BOX = '<p style="height: 20px; width: 200px; overflow: hidden">Some words in a box of fixed size</p>'
SUMMARY = '<div class="govuk-error-summary" role="alert" tabindex="-1"><a href="#field">Mend it</a></div>'
MESSAGE = '<p class="govuk-error-message" id="error">Mend it</p>'
FIELD = f'<main><div class="govuk-form-group">{MESSAGE}<input id="field" aria-describedby="error"></div></main>'
FOCUS = "<script>document.querySelector('.govuk-error-summary').focus()</script>"
SMALL = '<button style="width: 12px; height: 12px; padding: 0; margin: 0">x</button>'
DRAWN = "<style>input { opacity: 0 } input:checked + label { box-shadow: 0 0 0 3px black }</style>"
TRAP = "event.key === 'Tab' && event.preventDefault()"


def fit(check: str) -> Callable[[Page], list[str]]:
    """One of the checks of how a page fits."""
    return lambda page: fit_faults(page)[check]


def prefer(check: str) -> Callable[[Page], list[str]]:
    """One of the checks of what a person prefers."""
    return lambda page: preference_faults(page, None)[check]


def error_faults(page: Page) -> list[str]:
    return summary_faults(page, error=True)


def pictures(page: Page) -> list[str]:
    return picture_faults(page, "Northfold")


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
    "a summary that is not focused": (error_faults, SUMMARY + FIELD, "does not have the focus"),
    "a summary that is not told": (error_faults, SUMMARY.replace("role", "data-role") + FIELD, "is no alert"),
    "a summary that leads astray": (
        error_faults,
        f"{SUMMARY}<main><input><input id=field></main>",
        "does not move to the first field",
    ),
    "a summary that leads nowhere": (error_faults, SUMMARY.replace("#field", "#gone") + FIELD, "no field is meant"),
    "an error without words beside the field": (
        error_faults,
        SUMMARY + FIELD.replace("Mend", "Correct"),
        "does not say 'Mend it' beside it",
    ),
    "an error that its field does not name": (
        error_faults,
        SUMMARY + FIELD.replace("aria-describedby", "title"),
        "is not described by",
    ),
    "a title without its word for an error": (
        lambda page: title_faults(page, error=True, prefix="Gwall: "),
        "<script>document.title = 'Error: Good'</script>",
        "hides an error",
    ),
    "a page in another language": (lambda page: language_faults(page, "cy"), "", "says 'en'"),
    "too wide for a phone": (fit("320 pixels"), WIDE_BLOCK, "pixels of content"),
    "too wide for a desk": (fit("1280 pixels"), WIDE_BLOCK, "pixels of content"),
    "cut off with wider spacing": (fit("text spacing"), FIXED_BOX, "cut off"),
    "cut off with larger text": (fit("text of 200%"), FIXED_BOX, "cut off"),
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
    "a small target": (fit("24 pixel targets"), SMALL * 2, "12 by 12 pixels"),
    "a small target beside a large one": (fit("24 pixel targets"), f"{SMALL}<button>Large enough</button>", "12 by 12"),
    "axe, small targets": (axe_faults, f"<main>{SMALL * 2}</main>", "target-size"),
    "a colour that nobody checked": (
        lambda page: brand_faults(page, None),
        f'<p style="color: {NEUTRAL.link}; background: #ffcc00">odd</p>',
        "nobody has checked text",
    ),
    "a page without its council's colours": (
        lambda page: brand_faults(page, "argleton"),
        "",
        "shows no colour of the council",
    ),
    "a focus that only a shadow shows": (
        prefer("forced colours"),
        "<style>:focus { outline: none; box-shadow: 0 0 0 3px black }</style><a href='/a'>a</a>",
        "does not show",
    ),
    "a choice that only a shadow shows": (
        prefer("forced colours"),
        f"{DRAWN}<input type=checkbox id=box><label for=box>box</label>",
        "whether this is chosen",
    ),
    "a button that only its background shows": (
        prefer("forced colours"),
        '<button style="appearance: none; border: 0; background: navy">Go</button>',
        "no edge shows",
    ),
    "a colour that is forced on a person": (
        prefer("forced colours"),
        f'<p style="forced-color-adjust: none; color: {NEUTRAL.link}">own</p>',
        "a colour of the council is left",
    ),
    "a movement that nobody can stop": (
        prefer("reduced motion"),
        "<style>a { transition: color 2s }</style>",
        "still moves",
    ),
    "an animation that nobody can stop": (
        prefer("reduced motion"),
        "<style>@keyframes turn { to { rotate: 9deg } } h1::after { content: ''; animation: turn 9s infinite }</style>",
        "an animation runs",
    ),
    "a page that glides": (prefer("reduced motion"), "<style>html { scroll-behavior: smooth }</style>", "glides"),
    "words in styles": (style_faults, "<style>h1::after { content: 'only here' }</style>", "only styles say"),
    "an order in styles": (style_faults, '<p style="order: 2">last</p>', "styles reorder"),
    "a place in styles": (
        style_faults,
        '<main style="position: relative"><h1>First</h1><p style="position: absolute; top: -60px">words</p></main>',
        "above what comes before",
    ),
    "a field that only styles show": (
        style_faults,
        "<style>[hidden] { display: block }</style><label for=a>a</label><input id=a hidden>",
        "cannot be seen without styles",
    ),
    "a field without its label": (style_faults, "<main><input></main>", "a field without a label"),
    "a group without its name": (
        style_faults,
        "<fieldset><p>Words</p><legend>Name</legend></fieldset>",
        "its name first",
    ),
    "an error after its field": (
        style_faults,
        f'<div class="govuk-form-group"><label for=a>a</label><input id=a>{MESSAGE}</div>',
        "an error is not before its field",
    ),
    "a picture without words": (pictures, '<img src="data:,">', "no words stand for"),
    "a link that is only a picture": (pictures, '<a href="/"><img src="data:," alt=""></a>', "only a picture says"),
    "words behind a picture": (
        pictures,
        '<p style="background: url(data:,); text-indent: -999px">words</p>',
        "a picture stands for the words",
    ),
    "a council that only its logo names": (
        pictures,
        '<header class="app-header"><img src="data:," alt=""></header>',
        "does not say Northfold",
    ),
    "a button on paper": (paper_faults, "<button>Press</button>", "paper shows <button"),
    "words that paper leaves out": (
        paper_faults,
        "<style>@media print { .lost { display: none } }</style><main><p class=lost>Words</p></main>",
        "paper lacks <p",
    ),
    "paper without a heading": (
        paper_faults,
        "<style>@media print { h1 { visibility: hidden; display: none } }</style>",
        "paper lacks the main heading",
    ),
    "a printed address": (paper_faults, "<p>/check?s=secret</p>", "the text holds"),
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


NEEDY = ("error", "summary", "language", "without its council's colours")
"""Checkers of pages that are not plain."""

CHECKED = {name: checker for name, (checker, _, _) in FAULTS.items() if not any(each in name for each in NEEDY)}


@pytest.mark.parametrize("checker", CHECKED.values(), ids=CHECKED.keys())
def test_a_checker_finds_nothing_in_a_good_page(checker: Callable[[Page], list[str]], page: Page) -> None:
    plant(page, GOOD_BODY)
    assert checker(page) == []


def test_a_checker_finds_nothing_in_a_good_error(page: Page) -> None:
    plant(page, f"{SUMMARY}{FIELD}{FOCUS}")
    assert error_faults(page) == []


UNSCRIPTED = {
    "words that a script writes": ("<script>document.querySelector('p').innerText = 'Written'</script>", "Written"),
    "a form that leads nowhere": ("<form><input name=a><button>Send</button></form>", "a form leads nowhere"),
    "a form that cannot be sent": ("<form action=/next><input name=a></form>", "no button to send it"),
    "a field that is not sent": ("<form action=/next><input><button>Send</button></form>", "a field is not sent"),
    "a field that a script shows": (
        "<form action=/next><input name=a hidden><button>Send</button></form>",
        "a field cannot be reached",
    ),
    "nothing": ("<form action=/next><input name=a><button>Send</button></form>", ""),
}


@pytest.mark.parametrize(("body", "said"), UNSCRIPTED.values(), ids=UNSCRIPTED.keys())
def test_what_needs_a_script_is_found(body: str, said: str, page: Page, open_browser: OpenBrowser) -> None:
    bare = open_browser(java_script_enabled=False).page
    for each in (page, bare):
        plant(each, GOOD_BODY + body)
    found = "; ".join(script_faults(page, bare))
    assert said in found if said else found == ""


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


def test_letters_of_a_sealed_state_are_no_mark() -> None:
    sealed = "gAAAAABm" + "cRown" * 60
    assert mark_faults(f'<a href="/check?s={sealed}">On</a> <input name="s" value="{sealed}">') == []
    assert mark_faults(f'<a href="/check?s={sealed}" class="crown">On</a>') == ["it holds 'crown'"]

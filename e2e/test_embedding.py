"""The check in a page of a council's website: in every browser, it fits, keeps people's place, and says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from app.settings import ROOT
from e2e import law
from e2e.check import answer, asked, finish, heading, press
from e2e.conftest import EMBEDDERS, SECURE_HOST
from e2e.embedding import IN_VIEW, SUMMARY, Embedding, snippets
from e2e.website import ALLOWED, KEEPER, STRANGER

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Frame

    from e2e.conftest import OpenBrowser, Visitor
    from e2e.law import Person
    from e2e.server import Server

SANDBOX = law.site_words.text("websites.sandbox_code")
WHERE = {
    "automatic": "drupal",
    "special_route": "wordpress",
    "assessed": "280 pixels",
    "depends": "drupal",
    "unlikely": "280 pixels",
}
"""In which kind of page somebody comes to each outcome."""

in_every_browser = pytest.mark.parametrize("embedding", EMBEDDERS, indirect=True)
in_one_browser = pytest.mark.parametrize("embedding", EMBEDDERS[:1], indirect=True)


@in_every_browser
@pytest.mark.parametrize("outcome", WHERE)
def test_a_whole_check_fits_and_keeps_the_persons_place(outcome: str, embedding: Embedding) -> None:
    frame = embedding.fitted(WHERE[outcome])
    whole_check(frame, law.shortest(outcome), lambda: embedding.step(frame))
    changes = [after - before for before, after in zip(embedding.heights, embedding.heights[1:], strict=False)]
    assert min(changes) < 0 < max(changes)
    assert embedding.page.url.startswith(embedding.site)


@in_every_browser
def test_an_error_has_the_focus_and_back_goes_a_step_back(embedding: Embedding) -> None:
    frame = embedding.fitted()
    press(frame, law.site_words.text("start.button"))
    embedding.step(frame)
    first = asked(frame)
    button = frame.get_by_role("button", name=law.site_words.text("question.continue"))
    embedding.page.mouse.wheel(0, 100)
    embedding.page.evaluate("() => window.scrollTo(0, document.body.scrollHeight)")
    assert not embedding.page.evaluate(IN_VIEW)
    with frame.expect_navigation():
        button.dispatch_event("click")
    embedding.step(frame, SUMMARY)
    with frame.expect_navigation():
        embedding.page.evaluate("() => window.history.back()")
    embedding.step(frame)
    assert (asked(frame), frame.locator(SUMMARY).count()) == (first, 0)
    # What opens and closes within a page counts too.
    higher = embedding.heights[-1]
    for _ in range(2):
        frame.locator("summary").first.click()
        embedding.fits(frame)
    assert embedding.heights[-2] > higher == embedding.heights[-1]


@in_one_browser
def test_without_the_script_the_frame_scrolls(embedding: Embedding) -> None:
    frame = embedding.paste(snippets(embedding.service)["frame"], "280 pixels")
    expect(frame.locator("h1")).to_be_visible()
    assert frame.evaluate("() => document.documentElement.scrollHeight > window.innerHeight")
    whole_check(frame, law.shortest("assessed"), lambda: None)
    assert frame.evaluate("() => [window.innerHeight, document.activeElement.localName]") == [900, "body"]
    assert frame.evaluate("() => window.heard") == []
    assert embedding.page.evaluate("() => window.heard") == []


def test_without_any_script_the_frame_scrolls(framed_without_script: Visitor) -> None:
    embedding = Embedding(framed_without_script.page, f"https://{SECURE_HOST}", ALLOWED[1])
    frame = embedding.paste(snippets(embedding.service)["fitted"], "wordpress")
    whole_check(frame, law.person("self", "assessed"), lambda: None)
    assert frame.locator(".js-enabled").count() == 0


def test_with_every_cookie_refused(framed_without_cookies: Visitor) -> None:
    embedding = Embedding(framed_without_cookies.page, f"https://{SECURE_HOST}", ALLOWED[1])
    frame = embedding.fitted("wordpress")
    whole_check(frame, law.person("self", "assessed"), lambda: embedding.step(frame))


@in_one_browser
def test_each_of_several_frames_fits_what_it_shows(embedding: Embedding) -> None:
    fitted = snippets(embedding.service)["fitted"]
    embedding.fits(embedding.paste(fitted + fitted.replace("/start", "/privacy")))
    # It loads when it comes near, and it moved away when the one above it grew.
    embedding.page.locator("iframe").last.scroll_into_view_if_needed()
    embedding.fits(embedding.page.frames[2])
    first, second = embedding.heights
    assert first != second
    given = "() => [...document.querySelectorAll('iframe')].map((each) => each.clientHeight)"
    assert embedding.page.evaluate(given) == [first, second]


@in_one_browser
def test_in_a_sandbox_with_what_the_page_for_websites_lists(embedding: Embedding) -> None:
    frame = embedding.paste(snippets(embedding.service)["fitted"].replace("<iframe ", f'<iframe sandbox="{SANDBOX}" '))
    # A page that follows is a step once the first has told its height.
    embedding.fits(frame)
    press(frame, law.site_words.text("start.button"))
    embedding.step(frame)
    question = asked(frame)
    with embedding.page.expect_navigation():
        frame.get_by_role("link", name=law.site_words.text("frame.full_page")).click()
    assert embedding.page.url.startswith(f"{embedding.service}{law.path('check')}?s=")
    assert asked(embedding.page) == question


@in_every_browser
def test_a_website_that_is_not_named_is_shown_nothing_and_told_nothing(embedding: Embedding) -> None:
    embedding.site = STRANGER
    # An eager frame is waited for with the page.
    frame = embedding.paste(snippets(embedding.service)["fitted"].replace(' loading="lazy"', ""))
    assert not frame.url.startswith(embedding.service)
    assert "Blue Badge" not in frame.content()
    assert embedding.page.evaluate("() => window.heard") == []
    assert embedding.watch is not None
    assert any("frame-ancestors" in fault for fault in embedding.watch.take())


def broken(message: dict[str, Any], **wrong: Any) -> list[Any]:
    """What is no such message: of another kind, or with one field that is wrong or missing."""
    spoiled = [{**message, key: value} for key, values in wrong.items() for value in values]
    missing = [{key: message[key] for key in message if key != left_out} for left_out in message]
    return [None, 7, "x", [], {}, *spoiled, *missing]


HEIGHT = {"source": "blue-badge-checker", "v": 1, "type": "height", "height": 777}
HELLO = {"source": "blue-badge-checker", "v": 1, "type": "hello", "first": False}
NO_HEIGHTS = broken(HEIGHT, source=["x"], v=["1", 2], type=["hello"], height=["777", None, {}])
NO_HELLOS = broken(HELLO, source=["x"], v=["1", 2], type=["height"], first=[0, None, "false"])


@in_one_browser
def test_messages_that_are_forged_or_broken_change_nothing(embedding: Embedding) -> None:
    # The other frame is of a website that may frame ours, and does not.
    pasted = snippets(embedding.service)["fitted"] + f'<iframe title="Other" src="{ALLOWED[1]}/"></iframe>'
    frame = embedding.paste(pasted, strict=False)
    page, other = embedding.page, embedding.page.frames[2]
    embedding.fits(frame)
    height = page.evaluate("() => document.querySelector('iframe').style.height")
    said = len(page.evaluate("() => window.heard"))

    for data in NO_HEIGHTS:
        frame.evaluate("(data) => window.parent.postMessage(data, '*')", data)
    other.evaluate("(data) => window.parent.postMessage(data, '*')", HEIGHT)
    page.evaluate("(data) => window.postMessage(data, '*')", HEIGHT)
    for data in NO_HELLOS:
        page.evaluate("(data) => window.frames[0].postMessage(data, '*')", data)
    other.evaluate("(data) => window.parent.frames[0].postMessage(data, '*')", HELLO)
    page.wait_for_function("(count) => window.heard.length === count", arg=said + len(NO_HEIGHTS) + 2)
    frame.wait_for_function("(count) => window.heard.length >= count", arg=1 + len(NO_HELLOS) + 1)
    assert page.evaluate("() => document.querySelector('iframe').style.height") == height
    assert frame.evaluate("() => document.activeElement.localName") == "body"
    frame.evaluate("() => { document.querySelector('main').style.paddingBottom = '300px'; }")
    embedding.fits(frame)

    for told, given in ((1e9, "100000px"), (-5, "200px"), (640.2, "641px")):
        frame.evaluate("(data) => window.parent.postMessage(data, '*')", {**HEIGHT, "height": told})
        page.wait_for_function("(given) => document.querySelector('iframe').style.height === given", arg=given)


NEXT_LOAD = """() => ({
    loaded: new Promise((done) => {
        document.querySelector("iframe").addEventListener("load", () => done(true), { once: true });
    }),
})"""


@in_one_browser
def test_whatever_else_a_frame_comes_to_show_is_told_nothing(embedding: Embedding, framed: Visitor) -> None:
    frame = embedding.paste(snippets(embedding.service)["fitted"], strict=False)
    embedding.fits(frame)
    loaded = embedding.page.evaluate_handle(NEXT_LOAD)
    frame.evaluate("(address) => { window.location.href = address; }", f"{KEEPER}/")
    loaded.evaluate("(next) => next.loaded")
    # A message that comes after shows that none came before.
    embedding.page.evaluate("() => window.frames[0].postMessage('after', '*')")
    frame.wait_for_function("() => window.heard.length > 0")
    assert frame.evaluate("() => window.heard") == [[embedding.site, "after"]]
    height = embedding.page.evaluate("() => document.querySelector('iframe').style.height")
    said = len(embedding.page.evaluate("() => window.heard"))
    frame.evaluate("(data) => window.parent.postMessage(data, '*')", HEIGHT)
    embedding.page.wait_for_function("(count) => window.heard.length === count", arg=said + 1)
    assert embedding.page.evaluate("() => document.querySelector('iframe').style.height") == height
    framed.watch.take()


def test_no_message_is_for_whoever_listens() -> None:
    for path in ("static/embed/v1.js", "static/public/frame.js"):
        script = (ROOT / path).read_text()
        assert script.count("postMessage(") == 1
        assert '"*"' not in script


def test_the_page_for_websites_shows_the_check_and_copies_what_to_paste(
    server: Server, open_browser: OpenBrowser
) -> None:
    page = open_browser(fresh=True, permissions=["clipboard-read", "clipboard-write"]).page
    page.goto(law.path("for-websites", "argleton"))
    button = page.get_by_role("button", name=law.site_words.text("websites.fitted_label"))
    button.click()
    expect(page.get_by_role("status").filter(has_text=law.site_words.text("websites.copied"))).to_have_count(1)
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == snippets(server.url, "argleton")["fitted"]
    embedding = Embedding(page, server.url, server.url)
    frame = page.frames[1]
    embedding.fits(frame)
    press(frame, law.site_words.text("start.button"))
    embedding.fits(frame)
    assert asked(frame) == law.ENGLAND.questions[0].id


def whole_check(frame: Frame, person: Person, each: Callable[[], object]) -> None:
    """From the first page in the frame to the outcome."""
    press(frame, law.site_words.text("start.button"))
    each()
    assert answer(frame, person.answers, each=each) == list(person.answers)
    finish(frame, person.answers)
    each()
    assert heading(frame)

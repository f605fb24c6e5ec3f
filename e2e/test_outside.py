"""Other websites learn nothing from us, and cannot answer for anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from app.checker.check import OUTCOME
from e2e import law
from e2e.check import answer, finish, heading
from e2e.outside import follow_links
from e2e.website import ALLOWED, STRANGER, posting

if TYPE_CHECKING:
    from e2e.conftest import OpenBrowser, Visitor
    from e2e.server import Server

LINKING = {
    "list of councils": law.path("find-your-council", None),
    "start": law.path("start"),
    "criteria": law.path("criteria"),
    "accessibility": law.path("accessibility"),
    "outcome": law.path("check", token=law.token(law.FULLEST[0].answers, OUTCOME)),
    "outcome without contacts": law.path(
        "check", "argleton", token=law.token(law.FULLEST[0].answers, OUTCOME, council="argleton")
    ),
    "framed outcome": law.path("check", layout=law.FRAMED, token=law.token(law.FULLEST[0].answers, OUTCOME)),
}


@pytest.mark.parametrize("path", LINKING.values(), ids=LINKING.keys())
def test_links_that_lead_out_do_not_say_from_where(path: str, visitor: Visitor) -> None:
    visitor.page.goto(path)
    followed = follow_links(visitor.page)
    assert followed
    assert {address: referer for address, referer in followed.items() if referer is not None} == {}
    visitor.watch.allowed |= {f"https://{urlsplit(address).netloc}" for address in followed}
    assert [fault for fault in visitor.watch.take() if "another website" not in fault] == []


@pytest.mark.parametrize("site", [ALLOWED[0], STRANGER])
def test_a_form_on_another_website_is_refused(site: str, server: Server, open_browser: OpenBrowser) -> None:
    visitor = open_browser(site)
    page = visitor.page
    token = law.token(law.person("self", "assessed").answers, "answers")
    page.goto(posting(site, server.url + law.path("check"), token))
    visitor.watch.expected_status = 403
    with page.expect_navigation() as navigation:
        page.get_by_role("button", name="Send").click()
    assert navigation.value is not None
    assert navigation.value.status == 403
    assert heading(page) == law.site_words.text("error.403.title")


def test_the_log_says_nothing_about_the_person(visitor: Visitor, server: Server) -> None:
    page = visitor.page
    person = law.person("self", "assessed")
    page.goto(law.path("check"))
    answer(page, person.answers)
    finish(page, person.answers)
    expect(page.locator("[data-outcome]")).to_be_visible()
    log = server.log.read_text()
    assert "/check" in log
    agent = page.evaluate("navigator.userAgent")
    telling = ["s=", "127.0.0.1 ", agent, "Mozilla", *(question for question in person.answers if question != "age")]
    assert [word for word in telling if word in log] == []

"""Every council that issues badges: a whole check in the browser, with that council's own details and nobody else's.

It takes minutes, so `make survey` runs it, and not `make test`, which asks the same of every council without a browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING

import pytest

from e2e import law
from e2e.server import Server, serve
from tests.councils.generated import Said, foreign, missing, register_councils, write_register_councils

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from e2e.conftest import OpenBrowser

COUNCILS = register_councils()
SHARE = 26
"""Councils to a test, so that the two processes finish together."""

PERSON = {"who": "self", "age": "16_or_over", "sight": "severely_registered"}
"""Somebody whom every nation's law gives an outcome after three questions."""

CHOOSE = """(option) => {
    document.querySelector(`main form input[value="${option}"]`).click();
    document.querySelector("main form button").click();
}"""


@pytest.fixture(scope="module")
def branded_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The service with a folder for every council, in which each says what no other does."""
    folder = tmp_path_factory.mktemp("councils") / "councils"
    write_register_councils(folder)
    with serve([law.KEY], COUNCILS=str(folder), EXAMPLE_COUNCILS="0") as running:
        yield running


@pytest.mark.parametrize("first", range(0, len(COUNCILS), SHARE))
def test_a_check_has_its_own_councils_details_and_no_others(
    first: int, branded_server: Server, open_browser: OpenBrowser
) -> None:
    visitor = open_browser(branded_server.url)
    walked = COUNCILS[first : first + SHARE]
    assert [fault for said in walked for fault in _walk(visitor.page, branded_server, said)] == []


def _walk(page: Page, server: Server, said: Said) -> Iterator[str]:
    """What is missing from this council's pages, or stands there and is another's."""
    page.goto(f"{server.url}/{said.slug}/blue-badge/{law.LANGUAGE}/start")
    start = unescape(page.content())
    yield from missing(said, "start", start, (said.name, said.own_words, said.phone, said.email))
    yield from foreign(said, "start", start, COUNCILS)
    with page.expect_navigation():
        page.get_by_role("button", name=law.site_words.text("start.button")).click()
    yield from _on_the_way(page, said)
    for answer in PERSON.values():
        with page.expect_navigation():
            page.evaluate(CHOOSE, answer)
        yield from _on_the_way(page, said)
    with page.expect_navigation():
        page.get_by_role("button", name=law.site_words.text("answers.continue")).click()
    outcome = unescape(page.content())
    if page.locator("[data-outcome=automatic]").count() != 1:
        yield f"{said.slug}: the check ends at {page.title()!r}"
    yield from missing(
        said, "outcome", outcome, (said.name, said.fee_told, said.apply, said.own_words, said.phone, said.email)
    )
    yield from foreign(said, "outcome", outcome, COUNCILS)


def _on_the_way(page: Page, said: Said) -> Iterator[str]:
    """What is wrong with a question, or with the answers to check."""
    title, content = page.title(), unescape(page.content())
    yield from missing(said, title, content, (said.name,))
    yield from foreign(said, title, content, COUNCILS)

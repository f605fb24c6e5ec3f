"""From citizens who finish checks to a manager who signs in, reads and takes files, and to those who see nothing."""

from __future__ import annotations

import csv
import json
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from cryptography.fernet import Fernet
from playwright.sync_api import expect

from app.checker.check import ANSWERS
from app.tallies import schema
from app.tallies.cell import month_of
from app.tallies.database import open_database, read_address
from e2e import law
from e2e.check import finish
from e2e.long_ago import AGO
from e2e.server import serve

with warnings.catch_warnings():  # it is built on a part of Authlib that the desk does without
    warnings.simplefilter("ignore")
    from oidc_provider_mock import User, run_server_in_thread

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from app.web.site_words import SiteWords
    from e2e.conftest import OpenBrowser, Visitor

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # in the provider's thread

TOOL_WORDS: SiteWords = law.application.extensions["tools"]
TENANTS = {"northfold": "tenant-of-northfold", "brackwater": "tenant-of-brackwater"}
PEOPLE = {"ada": "northfold", "bo": "brackwater"}
CHECKS = 30
MONTH = month_of((datetime.now(UTC) - AGO).date())


@dataclass(frozen=True)
class Place:
    """The service with a month of checks behind it, and where its councils' staff sign in."""

    url: str
    provider: str

    def sign_in(self, visitor: Visitor, person: str, council: str) -> None:
        """Signs in there; what is wrong with the pages of the provider is no concern of ours."""
        page = visitor.page
        page.goto(f"{self.url}/desk/sign-in/{council}")
        page.get_by_role("button", name=TOOL_WORDS.text("desk.sign_in.go")).click()
        page.wait_for_url(f"{self.provider}/**")
        page.locator('input[name="sub"]').fill(person)
        page.locator("form").last.locator("button, input[type=submit]").first.click()
        page.wait_for_url(f"{self.url}/**")
        visitor.watch.take()

    def sign_out(self, visitor: Visitor) -> None:
        visitor.page.get_by_role("button", name=TOOL_WORDS.text("desk.sign_out")).click()
        expect(visitor.page.get_by_role("heading", level=1)).to_have_text(TOOL_WORDS.text("desk.signed_out.title"))


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    people = [
        User(sub=sub, claims={"name": sub.title(), "oid": sub, "tid": TENANTS[council], "roles": ["Desk.Manager"]})
        for sub, council in PEOPLE.items()
    ]
    with run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, provider: str) -> Iterator[Place]:
    folder: Path = tmp_path_factory.mktemp("journey")
    settings = {
        "DATABASE_URL": f"sqlite:///{folder / 'tallies.sqlite3'}",
        "SPOOL": str(folder / "spool"),
        "DESK_KEYS": Fernet.generate_key().decode(),
        "PROVIDERS": str(folder / "providers.yaml"),
    }
    schema.upgrade(open_database(read_address(settings["DATABASE_URL"])))
    (folder / "providers.yaml").write_text(providers(provider))
    with serve([law.KEY], application="e2e.long_ago:app", certificate=None, unavailable=False, **settings) as long_ago:
        for number in range(CHECKS):
            person = law.person("self", "automatic" if number < CHECKS - 3 else "unlikely")
            token = law.token(person.answers, ANSWERS, number=1000 + number)
            for _ in range(2):  # sent twice, counted once
                with urlopen(long_ago.url + law.path("check"), urlencode({"s": token}).encode()) as response:
                    assert "data-outcome" in response.read().decode()
    with serve([law.KEY], certificate=None, unavailable=False, **settings) as today:
        yield Place(today.url, provider)


def providers(issuer: str) -> str:
    councils = "".join(
        f"  {council}:\n    issuer: {issuer}\n    tenant: {tenant}\n    client_id: desk\n    client_secret: secret\n"
        "    roles: {Desk.Manager: manager}\n"
        for council, tenant in TENANTS.items()
    )
    return f"councils:\n{councils}"


def shown(page: Page, name: str) -> str:
    """What the page shows first in the row of that name."""
    header = page.get_by_role("rowheader", name=name, exact=True)
    return page.get_by_role("row").filter(has=header).first.get_by_role("cell").first.inner_text().strip()


def test_a_manager_reads_and_takes_what_citizens_left_and_nobody_else_sees_it(
    place: Place, open_browser: OpenBrowser, tmp_path: Path
) -> None:
    # A citizen who finishes a check today is in no figure before this month is over, and gets no cookie.
    citizen = open_browser(place.url, fresh=True).page
    person = law.person("self", "automatic")
    citizen.goto(place.url + law.path("check", token=law.token(person.answers, ANSWERS, number=1)))
    finish(citizen, person.answers)
    assert citizen.context.cookies() == []

    visitor = open_browser(place.url, place.provider, fresh=True, accept_downloads=True)
    manager = visitor.page
    place.sign_in(visitor, "ada", "northfold")
    figures = f"{place.url}/desk/northfold/figures"
    manager.goto(f"{figures}?period={MONTH}")
    finished = TOOL_WORDS.text("desk.report.series.finished")
    # Each is off by its blur, of 7 at most, and rounded.
    assert CHECKS - 10 <= int(shown(manager, finished)) <= CHECKS + 10
    assert shown(manager, TOOL_WORDS.text("desk.report.series.begun")) == "7 or fewer"

    with manager.expect_download() as downloading:
        manager.get_by_role("link", name=TOOL_WORDS.text("desk.report.save_as.csv")).click()
    saved = tmp_path / "figures.csv"
    downloading.value.save_as(saved)
    with saved.open(newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    (line,) = (each for each in lines if each["name"] == finished and each["section_id"] == "checks")
    assert line["low"] == line["high"] == shown(manager, finished)
    with manager.expect_download() as downloading:
        manager.get_by_role("link", name=TOOL_WORDS.text("desk.report.save_as.json")).click()
    downloading.value.save_as(tmp_path / "figures.json")
    assert json.loads((tmp_path / "figures.json").read_text())["period"]["first"] == MONTH

    manager.goto(f"{place.url}/desk/northfold/log")
    log = manager.locator("main").inner_text()
    assert f"northfold-figures-{MONTH}" in log
    place.sign_out(visitor)

    other = open_browser(place.url, place.provider, fresh=True)
    place.sign_in(other, "bo", "brackwater")
    for page in ("figures", "questions", "figures.csv", "people", "log"):
        other.watch.expected_status = 404
        other.page.goto(f"{place.url}/desk/northfold/{page}?period={MONTH}")
        assert "Northfold" not in other.page.locator("main").inner_text()
    other.watch.expected_status = 200
    other.page.goto(f"{place.url}/desk/brackwater/figures?period={MONTH}")
    assert shown(other.page, finished) == "7 or fewer"
    place.sign_out(other)

    guest = open_browser(place.url).page
    guest.goto(f"{figures}?period={MONTH}")
    expect(guest.get_by_role("heading", level=1)).to_have_text(TOOL_WORDS.text("desk.front.title"))

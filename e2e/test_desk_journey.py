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
from app.desk.access import NATIONAL, Role
from app.tallies import schema
from app.tallies.cell import month_of
from app.tallies.database import open_database, read_address
from e2e import law
from e2e.check import finish
from e2e.long_ago import AGO
from e2e.server import serve
from e2e.test_desk import OpenDesk, check

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
    database: str

    def link(self, role: Role, where: str) -> str:
        return OpenDesk(self.url, self.database).link(role, where)

    def sign_in(self, visitor: Visitor, person: str, council: str) -> None:
        """Signs in there; what is wrong with the pages of the provider is no concern of ours."""
        page = visitor.page
        page.goto(f"{self.url}/desk/sign-in/{council}")
        page.get_by_role("button", name=TOOL_WORDS.text("desk.sign_in.go")).click()
        page.wait_for_url(f"{self.provider}/**")
        page.locator('input[name="sub"]:visible').first.fill(person)
        page.locator('input[name="sub"]:visible').first.press("Enter")
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
        yield Place(today.url, provider, settings["DATABASE_URL"])


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


FINISHED = TOOL_WORDS.text("desk.report.series.finished")
BEGUN = TOOL_WORDS.text("desk.report.series.begun")


def test_a_citizen_is_in_no_figure_before_the_month_is_over_and_gets_no_cookie(
    place: Place, open_browser: OpenBrowser
) -> None:
    citizen = open_browser(place.url, fresh=True).page
    person = law.person("self", "automatic")
    citizen.goto(place.url + law.path("check", token=law.token(person.answers, ANSWERS)))
    finish(citizen, person.answers)
    assert citizen.context.cookies() == []
    visitor = open_browser(place.url, place.provider, fresh=True)
    place.sign_in(visitor, "ada", "northfold")
    visitor.watch.expected_status = 404
    visitor.page.goto(f"{place.url}/desk/northfold/figures?period={month_of(datetime.now(UTC).date())}")
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()
    assert visitor.page.get_by_role("table").count() == 0
    place.sign_out(visitor)


def test_a_manager_reads_what_citizens_left_and_takes_it_away(
    place: Place, open_browser: OpenBrowser, tmp_path: Path
) -> None:
    visitor = open_browser(place.url, place.provider, fresh=True, accept_downloads=True)
    manager = visitor.page
    place.sign_in(visitor, "ada", "northfold")
    manager.goto(f"{place.url}/desk/northfold/figures?period={MONTH}")
    # Off by its blur, of 7 at most, and rounded.
    assert CHECKS - 10 <= int(shown(manager, FINISHED)) <= CHECKS + 10
    assert shown(manager, BEGUN) == "7 or fewer"
    for form in ("csv", "json"):
        with manager.expect_download() as downloading:
            manager.get_by_role("link", name=TOOL_WORDS.text(f"desk.report.save_as.{form}")).click()
        downloading.value.save_as(tmp_path / form)
    with (tmp_path / "csv").open(newline="", encoding="utf-8") as file:
        (line,) = (each for each in csv.DictReader(file) if (each["section_id"], each["name"]) == ("checks", FINISHED))
    assert line["low"] == line["high"] == shown(manager, FINISHED)
    assert json.loads((tmp_path / "json").read_text())["period"]["first"] == MONTH
    manager.goto(f"{place.url}/desk/northfold/log")
    assert f"northfold-figures-{MONTH}" in manager.locator("main").inner_text()
    place.sign_out(visitor)


def test_another_councils_manager_sees_nothing_of_it(place: Place, open_browser: OpenBrowser) -> None:
    other = open_browser(place.url, place.provider, fresh=True)
    place.sign_in(other, "bo", "brackwater")
    for page in ("figures", "questions", "figures.csv", "people", "log"):
        other.watch.expected_status = 404
        other.page.goto(f"{place.url}/desk/northfold/{page}?period={MONTH}")
        assert "Northfold" not in other.page.locator("main").inner_text()
    other.watch.expected_status = 200
    other.page.goto(f"{place.url}/desk/brackwater/figures?period={MONTH}")
    assert shown(other.page, FINISHED) == "7 or fewer"
    place.sign_out(other)


@pytest.mark.parametrize("page", ["figures", "figures.json", "questions", "log"])
def test_a_guest_gets_nowhere(page: str, place: Place, open_browser: OpenBrowser) -> None:
    guest = open_browser(place.url).page
    guest.goto(f"{place.url}/desk/northfold/{page}?period={MONTH}")
    expect(guest.get_by_role("heading", level=1)).to_have_text(TOOL_WORDS.text("desk.front.title"))


PAGES = {
    **{f"figures of a {period}": (f"northfold/figures?period={period}", 200) for period in ("month", "quarter", "all")},
    "figures of one outcome": ("northfold/figures?series=assessed", 200),
    "questions": ("northfold/questions?period=year", 200),
    "a month not finished": (f"northfold/figures?period={month_of(datetime.now(UTC).date())}", 404),
    "no month": ("northfold/questions?period=x", 404),
    "not for managers": ("national/figures", 403),
}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_every_page_of_figures_is_in_order(scripts: bool, place: Place, open_browser: OpenBrowser) -> None:
    visitor = open_browser(
        place.url, place.provider, fresh=True, java_script_enabled=scripts, viewport={"width": 320, "height": 640}
    )
    place.sign_in(visitor, "ada", "northfold")
    for name, (address, status) in PAGES.items():
        visitor.watch.expected_status = status
        visitor.page.goto(f"{place.url}/desk/{address}")
        check(visitor, scripts=scripts)
        assert visitor.page.get_by_role("heading", level=1).count() == 1, name
    place.sign_out(visitor)


def test_the_pages_of_all_councils_are_in_order(place: Place, open_browser: OpenBrowser) -> None:
    visitor = open_browser(place.url, fresh=True, viewport={"width": 320, "height": 640})
    visitor.page.goto(place.link(Role.NATIONAL, NATIONAL))
    visitor.page.get_by_role("button", name=TOOL_WORDS.text("desk.invitation.accept")).click()
    for address in ("figures", "figures?nation=wales&period=year", "questions"):
        visitor.page.goto(f"{place.url}/desk/national/{address}")
        check(visitor, scripts=True)
    place.sign_out(visitor)

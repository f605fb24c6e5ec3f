"""From a citizen who shares answers to assessors who judge them blindly, settle, and write a case for the rules."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from cryptography.fernet import Fernet
from playwright.sync_api import expect

from app.checker.check import OUTCOME
from app.desk import people, rounds
from app.desk.access import Role
from app.desk.case import case_of
from app.desk.draw import Drawn
from app.desk.pool import Candidate
from app.desk.shared_cases import shared_cases
from app.engine.answers import parse_answers
from app.engine.decision import decide
from app.engine.sign_off import sign_off
from app.settings import ROOT
from app.tallies import schema
from app.tallies.cell import Place as Where
from app.tallies.database import open_database, read_address
from app.tallies.share import Shares
from e2e import law
from e2e.server import serve
from e2e.test_desk import OpenDesk, check, press, word

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from app.engine.decision import Decision
    from app.web.site_words import SiteWords
    from e2e.conftest import OpenBrowser, Visitor

SITE: SiteWords = law.site_words
PERSON = law.person("self", "automatic")
REASON = "What the guidance says of it."
SHARED_BY_EIGHT = {
    "who": "self", "age": "16_or_over", "sight": "no", "terminal_illness": "no", "benefits": ["pip"],
    "pip_moving_around": "4", "pip_planning_journeys": "4", "difficulties": ["none"],
}  # fmt: skip
"""What the rules alone make nobody up of."""

TALLEST = 20_000
"""Pixels of a page that is 320 wide, of which somebody has many to read."""

PLENTY = 8
"""Of one mind, so that they can be seen together."""


@dataclass(frozen=True)
class Place:
    """The service long ago, when people shared, and today, when staff look."""

    ago: str
    desk: OpenDesk
    database: Path

    def come_in(self, visitor: Visitor, name: str) -> Page:
        visitor.page.goto(self.desk.link(Role.ASSESSOR, name=name))
        press(visitor.page, "desk.invitation.accept")
        expect(visitor.page.get_by_role("heading", level=1)).to_have_text(word("desk.front.title_in"))
        return visitor.page

    def open(self, page: Page, address: str) -> None:
        page.goto(f"{self.desk.url}/desk/northfold/{address}")


def at_outcome(number: int) -> str:
    return law.token(PERSON.answers, OUTCOME, number=number)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder: Path = tmp_path_factory.mktemp("assessors")
    database = f"sqlite:///{folder / 'tallies.sqlite3'}"
    engine = open_database(read_address(database))
    schema.upgrade(engine)
    engine.dispose()
    settings = {"DATABASE_URL": database, "SPOOL": str(folder / "spool"), "DESK_KEYS": Fernet.generate_key().decode()}
    settings["RECEIPT_KEYS"] = Fernet.generate_key().decode()
    with (
        serve([law.KEY], application="e2e.long_ago:app", certificate=None, unavailable=False, **settings) as ago,
        serve([law.KEY], certificate=None, unavailable=False, **settings) as today,
    ):
        for number in range(PLENTY - 1):
            token = at_outcome(100 + number)
            with urlopen(ago.url + law.path("share"), urlencode({"s": token}).encode()) as response:
                assert SITE.text("share.done.title") in response.read().decode()
        yield Place(ago.url, OpenDesk(today.url, database), folder / "tallies.sqlite3")


def share(visitor: Visitor, place: Place, number: int) -> None:
    page = visitor.page
    page.goto(place.ago + law.path("check", token=at_outcome(number)))
    page.get_by_role("button", name=SITE.text("share.button")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SITE.text("share.done.title"))


def test_people_share_take_back_and_are_judged(place: Place, open_browser: OpenBrowser, tmp_path: Path) -> None:
    one_shares_and_one_takes_back(place, open_browser)
    first = open_browser(place.desk.url, fresh=True, viewport={"width": 320, "height": 640})
    page = place.come_in(first, "Ada Example")
    look_at_what_was_shared(first, place)
    look(first, place, "reviews")
    press(page, "desk.reviews.draw_button")
    look(first, place, "reviews/next")
    case = page.url
    judge(first, "unlikely")

    second = open_browser(place.desk.url, fresh=True)
    page = place.come_in(second, "Ben Example")
    page.goto(case)
    assert "Ada" not in page.locator("main").inner_text()
    judge(second, "depends")
    look(second, place, "agreement")
    look(second, place, "agreement/agenda")
    page.goto(case)
    decision = decision_of(case.rpartition("/")[2])
    assert page.locator("[data-card]").get_attribute("data-outcome") == decision.outcome
    settle(page, decision)
    look(second, place, "bank")
    expect(page.locator("main")).to_contain_text(REASON)
    with page.expect_download() as downloading:
        page.locator('main a[href$=".yaml"]').first.click()
    downloading.value.save_as(tmp_path / "case.yaml")
    command = [sys.executable, "-m", "flask", "--app", "app", "rules", "cases", str(tmp_path / "case.yaml")]
    tried = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert tried.returncode == 0, tried.stdout + tried.stderr
    for visitor in (first, second):
        press(visitor.page, "desk.sign_out")


def look_at_what_was_shared(visitor: Visitor, place: Place) -> None:
    look(visitor, place, "shared")
    main = visitor.page.locator("main")
    expect(main).to_contain_text(word("desk.shared.size", size="10"))  # eight, rounded
    main.locator('li a[href*="/shared/"]').first.click()
    expect(visitor.page.locator("[data-card]")).to_be_visible()
    check(visitor, scripts=True)


def one_shares_and_one_takes_back(place: Place, open_browser: OpenBrowser) -> None:
    citizen = open_browser(place.ago, fresh=True, viewport={"width": 320, "height": 640})
    share(citizen, place, 200)
    check(citizen, scripts=True)
    other = open_browser(place.ago, fresh=True)
    share(other, place, 201)
    other.page.get_by_role("button", name=SITE.text("share.back.button")).click()
    expect(other.page.get_by_role("heading", level=1)).to_have_text(SITE.text("share.taken.title"))


def look(visitor: Visitor, place: Place, address: str) -> None:
    """Opens a page of the desk, which has to be in order."""
    place.open(visitor.page, address)
    check(visitor, scripts=True)


def decision_of(case: str) -> Decision:
    """What the rules decide of a case that was drawn: one made from them, or what people shared."""
    made = {case_of(law.ENGLAND, row.decision).id: row.decision for row in sign_off(law.ENGLAND)}
    return made.get(case) or decide(law.ENGLAND, PERSON.answers)


def settle(page: Page, decision: Decision) -> None:
    (reason, *_) = decision.because or decision.open or decision.considered
    page.locator(f'input[name="agreed"][value="{decision.outcome}"]').check()
    page.locator('select[name="criterion"]').select_option(reason.criterion.id)
    page.locator('textarea[name="reason"]').fill(REASON)
    press(page, "desk.reviews.settle_button")


def judge(visitor: Visitor, outcome: str) -> None:
    """Reviews the case that is open, of which nothing is told before, and all after."""
    page = visitor.page
    assert page.locator("[data-card]").count() == 0
    page.locator(f'input[name="outcome"][value="{outcome}"]').check()
    basis = page.locator('select[name="basis"] option').nth(1).get_attribute("value") or ""
    page.locator('select[name="basis"]').select_option(basis)
    press(page, "desk.reviews.give")
    expect(page.locator("[data-card]")).to_be_visible()
    check(visitor, scripts=True)


def test_a_receipt_read_out_with_a_slip_is_caught_then_opened_and_never_kept(
    place: Place, open_browser: OpenBrowser
) -> None:
    citizen = open_browser(place.desk.url, fresh=True).page
    citizen.goto(place.desk.url + law.path("check", token=at_outcome(300)))
    code = citizen.locator("[data-receipt]").inner_text().strip()
    visitor = open_browser(place.desk.url, fresh=True, viewport={"width": 320, "height": 640})
    page = place.come_in(visitor, "Cat Example")
    place.open(page, "receipt")
    check(visitor, scripts=True)
    slip = ("7" if code[0] != "7" else "8") + code[1:]
    for typed, status in ((slip, 422), (code.lower(), 200)):
        visitor.watch.expected_status = status
        page.locator('input[name="code"]').fill(typed)
        press(page, "desk.receipt.open")
        check(visitor, scripts=True)
        assert (page.locator("[data-card]").count() > 0) == (status == 200)
        assert code not in page.url
    kept = b"".join(path.read_bytes() for path in place.database.parent.glob("tallies.sqlite3*"))
    assert code.encode() not in kept
    assert code.replace("-", "").encode() not in kept
    visitor.watch.expected_status = None
    for address in ("change", "examples"):
        look(visitor, place, address)
    for address in ("/examples/rule/", "/examples/"):
        page.locator(f'main li a[href*="{address}"]').first.click()
        check(visitor, scripts=True)
        assert page.evaluate("document.documentElement.scrollHeight") < TALLEST
    press(page, "desk.sign_out")


def drawn_from_shares(place: Place) -> tuple[str, Shares, str]:
    """The address of a case that eight people shared, and one code that takes answers back."""
    engine = open_database(read_address(place.desk.database))
    today = date.today()
    ago = today.replace(day=1) - timedelta(days=5)
    answers = parse_answers(law.application.extensions["site"].services["blue-badge"].vocabulary, SHARED_BY_EIGHT)
    where = Where("northfold", law.ENGLAND.service, f"{ago:%Y-%m}", law.ENGLAND.version)
    shares = Shares(engine)
    codes = [shares.share(400 + number, where, law.ENGLAND.nation, answers, ago) for number in range(PLENTY)]
    service = law.application.extensions["site"].services["blue-badge"]
    found = shared_cases(engine, service, law.ENGLAND, "northfold", today)
    (case,) = (case for case, _ in found if decide(law.ENGLAND, case.answers).outcome == "unlikely")
    with engine.begin() as connection:
        member = people.put(
            connection, "northfold", Role.MANAGER, people.new_local("Max"), by_claim=False, joined=datetime.now(UTC)
        )
        drawn = [Drawn(Candidate(case, 10, borderline=False), 1.0)]
        number = rounds.save(connection, member, law.ENGLAND, 1, drawn, datetime.now(UTC))
    return f"reviews/{number}/{case.id}", shares, codes[0]


def test_what_was_typed_is_there_when_people_took_back_what_it_was_about(
    place: Place, open_browser: OpenBrowser
) -> None:
    address, shares, code = drawn_from_shares(place)
    visitor = open_browser(place.desk.url, fresh=True, viewport={"width": 320, "height": 640})
    page = place.come_in(visitor, "Dee Example")
    look(visitor, place, address)
    page.locator('textarea[name="note"]').fill(REASON)
    assert shares.take_back(code)
    visitor.watch.expected_status = 409
    press(page, "desk.reviews.give")
    expect(page.get_by_role("heading", level=1)).to_have_text(word("desk.reviews.gone.shared"))
    expect(page.locator("main")).to_contain_text(REASON)
    check(visitor, scripts=True)
    visitor.watch.expected_status = None
    look(visitor, place, address)
    expect(page.locator("main")).not_to_contain_text(REASON)
    press(page, "desk.sign_out")

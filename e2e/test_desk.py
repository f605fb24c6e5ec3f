"""Staff sign in at the desk, over plain HTTP as on a machine of one's own, and find every page there in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import Fernet
from playwright.sync_api import expect

from app.desk.access import Role
from app.desk.invitations import Invitation, invite
from app.desk.session import COOKIE
from app.tallies import schema
from app.tallies.database import open_database, read_address
from e2e import law
from e2e.accessibility import axe_faults
from e2e.keyboard import keyboard_faults
from e2e.layout import fit_faults
from e2e.server import serve

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from app.web.site_words import SiteWords
    from e2e.conftest import OpenBrowser, Visitor

TOOL_WORDS: SiteWords = law.application.extensions["tools"]
PROVIDERS = """\
councils:
  kent:
    issuer: http://127.0.0.1:9
    client_id: desk
    client_secret: nobody-answers-there
"""


@dataclass(frozen=True)
class OpenDesk:
    url: str
    database: str

    def link(self, role: Role, place: str = "northfold", name: str = "Ada Example") -> str:
        engine = open_database(read_address(self.database))
        with engine.begin() as connection:
            token = invite(connection, Invitation(place, role, name, None), datetime.now(UTC))
        engine.dispose()
        return f"{self.url}/desk/invitation/{token}"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenDesk]:
    folder: Path = tmp_path_factory.mktemp("desk")
    database = f"sqlite:///{folder / 'desk.sqlite3'}"
    engine = open_database(read_address(database))
    schema.upgrade(engine)
    engine.dispose()
    (folder / "providers.yaml").write_text(PROVIDERS)
    with serve(
        [law.KEY],
        DESK_KEYS=Fernet.generate_key().decode(),
        DATABASE_URL=database,
        SPOOL=str(folder / "spool"),
        PROVIDERS=str(folder / "providers.yaml"),
    ) as server:
        yield OpenDesk(server.url, database)


def word(key: str, **values: str) -> str:
    return TOOL_WORDS.text(key, **values)


def press(page: Page, key: str) -> None:
    page.get_by_role("button", name=word(key), exact=True).click()


def check(visitor: Visitor, *, scripts: bool) -> None:
    """Everything that can be wrong with the page as it is shown."""
    page = visitor.page
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    if scripts:
        faults = [axe_faults(page), keyboard_faults(page), *fit_faults(page).values()]
        assert [each for each in faults if each] == [], page.url


def withdraw_the_link(desk: OpenDesk, visitor: Visitor, *, scripts: bool) -> None:
    visitor.page.goto(f"{desk.url}/desk/northfold/people")
    name = visitor.page.get_by_text("Max Example", exact=True)
    expect(name).to_be_visible()
    check(visitor, scripts=scripts)
    visitor.page.get_by_role("button", name=word("desk.people.withdraw")).filter(has_text="Max Example").click()
    expect(name).not_to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_manager_comes_in_by_a_link_invites_removes_and_signs_out(
    desk: OpenDesk, open_browser: OpenBrowser, scripts: bool
) -> None:
    visitor = open_browser(desk.url, fresh=True, java_script_enabled=scripts, viewport={"width": 320, "height": 640})
    page = visitor.page
    page.goto(desk.link(Role.MANAGER, name="A very long name of somebody at a council " * 2))
    check(visitor, scripts=scripts)
    press(page, "desk.invitation.accept")
    expect(page.get_by_role("heading", level=1)).to_have_text(word("desk.front.title_in"))
    (cookie,) = page.context.cookies()
    assert (cookie.get("name"), cookie.get("secure"), cookie.get("httpOnly")) == (COOKIE, True, True)
    check(visitor, scripts=scripts)

    page.goto(f"{desk.url}/desk/northfold/people")
    check(visitor, scripts=scripts)
    visitor.watch.expected_status = 422
    press(page, "desk.people.make_link")
    expect(page.get_by_role("alert")).to_contain_text(word("desk.people.error.role"))
    check(visitor, scripts=scripts)
    visitor.watch.expected_status = 200  # the link is kept nowhere, so it can only be shown in answer
    page.get_by_label(word("desk.people.name")).fill("Max Example")
    page.get_by_label(word("desk.role.assessor")).check()
    press(page, "desk.people.make_link")
    expect(page.get_by_text("/desk/invitation/")).to_be_visible()
    check(visitor, scripts=scripts)

    withdraw_the_link(desk, visitor, scripts=scripts)
    page.goto(f"{desk.url}/desk/northfold/log")
    expect(page.get_by_role("listitem").filter(has_text="Max Example").first).to_be_visible()
    check(visitor, scripts=scripts)
    press(page, "desk.sign_out")
    expect(page.get_by_role("heading", level=1)).to_have_text(word("desk.signed_out.title"))
    check(visitor, scripts=scripts)
    assert page.context.cookies() == []


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/desk/", 200, "desk.front.title"),
        ("/desk/sign-in/kent", 200, "desk.sign_in.title"),
        ("/desk/sign-in/kent/go", 503, "desk.trouble.unreachable.title"),
        ("/desk/sign-in/kent/callback?error=access_denied", 403, "desk.trouble.stale.title"),
        ("/desk/invitation/made-up", 404, "desk.used_up.title"),
        ("/desk/signed-out?why=idle", 200, "desk.signed_out.title"),
        ("/desk/northfold/log", 200, "desk.front.title"),
    ],
)
def test_a_guest_finds_every_page_in_order(
    desk: OpenDesk, open_browser: OpenBrowser, path: str, status: int, heading: str
) -> None:
    visitor = open_browser(desk.url)
    visitor.watch.expected_status = status
    visitor.page.goto(desk.url + path)
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(word(heading, council="Kent County Council"))
    check(visitor, scripts=True)


def test_who_may_not_come_in_is_told_in_order(desk: OpenDesk, open_browser: OpenBrowser) -> None:
    visitor = open_browser(desk.url, fresh=True)
    page = visitor.page
    page.goto(desk.link(Role.VIEWER))
    press(page, "desk.invitation.accept")
    visitor.watch.expected_status = 403
    page.goto(f"{desk.url}/desk/northfold/people")
    expect(page.get_by_role("heading", level=1)).to_have_text(word("desk.not_for_role.title"))
    check(visitor, scripts=True)
    press(page, "desk.sign_out")


def test_a_desk_without_keys_says_so(page: Page, visitor: Visitor) -> None:
    visitor.watch.expected_status = 503
    page.goto("/desk/")
    expect(page.get_by_role("heading", level=1)).to_have_text(word("desk.not_set_up.title"))
    check(visitor, scripts=True)

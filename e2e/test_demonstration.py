"""Whoever opens the demonstration by its link finds every room furnished, and each page in order."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from cryptography.fernet import Fernet
from playwright.sync_api import expect

from e2e import law
from e2e.server import ROOT, serve
from e2e.test_desk import check, press, word
from tests.tallies.drafts import TWELVE

if TYPE_CHECKING:
    from e2e.conftest import OpenBrowser, Visitor

ROOMS = ("shared", "reviews/1", "agreement", "agreement/agenda", "bank")


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The link that the command prints, to a desk that it filled."""
    folder: Path = tmp_path_factory.mktemp("demonstration")
    settings = {
        "DESK_KEYS": Fernet.generate_key().decode(),
        "DATABASE_URL": f"sqlite:///{folder / 'desk.sqlite3'}",
        "SPOOL": str(folder / "spool"),
    }
    key, database, spool = settings.values()
    with serve([law.KEY], DESK_KEYS=key, DATABASE_URL=database, SPOOL=spool) as server:
        command = [sys.executable, "-m", "flask", "--app", "app", "desk", "demonstrate"]
        ours = {"EXAMPLE_COUNCILS": "1", "PORT": str(urlsplit(server.url).port)}
        environment = {**os.environ, **settings, **ours}
        made = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        yield made.stdout.splitlines()[-1]


@pytest.fixture
def member(demonstration: str, open_browser: OpenBrowser) -> Visitor:
    """The member whom the link lets in."""
    visitor = open_browser(demonstration.partition("/desk/")[0], fresh=True, viewport={"width": 320, "height": 640})
    visitor.page.goto(demonstration)
    press(visitor.page, "desk.invitation.accept")
    return visitor


def test_every_room_has_something_in_it_and_each_page_is_in_order(member: Visitor) -> None:
    page = member.page
    desk = page.url.rstrip("/") + "/northfold"
    for room in ROOMS:
        page.goto(f"{desk}/{room}")
        check(member, scripts=True)
    page.goto(f"{desk}/agreement/agenda")
    expect(page.get_by_role("heading", level=2).nth(2)).to_be_visible()
    page.goto(f"{desk}/bank")
    expect(page.get_by_role("heading", level=2).nth(2)).to_be_visible()
    page.goto(f"{desk}/reviews")
    press(page, "desk.reviews.next")
    expect(page).to_have_url(re.compile("/reviews/2/"))
    check(member, scripts=True)
    page.goto(f"{desk}/change")
    page.get_by_label(word("desk.change.law")).fill(TWELVE)
    member.watch.expected_status = 200  # nothing of a draft is kept, so it can only be shown in answer
    press(page, "desk.change.try")
    expect(page.get_by_text("all together: at least 0 and at most")).to_be_visible()
    check(member, scripts=True)
    press(page, "desk.sign_out")
    expect(page.get_by_role("heading", level=1)).to_have_text(word("desk.signed_out.title"))

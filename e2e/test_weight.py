"""Pages are light, and nothing served bears a mark that belongs to GOV.UK alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from e2e import law
from e2e.checkers import mark_faults
from e2e.server import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from e2e.conftest import OpenBrowser

MOST_BYTES = 100 * 1000
MOST_REQUESTS = 10
STATIC = ROOT / "static" / "public"
FILES = sorted(path for path in STATIC.rglob("*") if path.is_file() and path.suffix not in (".br", ".gz"))


@pytest.mark.parametrize(
    "path", [law.path("check"), law.path("find-your-council", None)], ids=["a question", "the list of councils"]
)
def test_a_first_page_is_light(path: str, open_browser: OpenBrowser) -> None:
    page = open_browser(fresh=True).page
    protocol = page.context.new_cdp_session(page)
    sizes: list[int] = []
    protocol.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    protocol.send("Network.enable")
    protocol.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto(path, wait_until="networkidle")
    assert len(sizes) > 3
    assert sum(sizes) < MOST_BYTES
    assert len(sizes) < MOST_REQUESTS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_file_bears_a_mark_of_gov_uk(path: Path, page: Page) -> None:
    page.goto(law.path("start"))
    sheet = page.locator("link[href$='checker.css']").get_attribute("href") or ""
    response = page.request.get(f"{sheet.rpartition('/')[0]}/{path.relative_to(STATIC).as_posix()}")
    assert response.ok
    assert mark_faults(response.body().decode("utf-8", errors="replace")) == []

"""A council is told by its logo, its name and its colours; what holds on every page is tested with the whole matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e import law
from e2e.screens import COUNCILS

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from app.councils.council import Council
    from e2e.conftest import Visitor

HARMFUL = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="document.documentElement.id = 'ran'">
<script>document.documentElement.id = "ran"; fetch("/studio");</script>
<image href="{law.path("start")}"/><style>@import url("/studio");</style></svg>"""
"""A drawing that no council's folder can hold."""


@pytest.mark.parametrize("council", COUNCILS, ids=lambda council: council.slug)
def test_the_council_is_told_by_its_logo_and_its_name(council: Council, page: Page) -> None:
    page.goto(law.path("start", council.slug))
    logo = page.locator(".app-header__logo")
    assert logo.count() == (1 if council.logo else 0)
    if council.logo:
        assert logo.evaluate("(image) => image.complete && image.naturalWidth > 0")
        assert logo.bounding_box() is not None
    assert page.locator("header").get_by_role("link", name=council.name("en"), exact=True).is_visible()


def test_even_a_harmful_drawing_runs_and_loads_nothing_when_the_logo_is_opened_by_itself(visitor: Visitor) -> None:
    def plant(route: Route) -> None:
        response = route.fetch()
        assert response.headers["content-type"] == "image/svg+xml"
        route.fulfill(response=response, body=HARMFUL)

    page = visitor.page
    page.goto(law.path("start"))
    address = page.locator(".app-header__logo").get_attribute("src")
    visitor.watch.take()
    page.route("**/brand/logos/*", plant)
    page.goto(address or "")
    assert page.evaluate("() => document.documentElement.localName") == "svg"
    assert page.evaluate("() => document.documentElement.id") == ""
    loaded = [request.url for request in visitor.watch.requests if request.failure is None]
    assert loaded == [page.url]
    page.goto("about:blank")
    faults = " ".join(visitor.watch.take())
    for blocked in ("Blocked script execution", "Applying inline style violates", "Loading the image"):
        assert blocked in faults

"""A council is told by its logo, its name and its colours; what holds on every page is tested with the whole matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e import law
from e2e.screens import COUNCILS

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from app.councils.council import Council


@pytest.mark.parametrize("council", COUNCILS, ids=lambda council: council.slug)
def test_the_council_is_told_by_its_logo_and_its_name(council: Council, page: Page) -> None:
    page.goto(law.path("start", council.slug))
    logo = page.locator(".app-header__logo")
    assert logo.count() == (1 if council.logo else 0)
    if council.logo:
        assert logo.evaluate("(image) => image.complete && image.naturalWidth > 0")
        assert logo.bounding_box() is not None
    assert page.locator("header").get_by_role("link", name=council.name("en"), exact=True).is_visible()

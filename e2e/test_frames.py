"""Only the websites that a council names may frame its pages, and only those made for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e import law
from e2e.conftest import SECURE_HOST
from e2e.website import ALLOWED, KEEPER, STRANGER, framing

if TYPE_CHECKING:
    from e2e.conftest import Visitor

LOGO = law.site.councils.examples[law.COUNCIL].logo
SERVICE = f"https://{SECURE_HOST}"
UNFRAMED = {
    "start": law.path("start"),
    "check": law.path("check"),
    "criteria": law.path("criteria"),
    "privacy": law.path("privacy"),
    "list of councils": law.path("find-your-council", None),
    "choice of council": law.path("confirm-your-council", None),
    "documents": law.path("documents"),
    "phone": law.path("start", layout=law.PHONE),
    "studio": "/studio",
    "description of the API": "/api/v1/",
    "logo": f"/brand/logos/{LOGO.name}" if LOGO else "",
    "unknown address": "/nowhere",
}

REFUSED = ("ERR_BLOCKED_BY_RESPONSE", "frame-ancestors")
"""What the browser says of a frame that it refuses to show: the request that came to nothing, and why."""


@pytest.mark.parametrize("site", ALLOWED)
@pytest.mark.parametrize("page_name", ["start", "check", "criteria", "privacy"])
def test_a_named_website_may_frame(page_name: str, site: str, framed: Visitor) -> None:
    framed.page.goto(framing(site, SERVICE + law.path(page_name, layout=law.FRAMED)))
    frame = framed.page.frames[1]
    assert frame.url.startswith(SERVICE)
    assert frame.locator("h1").inner_text()
    assert frame.locator("header, footer").count() == 0
    request = next(request for request in framed.watch.requests if request.frame == frame)
    assert request.all_headers()["sec-fetch-site"] == "cross-site"


@pytest.mark.parametrize(
    ("site", "path"),
    [
        pytest.param(STRANGER, law.path("start", layout=law.FRAMED), id="a stranger"),
        pytest.param(STRANGER, law.path("check", layout=law.FRAMED), id="a stranger, the check"),
        pytest.param(ALLOWED[0], law.path("start", "argleton", layout=law.FRAMED), id="another council's website"),
        *(pytest.param(ALLOWED[0], path, id=f"the {name} page of the full layout") for name, path in UNFRAMED.items()),
    ],
)
def test_nobody_else_and_nothing_else_is_framed(site: str, path: str, framed: Visitor) -> None:
    page = framed.page
    framed.watch.expected_status = 404
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.goto(framing(site, SERVICE + path))
    frame = page.frames[1]
    assert not frame.url.startswith(SERVICE)
    assert "Blue Badge" not in frame.content()
    refusals = framed.watch.take()
    assert len(refusals) == len(REFUSED)
    assert all(sign in refusal for sign, refusal in zip(REFUSED, sorted(refusals), strict=True))


def test_the_browser_of_these_tests_refuses_cookies_in_frames(framed: Visitor) -> None:
    framed.page.goto(framing(ALLOWED[0], f"{KEEPER}/keep"))
    assert framed.page.context.cookies() == []
    framed.page.goto(f"{KEEPER}/keep")
    assert [cookie.get("name") for cookie in framed.page.context.cookies()] == ["kept"]
    assert "a cookie was kept: kept" in framed.watch.take()
    framed.page.context.clear_cookies()

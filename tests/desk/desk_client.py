"""A browser of somebody at the desk: it keeps cookies, sends what its pages hold, and holds pages to their promises."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urljoin

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.desk.session import COOKIE
from tests.page_client import PAGE, BrokenPromiseError, page_faults

HOST = "https://checker.example"


class DeskClient(FlaskClient):
    """Comes over HTTPS to the service's own host, and says as browsers do from which page it comes."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        kwargs.setdefault("base_url", HOST)
        kwargs.setdefault("headers", {}).setdefault("Referer", f"{kwargs['base_url']}/desk/")
        response = super().open(*args, **kwargs)
        for fault in _faults(response):
            raise BrokenPromiseError(f"{response.request.path}: {fault}")
        return response

    def send(self, path: str, *, page: str | None = None, **fields: str) -> TestResponse:
        """Posts the form on a page, with the token that the page holds."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get(page or path).text)
        assert found
        return self.post(path, data={"csrf_token": found[1], **fields})

    @property
    def cookie(self) -> str:
        """The value of the desk's cookie; empty without one."""
        found = self.get_cookie(COOKIE, "checker.example")
        return found.value if found else ""

    def put_cookie(self, value: str) -> None:
        self.set_cookie(COOKIE, value, domain="checker.example", secure=True, httponly=True)


def link_on(page: TestResponse) -> str:
    """The path of the invitation that a page shows."""
    found = re.search(r"https://checker\.example(/desk/invitation/[\w-]+)", html.unescape(page.text))
    assert found, page.text
    return found[1]


def address_of(response: TestResponse) -> str:
    """Where a response leads."""
    assert response.status_code in (302, 303), response.text
    return urljoin(f"{HOST}/", response.location)


def _faults(response: TestResponse) -> list[str]:
    headers, faults = response.headers, []
    policy = headers.get("Content-Security-Policy", "")
    if not policy.startswith("default-src 'none'; ") or "unsafe" in policy or "*" in policy:
        faults.append(f"the content security policy is too weak: {policy!r}")
    if "frame-ancestors 'none'" not in policy or "form-action 'self'" not in policy:
        faults.append(f"the page may be framed, or send a form away: {policy!r}")
    if headers.get("Cache-Control") != "no-store":
        faults.append("the page may be stored")
    if headers.get("Referrer-Policy") not in ("same-origin", "no-referrer"):
        faults.append("the page's address may leak")
    if headers.get("X-Content-Type-Options") != "nosniff" or "Strict-Transport-Security" not in headers:
        faults.append("a header is missing")
    for cookie in headers.getlist("Set-Cookie"):
        attributes = {part.strip().lower() for part in cookie.split(";")[1:]}
        wanted = {"secure", "httponly", "path=/", "samesite=lax"}
        if (
            not cookie.startswith(f"{COOKIE}=")
            or not wanted <= attributes
            or any("domain" in each for each in attributes)
        ):
            faults.append(f"a cookie that is not as agreed: {cookie}")
    if response.mimetype == PAGE and response.data and not 300 <= response.status_code < 400:
        faults += page_faults(response.text)
    return faults

"""What other websites are told by links that lead to them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route


def follow_links(page: Page) -> dict[str, str | None]:
    """Follows a link of each kind that shows to each other host, and says what that host is told of where it came from.

    The other hosts are played by the test.
    """
    here = urlsplit(page.url)
    links = page.locator("a[href^='http']:visible").evaluate_all(
        "(links) => links.map((link) => [link.getAttribute('href'), link.target, link.rel])"
    )
    # One of each kind: what is told hangs on the page, the host, and how the link is written.
    kinds = {(urlsplit(address).netloc, target, rel): address for address, target, rel in links}
    outward = [address for (host, _, _), address in kinds.items() if host != here.netloc]
    told: dict[str, str | None] = {}

    def answer(route: Route) -> None:
        told[route.request.url] = route.request.headers.get("referer")
        route.fulfill(status=200, content_type="text/html", body="<title>Elsewhere</title><link rel=icon href=data:,>")

    page.route(lambda address: urlsplit(address).netloc != here.netloc, answer)
    start = page.url
    for address in outward:
        with page.expect_navigation():
            page.locator(f'a[href="{address}"]:visible').first.click()
        page.goto(start)
    return told

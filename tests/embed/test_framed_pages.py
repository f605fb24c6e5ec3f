"""Pages in the framed layout: who may frame them, where their links lead, and the way out of the frame."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask

from app import create_app
from app.checker.check_pages import NOTICES
from app.engine.graph import explore
from app.engine.rules import Rules
from app.settings import Settings
from tests.checker.walk import begin, follow, walk
from tests.conftest import Clock
from tests.engine.people import RawAnswers
from tests.page_client import PageClient, parse

FULL = "/northfold/blue-badge/en/"
FRAMED = f"/embed{FULL}"
WEBSITES = (
    "https://www.northfold.example https://preview.northfold.example:8443 "
    "http://www.northfold.test:8081 http://embedder.test:8082"
)
OUR_FRAME = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "iframe"}


def links(html: str) -> list[tuple[str, str | None]]:
    """Where each link and form of a page leads, and in which window."""
    found = [(each.get("href", ""), each.get("target")) for each in parse(html).iter("a")]
    return found + [(each.get("action", ""), each.get("target")) for each in parse(html).iter("form")]


def astray(path: str, html: str) -> list[str]:
    """The links that lead out of our framed pages within the frame, and those that leave it to stay among them."""
    found = []
    for link, target in links(html):
        address = urlsplit(urljoin(f"https://checker.example{path}", link))
        stays = address.netloc == "checker.example" and address.path.startswith("/embed/")
        if target != (None if stays else "_top"):
            found.append(f"{path}: {link} opens in {target}")
    return found


def test_links_out_of_every_kind_of_framed_page_leave_the_frame_and_no_others_do(
    client: PageClient, england: Rules
) -> None:
    pages = {f"{FRAMED}{name}": "" for name in ("start", "criteria", "privacy", "cookies", "accessibility")}
    pages |= {f"{FRAMED}start?because={notice}": "" for notice in NOTICES}
    for path in pages:
        pages[path] = client.get(path).text
    for outcome, answers in explore(england).witnesses()[1].items():
        person: RawAnswers = {name: sorted(ticked) or ["none"] for name, ticked in answers.items()}
        reached = walk(client, person, FRAMED)[1]
        assert reached.outcome == outcome
        pages[f"{FRAMED}check#{outcome}"] = reached.html
        pages[f"{FRAMED}check#answers-{outcome}"] = reached.back().html
    pages[f"{FRAMED}check"] = begin(client, FRAMED).html
    pages[f"{FRAMED}check#error"] = begin(client, FRAMED).send().html
    assert [fault for path, html in pages.items() for fault in astray(path, html)] == []
    assert {target for html in pages.values() for _, target in links(html)} == {None, "_top"}


def test_where_there_are_no_rules_yet_the_way_on_leaves_the_frame(client: PageClient, clock: Clock) -> None:
    clock.time = datetime(2015, 6, 1, tzinfo=UTC)
    html = client.get(f"{FRAMED}start").text
    assert "This check has no rules for England" in html
    assert astray(f"{FRAMED}start", html) == []


@pytest.mark.parametrize(
    ("posted", "headers", "status"),
    [({"s": "x" * 17_000}, {}, 413), ({"s": "x"}, {"Sec-Fetch-Site": "cross-site"}, 403)],
)
def test_an_error_within_a_frame_is_shown_there_and_leads_back_to_the_start(
    client: PageClient, posted: dict[str, str], headers: dict[str, str], status: int
) -> None:
    response = client.post(f"{FRAMED}check", data=posted, headers=headers)
    assert response.status_code == status
    assert 'class="app-footer"' not in response.text
    assert response.headers["Content-Security-Policy"].endswith(f"frame-ancestors {WEBSITES}")
    assert ("start", None) in links(response.text)
    assert astray(f"{FRAMED}check", response.text) == []


def test_a_frame_says_that_the_service_is_unavailable() -> None:
    app = create_app(Settings(unavailable=True, examples=True))
    app.test_client_class = PageClient
    response = app.test_client().get(f"{FRAMED}start")
    assert response.status_code == 503
    assert "Sorry, the service is unavailable" in response.text
    assert response.headers["Content-Security-Policy"].endswith(f"frame-ancestors {WEBSITES}")


@pytest.mark.parametrize(
    ("council", "headers", "ancestors"),
    [
        ("northfold", {}, WEBSITES),
        ("northfold", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "iframe"}, WEBSITES),
        ("northfold", {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Dest": "iframe"}, WEBSITES),
        ("northfold", {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "document"}, WEBSITES),
        ("northfold", OUR_FRAME, f"'self' {WEBSITES}"),
        ("argleton", {}, "'none'"),
        ("argleton", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "iframe"}, "'none'"),
        ("argleton", OUR_FRAME, "'self'"),
    ],
)
def test_only_the_named_websites_may_frame_and_a_page_of_ours_where_the_browser_says_that_it_is_one(
    client: PageClient, council: str, headers: dict[str, str], ancestors: str
) -> None:
    response = client.get(f"/embed/{council}/blue-badge/en/start", headers=headers)
    assert response.headers["Content-Security-Policy"].endswith(f"; frame-src 'none'; frame-ancestors {ancestors}")
    named = ancestors not in ("'none'", "'self'")
    assert response.headers["Cross-Origin-Resource-Policy"] == ("cross-origin" if named else "same-origin")
    body = next(parse(response.text).iter("body"))
    assert body.get("data-embedders") == ("" if ancestors == "'none'" else ancestors)


@pytest.mark.parametrize("council", ["northfold", "argleton"])
def test_the_full_layout_is_never_framed_and_names_no_website(client: PageClient, council: str) -> None:
    response = client.get(f"/{council}/blue-badge/en/start", headers=OUR_FRAME)
    assert response.headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    assert "data-embedders" not in response.text
    assert "frame.js" not in response.text


def test_a_framed_page_says_that_an_invented_council_is_one(client: PageClient) -> None:
    said = "This council is invented"
    assert said in client.get(f"{FRAMED}start").text
    assert said not in client.get("/embed/kent/blue-badge/en/start").text


@pytest.mark.parametrize("path", [FRAMED, FULL])
def test_search_engines_are_shown_the_full_layout_alone(client: PageClient, path: str) -> None:
    assert ('content="noindex"' in client.get(f"{path}start").text) is (path == FRAMED)


@pytest.mark.parametrize("page", ["start", "criteria", "privacy"])
def test_a_framed_page_leads_to_itself_in_the_full_layout(client: PageClient, page: str) -> None:
    assert way_out(f"{FRAMED}{page}", client.get(f"{FRAMED}{page}?as=typed").text) == f"{FULL}{page}"


def test_the_full_layout_opens_the_check_where_it_stands_in_the_frame(client: PageClient) -> None:
    screen = begin(client, FRAMED).answer("self")
    response = client.get(way_out(f"{FRAMED}check", screen.html))
    opened = follow(client, FULL, response)
    assert (opened.question, 'class="app-footer"' in opened.html) == (screen.question, True)


def test_whatever_is_typed_as_a_state_stays_text(app: Flask, client: PageClient) -> None:
    html = client.get(f"{FRAMED}start", query_string={"s": '"><script>&x=1#'}).text
    assert way_out(f"{FRAMED}start", html) == f"{FULL}start?s=%22%3E%3Cscript%3E%26x%3D1%23"


def way_out(path: str, html: str) -> str:
    """Where the link to the full layout leads; it is written so that paper does not show it."""
    link = next(link for link, target in links(html) if target == "_top" and link.startswith("../"))
    return urljoin(path, link)

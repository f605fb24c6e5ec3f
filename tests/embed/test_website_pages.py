"""The page for whoever looks after a council's website."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from flask import Flask

from app.checker.site import Site
from tests.embed.test_script import PUBLISHED
from tests.page_client import PageClient, parse

HOST = "https://localhost"
TITLE = "Check if you can get a Blue Badge"


def opened(client: PageClient, council: str) -> ET.Element:
    return parse(client.get(f"/{council}/blue-badge/en/for-websites", base_url=HOST).text)


def snippets(page: ET.Element) -> dict[str, str]:
    """The HTML to copy, by the id of its field."""
    return {each.get("id", ""): each.text or "" for each in page.iter("textarea")}


@pytest.mark.parametrize("council", ["northfold", "argleton", "kent"])
def test_the_snippets_lead_to_the_councils_own_check(client: PageClient, council: str) -> None:
    found = snippets(opened(client, council))
    assert list(found) == ["link", "fitted", "frame"]
    assert found["fitted"].startswith(found["frame"])
    assert found["frame"].startswith(found["link"])
    for name, text in found.items():
        tree = parse(text)
        link = next(tree.iter("a"))
        assert (link.get("href"), link.text) == (f"{HOST}/{council}/blue-badge/en/start", TITLE)
        frames = [dict(each.attrib) for each in tree.iter("iframe")]
        shown = {"src": f"{HOST}/embed/{council}/blue-badge/en/start", "title": TITLE}
        shown |= {"width": "100%", "height": "900", "loading": "lazy"}
        assert frames == ([] if name == "link" else [shown])
        scripts = [dict(each.attrib) for each in tree.iter("script")]
        script = {"src": f"{HOST}/embed/v1.js", "integrity": PUBLISHED["v1.js"]}
        script |= {"crossorigin": "anonymous", "defer": ""}
        assert scripts == ([script] if name == "fitted" else [])
        assert not any(each.get("style") or each.get("onload") for each in tree.iter())


def test_every_council_has_the_page_and_it_names_only_its_own_websites(app: Flask, client: PageClient) -> None:
    site: Site = app.extensions["site"]
    councils = site.councils.all(site.today())
    every = {embedder for council in councils for embedder in council.embedders}
    assert every
    for council in councils:
        page = opened(client, council.slug)
        listed = {item.text for each in page.iter("ul") for item in each.findall("li") if item.text in every}
        assert listed == set(council.embedders)


@pytest.mark.parametrize(("council", "said"), [("northfold", False), ("argleton", True)])
def test_a_council_that_names_no_website_is_told_how(client: PageClient, council: str, said: bool) -> None:
    response = client.get(f"/{council}/blue-badge/en/for-websites")
    assert ("No website may show the check" in response.text) is said
    assert f"councils/{council}/council.yaml" in response.text


def test_the_page_shows_the_check_in_a_frame_and_nothing_else(client: PageClient) -> None:
    response = client.get("/northfold/blue-badge/en/for-websites", base_url=HOST)
    assert response.headers["Content-Security-Policy"].endswith("; frame-src 'self'; frame-ancestors 'none'")
    frames = [each.get("src") for each in parse(response.text).iter("iframe")]
    assert frames == [f"{HOST}/embed/northfold/blue-badge/en/start"]
    assert f"frame-src {HOST};\nscript-src {HOST};" in response.text


def test_on_a_councils_own_host_everything_to_paste_names_that_host(client: PageClient) -> None:
    own = "https://blue-badge.northfold.test"
    html = client.get("/blue-badge/en/for-websites", base_url=own).text
    fitted = parse(snippets(parse(html))["fitted"])
    assert next(fitted.iter("a")).get("href") == f"{own}/blue-badge/en/start"
    framed = next(fitted.iter("iframe")).get("src")
    assert framed == f"{own}/embed/blue-badge/en/start"
    assert next(fitted.iter("script")).get("src") == f"{own}/embed/v1.js"
    assert f"frame-src {own};" in html
    framed_page = client.get("/embed/blue-badge/en/start", base_url=own)
    assert framed_page.status_code == 200
    assert 'href="../../../blue-badge/en/start"' in framed_page.text


@pytest.mark.parametrize(
    "path", ["/nowhere/blue-badge/en/", "/kent/green-badge/en/", "/kent/blue-badge/xx/", "/embed/kent/blue-badge/en/"]
)
def test_there_is_no_such_page_elsewhere(client: PageClient, path: str) -> None:
    assert client.get(f"{path}for-websites").status_code == 404

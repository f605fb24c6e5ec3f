"""In which languages a council's pages can be read, and which of its names stands on them."""

from __future__ import annotations

import pytest

from app.checker.site import Site
from tests.checker.walk import begin
from tests.page_client import PageClient, parse, text_of

BOTH = ("northfold", "aberwennol", "argleton", "lough-fenn", "kent", "gwynedd", "glasgow")
ENGLISH_ONLY = ("brackwater", "strathorran")
PAGES = (*("start", "criteria", "privacy", "cookies", "accessibility", "data-protection", "documents", "for-websites"),)


@pytest.mark.parametrize("slug", BOTH)
@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_council_has_its_pages_in_both_languages(client: PageClient, slug: str, language: str) -> None:
    response = client.get(f"/{slug}/blue-badge/{language}/start")
    page = parse(response.text)
    assert (response.status_code, page.get("lang")) == (200, language)
    assert {each.get("hreflang") for each in page.iter("a") if each.get("hreflang")} == {"en", "cy"} - {language}


@pytest.mark.parametrize("slug", ENGLISH_ONLY)
def test_one_in_english_only_offers_no_welsh_and_says_so_at_a_welsh_address(client: PageClient, slug: str) -> None:
    page = parse(client.get(f"/{slug}/blue-badge/en/start").text)
    assert [each for each in page.iter("a") if each.get("hreflang")] == []
    for address in ("start", "check", "privacy", "for-websites"):
        response = client.get(f"/{slug}/blue-badge/cy/{address}")
        assert response.status_code == 404
        links = [each for each in parse(response.text).iter("a") if each.get("hreflang")]
        assert [(each.get("hreflang"), each.get("href")) for each in links] == [("en", f"../en/{address}")]


@pytest.mark.parametrize(
    ("slug", "wanted", "led_to"),
    [
        ("northfold", "cy", "cy"),
        ("kent", "cy, en;q=0.5", "cy"),
        ("kent", "fr", "en"),
        *((slug, "cy", "en") for slug in ENGLISH_ONLY),
    ],
)
def test_an_address_without_a_language_leads_to_one_that_the_council_has(
    client: PageClient, slug: str, wanted: str, led_to: str
) -> None:
    response = client.get(f"/{slug}/", headers={"Accept-Language": wanted})
    assert response.headers["Location"] == f"/{slug}/blue-badge/{led_to}/start"


def test_on_a_welsh_page_every_council_of_wales_has_its_welsh_name(client: PageClient) -> None:
    site: Site = client.application.extensions["site"]
    in_wales = [each for each in site.councils.all(site.today()) if each.nation == "wales"]
    assert len(in_wales) == 23
    for council in in_wales:
        assert council.name("cy") != council.name("en")
        for page in PAGES:
            response = client.get(f"/{council.slug}/blue-badge/cy/{page}")
            assert response.status_code == 200
            shown = text_of(parse(response.text))
            assert council.name("cy") in shown
            assert council.name("en") not in shown, (council.slug, page)
        assert council.name("en") not in text_of(begin(client, f"/{council.slug}/blue-badge/cy/").root)


def test_where_a_council_is_looked_for_in_welsh_it_is_found_by_its_welsh_name(client: PageClient) -> None:
    listed = [text_of(each) for each in parse(client.get("/blue-badge/cy/find-your-council").text).iter("option")]
    assert "Cyngor Gwynedd" in listed
    assert "Gwynedd Council" not in listed
    confirm = client.get("/blue-badge/cy/confirm-your-council?typed=Gwynedd")
    assert "Cyngor Gwynedd" in confirm.text
    assert "Gwynedd Council" not in confirm.text
    assert 'href="/gwynedd/blue-badge/cy/start"' in confirm.text

"""The languages of a page: a switch that keeps the page and what is in its address, and the way in without one."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

import pytest
from flask import Flask

from app.councils.council_file import CouncilFile
from app.engine.problem import LoadError
from app.settings import ROOT
from app.web.site_words import load_site_words, read_site_words
from tests.checker.walk import KENT, begin
from tests.page_client import PageClient, parse, text_of


def switch(html: str) -> list[tuple[str, str | None]]:
    """The languages at the head of a page, each with where it leads."""
    found = next(each for each in parse(html).iter("nav") if each.get("class", "").startswith("app-languages"))
    links = []
    for item in found.iter("li"):
        link = item.find("a")
        assert item.get("lang") == (link.get("hreflang") if link is not None else item.get("lang"))
        links.append((text_of(item), None if link is None else link.get("href")))
    return links


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/kent/blue-badge/en/start", "/kent/blue-badge/cy/start"),
        ("/kent/blue-badge/en/start?because=expired", "/kent/blue-badge/cy/start?because=expired"),
        ("/embed/kent/blue-badge/en/criteria", "/embed/kent/blue-badge/cy/criteria"),
        ("/blue-badge/en/find-your-council", "/blue-badge/cy/find-your-council"),
        ("/blue-badge/en/confirm-your-council?council=adur", "/blue-badge/cy/confirm-your-council?council=adur"),
        ("/kent/blue-badge/en/nowhere", "/kent/blue-badge/cy/nowhere"),
        ("/kent/blue-badge/en/no/where", "/kent/blue-badge/cy/no/where"),
    ],
)
def test_the_switch_leads_to_the_same_page_and_back(client: PageClient, path: str, other: str) -> None:
    assert [name for name, _ in switch(client.get(path).text)] == ["English", "Cymraeg"]
    [(_, here), (_, there)] = switch(client.get(path).text)
    assert here is None
    assert urljoin(path, there) == other
    [(_, back), (_, now)] = switch(client.get(other).text)
    assert now is None
    assert urljoin(other, back) == path


def test_the_switch_keeps_the_question_its_error_and_the_answers(client: PageClient) -> None:
    asked = begin(client).answer("self").answer("16_or_over")
    wrong = client.post(f"{KENT}check", data={"s": asked.token}).headers["Location"]
    for address in (f"check?s={asked.token}", wrong):
        english = client.get(urljoin(KENT, address))
        [_, (_, link)] = switch(english.text)
        welsh = client.get(urljoin(urljoin(KENT, address), link))
        assert welsh.status_code == 200
        assert ('class="govuk-error-summary"' in welsh.text) is ('class="govuk-error-summary"' in english.text)
        assert [each.get("value") for each in parse(welsh.text).iter("input") if each.get("name") != "s"] == [
            each.get("value") for each in parse(english.text).iter("input") if each.get("name") != "s"
        ]


@pytest.mark.parametrize(
    ("asks", "path", "leads_to"),
    [
        ("cy", "/", "/blue-badge/cy/find-your-council"),
        ("cy-GB,en;q=0.5", "/", "/blue-badge/cy/find-your-council"),
        ("en-GB,cy;q=0.5", "/", "/blue-badge/en/find-your-council"),
        ("fr", "/", "/blue-badge/en/find-your-council"),
        ("", "/", "/blue-badge/en/find-your-council"),
        ("en", "/?language=cy", "/blue-badge/cy/find-your-council"),
        ("cy", "/?language=xx", "/blue-badge/cy/find-your-council"),
        ("cy", "/gwynedd/", "/gwynedd/blue-badge/cy/start"),
        ("cy", "/brackwater/", "/brackwater/blue-badge/en/start"),
    ],
)
def test_an_address_without_a_language_leads_to_the_one_that_the_browser_asks_for(
    client: PageClient, asks: str, path: str, leads_to: str
) -> None:
    response = client.get(path, headers={"Accept-Language": asks})
    assert (response.status_code, response.headers["Location"]) == (302, leads_to)
    assert "Accept-Language" in response.vary


@pytest.mark.parametrize("language", ["fr", "cy-GB", "CY", "", "e", "en%00"])
def test_a_language_that_there_is_not_is_not_found(client: PageClient, language: str) -> None:
    assert client.get(f"/kent/blue-badge/{language}/start").status_code == 404


def test_a_council_without_pages_in_a_language_says_so_in_it_and_leads_to_those_it_has(client: PageClient) -> None:
    response = client.get("/brackwater/blue-badge/cy/start?because=expired")
    assert response.status_code == 404
    root = parse(response.text)
    assert root.get("lang") == "cy"
    links = [each for each in root.find(".//main").iter("a") if each.get("hreflang")]  # type: ignore[union-attr]
    [english] = links
    assert urljoin("/brackwater/blue-badge/cy/start", english.get("href")) == (
        "/brackwater/blue-badge/en/start?because=expired"
    )
    assert switchless(client.get("/brackwater/blue-badge/en/start").text)


def switchless(html: str) -> bool:
    return "app-languages" not in html


def test_what_has_no_other_language_has_no_switch(app: Flask, client: PageClient) -> None:
    for path in ("/studio", "/api/v1/", "/nowhere"):
        assert switchless(client.get(path).text), path


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("\n  layout.back: Yn ôl", "", "text-missing"),
        ("\n  layout.back: Yn ôl", "\n  layout.back: Yn ôl\n  layout.forth: Ymlaen", "text-unused"),
        ("layout.back: Yn ôl", "layout.back: Yn ôl {council}", "placeholder-mismatch"),
        ("layout.back: Yn ôl", "layout.back: '[Yn ôl](https://www.example.org)'", "link-mismatch"),
        ("layout.back: Yn ôl", "layout.back: Yn ôl 1", "numeral-mismatch"),
        ("language: cy", "language: en", "unknown-reference"),
    ],
)
def test_a_fault_of_a_translation_of_the_pages_is_told_and_keeps_the_service_from_starting(
    tmp_path: Path, right: str, wrong: str, code: str
) -> None:
    shutil.copytree(ROOT / "templates/words", tmp_path / "words")
    path = tmp_path / "words/cy.yaml"
    text = path.read_text()
    assert right in text
    path.write_text(text.replace(right, wrong, 1))
    assert code in {problem.code for problem in read_site_words(tmp_path / "words")[1]}
    with pytest.raises(LoadError, match=code):
        load_site_words(tmp_path / "words")


def test_a_stale_translation_of_the_pages_keeps_nobody_from_being_served(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "templates/words", tmp_path / "words")
    path = tmp_path / "words/en.yaml"
    path.write_text(path.read_text().replace("layout.back: Back", "layout.back: Go back", 1))
    [problem] = read_site_words(tmp_path / "words")[1]
    assert (problem.code, problem.file.name) == ("translation-stale", "cy.yaml")
    assert load_site_words(tmp_path / "words")


def test_all_that_is_translated_here_is_of_todays_english() -> None:
    assert read_site_words(ROOT / "templates/words")[1] == []


@pytest.mark.parametrize(("layout", "mark"), [("embed", "app-embedded"), ("phone", "")])
def test_a_page_that_a_council_does_not_have_says_so_in_every_layout(
    client: PageClient, layout: str, mark: str
) -> None:
    response = client.get(f"/{layout}/brackwater/blue-badge/cy/start")
    assert response.status_code == 404
    assert mark in response.text
    assert '"../en/start" lang="en"' in response.text


def test_what_was_sent_has_no_link_to_another_language(client: PageClient) -> None:
    refused = client.post(f"{KENT}check", data={"s": "x"}, headers={"Origin": "https://elsewhere.example"})
    assert refused.status_code == 403
    assert switchless(refused.text)


def test_an_error_on_the_phone_pages_leads_back_to_them(client: PageClient) -> None:
    refused = client.post("/phone/kent/blue-badge/en/check", headers={"Origin": "https://elsewhere.example"})
    assert refused.status_code == 403
    assert [each.get("href") for each in parse(refused.text).find(".//main").iter("a")] == ["start"]  # type: ignore[union-attr]


def test_a_page_in_english_only_is_told_of_before_it_is_opened(client: PageClient, app: Flask) -> None:
    site = app.extensions["site"]
    council = replace(site.councils.councils["kent"], said=CouncilFile(languages=("en",)))
    councils = replace(site.councils, councils={**site.councils.councils, "kent": council})
    app.extensions["site"] = replace(site, councils=councils)
    told = "Mae tudalennau Kent County Council yn Saesneg yn unig."
    assert told in client.get("/blue-badge/cy/confirm-your-council?council=kent").text
    assert told not in client.get("/blue-badge/cy/confirm-your-council?council=essex").text
    app.extensions["site"] = site

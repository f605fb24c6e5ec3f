"""What a council says about itself stands on its pages, as it says it, and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.wrappers import Response

from app import create_app
from app.settings import Settings
from tests.checker.walk import begin, walk
from tests.conftest import Clock
from tests.councils.factory import write_council, write_councils
from tests.councils.logo_files import PNG, SCRIPT, svg
from tests.engine.people import RawAnswers
from tests.page_client import PageClient, text_of

PERSON: RawAnswers = {"who": "self", "age": "16_or_over", "sight": "severely_registered"}
NORTHFOLD = "/northfold/blue-badge/en/"


def outcome_of(client: PageClient, base: str) -> str:
    return walk(client, PERSON, base)[1].html


@pytest.mark.parametrize(
    ("council", "said"),
    [
        ("northfold", "Northfold County Council charges £10 for a badge."),
        ("northfold", "Northfold County Council usually decides within 8 weeks."),
        ("northfold", 'href="https://apply.northfold.example/blue-badge"'),
        ("northfold", "Copies are enough."),
        ("northfold", "<strong>every corner of the page shows</strong>"),
        ("northfold", "at home, if you cannot leave it"),
        ("northfold", "The county hall is being repaired."),
        ("northfold", "Blue Badge team, County Hall, Market Street, Northfold"),
        ("brackwater", "London Borough of Brackwater charges £8.50 for a badge."),
        ("aberwennol", "Aberwennol Council does not charge for a badge."),
        ("argleton", "A badge costs up to £10"),
        ("kent", "A badge costs up to £10"),
    ],
)
def test_the_outcome_holds_what_the_council_says(client: PageClient, council: str, said: str) -> None:
    assert said in outcome_of(client, f"/{council}/blue-badge/en/")


def test_a_council_that_takes_no_fee_says_nothing_of_fees_paid_back(tmp_path: Path) -> None:
    folder = write_councils(tmp_path)
    write_council(folder, "northshire", "fee: none\n")
    app = create_app(Settings(councils=folder))
    app.test_client_class = PageClient
    client = app.test_client()
    assert isinstance(client, PageClient)
    page = outcome_of(client, "/northshire/blue-badge/en/")
    assert "does not charge for a badge" in page
    assert "If a badge is refused" not in page


@pytest.mark.parametrize("page", ["documents", "for-websites", "privacy"])
def test_a_council_with_its_own_service_is_given_nothing_to_publish(client: PageClient, page: str) -> None:
    shown = client.get(f"/lough-fenn/blue-badge/en/{page}").text
    assert 'href="https://badges.loughfenn.example/"' in shown
    assert "&lt;iframe" not in shown
    assert "This check is a shared service that we use" not in shown
    assert "is responsible for this check" not in shown


def test_in_a_frame_the_councils_phone_is_there_too(client: PageClient) -> None:
    framed = begin(client, "/embed/northfold/blue-badge/en/")
    assert "Phone: 01632 960101" in framed.html


def test_a_fee_for_a_person_is_not_told_to_an_organisation(client: PageClient) -> None:
    person: RawAnswers = {"who": "organisation", "organisation_cares": "yes", "organisation_transports": "yes"}
    assert "charges £10" not in walk(client, person, NORTHFOLD)[1].html


def test_the_start_page_holds_the_councils_words_and_notice(client: PageClient) -> None:
    page = client.get(f"{NORTHFOLD}start").text
    assert "Northfold library" in page
    assert "The county hall is being repaired." in page
    assert 'href="https://www.northfold.example/libraries"' in page


@pytest.mark.parametrize(("days", "shown"), [(-30, False), (0, True), (300, True), (500, False)])
def test_a_notice_stands_on_its_days_only(client: PageClient, clock: Clock, days: int, shown: bool) -> None:
    clock.pass_by(days=days)
    assert ("being repaired" in client.get(f"{NORTHFOLD}start").text) is shown


def test_the_privacy_page_leads_to_the_councils_own_notice(client: PageClient) -> None:
    page = client.get(f"{NORTHFOLD}privacy").text
    assert 'href="https://www.northfold.example/privacy/blue-badge"' in page
    assert "privacy notice</a> of its own" not in client.get("/kent/blue-badge/en/privacy").text


def test_colours_reach_the_page_as_a_stylesheet_that_its_address_describes(client: PageClient) -> None:
    page = client.get(f"{NORTHFOLD}start").text
    address = re.findall(r'href="(/brand/[^"]+\.css)"', page)
    assert address == ["/brand/00695c-004d40-00597a-00695c.css"]
    plain = FlaskClient(client.application, Response)
    sheet = plain.get(address[0])
    assert (sheet.status_code, sheet.mimetype) == (200, "text/css")
    assert "immutable" in sheet.headers["Cache-Control"]
    assert "--checker-brand:#00695c;" in sheet.get_data(as_text=True)
    assert '<meta name="theme-color" content="#004d40">' in page
    assert re.findall(r'href="(/brand/[^"]+)"', client.get("/kent/blue-badge/en/start").text) == []


@pytest.mark.parametrize("key", ["00695c-004d40-00597a-ffff00", "x", "red;}", "00695c-004d40-00597a-00695c-", "%00"])
def test_no_other_stylesheet_is_made(client: PageClient, key: str) -> None:
    assert client.get(f"/brand/{key}.css").status_code == 404


def test_a_logo_stands_in_the_header_and_is_harmless_when_opened_by_itself(client: PageClient) -> None:
    page = begin(client, NORTHFOLD)
    image = next(each for each in page.root.iter("img"))
    assert (image.get("alt"), int(image.get("height", "0")) <= 64) == ("", True)
    assert text_of(next(each for each in page.root.iter("span") if each.get("class") == "app-header__name")) == (
        "Northfold County Council"
    )
    logo = FlaskClient(client.application, Response).get(image.get("src", ""))
    assert logo.status_code == 200
    assert logo.mimetype == "image/svg+xml"
    assert logo.headers["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert logo.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in logo.headers["Cache-Control"]
    assert client.get("/brand/logos/0000000000000000.svg").status_code == 404


@pytest.mark.parametrize("page", ["start", "check", "check?s=anything"])
@pytest.mark.parametrize("framed", ["", "/embed"])
def test_a_council_with_its_own_service_leads_there_and_checks_nobody(
    client: PageClient, page: str, framed: str
) -> None:
    shown = client.get(f"{framed}/lough-fenn/blue-badge/en/{page}")
    assert shown.status_code == 200
    assert "has its own service" in shown.text
    assert 'href="https://badges.loughfenn.example/"' in shown.text
    assert ('target="_top"' in shown.text) is bool(framed)


HOSTILE = {
    "name": "name: {en: '<script>alert(1)</script>'}",
    "colour": "colours: {brand: 'red; }', header: '#000000', link: '#000000', button: '#000000'}",
    "link": "links: {apply: 'javascript:alert(1)'}",
    "words": "words: {start: {en: '<img src=x onerror=alert(1)> {{7*7}}'}}",
    "marks": 'words: {start: {en: "abc\\u202edef"}}',
    "embedder": "embedders: ['https://*.example']",
    "plain embedder": "embedders: ['http://www.northshire.example']",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_nothing_hostile_renders_and_everybody_else_goes_on(
    tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    folder = write_councils(tmp_path)
    path = write_council(folder, "northshire", f"fee: £10\n{text}\n")
    write_council(folder, "gwent", "fee: none\n")
    app = create_app(Settings(councils=folder))
    app.test_client_class = PageClient
    client = app.test_client()
    assert isinstance(client, PageClient)
    assert f"{path}:2: " in caplog.text
    neutral = client.get("/northshire/blue-badge/en/start")
    assert "Northshire County Council" in neutral.text
    assert not re.search(r"alert\(1\)|7\*7|\b49\b|\u202e|/brand/", neutral.text)
    assert "frame-ancestors 'none'" in client.get("/embed/northshire/blue-badge/en/start").headers[
        "Content-Security-Policy"
    ]  # fmt: skip
    assert "Gwent Council does not charge" in outcome_of(client, "/gwent/blue-badge/en/")


@pytest.mark.parametrize(
    ("council", "general", "shown"),
    [
        ("northfold", "A badge costs up to £10", False),
        ("northfold", "A decision usually takes up to 12 weeks", False),
        ("northfold", "If a badge is refused, no fee is taken, or it is paid back.", True),
        ("strathorran", "A badge costs up to £20", False),
        ("strathorran", "A decision usually takes up to 12 weeks", True),
        ("aberwennol", "A decision usually takes up to 12 weeks", False),
        ("argleton", "A decision usually takes up to 12 weeks", True),
        ("argleton", "If a badge is refused, no fee is taken, or it is paid back.", True),
    ],
)
def test_what_the_law_says_in_general_gives_way_to_what_the_council_says(
    client: PageClient, council: str, general: str, shown: bool
) -> None:
    assert (general in outcome_of(client, f"/{council}/blue-badge/en/")) is shown


LOGOS = {
    "script": ("logo.svg", svg(SCRIPT), "unsafe-logo"),
    "bomb": ("logo.svg", b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + svg(), "unsafe-logo"),
    "elsewhere": ("logo.svg", svg('<image href="https://evil.example/t.png"/>'), "unsafe-logo"),
    "long-drawing": ("logo.svg", svg(" " * 20_000_000), "logo-too-big"),
    "long-picture": ("logo.png", bytes(20_000_000), "logo-too-big"),
    "page": ("logo.png", b"<html><script>alert(1)</script></html>", "bad-logo"),
}
"""By the council that sends it: a file, and what is said of it."""


def test_a_hostile_logo_is_not_served_and_everybody_else_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    rows = tuple(f"{slug},Council of {slug},,england,,county,,,,," for slug in (*LOGOS, "two-forms"))
    folder = write_councils(tmp_path, authorities=rows)
    files = [(slug, name, data) for slug, (name, data, _) in LOGOS.items()]
    for slug, name, data in (*files, ("two-forms", "logo.svg", svg()), ("gwent", "logo.svg", svg("<g/>"))):
        write_council(folder, slug, "fee: none\n").with_name(name).write_bytes(data)
    (folder / "two-forms/logo.png").write_bytes(PNG)
    app = create_app(Settings(councils=folder))
    app.test_client_class = PageClient
    client = app.test_client()
    assert isinstance(client, PageClient)
    for slug, (name, _, code) in LOGOS.items():
        assert re.search(rf"{re.escape(str(folder / slug / name))}:\d+: {code}: ", caplog.text)
        assert "<img" not in client.get(f"/{slug}/blue-badge/en/start").text
    assert f"{folder / 'two-forms/logo.png'}:1: bad-logo: logo.svg stands here too; keep one of them" in caplog.text
    assert [each.data for each in app.extensions["site"].councils.logos.values()] == [svg("<g/>")]
    assert "<img" in client.get("/gwent/blue-badge/en/start").text

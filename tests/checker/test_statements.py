"""What the statements of each council say is whole, is about that council, and is what the service does."""

from __future__ import annotations

import re
from dataclasses import fields
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.checker.site import Site
from app.checker.statement import HOURS, MONTHS, RISKS, statement
from app.engine.graph import explore
from app.engine.rulebook import Service
from app.settings import ROOT, Settings
from app.tallies.receipt import LIFETIME
from app.web.sealed_state import LIFETIME_SECONDS, CheckState
from app.web.site_words import SiteWords, load_site_words
from tests.conftest import TODAY
from tests.page_client import PageClient, parse, text_of

PAGES = ("privacy", "cookies", "accessibility", "data-protection", "documents")
NATIONS = {"england": "kent", "wales": "cardiff", "scotland": "fife", "northern_ireland": "northern-ireland"}


@pytest.fixture(scope="module")
def said() -> SiteWords:
    return load_site_words(ROOT / "templates/words")["en"]


def page(client: FlaskClient, council: str, name: str) -> str:
    response = client.get(f"/{council}/blue-badge/en/{name}")
    assert response.status_code == 200
    return text_within(response.text)


def text_within(html: str) -> str:
    """The words of the main part of a page; the client has parsed it already, and there are many."""
    main = html.partition("<main")[2].partition("</main>")[0].partition(">")[2]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split()).replace(" .", ".").replace(" ,", ",")


def test_the_statements_of_every_council_are_whole_and_name_no_other(app: Flask) -> None:
    client = FlaskClient(app)  # it parses nothing: the markup, which is that of all, is looked at below
    site: Site = app.extensions["site"]
    councils = site.councils.all(site.today())
    names = {each.slug: each.name("en") for each in councils}
    assert len(names) > 208
    for council in councils:
        own = names[council.slug]
        others = {name for slug, name in names.items() if slug != council.slug and name not in own}
        for name in PAGES:
            text = page(client, council.slug, name)
            assert own in text or name == "cookies"
            assert not re.search(r"\bNone\b(?! (of|are) )", text)
            assert not re.search(r"[{}]|\(\)|: *$|: *\.| ,| \.( |$)", text), (council.slug, name)
            assert [other for other in others if other in text] == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("council", ["kent", "argleton", "northfold", "lough-fenn", "northern-ireland"])
def test_no_heading_dangles_and_no_list_is_empty(client: PageClient, council: str, name: str) -> None:
    main = parse(client.get(f"/{council}/blue-badge/en/{name}").text).find(".//main")
    assert main is not None
    column = next(each for each in main.iter("div") if "two-thirds" in str(each.get("class")))
    parts = list(column)
    levels = [int(part.tag[1]) if re.fullmatch("h[1-6]", part.tag) else 7 for part in parts]
    for part, level, following in zip(parts, levels, [*levels[1:], 0], strict=True):
        assert level == 7 or following > level, text_of(part)
    for part in column.iter():
        assert part.tag not in ("ul", "ol", "dl", "li", "dd", "dt", "p") or text_of(part)


@pytest.mark.parametrize(
    ("council", "name", "told"),
    [
        ("northfold", "privacy", "Northfold County Council is responsible for this check"),
        ("northfold", "privacy", "Phone: 01632 960101 (Monday to Friday, 9am to 5pm)"),
        ("northfold", "privacy", "Blue Badge team, County Hall, Market Street, Northfold"),
        ("northfold", "privacy", "You can complain to Northfold County Council."),
        ("northfold", "privacy", "What Northfold County Council adds"),
        ("kent", "privacy", "Kent County Council may not know about this check."),
        ("lough-fenn", "privacy", "Lough Fenn Badge Unit does not use this check."),
        ("kent", "privacy", "Article 9(2)(g)"),
        ("kent", "accessibility", "for Kent County Council, at http://localhost/kent/blue-badge/en/start."),
        ("northfold", "accessibility", "Email: blue.badge@northfold.example"),
        ("northfold", "data-protection", "At an address of the council’s own: blue-badge.northfold.test"),
        ("northfold", "data-protection", "Inside pages of https://www.northfold.example"),
        ("argleton", "data-protection", "The council has no address of its own for the check."),
        ("argleton", "data-protection", "No website may show the check inside its own pages."),
        ("kent", "documents", "at http://localhost/kent/blue-badge/en/accessibility."),
        ("kent", "documents", "councils/kent/council.yaml"),
    ],
)
def test_a_statement_says_what_the_council_says(client: PageClient, council: str, name: str, told: str) -> None:
    assert told in page(client, council, name)


def test_on_its_own_host_a_council_gives_that_as_the_address(app: Flask, client: PageClient) -> None:
    text = client.get("/blue-badge/en/accessibility", headers={"Host": "blue-badge.northfold.test"}).text
    assert "http://blue-badge.northfold.test/blue-badge/en/start" in text
    assert "localhost" not in text


def test_a_framed_statement_gives_the_address_of_the_whole_page(client: PageClient) -> None:
    text = client.get("/embed/northfold/blue-badge/en/accessibility").text
    assert "http://localhost/northfold/blue-badge/en/start" in text
    assert client.get("/embed/northfold/blue-badge/en/data-protection").status_code == 404


@pytest.mark.parametrize("nation", NATIONS)
def test_the_law_and_its_regulators_are_those_of_the_nation(client: PageClient, nation: str) -> None:
    northern = nation == "northern_ireland"
    statement_text = page(client, NATIONS[nation], "accessibility")
    assert ("The Equality Commission for Northern Ireland (ECNI) is responsible" in statement_text) is northern
    assert ("The Equality and Human Rights Commission (EHRC) is responsible" in statement_text) is not northern
    assessment = page(client, NATIONS[nation], "data-protection")
    assert (
        "section 14 of the Chronically Sick and Disabled Persons (Northern Ireland) Act 1978" in assessment
    ) is northern
    assert ("section 21 of the Chronically Sick and Disabled Persons Act 1970" in assessment) is not northern


def test_where_no_council_is_chosen_every_regulator_is_named(client: PageClient) -> None:
    text = client.get("/blue-badge/en/accessibility").text
    assert text.count("(ECNI) is responsible") == text.count("(EHRC) is responsible") == 1


@pytest.mark.parametrize("nation", NATIONS)
def test_the_assessment_lists_what_the_nation_asks_and_can_be_answered(
    app: Flask, client: PageClient, service: Service, said: SiteWords, nation: str
) -> None:
    rules = service.rules(nation, TODAY)
    assert rules is not None
    asked = explore(rules).witnesses()[0]
    council = app.extensions["site"].councils.get(NATIONS[nation], TODAY)
    listed = statement(council, service, said, TODAY, "https://checker.example/x/blue-badge/en/start")["asked"]
    words = service.words["en"].questions
    assert {each.question for each in listed} == {words[question].title.they for question in asked}
    text = page(client, NATIONS[nation], "data-protection")
    for question in asked:
        assert words[question].title.they in text
        for option in rules.question(question).offers:
            assert words[question].options[option].label.they in text


def test_what_is_said_of_times_and_of_the_sealed_state_is_so(said: SiteWords) -> None:
    assert LIFETIME_SECONDS == HOURS * 3600
    assert (LIFETIME.days, MONTHS) == (366, 12)
    for key in ("privacy.body", "privacy.how_long", "accessibility.body", "outcome.keep_body"):
        assert set(re.findall(r"(\d+) hours", said.words[key])) == {str(HOURS)}
    assert re.findall(r"(\d+) months", said.words["privacy.how_long"]) == [str(MONTHS)]
    told = {key.removeprefix("dpia.state.") for key in said.words if key.startswith("dpia.state.")}
    assert told == {field.name for field in fields(CheckState)}


def test_every_risk_has_its_words_and_a_level_of_the_scale(said: SiteWords) -> None:
    named = {key.split(".")[2] for key in said.words if key.startswith("dpia.risk.")}
    assert named == {risk.name for risk in RISKS}
    levels = {key.removeprefix("dpia.level.") for key in said.words if key.startswith("dpia.level.")}
    used = {
        level for risk in RISKS for level in (risk.likelihood, risk.severity, risk.overall, risk.effect, risk.residual)
    }
    assert used <= levels
    assert {risk.overall for risk in RISKS} | {risk.residual for risk in RISKS} <= {"low", "medium", "high"}


@pytest.mark.parametrize("name", ["data-protection", "documents"])
def test_papers_for_staff_are_kept_out_of_searches(client: PageClient, name: str) -> None:
    assert '<meta name="robots" content="noindex">' in client.get(f"/kent/blue-badge/en/{name}").text


@pytest.mark.parametrize(
    ("domain", "status"),
    [
        ("localhost", 200),
        ("blue-badge.northfold.test", 200),
        ("Blue-Badge.Northfold.test.", 200),
        ("blue-badge.northfold.test:443", 200),
        ("x.blue-badge.northfold.test", 404),
        ("elsewhere.example", 404),
        ("", 404),
    ],
)
@pytest.mark.parametrize("host", ["localhost", "10.0.0.1"])
def test_a_certificate_is_to_be_made_for_known_hosts_only(
    client: PageClient, domain: str, status: int, host: str
) -> None:
    response = client.get("/healthz/host", query_string={"domain": domain}, headers={"Host": host})
    assert response.status_code == status


def test_certificates_are_still_made_while_the_service_is_unavailable() -> None:
    client = create_app(Settings(unavailable=True)).test_client()
    assert client.get("/healthz/host?domain=localhost").status_code == 200


def test_who_runs_the_service_is_named_where_it_is_known(client: PageClient) -> None:
    named = create_app(Settings(operator="Example Digital, privacy@checker.example")).test_client()
    for path in ("/kent/blue-badge/en/privacy", "/kent/blue-badge/en/data-protection", "/blue-badge/en/privacy"):
        assert "The service is run by Example Digital, privacy@checker.example." in named.get(path).text
        assert "The service is run by" not in client.get(path).text

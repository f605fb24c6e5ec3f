"""What people see before, on and after the day on which councils take over from others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin

import pytest

from app import create_app
from app.settings import Settings
from tests.checker.walk import begin, follow
from tests.conftest import KEY, Clock
from tests.councils.factory import write_council, write_councils
from tests.page_client import PageClient, parse, text_of

SURREY = "/surrey/blue-badge/en/"
FIND = "/blue-badge/en/find-your-council"
CONFIRM = "/blue-badge/en/confirm-your-council"
MINUTE_BEFORE = datetime(2027, 3, 31, 22, 59, tzinfo=UTC)  # summer time: a minute to midnight

Serve = Callable[[], PageClient]

AUTHORITIES = (
    "midshire,Midshire County Council,,england,E10000009,county,,,,2027-04-01,greater-midshire",
    "greater-midshire,Greater Midshire Council,,england,,unitary,,,2027-04-01,2028-04-01,upper-midshire lower-midshire",
    "upper-midshire,Upper Midshire Council,,england,,unitary,,,2028-04-01,,",
    "lower-midshire,Lower Midshire Council,,england,,unitary,,,2028-04-01,,",
)
DISTRICTS = (
    "easton,Easton District Council,england,E07000011,midshire,,2027-04-01,greater-midshire",
    "weston,Weston District Council,england,E07000012,midshire,,2027-04-01,",
)


@pytest.fixture
def eve(clock: Clock) -> Clock:
    clock.time = MINUTE_BEFORE
    return clock


@pytest.fixture
def merged(tmp_path: Path, eve: Clock) -> PageClient:
    """A county and its two districts give way to one new council, and a year later that to two."""
    folder = write_councils(tmp_path, authorities=AUTHORITIES, districts=DISTRICTS)
    write_council(folder, "midshire", "embedders:\n  - https://www.midshire.example\n")
    app = create_app(Settings(state_keys=(KEY,), councils=folder))
    app.extensions["site"] = replace(app.extensions["site"], now=eve)
    app.test_client_class = PageClient
    client = app.test_client()
    assert isinstance(client, PageClient)
    return client


def links(html: str) -> list[str]:
    return [each.get("href", "") for each in parse(html).find(".//main").iter("a")]  # type: ignore[union-attr]


def told(html: str) -> str:
    main = parse(html).find(".//main")
    assert main is not None
    return text_of(main)


def found(client: PageClient, typed: str) -> list[str]:
    """The councils that a search on the page itself knows by what was typed."""
    options = parse(client.get(FIND).text).iter("option")
    return [
        each.get("value", "") for each in options if typed in (text_of(each), *each.get("data-also", "").split("|"))
    ]


def test_surrey_issues_until_midnight_and_then_leads_on_to_the_two_that_took_over(
    client: PageClient, eve: Clock
) -> None:
    assert client.get(f"{SURREY}start").status_code == 200
    eve.pass_by(minutes=1)
    response = client.get(f"{SURREY}start")
    assert response.status_code == 410
    text = told(response.text)
    assert text.startswith("Surrey County Council no longer issues Blue Badges")
    assert "on 1 April 2027" in text
    east, west = text.partition("West Surrey Council")[::2]
    assert "Elmbridge Borough Council" in east
    assert "Woking Borough Council" in west
    assert "Guildford Borough Council" not in east
    for slug in ("east-surrey", "west-surrey"):
        assert f"/{slug}/blue-badge/en/start" in links(response.text)
        assert client.get(f"/{slug}/blue-badge/en/start").status_code == 200


@pytest.mark.parametrize("page", ["check", "criteria", "privacy", "cookies", "accessibility"])
def test_every_address_of_a_council_that_ended_leads_on(client: PageClient, eve: Clock, page: str) -> None:
    eve.pass_by(minutes=1)
    response = client.get(SURREY + page)
    assert response.status_code == 410
    assert "/east-surrey/blue-badge/en/start" in links(response.text)
    assert client.get(f"{SURREY}nothing").status_code == 404


def test_every_link_on_the_page_of_a_council_that_ended_leads_somewhere(client: PageClient, eve: Clock) -> None:
    eve.pass_by(minutes=1)
    html = client.get(f"{SURREY}start").text
    inside = {each.get("href", "") for each in parse(html).iter("a")} - {"#main-content"}
    assert len(inside) > 5
    assert "Surrey County Council" not in text_of(parse(html).findall(".//header")[0])
    for link in inside:
        told = 410 if link.startswith("../cy/") else 200  # the page itself in the other language
        assert link.startswith("https://www.gov.uk/") or client.get(urljoin(SURREY, link)).status_code == told, link


def test_a_check_under_way_at_midnight_is_told_and_led_on(client: PageClient, eve: Clock) -> None:
    screen = begin(client, SURREY).answer("self")
    eve.pass_by(minutes=1)
    shown = client.get(f"{SURREY}check?s={screen.token}")
    sent = client.post(f"{SURREY}check", data={"s": screen.token, "age": "16_or_over"})
    for response in (shown, sent):
        assert (response.status_code, response.headers["Location"]) == (303, "start?because=council-gone")
    page = client.get(f"{SURREY}start?because=council-gone")
    assert page.status_code == 410
    assert "Your answers were not sent to anyone, and we have not kept them" in told(page.text)
    assert "Your answers were not sent" not in told(client.get(f"{SURREY}start").text)


def test_a_check_for_the_old_council_is_not_taken_on_by_the_new(client: PageClient, eve: Clock) -> None:
    token = begin(client, SURREY).token
    eve.pass_by(minutes=1)
    screen = follow(client, "/east-surrey/blue-badge/en/", client.get(f"/east-surrey/blue-badge/en/check?s={token}"))
    assert "That link was for a check with another council" in screen.html


def test_a_council_to_come_says_from_when_and_who_issues_until_then(client: PageClient, eve: Clock) -> None:
    response = client.get("/east-surrey/blue-badge/en/start")
    assert response.status_code == 404
    text = told(response.text)
    assert text.startswith("East Surrey Council does not issue Blue Badges yet")
    assert "from 1 April 2027" in text
    assert "Until then, Surrey County Council issues Blue Badges there" in text
    assert f"{SURREY}start" in links(response.text)
    assert client.post("/east-surrey/blue-badge/en/check", data={"s": "x"}).status_code == 303


@pytest.mark.parametrize(
    ("typed", "before", "after"),
    [
        ("Surrey County Council", ["surrey"], ["east-surrey", "west-surrey"]),
        ("Elmbridge Borough Council", ["elmbridge"], ["east-surrey"]),
        ("Woking Borough Council", ["woking"], ["west-surrey"]),
        ("East Surrey Council", [], ["east-surrey"]),
        ("Kent County Council", ["kent"], ["kent"]),
    ],
)
def test_the_list_of_each_day_finds_the_right_councils(
    client: PageClient, eve: Clock, typed: str, before: list[str], after: list[str]
) -> None:
    assert found(client, typed) == before
    eve.pass_by(minutes=1)
    assert found(client, typed) == after


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ({"council": "elmbridge"}, "East Surrey Council issues Blue Badges in this area"),
        ({"council": "", "typed": "Elmbridge"}, "East Surrey Council issues Blue Badges in this area"),
        ({"council": "", "typed": "woking borough"}, "West Surrey Council issues Blue Badges in this area"),
        ({"council": "surrey"}, "Select a council that replaced that one, which no longer exists"),
        ({"council": "", "typed": "Surrey"}, "because more than one matches ‘Surrey’"),
    ],
)
def test_a_choice_made_at_midnight_leads_to_the_council_of_the_new_day(
    client: PageClient, eve: Clock, query: dict[str, str], answer: str
) -> None:
    eve.pass_by(minutes=1)
    response = client.get(CONFIRM, query_string=query)
    assert response.status_code == 200
    assert answer in told(response.text)


def test_a_merge_leads_on_to_the_one_new_council(merged: PageClient, eve: Clock) -> None:
    before = merged.get("/greater-midshire/blue-badge/en/start")
    assert (before.status_code, "/midshire/blue-badge/en/start" in links(before.text)) == (404, True)
    eve.pass_by(minutes=1)
    after = merged.get("/midshire/blue-badge/en/start")
    assert after.status_code == 410
    assert "Greater Midshire Council issues Blue Badges there now" in told(after.text)
    assert "/greater-midshire/blue-badge/en/start" in links(after.text)
    for typed in ("Midshire County Council", "Easton District Council", "Weston District Council"):
        assert found(merged, typed) == ["greater-midshire"]


def test_what_replaced_a_council_is_followed_to_those_of_today(merged: PageClient, eve: Clock) -> None:
    eve.pass_by(days=400)
    response = merged.get("/midshire/blue-badge/en/start")
    text = told(response.text)
    assert "on 1 April 2027" in text
    assert text.count("part of Easton District Council") == 2
    assert {f"/{name}-midshire/blue-badge/en/start" for name in ("upper", "lower")} <= set(links(response.text))
    assert found(merged, "Weston District Council") == ["lower-midshire", "upper-midshire"]


def test_in_a_frame_the_old_page_is_still_shown_and_leads_out_of_it(merged: PageClient, eve: Clock) -> None:
    eve.pass_by(minutes=1)
    response = merged.get("/embed/midshire/blue-badge/en/start")
    assert response.status_code == 410
    assert response.headers["Content-Security-Policy"].endswith("frame-ancestors https://www.midshire.example")
    onward = [each for each in parse(response.text).iter("a") if each.get("href", "").startswith("/greater-midshire/")]
    assert [each.get("target") for each in onward] == ["_top"]


def test_a_council_that_nobody_replaced_still_leads_to_the_list(tmp_path: Path, eve: Clock) -> None:
    row = "oldtown,Oldtown Council,,england,,unitary,,,,2027-01-01,"
    app = create_app(Settings(state_keys=(KEY,), councils=write_councils(tmp_path, authorities=(row,))))
    app.extensions["site"] = replace(app.extensions["site"], now=eve)
    app.test_client_class = PageClient
    response = app.test_client().get("/oldtown/blue-badge/en/start")
    assert response.status_code == 410
    assert FIND in links(response.text)


def test_on_the_own_host_of_a_council_that_ended_people_are_led_to_the_services_host(
    tmp_path: Path, eve: Clock
) -> None:
    folder = write_councils(tmp_path, authorities=AUTHORITIES, districts=DISTRICTS)
    write_council(folder, "midshire", "hosts:\n  - badges.midshire.example\n")
    app = create_app(Settings(state_keys=(KEY,), councils=folder, service_hosts=("checker.example",)))
    app.extensions["site"] = replace(app.extensions["site"], now=eve)
    app.test_client_class = PageClient
    client = app.test_client()
    own = "https://badges.midshire.example"
    assert client.get("/blue-badge/en/start", base_url=own).status_code == 200
    eve.pass_by(minutes=1)
    response = client.get("/blue-badge/en/start", base_url=own)
    assert response.status_code == 410
    onward = "https://checker.example/greater-midshire/blue-badge/en/start"
    assert onward in links(response.text)
    assert client.get(onward).status_code == 200
    assert client.get("/", base_url=own).headers["Location"] == "/blue-badge/en/start"


def test_the_front_of_a_council_that_ended_leads_to_its_page(client: PageClient, eve: Clock) -> None:
    eve.pass_by(minutes=1)
    assert client.get("/surrey/").headers["Location"] == f"{SURREY}start"
    assert client.get("/nowhere/").status_code == 404

"""The check as staff do it with a caller on the phone: the same questions and results, in another layout."""

from __future__ import annotations

import pytest
from flask import Flask

from app.councils.slug import RESERVED
from app.engine.graph import explore
from app.engine.rulebook import Service
from app.engine.rules import Rules
from tests.api.account import account_of_page
from tests.checker.walk import Screen, begin, follow, walk
from tests.conftest import TODAY, Clock
from tests.engine.people import RawAnswers, made_up_people
from tests.page_client import PageClient, parse, text_of

COUNCILS = {"england": "kent", "wales": "cardiff", "scotland": "fife", "northern_ireland": "northern-ireland"}
PHONE = "/phone/northfold/blue-badge/en/"


def raw(rules: Rules) -> dict[str, RawAnswers]:
    """For each outcome, one person's answers."""
    witnesses = explore(rules).witnesses()[1]
    return {
        outcome: {name: sorted(ticked) or ["none"] for name, ticked in answers.items()}
        for outcome, answers in witnesses.items()
    }


def groups(screen: Screen) -> dict[str, str]:
    """What stands in each part of a page that says whether it is read out, by what it says."""
    named = {each.get("id"): text_of(each) for each in screen.root.iter() if each.get("id")}
    found = [each for each in screen.root.iter("div") if each.get("role") == "group"]
    return {named[each.get("aria-labelledby")]: text_of(each) for each in found}


@pytest.mark.parametrize("nation", COUNCILS)
def test_a_caller_is_asked_and_told_the_same_as_on_the_website(
    client: PageClient, service: Service, nation: str
) -> None:
    rules = service.rules(nation, TODAY)
    assert rules is not None
    page = f"/{COUNCILS[nation]}/blue-badge/en/"
    for person in (*raw(rules).values(), *made_up_people(service.vocabulary, 12, seed=5)):
        asked, outcome = walk(client, person, f"/phone{page}")
        asked_there, outcome_there = walk(client, person, page)
        assert asked == asked_there
        assert account_of_page(outcome.html) == account_of_page(outcome_there.html)


def test_a_check_begun_on_the_website_goes_on_on_the_phone(client: PageClient) -> None:
    token = begin(client, "/kent/blue-badge/en/").answer("self").token
    on_the_phone = follow(
        client, "/phone/kent/blue-badge/en/", client.get(f"/phone/kent/blue-badge/en/check?s={token}")
    )
    assert on_the_phone.question == "age"


@pytest.mark.parametrize("name", ["start", "check", "criteria", "privacy", "cookies", "accessibility"])
def test_pages_for_phones_are_framed_by_nobody_and_kept_out_of_searches(client: PageClient, name: str) -> None:
    response = client.get(f"{PHONE}{name}")
    if response.status_code == 303:
        response = client.get(PHONE + response.headers["Location"])
    assert response.status_code == 200
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.text
    assert "X-Robots-Tag" not in client.get("/northfold/blue-badge/en/start").headers


def test_the_first_segment_is_no_council(client: PageClient) -> None:
    assert "phone" in RESERVED
    assert client.get("/phone/nowhere/blue-badge/en/start").status_code == 404
    assert client.get("/phone/blue-badge/en/start").status_code == 404


def test_on_its_own_host_a_council_has_its_phone_pages_too(app: Flask, client: PageClient) -> None:
    own = {"Host": "blue-badge.northfold.test"}
    page = client.get("/phone/blue-badge/en/start", headers=own)
    assert page.status_code == 200
    assert "Start this call" in page.text
    assert 'href="/blue-badge/en/phone-script"' in page.text
    assert client.get("/phone/northfold/blue-badge/en/start", headers=own).status_code == 404


def test_what_is_read_out_and_what_is_for_staff_is_told_apart_in_words(client: PageClient) -> None:
    start = follow(client, PHONE, client.get(f"{PHONE}start"))
    assert "This is not an application" in groups(start)["Read out"]
    assert "Northfold County Council decides" in groups(start)["Read out"]
    assert "for you alone" in groups(start)["For you"]
    who = start.link("Start this call")
    assert "Who are you checking for?" in groups(who)["Read out"]
    assert "who the person on the phone is checking for" in groups(who)["For you"]
    age = who.answer("someone_else")
    assert "How old is the person you are checking for?" in groups(age)["Read out"]
    assert "who the person on the phone" not in age.html


def test_why_and_what_to_do_when_not_sure_stand_open(client: PageClient, service: Service) -> None:
    sight = begin(client, PHONE).answer("self").answer("16_or_over")
    said = service.words["en"].questions["sight"]
    text = text_of(sight.root)
    assert sight.root.find(".//details") is None
    assert said.why.you in text
    for option, find_out in said.look_up.items():
        assert f"Choose ‘{said.options[option].label.you}’ if that fits best" in text
        assert find_out.you in text


def test_errors_tell_staff_what_to_do(client: PageClient) -> None:
    who = begin(client, PHONE)
    assert (error := who.send().error) is not None
    assert error == "Read out the question again, then choose the answer of the caller"
    benefits = who.answer("self").answer("16_or_over").answer("no")
    refused = benefits.answer(["pip", "none"])
    assert refused.error == "Ask the caller again. ‘No, I do not get any of these’ cannot go with another answer"
    assert refused.ticked == ["pip", "none"]


def test_the_code_is_read_out_in_groups_and_the_next_call_starts_from_nothing(client: PageClient) -> None:
    outcome = walk(client, {"who": "self", "age": "16_or_over", "sight": "severely_registered"}, PHONE)[1]
    [code] = [text_of(each) for each in outcome.root.iter("p") if each.get("data-receipt") is not None]
    spelled = [text_of(each) for each in outcome.root.iter("li") if each.get("class") == "app-spelled"]
    assert [group.replace(" ", "") for group in spelled] == code.split("-")
    assert "you will get" not in groups(outcome)["Read out"]
    again = outcome.link("Start the next call")
    assert "Start this call" in text_of(again.root)
    assert "?s=" not in again.html


def test_a_council_that_has_ended_leads_on_to_the_pages_for_phones_of_those_that_replaced_it(
    client: PageClient, clock: Clock
) -> None:
    clock.pass_by(days=365)
    page = client.get("/phone/surrey/blue-badge/en/start")
    assert page.status_code == 410
    assert 'href="/phone/east-surrey/blue-badge/en/start"' in page.text


def test_no_link_of_a_page_for_phones_leaves_the_council(client: PageClient) -> None:
    page = client.get(f"{PHONE}start")
    assert "find-your-council" not in page.text
    assert [each for each in parse(page.text).iter("a") if "find" in str(each.get("href"))] == []

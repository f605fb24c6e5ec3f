from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask

from app.engine.answers import parse_answers
from app.engine.decision import decide
from app.engine.graph import explore
from app.engine.rulebook import Service
from app.engine.rules import Rules
from app.web.sealed_state import StateSealer, new_key
from tests.checker.walk import KENT, begin, follow, walk
from tests.conftest import Clock
from tests.engine.people import RawAnswers, made_up_people
from tests.page_client import PageClient, parse, text_of

ADULT: RawAnswers = {
    "who": "self",
    "age": "16_or_over",
    "sight": "no",
    "benefits": ["none"],
    "terminal_illness": "no",
    "difficulties": ["none"],
    "walking": ["severe_pain"],
    "lasting": "three_years_or_more",
}


COUNCILS = {"england": "kent", "wales": "cardiff", "scotland": "fife", "northern_ireland": "northern-ireland"}


@pytest.mark.parametrize("nation", COUNCILS)
def test_people_see_the_questions_that_the_engine_asks_and_its_outcome(
    client: PageClient, service: Service, nation: str
) -> None:
    rules = service.laws[nation][-1]
    for person in made_up_people(service.vocabulary, 6, seed=3):
        decision = decide(rules, parse_answers(service.vocabulary, person))
        asked, screen = walk(client, person, f"/{COUNCILS[nation]}/blue-badge/en/")
        assert asked == list(decision.asked)
        assert screen.outcome == decision.outcome


@pytest.mark.parametrize("nation", COUNCILS)
def test_each_nation_has_people_for_every_outcome_and_pages_for_them(
    client: PageClient, service: Service, nation: str
) -> None:
    base = f"/{COUNCILS[nation]}/blue-badge/en/"
    found = explore(service.laws[nation][-1]).witnesses()[1]
    assert len(found) == 5
    for outcome, answers in found.items():
        person: RawAnswers = {name: sorted(ticked) or ["none"] for name, ticked in answers.items()}
        assert walk(client, person, base)[1].outcome == outcome
    assert client.get(f"{base}criteria").status_code == 200


def test_a_rule_with_a_paper_form_leads_to_the_council_and_not_online(client: PageClient) -> None:
    person: RawAnswers = {
        **ADULT,
        "former_dla": "no",
        "difficulties": ["journeys"],
        "journeys": ["no_traffic_awareness"],
    }
    _, screen = walk(client, person, "/fife/blue-badge/en/")
    assert screen.outcome == "assessed"
    assert "paper form" in screen.html
    assert "gov.uk/apply-blue-badge" not in screen.html


def test_every_question_and_outcome_can_be_put_in_every_voice_it_has(
    client: PageClient, service: Service, england: Rules
) -> None:
    questions, outcomes = explore(england).witnesses()
    headings: dict[str, str] = {}
    for question, answers in questions.items():
        for who in ("self", "someone_else"):
            person = {name: sorted(ticked) or ["none"] for name, ticked in answers.items()}
            if "who" in person and person["who"] != ["organisation"]:
                person["who"] = [who]
            screen = begin(client)
            while screen.question != question:
                assert screen.question is not None
                screen = screen.answer(person[screen.question])
            headings.setdefault(screen.heading, question)
            assert headings[screen.heading] == question
            assert screen.ticked == []
            refused = screen.send()
            assert refused.error is not None
            assert refused.question == question
            assert screen.send(**{question: "no-such-option"}).error == refused.error
            exclusive = england.question(question).exclusive
            if exclusive is not None:
                conflict = screen.answer([screen.offers[0], exclusive])
                assert conflict.error is not None
                assert conflict.question == question
                assert conflict.ticked == [screen.offers[0], exclusive]
    assert len(set(headings.values())) == len(questions) == 20
    assert set(outcomes) == {"automatic", "special_route", "assessed", "depends", "unlikely"}


def test_back_leads_through_the_questions_with_the_answers_given(client: PageClient) -> None:
    screen = begin(client)
    for answer in ("self", "16_or_over", "partially"):
        screen = screen.answer(answer)
    assert screen.question == "benefits"
    seen = []
    for _ in range(3):
        screen = screen.back()
        seen.append((screen.question, screen.ticked))
    assert seen == [("sight", ["partially"]), ("age", ["16_or_over"]), ("who", ["self"])]
    assert screen.back().heading == "Check if you can get a Blue Badge"
    screen = screen.answer("someone_else")
    assert (screen.question, screen.ticked) == ("age", ["16_or_over"])


def test_a_changed_answer_asks_only_what_is_new_and_forgets_what_is_no_longer_asked(client: PageClient) -> None:
    screen = begin(client)
    while screen.question:
        screen = screen.answer({**ADULT, "difficulties": ["walking"]}[screen.question])
    assert screen.heading == "Check your answers"
    change = screen.link("Change your answer to ‘Do you get")
    assert change.question == "benefits"
    assert change.back().heading == "Check your answers"
    screen = change.answer(["dla"])
    assert screen.question == "dla_mobility"
    screen = screen.answer("lower")
    assert screen.heading == "Check your answers"
    screen = screen.link("Change your answer to ‘Do you have any of these difficulties").answer(["none"])
    assert screen.heading == "Check your answers"
    assert "walking" not in " ".join(text_of(each) for each in screen.root.iter("dt")).lower()
    assert screen.send().outcome == "unlikely"


def test_two_tabs_do_not_mix_and_refresh_changes_nothing(client: PageClient) -> None:
    first = begin(client).answer("self")
    second = first.answer("under_2")
    other = first.answer("16_or_over")
    assert (second.question, other.question) == ("terminal_illness", "sight")
    again = client.get(f"{KENT}check?s={second.token}")
    assert 'name="terminal_illness"' in again.text
    outcome = second.answer("yes").send()
    assert outcome.outcome == "special_route"


@pytest.mark.parametrize(("hours", "message"), [(23, None), (25, "That check is more than 24 hours old")])
def test_a_check_lives_24_hours(client: PageClient, clock: Clock, hours: int, message: str | None) -> None:
    screen = begin(client).answer("self")
    clock.pass_by(hours=hours)
    after = screen.answer("16_or_over")
    if message is None:
        assert after.question == "sight"
    else:
        assert message in after.html
        assert after.link("Start now").question == "who"


def other_letter(token: str) -> str:
    return f"{token[:99]}{'A' if token[99] != 'A' else 'B'}{token[100:]}"


@pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: "A" + t, other_letter, lambda _: ""])
def test_an_altered_link_leads_to_the_start_with_a_plain_message(client: PageClient, spoil: object) -> None:
    assert callable(spoil)
    token = spoil(begin(client).token)
    for response in (
        client.get(f"{KENT}check", query_string={"s": token}),
        client.post(f"{KENT}check", data={"s": token}),
    ):
        assert response.status_code == 303
        assert "That link does not work" in follow(client, KENT, response).html


def test_a_link_of_another_council_starts_again_at_this_one(client: PageClient) -> None:
    token = begin(client).token
    response = client.get(f"/essex/blue-badge/en/check?s={token}")
    assert "a check with another council" in follow(client, "/essex/blue-badge/en/", response).html


def test_a_check_under_rules_that_are_gone_starts_again(app: Flask, client: PageClient) -> None:
    sealer: StateSealer = app.extensions["site"].sealer
    state = sealer.open(begin(client).token, app.extensions["site"].seconds())
    response = client.get(f"{KENT}check?s={sealer.seal(replace(state, version='000000000000'))}")
    assert "The rules have changed" in follow(client, KENT, response).html


def test_keys_may_be_rotated_during_a_check(app: Flask, client: PageClient) -> None:
    old = new_key()
    site = app.extensions["site"]
    app.extensions["site"] = replace(site, sealer=StateSealer((old,)))
    screen = begin(client)
    app.extensions["site"] = replace(site, sealer=StateSealer((new_key(), old)))
    assert screen.answer("self").question == "age"
    app.extensions["site"] = site
    assert "That link does not work" in screen.answer("self").html


@pytest.mark.parametrize(
    "notice", ["", "?because=", "?because=<b>", "?because=expired&because=x", "?s=abc", "?because=%ff"]
)
def test_the_start_page_ignores_what_it_does_not_know(client: PageClient, notice: str) -> None:
    assert client.get(f"{KENT}start{notice}").status_code == 200


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"age": "16_or_over"},
        {"who": ["self", "someone_else"]},
        {"who": "self", "extra": "x" * 1000},
        {"who": "\x00"},
        {"who": "<script>"},
        {"who": "é\U0001f600"},
        {"who": ["none"] * 500},
        {"csrf_token": "x", "who": "SELF"},
    ],
)
def test_whatever_is_sent_leads_to_a_page(client: PageClient, fields: dict[str, object]) -> None:
    screen = begin(client).send(**fields)
    assert screen.question in ("who", "age")
    assert "&lt;script&gt;" not in screen.html


@pytest.mark.parametrize("body", [b"s=%ff%fe&who=self", b"\xff\xfe\x00", b"s", b"&&&===", b"s=" + b"%00" * 50])
@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "application/json", "multipart/form-data", "text/plain"]
)
def test_odd_bodies_lead_to_the_start_page(client: PageClient, body: bytes, kind: str) -> None:
    response = client.post(f"{KENT}check", data=body, content_type=kind)
    assert response.status_code in (303, 400)


def test_the_outcome_names_answers_rule_proof_and_what_to_do(client: PageClient) -> None:
    person: RawAnswers = {
        **ADULT,
        "benefits": ["pip", "attendance_allowance"],
        "pip_moving_around": "4",
        "pip_planning_journeys": "12",
        "difficulties": ["walking"],
    }
    _, screen = walk(client, person, "/northfold/blue-badge/en/")
    text = text_of(screen.root)
    for words in (
        "Northfold County Council decides who gets a badge",
        "nothing has been sent",
        "12 points",
        "regulation 4(2)(f)",
        "planning and following journeys",
        "charges £10",
        "12 weeks",
        "3 years",
        "01632 960101",
        "18001 01632 960101",
        "paper form",
        "fast track",
        "reasons in writing",
        "Attendance Allowance does not lead to a badge by itself",
        "30 August 2019",
    ):
        assert words in text
    links = [each.get("href") for each in screen.root.iter("a")]
    assert "https://apply.northfold.example/blue-badge" in links
    assert "https://www.legislation.gov.uk/uksi/2000/682/regulation/4" in links
    assert not re.search(r"\beligible\b|\d ?%|score of", text)


def test_a_council_that_gives_nothing_still_leads_to_an_application(client: PageClient) -> None:
    _, screen = walk(client, {**ADULT, "benefits": ["wpms"]})
    links = [each.get("href") for each in screen.root.iter("a")]
    assert "https://www.gov.uk/apply-blue-badge" in links
    assert "Relay UK" in screen.html


def test_the_nearest_change_is_told_and_never_advised(client: PageClient) -> None:
    person = {**ADULT, "difficulties": ["walking"], "lasting": "under_one_year"}
    _, screen = walk(client, person)
    text = text_of(screen.root)
    assert screen.outcome == "unlikely"
    assert "The nearest change that would matter" in text
    assert "If it had been ‘3 years or more" in text
    assert "Great difficulty with walking" in text


def test_proof_for_an_unknown_benefit_is_to_look_it_up_not_every_letter_there_is(client: PageClient) -> None:
    _, screen = walk(client, {**ADULT, "benefits": ["other"]})
    proof = [text_of(each) for each in screen.root.findall(".//li[@class='app-evidence__item']")]
    assert screen.outcome == "depends"
    assert "What to find out" in text_of(screen.root)
    assert proof
    assert not any("award letter" in item for item in proof)


def test_the_criteria_page_sets_out_every_criterion_with_its_source(client: PageClient, england: Rules) -> None:
    html = client.get(f"{KENT}criteria").text
    for criterion in england.criteria:
        assert f'id="{criterion.id}"' in html
        assert all(source.url in html for source in criterion.sources)


def test_the_criteria_page_says_what_rests_on_each_provision(client: PageClient, england: Rules) -> None:
    page = parse(client.get(f"{KENT}criteria").text)
    [contents] = [each for each in page.iter("nav") if each.get("aria-labelledby") == "contents"]
    targets = [link.get("href") for link in contents.iter("a")]
    assert targets == ["#route-automatic", "#route-special_route", "#route-assessed", "#provisions"]
    links = [link for link in page.iter("a") if link.get("href") == "https://www.legislation.gov.uk/uksi/2013/388"]
    assert text_of(links[-1]) == "SI 2013/388, the change to regulation 4(2)"
    resting = dict(zip(page.iter("h4"), page.iter("dl"), strict=True))
    [rows] = [rows for heading, rows in resting.items() if links[-1] in heading]
    assert [link.get("href") for link in rows.iter("a")] == ["#ENG-AUTO-PIP-MA8", "#route-automatic"]
    assert "How many points do they have for ‘moving around’?" in text_of(rows)
    assert "Rules that need no further assessment" in text_of(rows)
    cited = sum(len(criterion.sources) for criterion in england.criteria)
    links_within = [link.get("href", "") for rows in resting.values() for link in rows.iter("a")]
    assert len([link for link in links_within if not link.startswith("#route-")]) == cited

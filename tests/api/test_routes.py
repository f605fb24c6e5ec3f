from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from app import create_app
from app.api.model import filled
from app.api.operation import OPERATIONS
from app.api.problem import MEDIA_TYPE, MOST_FAULTS, STATUSES
from app.engine.answers import parse_answers
from app.engine.decision import decide
from app.engine.journey import follow
from app.engine.rulebook import Service
from app.engine.rules import Rules
from app.engine.withdrawn import WithdrawnVersion
from app.settings import Settings
from app.web.markdown import inline
from tests.conftest import Clock
from tests.page_client import PageClient

NORTHFOLD = "/api/v1/councils/northfold"
KENT = "/api/v1/councils/kent"
CHECK = f"{KENT}/blue-badge/en/check"
ENDS: dict[str, Any] = {"who": "self", "age": "16_or_over", "sight": "severely_registered"}


def post(client: PageClient, answers: object, path: str = CHECK, **more: object) -> dict[str, Any]:
    response = client.post(path, json={"answers": answers, **more})
    assert (response.status_code, response.mimetype) == (200, "application/json")
    found: dict[str, Any] = response.get_json()
    return found


def problem(response: Any, code: str) -> dict[str, Any]:
    assert response.mimetype == MEDIA_TYPE
    said: dict[str, Any] = response.get_json()
    assert (response.status_code, said["status"], said["code"]) == (STATUSES[code], STATUSES[code], code)
    assert said["type"] == f"/api/v1/#problem-{code}"
    assert said["title"]
    assert said["detail"]
    return said


def test_a_council_is_told_with_all_that_it_says_about_itself(client: PageClient) -> None:
    said = client.get(NORTHFOLD).get_json()
    assert said["name"] == {"en": "Northfold County Council", "cy": "Cyngor Sir Northfold"}
    assert said["nation"] == "england"
    assert said["links"]["apply"] == "https://apply.northfold.example/blue-badge"
    assert said["contacts"]["relay"] == "18001 01632 960101"
    assert (said["fee"], said["decides_within_weeks"]) == ("£10", 8)
    assert said["colours"]["button"] == said["colours"]["tokens"]["button"] == "#00695c"
    assert said["colours"]["neutral"] is False
    assert said["words"]["start"]["cy"].startswith("Gallwch")
    assert said["words"]["practical"] is None
    assert said["footer"][0]["link"] == "https://www.northfold.example/libraries"
    [service] = said["services"]
    assert (service["id"], service["rules"]["in_force"]) == ("blue-badge", "2019-08-30")
    assert "en" in service["languages"]


def test_a_councils_logo_can_be_shown_on_its_own_website(app: Flask, client: PageClient) -> None:
    logo = client.get(NORTHFOLD).get_json()["logo"]
    response = FlaskClient(app, Response).get(logo["address"])
    assert response.status_code == 200
    assert str(response.mimetype).startswith("image/")
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert logo["width"] > 0
    assert logo["height"] > 0


@pytest.mark.parametrize(("day", "shown"), [(31, False), (1, True)])
def test_a_notice_is_told_while_it_is_in_force(client: PageClient, clock: Clock, day: int, shown: bool) -> None:
    clock.time = clock.time.replace(month=11 if shown else 10, day=day)
    notices = client.get(NORTHFOLD).get_json()["notices"]
    assert [(each["first_day"], each["last_day"]) for each in notices] == [("2026-11-01", "2027-12-31")] * shown


def test_a_council_without_a_folder_has_its_name_and_the_neutral_colours(client: PageClient) -> None:
    said = client.get(KENT).get_json()
    assert (said["name"]["en"], said["example"], said["fee"]) == ("Kent County Council", False, None)
    assert said["colours"]["neutral"] is True
    assert (said["logo"], said["notices"], said["footer"]) == (None, [], [])


def test_a_service_is_told_with_every_question_that_matters_and_every_rule(
    client: PageClient, england: Rules, service: Service
) -> None:
    said = client.get(f"{KENT}/blue-badge/en").get_json()
    assert said["rules"]["version"] == england.version
    assert [each["id"] for each in said["criteria"]] == [criterion.id for criterion in england.criteria]
    questions = [each["id"] for each in said["questions"]]
    assert len(questions) == 20
    assert not [each for each in questions if each.startswith("adp")]
    proof = {each["id"] for each in said["evidence"]}
    assert all(set(each["evidence"]) <= proof and each["sources"] for each in said["criteria"])
    assert [each["id"] for each in said["outcomes"]][-1] == "unlikely"
    [age] = [each for each in said["questions"] if each["id"] == "age"]
    assert age["title"]["you"] != age["title"]["they"]
    assert "{council}" not in client.get(f"{KENT}/blue-badge/en").text
    assert "Kent County Council" in client.get(f"{KENT}/blue-badge/en").text


def test_a_councils_name_stays_a_name_in_markdown() -> None:
    name = "St *Ann* [of](https://x.example) `a` _b_ \\"
    assert inline(filled("Ask {council}.", name)) == f"Ask {name}."


def test_a_check_is_led_question_by_question_to_its_outcome(client: PageClient, england: Rules) -> None:
    said, seen = post(client, {}), []
    while said["step"] == "question":
        question = said["question"]
        seen.append(question["id"])
        said = post(client, said["answers"] | {question["id"]: ENDS[question["id"]]}, version=england.version)
    assert seen == ["who", "age", "sight"] == [each["question"] for each in said["asked"]]
    outcome = said["outcome"]
    assert outcome["id"] == "automatic"
    assert said["answers"] == ENDS
    [because] = outcome["reasons"]["because"]
    assert because["hangs_on"][0]["question"] == "sight"
    assert because["sources"][0]["url"].startswith("https://www.legislation.gov.uk/")
    assert "Kent County Council" in outcome["expect"]
    assert outcome["evidence"]
    assert outcome["apply"]["link"] == "https://www.gov.uk/apply-blue-badge"
    everything = [each["id"] for part in outcome["reasons"].values() for each in part]
    assert sorted(everything) == sorted(criterion.id for criterion in england.criteria)


def test_questions_and_options_are_those_of_the_person_in_their_voice(client: PageClient) -> None:
    mine = post(client, {"who": "self"})["question"]
    theirs = post(client, {"who": "someone_else"})["question"]
    assert (mine["id"], theirs["id"]) == ("age", "age")
    assert mine["title"] != theirs["title"]
    child = post(client, {"who": "someone_else", "age": "3_to_15", "sight": "no"})["question"]
    adult = post(client, {"who": "self", "age": "16_or_over", "sight": "no"})["question"]
    assert child["id"] == adult["id"] == "benefits"
    assert "pip" not in [each["id"] for each in child["options"]]
    assert adult["exclusive"] == adult["options"][-1]["id"] == "none"
    assert adult["conflict"]


@pytest.mark.parametrize(
    ("answers", "used"),
    [
        ({"who": "self", "organisation_cares": "yes"}, {"who": "self"}),
        ({**ENDS, "terminal_illness": "yes", "walking": ["other"]}, ENDS),
        (
            {"who": "someone_else", "age": "3_to_15", "sight": "no", "benefits": ["dla", "pip"]},
            {"who": "someone_else", "age": "3_to_15", "sight": "no", "benefits": ["dla"]},
        ),
        (
            {"who": "self", "age": "16_or_over", "sight": "no", "benefits": ["none"]},
            {"who": "self", "age": "16_or_over", "sight": "no", "benefits": ["none"]},
        ),
    ],
)
def test_answers_that_are_not_asked_for_drop_out(
    client: PageClient, answers: dict[str, Any], used: dict[str, Any]
) -> None:
    assert post(client, answers)["answers"] == used


def test_answers_that_come_back_can_be_sent_again(client: PageClient, service: Service, england: Rules) -> None:
    answers = {"who": "self", "age": "2", "sight": "dont_know", "benefits": ["dla", "afip"]}
    said = post(client, answers)
    assert post(client, said["answers"]) == said
    assert follow(england, parse_answers(service.vocabulary, said["answers"])).next


@pytest.mark.parametrize(
    "answers", [{f"q{number}": "x" for number in range(900)}, {f"q{number}": 1 for number in range(900)}]
)
def test_what_comes_back_is_no_multiple_of_what_was_sent(client: PageClient, answers: dict[str, object]) -> None:
    response = client.post(CHECK, json={"answers": answers})
    assert response.status_code == 422
    assert len(response.get_json()["errors"]) == MOST_FAULTS


def test_a_councils_own_form_and_contacts_go_with_the_outcome(client: PageClient) -> None:
    apply = post(client, ENDS, f"{NORTHFOLD}/blue-badge/en/check")["outcome"]["apply"]
    assert apply["link"] == "https://apply.northfold.example/blue-badge"
    assert apply["contacts"]["phone"] == "01632 960101"
    assert apply["links"]["complaints"] == "https://www.northfold.example/complaints"


def test_what_an_outcome_leaves_open_is_told_with_what_to_find_out(client: PageClient) -> None:
    answers = {
        **ENDS,
        "sight": "no",
        "benefits": ["pip"],
        "pip_moving_around": "dont_know",
        "pip_planning_journeys": "0",
        "terminal_illness": "no",
        "difficulties": ["none"],
    }
    said = post(client, answers)
    outcome = said["outcome"]
    assert outcome["id"] == "depends"
    assert [each["id"] for each in outcome["reasons"]["open"]] == ["ENG-AUTO-PIP-MA8"]
    assert outcome["look_up"]
    assert outcome["reasons"]["not_addressed"]
    assert outcome["reasons"]["not_met"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/api/v1/councils/nowhere", "unknown-council"),
        ("/api/v1/councils/nowhere/blue-badge/en", "unknown-council"),
        ("/api/v1/councils/adur", "unknown-council"),
        ("/api/v1/councils/KENT", "unknown-council"),
        ("/api/v1/councils/%00", "unknown-council"),
        ("/api/v1/councils/%ff%fe", "unknown-council"),
        (f"{KENT}/green-badge/en", "unknown-service"),
        (f"{KENT}/blue-badge/xx", "unknown-language"),
        ("/api/v1/councils/lough-fenn/blue-badge/en", "own-service"),
        ("/api/v1/councils/", "not-found"),
        ("/api/v1/nothing", "not-found"),
        ("/api/v2/councils/kent", "not-found"),
        ("/api/", "not-found"),
        ("/api/v1/councils/kent/blue-badge/en/start", "not-found"),
        (CHECK, "method-not-allowed"),
    ],
)
def test_what_is_not_there_is_a_problem(client: PageClient, path: str, code: str) -> None:
    said = problem(client.get(path), code)
    assert (said["link"] is not None) is (code == "own-service")


def test_without_rules_people_are_led_to_where_they_apply(client: PageClient, clock: Clock) -> None:
    clock.time = clock.time.replace(year=1999)
    said = problem(client.get("/api/v1/councils/northfold/blue-badge/en"), "no-rules")
    assert said["link"] == "https://www.gov.uk/apply-blue-badge"
    assert client.get(NORTHFOLD).get_json()["services"][0]["rules"] is None


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused_with_those_allowed(client: PageClient, method: str) -> None:
    response = client.open(KENT, method=method)
    problem(response, "method-not-allowed")
    assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize(
    ("answers", "faults"),
    [
        ({"shoe": "7"}, [("/answers/shoe", "unknown-question", "shoe")]),
        ({"age": "7"}, [("/answers/age", "unknown-option", "age")]),
        ({"age": ["2"]}, [("/answers/age", "wrong-shape", "age")]),
        ({"age": 2}, [("/answers/age", "wrong-shape", "age")]),
        ({"age": None}, [("/answers/age", "wrong-shape", "age")]),
        ({"age": {"2": "2"}}, [("/answers/age", "wrong-shape", "age")]),
        ({"age": True}, [("/answers/age", "wrong-shape", "age")]),
        ({"benefits": "pip"}, [("/answers/benefits", "wrong-shape", "benefits")]),
        ({"benefits": []}, [("/answers/benefits", "wrong-shape", "benefits")]),
        ({"benefits": [1]}, [("/answers/benefits", "wrong-shape", "benefits")]),
        ({"benefits": ["pip", "none"]}, [("/answers/benefits", "none-with-others", "benefits")]),
        ({"a/b~": "<script>"}, [("/answers/a~1b~0", "unknown-question", "a/b~")]),
        ({"": ""}, [("/answers/", "unknown-question", "")]),
        (
            {"who": "self", "age": "é", "sight": []},
            [("/answers/age", "unknown-option", "age"), ("/answers/sight", "wrong-shape", "sight")],
        ),
    ],
)
def test_every_answer_that_cannot_be_used_is_named(
    client: PageClient, answers: dict[str, Any], faults: list[tuple[str, str, str]]
) -> None:
    said = problem(client.post(CHECK, json={"answers": answers}), faults[0][1])
    assert [(each["pointer"], each["code"], each["question"]) for each in said["errors"]] == faults
    assert all(each["detail"] for each in said["errors"])


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        (b"{}", "missing-key", "/answers"),
        (b"[]", "wrong-shape", ""),
        (b"null", "wrong-shape", ""),
        (b'"answers"', "wrong-shape", ""),
        (b'{"answers":[]}', "wrong-shape", "/answers"),
        (b'{"answers":null}', "wrong-shape", "/answers"),
        (b'{"answers":{},"version":7}', "wrong-shape", "/version"),
        (b'{"answers":{},"name":"x"}', "unknown-key", "/name"),
        (b'{"answers":{},"a/~":"x"}', "unknown-key", "/a~1~0"),
    ],
)
def test_a_body_of_another_shape_is_a_problem(client: PageClient, body: bytes, code: str, pointer: str) -> None:
    said = problem(client.post(CHECK, data=body, content_type="application/json"), code)
    assert [(each["pointer"], each["question"]) for each in said["errors"]] == [(pointer, None)]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"answers",
        b"{'answers': {}}",
        b'{"answers":{}',
        b'{"answers":{}}{}',
        b'{"answers":{"age":NaN}}',
        b'{"answers":{"age":-Infinity}}',
        b'{"answers":{"age":1e999}}',
        b'{"answers":{},"answers":{}}',
        b'{"answers":{"age":"2","age":"2"}}',
        b'{"answers":{"\\ud800":"2"}}',
        b'{"answers":{"age":"\\udfff"}}',
        b'{"answers":' + b"[" * 15_000,
        b'{"answers":' * 1_300 + b"1" + b"}" * 1_300,
        b'{"answers":{"age":' + b"9" * 9_000 + b"}}",
        b"\xff\xfe{\x00}\x00",
        b'\xef\xbb\xbf{"answers":{}}',
        b"s=1&answers=2",
    ],
    ids=lambda body: body[:24].decode("ascii", "backslashreplace"),
)
def test_what_is_not_json_or_could_be_read_in_two_ways_is_a_problem(client: PageClient, body: bytes) -> None:
    response = client.post(CHECK, data=body, content_type="application/json")
    problem(response, "not-json")


@pytest.mark.parametrize(
    "kind", [None, "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json", "json/"]
)
def test_only_what_is_marked_as_json_is_read(client: PageClient, kind: str | None) -> None:
    problem(client.post(CHECK, data=b'{"answers":{}}', content_type=kind), "not-json-type")


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "Application/JSON"])
def test_json_may_be_marked_in_more_than_one_way(client: PageClient, kind: str) -> None:
    assert client.post(CHECK, data=b'{"answers":{}}', content_type=kind).status_code == 200


def test_a_body_that_is_too_large_is_a_problem(client: PageClient) -> None:
    body = b'{"answers":{}}' + b" " * 16 * 1024
    problem(client.post(CHECK, data=body, content_type="application/json"), "too-large")
    assert client.post(CHECK, data=body[: 16 * 1024], content_type="application/json").status_code == 200


def test_a_check_under_other_rules_starts_again(app: Flask, client: PageClient) -> None:
    problem(client.post(CHECK, json={"answers": {}, "version": "000000000000"}), "rules-changed")
    api = app.extensions["api"]
    service = api.services["blue-badge"]
    gone = WithdrawnVersion.model_construct(id="x", nation="england", version="111111111111", withdrawn=date.min)
    app.extensions["api"] = replace(api, services={"blue-badge": replace(service, withdrawn=(gone,))})
    try:
        problem(client.post(CHECK, json={"answers": {}, "version": "111111111111"}), "rules-withdrawn")
    finally:
        app.extensions["api"] = api


def test_the_outcome_is_the_engines(client: PageClient, service: Service, england: Rules) -> None:
    answers = {"who": "organisation", "organisation_cares": "yes", "organisation_transports": "yes"}
    said = post(client, answers)
    decision = decide(england, parse_answers(service.vocabulary, answers))
    assert (said["outcome"]["id"], [each["question"] for each in said["asked"]]) == (
        decision.outcome,
        list(decision.asked),
    )


def test_a_crash_and_an_unavailable_service_are_problems() -> None:
    app = create_app(Settings())
    app.test_client_class = PageClient
    app.config["PROPAGATE_EXCEPTIONS"] = False
    client = app.test_client()
    assert isinstance(client, PageClient)
    app.extensions["api"] = None
    said = problem(client.get(KENT), "crashed")
    assert "NoneType" not in str(said)
    closed = create_app(Settings(unavailable=True)).test_client()
    for path in (KENT, "/api/v1/", "/api/v1/nothing"):
        problem(closed.get(path), "unavailable")
    problem(closed.post(CHECK, json={"answers": {}}), "unavailable")


def test_an_answer_stands_in_no_log(client: PageClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", "checker.requests"):
        post(client, ENDS)
        client.post(CHECK, json={"answers": {"secret": "secret"}})
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) == 2
    assert "kent" in lines[0]
    assert not any(word in line for line in lines for word in ("severely", "secret", "16_or"))


def test_on_a_councils_own_host_there_is_no_api(client: PageClient) -> None:
    host = {"Host": "blue-badge.northfold.test"}
    assert client.get("/api/v1/councils/northfold", headers=host).status_code == 404


def test_every_operation_is_routed_by_the_name_it_is_described_under(app: Flask) -> None:
    routed = {rule.rule: rule.methods or set() for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1")}
    described = {f"/api/v1{each.rule}": each.method for each in OPERATIONS}
    assert set(routed) - set(described) == {"/api/v1/"}
    assert all(method in routed[rule] for rule, method in described.items())

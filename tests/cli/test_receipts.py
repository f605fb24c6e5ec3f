from __future__ import annotations

import json
import logging
from datetime import date
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from app import create_app
from app.engine.answers import parse_answers
from app.engine.decision import decide
from app.engine.rulebook import Service
from app.engine.rules import Rules
from app.settings import Settings
from app.tallies.readable_code import read_code, write_code
from tests.conftest import TODAY, Clock
from tests.engine.people import made_up_people

PERSON = {
    "who": "someone_else",
    "age": "16_or_over",
    "sight": "dont_know",
    "benefits": ["pip", "attendance_allowance"],
    "pip_moving_around": "8",
}


def issue(app: Flask, rules: Rules, person: dict[str, Any], day: date = TODAY) -> str:
    site = app.extensions["site"]
    answers = decide(rules, parse_answers(site.services[rules.service].vocabulary, person)).journey.answers
    code: str = site.receipts.issue(rules, answers, day)
    return code


def open_receipt(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["receipts", "open", *arguments])


def test_a_receipt_is_shown_with_its_day_rules_answers_outcome_and_criteria(app: Flask, england: Rules) -> None:
    code = issue(app, of_app(app, england), PERSON)
    result = open_receipt(app, *code.lower().split("-"))
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[:3] == [
        "Issued 2026-11-21",
        f"Rules: blue-badge, England, version {england.version}, in force from 2019-08-30",
        "Outcome: They should be able to get a Blue Badge without a further assessment (automatic)",
    ]
    assert lines[3:9] == [
        "Answers:",
        "  Who are you checking for? Someone else",
        "  How old is the person you are checking for? 16 or over",
        "  Are they blind or sight impaired? I do not know, or they are waiting for a certificate",
        "  Do they get any of these benefits? Personal Independence Payment (PIP); Attendance Allowance",
        "  How many points do they have for ‘moving around’? 8 points",
    ]
    headings = [line for line in lines[9:] if not line.startswith(" ")]
    assert headings == [
        f"Criteria {value}:" for value in ("met", "left open", "not met", "not considered", "not addressed to them")
    ]
    assert lines[10].startswith(
        "  ENG-AUTO-PIP-MA8: PIP with 8 points or more for moving around (Personal Independence"
    )
    assert sum(line.startswith("  ENG-") for line in lines) == len(england.criteria)


def test_the_same_as_json_for_machines(app: Flask, service: Service, england: Rules) -> None:
    rules = of_app(app, england)
    for person in made_up_people(service.vocabulary, 20, seed=8):
        decision = decide(rules, parse_answers(service.vocabulary, person))
        result = open_receipt(app, issue(app, rules, person), "--json")
        assert result.exit_code == 0, result.output
        found = json.loads(result.stdout)
        assert (found["service"], found["nation"], found["version"], found["issued"], found["in_force"]) == (
            "blue-badge", "england", england.version, "2026-11-21", "2019-08-30",
        )  # fmt: skip
        assert found["outcome"]["id"] == decision.outcome
        assert [(each["question"], frozenset(each["options"])) for each in found["answers"]] == list(
            decision.journey.answers.items()
        )
        assert all(each["title"] and each["given"] for each in found["answers"])
        assert [each["id"] for each in found["criteria"]] == [each.id for each in rules.criteria]
        for value, reasons in {"met": (*decision.because, *decision.also_met), "left open": decision.open,
                               "not met": decision.considered}.items():  # fmt: skip
            named = {each["id"] for each in found["criteria"] if each["value"] == value}
            assert named == {reason.criterion.id for reason in reasons}
        assert all(each["provisions"] for each in found["criteria"])
        assert [tuple(each["hangs_on"]) for each in found["criteria"]] == [each.hangs_on for each in decision.reasons]


def of_app(app: Flask, rules: Rules) -> Rules:
    """The same rules, as this application read them."""
    found: Rules | None = app.extensions["site"].services[rules.service].version(rules.nation, rules.version)
    assert found is not None
    return found


@pytest.mark.parametrize(("as_json"), [False, True], ids=["lines", "json"])
@pytest.mark.parametrize("code", ["mistyped", "foreign", "expired"])
def test_a_code_that_does_not_open_gets_a_message_and_exit_1(
    app: Flask, clock: Clock, england: Rules, code: str, as_json: bool
) -> None:
    made = issue(app, of_app(app, england), PERSON)
    typed = {"mistyped": made[:-1], "foreign": write_code(read_code(made) ^ 1), "expired": made}[code]
    clock.pass_by(days=367 if code == "expired" else 0)
    result = open_receipt(app, typed, *(["--json"] if as_json else []))
    assert result.exit_code == 1
    if as_json:
        assert json.loads(result.stdout)["error"]["code"] == code
    else:
        assert result.stdout.startswith(f"{code}: ")
        assert len(result.stdout.splitlines()) == 1


def test_without_keys_nothing_is_called_foreign(app: Flask, england: Rules) -> None:
    result = open_receipt(create_app(Settings()), "0000-0000-0000-0000-0000")
    assert result.exit_code == 1
    assert result.stdout.startswith("no-keys: RECEIPT_KEYS is not set")


def test_opening_a_receipt_logs_nothing(app: Flask, england: Rules, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        open_receipt(app, issue(app, of_app(app, england), PERSON))
    assert caplog.records == []

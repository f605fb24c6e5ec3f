from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import create_app
from app.engine.answers import parse_answers
from app.engine.decision import decide
from app.engine.rulebook import Service
from app.engine.rules import Rules
from app.settings import Settings
from tests.checker.test_data_alone import take_law_away
from tests.engine.people import made_up_people
from tests.engine.untranslated import copy_untranslated

PERSON: dict[str, Any] = {
    "who": "self", "age": "16_or_over", "sight": "no", "benefits": ["none"], "terminal_illness": "no",
    "difficulties": ["none"],
}  # fmt: skip


def ask(app: Flask, *lines: str) -> list[dict[str, Any]]:
    result = app.test_cli_runner().invoke(args=["rules", "decide"], input="\n".join(lines))
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def line(**changes: Any) -> str:
    return json.dumps({"nation": "england", "answers": {**PERSON, **changes}})


def test_a_decision_is_a_line_with_outcome_reasons_and_questions(app: Flask) -> None:
    [decision] = ask(app, line(benefits=["pip"], pip_moving_around="8"))
    assert decision == {
        "outcome": "automatic",
        "because": ["ENG-AUTO-PIP-MA8"],
        "open": [],
        "asked": ["who", "age", "sight", "benefits", "pip_moving_around"],
    }


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("{", "not-json"),
        ("[" * 100_000, "not-json"),
        ("\udcff", "not-json"),
        ("[]", "wrong-shape"),
        ('{"nation": "england"}', "wrong-shape"),
        ('{"nation": "mercia", "answers": {}}', "unknown-nation"),
        ('{"nation": ["england"], "answers": {}}', "unknown-nation"),
        ('{"nation": "england", "answers": []}', "wrong-shape"),
        ('{"nation": "england", "answers": {}}', "missing-answer"),
        (line(benefits=["pip"]), "missing-answer"),
        (line(height="tall"), "unknown-question"),
        (line(sight="poor"), "unknown-option"),
        (line(benefits="pip"), "wrong-shape"),
        (line(benefits=["pip", "none"]), "none-with-others"),
        (line(sight=None), "wrong-shape"),
    ],
)
def test_a_line_that_cannot_be_decided_says_why_and_the_others_go_on(app: Flask, sent: str, code: str) -> None:
    encoded = sent.encode("utf-8", "surrogateescape").decode("latin-1") if "\udcff" in sent else sent
    first, second, third = ask(app, line(), encoded, line())
    assert first == third
    assert first["outcome"] == "unlikely"
    assert second["error"]["code"] == code
    assert second["error"]["message"]


def test_a_nation_without_rules_is_named(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    copy_untranslated(rules)
    take_law_away(rules, "wales")
    app = create_app(Settings(rules=rules))
    [answer] = ask(app, '{"nation": "wales", "answers": {}}')
    assert answer["error"]["code"] == "no-rules"


def test_many_made_up_people_get_what_the_engine_decides(app: Flask, service: Service, england: Rules) -> None:
    people = list(made_up_people(service.vocabulary, 200, seed=7))
    lines = ask(app, *(json.dumps({"nation": "england", "answers": person}) for person in people))
    assert len(lines) == len(people)
    for person, found in zip(people, lines, strict=True):
        decision = decide(england, parse_answers(service.vocabulary, person))
        assert (found["outcome"], found["asked"]) == (decision.outcome, list(decision.asked))


CASE = """
otherwise: {who: self, age: 16_or_over, sight: 'no', benefits: [none], terminal_illness: 'no', difficulties: [none]}
cases:
- id: X1
  nation: england
  facts: Someone.
  answers: {sight: severely_registered}
  expect: {outcome: automatic, because: [ENG-AUTO-BLIND]}
  confidence: high
  source: regulation 4(2)(c)
"""


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("outcome: automatic, because: [ENG-AUTO-BLIND]", "outcome: unlikely",
         "case-failed: X1: expected unlikely, and the rules say automatic because of ENG-AUTO-BLIND"),
        ("[ENG-AUTO-BLIND]", "[ENG-AUTO-WPMS]", "case-failed: X1: automatic does not name ENG-AUTO-WPMS"),
        ("[ENG-AUTO-BLIND]", "[ENG-NONE]", "unknown-reference: england has no criterion 'ENG-NONE'"),
        ("outcome: automatic", "outcome: granted", "unknown-reference: there is no outcome 'granted'"),
        ("nation: england", "nation: mercia", "unknown-reference: there is no nation 'mercia'"),
        ("sight: severely_registered", "eyes: good", "unknown-question: there is no question 'eyes'"),
        ("sight: severely_registered", "sight: good", "unknown-option"),
        ("sight: severely_registered", "benefits: pip", "wrong-shape: benefits takes a list of options"),
        ("sight: severely_registered", "benefits: [pip, none]", "none-with-others"),
        ("sight: severely_registered", "sight: no", "unquoted"),
        ("sight: severely_registered", "benefits: [pip]", "has no answer"),
        ("benefits: [none]", "benefits: none", "wrong-shape"),
        ("  facts: Someone.\n", "", "missing-key"),
        ("  source: reg", "  sauce: reg", "unknown-key"),
    ],
)  # fmt: skip
def test_a_case_that_fails_or_is_wrong_gets_a_line_and_exit_1(
    app: Flask, tmp_path: Path, right: str, wrong: str, said: str
) -> None:
    assert right in CASE
    path = tmp_path / "cases.yaml"
    path.write_text(CASE.replace(right, wrong))
    result = app.test_cli_runner().invoke(args=["rules", "cases", str(path)])
    assert result.exit_code == 1
    assert said in result.stdout
    assert str(path) in result.stdout


def test_cases_that_pass_are_counted_and_exit_0(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text(CASE)
    result = app.test_cli_runner().invoke(args=["rules", "cases", str(path)])
    assert (result.exit_code, result.stdout) == (0, "")
    assert "1 of 1 cases pass" in result.stderr

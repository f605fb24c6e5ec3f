"""Each code of the prover, caught on the real files with one fault planted, with people whom it would happen to."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from flask import Flask

from app.engine.answers import parse_answers
from app.engine.decision import decide
from app.engine.rulebook import read_rulebook
from tests.engine.untranslated import copy_untranslated

SERVICE = "service.yaml"
LAW = "england/2019-08-30.yaml"
CASES = "cases/england.yaml"
WORDS = "words/en.yaml"
WPMS = "    when: {question: benefits, is: [wpms], open: [other]}"

UNSURE = """- {question: benefits, is: [dla], open: [other]}
        - {question: dla_mobility, is: [higher], open: [dont_know]}"""
FAULTS = [
    (SERVICE, "ask_when: {question: benefits, is: [afcs]}", "ask_when: {question: benefits, is: [afip]}",
     "unsound-skip", LAW, 1),
    (SERVICE, "{id: wpms, when: {condition: adult}}", "{id: wpms, nations: [scotland]}", "contradiction", LAW, 0),
    (SERVICE, "longest_journey: 21", "longest_journey: 12", "journey-too-long", SERVICE, 1),
    (SERVICE, "    exclusive: none\n    ceiling", "    ceiling", "no-outcome", SERVICE, 0),
    (SERVICE, "      - {id: none}", "      - {id: none, when: {condition: adult}}", "no-outcome", SERVICE, 0),
    (SERVICE, "{question: afcs_tariff_1_to_8, is: ['no']}", "{question: sight, is: ['no']}\n    reason: Both.\n"
     "  - when: {question: age, is: [under_2, '2', 3_to_15, 16_or_over]}", "no-outcome", SERVICE, 1),
    (SERVICE, "{id: assessed}", "{id: unlikely}", "two-outcomes", SERVICE, 0),
    (SERVICE, "        - {question: afcs_tariff_1_to_8, is: ['no']}",
     "        - {not: {question: afcs_tariff_6_mental_disorder, is: ['yes']}}", "contradiction", SERVICE, 0),
    (LAW, WPMS, "    when: {not: {question: benefits, is: [wpms]}}", "worse-for-more", LAW, 2),
    (LAW, WPMS, "    when: {any: [{question: benefits, is: [wpms]}, {not: {question: benefits, is: [wpms]}}]}",
     "always-true", LAW, 1),
    (LAW, WPMS, "    when: {all: [{question: benefits, is: [wpms]}, {not: {question: benefits, is: [wpms]}}]}",
     "contradiction", LAW, 0),
    (LAW, WPMS, "    when: {all: [{question: sight, is: [severely_registered]}, {question: benefits, is: [wpms]}]}",
     "unreachable-criterion", LAW, 1),
    (LAW, "        - {question: organisation_cares, is: ['yes']}",
     "        - {question: who, is: [self]}\n        - {question: organisation_cares, is: ['yes']}",
     "unreachable-question", SERVICE, 0),
    (LAW, "is: [three_years_or_more, dont_know]}",
     "is: [three_years_or_more, one_to_three_years, under_one_year, dont_know]}", "useless-question", SERVICE, 1),
    (LAW, UNSURE, UNSURE.replace(", open: [dont_know]", ""), "unlikely-with-open", LAW, 2),
    (LAW, UNSURE, UNSURE.replace(", open: [other]", ""), "unlikely-with-open", LAW, 2),
    (LAW, "  - id: ENG-CHILD-VEHICLE\n    route: assessed", "  - id: ENG-CHILD-VEHICLE\n    route: automatic",
     "promise-above-route", LAW, 1),
    (LAW, "criteria:\n", "intended:\n  - {code: always-true, about: ENG-ORG, reason: Because.}\n\ncriteria:\n",
     "intended-no-more", LAW, 0),
    (CASES, "outcome: automatic", "outcome: assessed", "case-failed", CASES, 0),
    (WORDS, "      self: Myself\n", "", "text-missing", WORDS, 0),
]  # fmt: skip


def england_alone(tmp_path: Path) -> Path:
    """The rules with one nation's law, which is quicker to prove; the words of the others are then findings too."""
    folder = tmp_path / "rules"
    copy_untranslated(folder)
    for nation in ("wales", "scotland", "northern_ireland"):
        shutil.rmtree(folder / "blue-badge" / nation)
        (folder / f"blue-badge/cases/{nation}.yaml").unlink()
    return folder


@pytest.mark.parametrize(("name", "right", "wrong", "code", "told_in", "people"), FAULTS)
def test_a_planted_fault_is_found_and_shown_on_people(
    app: Flask, tmp_path: Path, name: str, right: str, wrong: str, code: str, told_in: str, people: int
) -> None:
    folder = england_alone(tmp_path)
    path = folder / "blue-badge" / name
    text = path.read_text()
    assert right in text
    path.write_text(text.replace(right, wrong, 1))
    result = app.test_cli_runner().invoke(args=["rules", "prove", str(folder), "--json"])
    assert result.exit_code == 1
    found = [finding for finding in json.loads(result.stdout)["findings"] if finding["code"] == code]
    assert found
    assert found[0]["file"] == str(folder / "blue-badge" / told_in)
    assert found[0]["line"] > 1
    assert len(found[0]["people"]) == people


def test_ticking_more_is_shown_to_cost_somebody_the_criterion(app: Flask, tmp_path: Path) -> None:
    folder = england_alone(tmp_path)
    path = folder / "blue-badge" / LAW
    path.write_text(path.read_text().replace(WPMS, "    when: {not: {question: benefits, is: [wpms]}}"))
    result = app.test_cli_runner().invoke(args=["rules", "prove", str(folder), "--json"])
    [finding] = [each for each in json.loads(result.stdout)["findings"] if each["code"] == "worse-for-more"]
    service = read_rulebook(folder)[0]["blue-badge"]
    rules = service.laws["england"][-1]
    rest: dict[str, object] = {
        question.id: [question.option_ids[-1]] if question.exclusive else question.option_ids[-1]
        for question in service.vocabulary.questions
    }
    values = []
    for person in finding["people"]:
        given = {name: ticked if name in ("benefits",) else ticked[0] for name, ticked in person["answers"].items()}
        decision = decide(rules, parse_answers(service.vocabulary, {**rest, **given}))
        values += [reason.value for reason in decision.reasons if reason.criterion.id == "ENG-AUTO-WPMS"]
    assert values == [2, 0]


def test_the_rules_are_proved_and_their_figures_told(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["rules", "prove"])
    assert result.exit_code == 0, result.output
    assert "blue-badge england from 2019-08-30: 671 states, 26584663475 paths, 2 to 17 questions" in result.output


def test_findings_are_told_in_lines_for_people(app: Flask, tmp_path: Path) -> None:
    folder = england_alone(tmp_path)
    path = folder / "blue-badge" / LAW
    path.write_text(path.read_text().replace(WPMS, "    when: {not: {question: benefits, is: [wpms]}}"))
    result = app.test_cli_runner().invoke(args=["rules", "prove", str(folder)])
    assert result.exit_code == 1
    assert f"{path}:" in result.output
    assert "worse-for-more: ticking 'wpms' in 'benefits' takes ENG-AUTO-WPMS away from somebody" in result.output
    assert "for example: who: self; age:" in result.output
    assert "in a preview: start?as_of=2019-08-30&person=who=self,age=" in result.output

"""One fault at a time in the real files, each found with its code, at its line, before anybody is asked anything."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from app.engine.problem import LoadError
from app.engine.rulebook import load_rulebook
from app.settings import ROOT

SERVICE = "service.yaml"
LAW = "england/2019-08-30.yaml"
WORDS = "words/en.yaml"

FAULTS = [
    (SERVICE, "service: blue-badge", "service: blue-badges", "unknown-reference"),
    (SERVICE, "languages: [en]", "languages: [en, cy]", "text-missing"),
    (SERVICE, "languages: [en]", "langauges: [en]", "unknown-key"),
    (SERVICE, "ends: true", "ends: yes", "unquoted"),
    (SERVICE, "ends: true", "ends: 'true'", "wrong-shape"),
    (SERVICE, "  - {id: assessed}", "  - {id: automatic}", "duplicate-id"),
    (SERVICE, "question: who\n", "question: whom\n", "unknown-reference"),
    (SERVICE, "self: you, ", "", "unknown-reference"),
    (SERVICE, "self: you, ", "self: thou, ", "unknown-value"),
    (SERVICE, "condition: adult", "condition: grown_up", "unknown-reference"),
    (SERVICE, "{question: age, is: [16_or_over]}", "{question: age, is: [18_or_over]}", "unknown-reference"),
    (SERVICE, "ask_when: {question: benefits, is: [pip]}", "ask_when: {question: lasting, is: [dont_know]}",
     "unknown-reference"),
    (SERVICE, "ask_when: {question: benefits, is: [pip]}", "ask_when: {question: benefits, is: [none]}",
     "exclusive-option"),
    (SERVICE, "ask_when: {question: benefits, is: [pip]}", "ask_when: {question: benefits, has: [pip]}", "missing-key"),
    (SERVICE, "ask_when: {question: benefits, is: [pip]}", "ask_when: {benefits: [pip]}", "bad-condition"),
    (SERVICE, "exclusive: none", "exclusive: nothing", "unknown-reference"),
    (SERVICE, "nations: [scotland]", "nations: [caledonia]", "unknown-reference"),
    (SERVICE, "options: ['yes', 'no']", "options: [yes, 'no']", "unquoted"),
    (SERVICE, "options: ['yes', 'no']", "options: ['yes']", "wrong-shape"),
    (SERVICE, "options: ['yes', 'no']", "options: ['yes', 'yes']", "duplicate-id"),
    (SERVICE, "options: ['0', '4',", "options: [0, '4',", "unquoted"),
    (SERVICE, "id: sight", "id: age", "duplicate-id"),
    (SERVICE, "kind: many", "kind: several", "unknown-value"),
    (SERVICE, "kind: many", "kind: one", "wrong-shape"),
    (SERVICE, "apply: 'https:", "apply: 'http:", "wrong-shape"),
    (LAW, "nation: england", "nation: wales", "unknown-reference"),
    (LAW, "nation: england", "nation: mercia", "unknown-reference"),
    (LAW, "in_force: {from: 2019-08-30}", "in_force: {from: 2019-08-31}", "unknown-reference"),
    (LAW, "in_force: {from: 2019-08-30}", "in_force: {from: 2019-08-32}", "wrong-shape"),
    (LAW, "in_force: {from: 2019-08-30}", "in_force: {from: 2019-08-30, until: 2019-08-29}", "wrong-shape"),
    (LAW, "in_force: {from: 2019-08-30}", "in_force: {from: 2019-08-30, until: soon}", "wrong-shape"),
    (LAW, "in_force: {from: 2019-08-30}", "in_force: {from: 2019-08-30, until: 2026-12-31}", "date-gap"),
    (LAW, "checked: 2026-11-21\n", "", "missing-key"),
    (LAW, "id: ENG-AUTO-WPMS", "id: ENG-AUTO-BLIND", "duplicate-id"),
    (LAW, "route: automatic", "route: certain", "unknown-reference"),
    (LAW, "applies: young_child", "applies: toddler", "unknown-reference"),
    (LAW, "sources: [regulation-4-2-d]", "sources: [regulation-9]", "unknown-reference"),
    (LAW, "sources: [regulation-4-2-d]", "sources: []", "uncited"),
    (LAW, "  act-1970:\n", "  act-1971:\n", "unused-source"),
    (LAW, "evidence: [wpms_letter, identity, address, photo, ni_number]", "evidence: []", "no-evidence"),
    (LAW, "confidence: medium", "confidence: middling", "unknown-value"),
    (LAW, "is: [wpms], open: [other]", "is: [wpns], open: [other]", "unknown-reference"),
    (LAW, "is: [wpms], open: [other]", "is: [wpms], open: [wpms]", "contradiction"),
    (LAW, "is: [wpms], open: [other]", "is: [], open: [other]", "wrong-shape"),
    (LAW, "is: ['8', '10', '12']", "is: [8, '10', '12']", "unquoted"),
    (LAW, "is: ['yes'], open: [dont_know]}\n        - {question: afcs_tariff", "is: [yes], open: [dont_know]}\n"
     "        - {question: afcs_tariff", "unquoted"),
    (LAW, "- {condition: lasts_long_enough}", "- {condition: lasts_for_ever}", "unknown-reference"),
    (LAW, "  two_or_over:\n", "  adult:\n", "duplicate-id"),
    (LAW, "outcomes: [automatic, assessed", "outcomes: [granted, assessed", "unknown-reference"),
    (LAW, "place: challenge}", "place: footer}", "unknown-value"),
    (LAW, "{id: afip,", "{id: attendance_allowance,", "duplicate-id"),
    (LAW, "url: https://www.legislation.gov.uk/uksi/2019/891", "url: www.legislation.gov.uk", "wrong-shape"),
    (LAW, "criteria:\n  - id: ENG-AUTO-DLA", "criteria: &all\n  - id: ENG-AUTO-DLA", None),
    (WORDS, "language: en", "language: cy", "unknown-reference"),
    (WORDS, "  northern_ireland: Northern Ireland\n", "", "text-missing"),
    (WORDS, "  england: England\n", "  england: England\n  mercia: Mercia\n", "text-unused"),
    (WORDS, "  ENG-ORG:\n", "  ENG-ORGANISATION:\n", "text-missing"),
    (WORDS, "      self: Myself\n", "", "text-missing"),
    (WORDS, "      self: Myself\n", "      self: Myself\n      nobody: Nobody\n", "text-unused"),
    (WORDS, "    missing: Select who you are checking for", "    missing: ''", "text-missing"),
    (WORDS, "    missing: Select who you are checking for", "    missing: Ask {authority}", "placeholder-mismatch"),
    (WORDS, "    missing: Select who you are checking for", "    missing: Ask {council", "placeholder-mismatch"),
    (WORDS, "    missing: Select who you are checking for", "    missing: {you: Select who}", "missing-key"),
    (WORDS, "      self: Myself", "      self: no", "unquoted"),
    (WORDS, "      self: Myself", "      self:", "unquoted"),
    (WORDS, "      self: Myself", "      self: [Myself]", "wrong-shape"),
    (WORDS, "service: Check if", "service: 'Check if", "not-yaml"),
    (WORDS, "    not_met: The fast track", "    open: It hangs\n    not_met: The fast track", "text-unused"),
    (WORDS, "nations:\n", "nations:\n  england: England\n", "duplicate-key"),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    return tmp_path / "rules"


@pytest.mark.parametrize(("name", "right", "wrong", "code"), FAULTS)
def test_a_fault_is_found_with_its_code_and_line(
    folder: Path, name: str, right: str, wrong: str, code: str | None
) -> None:
    path = folder / "blue-badge" / name
    text = path.read_text()
    assert right in text
    path.write_text(text.replace(right, wrong, 1))
    if code is None:
        assert load_rulebook(folder)
        return
    with pytest.raises(LoadError) as caught:
        load_rulebook(folder)
    first = text[: text.index(right)].count("\n") + 1
    near = range(first - 2, first + wrong.count("\n") + 3)
    found = [(problem.code, problem.file.name) for problem in caught.value.problems]
    assert (code, path.name) in found
    if code not in ("text-missing", "not-yaml"):
        assert any(problem.code == code and problem.line in near for problem in caught.value.problems)


def test_all_faults_of_all_files_are_told_at_once(folder: Path) -> None:
    law = folder / "blue-badge" / LAW
    text = law.read_text().replace("route: automatic", "route: certain", 1)
    text = text.replace("{from: 2019-08-30}", "{from: 2019-08-30, to: 2020}").replace(
        "is: ['yes'], open", "is: [yes], open", 1
    )
    law.write_text(text.replace("sources: [regulation-5, act-1970]", "sources: []"))
    words = folder / "blue-badge" / WORDS
    words.write_text(words.read_text().replace("      self: Myself", "      self: no"))
    with pytest.raises(LoadError) as caught:
        load_rulebook(folder)
    assert [problem.code for problem in caught.value.problems] == [
        "unknown-key",
        "unused-source",
        "unused-source",
        "unknown-reference",
        "unquoted",
        "uncited",
        "unquoted",
    ]
    assert str(caught.value).count("\n") == 6


def test_aliases_are_refused(folder: Path) -> None:
    law = folder / "blue-badge" / LAW
    text = law.read_text().replace("evidence: [wpms_letter", "evidence: &proof [wpms_letter", 1)
    law.write_text(text.replace("evidence: [afcs_letter, identity, address, photo, ni_number]", "evidence: *proof", 1))
    with pytest.raises(LoadError, match="alias"):
        load_rulebook(folder)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xff\xfe", "not-utf-8"),
        (b"a: [1", "not-yaml"),
        (b"- x\n", "wrong-shape"),
        (b"a: \x07", "not-yaml"),
    ],
)
def test_a_file_that_is_not_rules_at_all_is_named(folder: Path, content: bytes, code: str) -> None:
    (folder / "blue-badge" / LAW).write_bytes(content)
    with pytest.raises(LoadError, match=code):
        load_rulebook(folder)


def test_a_folder_without_services_does_not_load(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="unreadable"):
        load_rulebook(tmp_path)


def test_the_version_for_a_day_is_chosen_by_date_and_older_ones_stay_within_reach(folder: Path) -> None:
    old = folder / "blue-badge" / LAW
    new = old.with_name("2027-01-01.yaml")
    new.write_text(old.read_text().replace("from: 2019-08-30", "from: 2027-01-01"))
    service = load_rulebook(folder)["blue-badge"]
    before, after = (service.rules("england", date(*day)) for day in ((2026, 12, 31), (2027, 1, 1)))
    assert before is not None
    assert after is not None
    assert (before.in_force, after.in_force) == (date(2019, 8, 30), date(2027, 1, 1))
    assert service.version("england", before.version) is before
    assert service.rules("england", date(2019, 8, 29)) is None
    assert service.rules("wales", date(2016, 9, 30)) is None


def test_two_files_of_one_nation_for_the_same_day_do_not_load(folder: Path) -> None:
    old = folder / "blue-badge" / LAW
    twin = old.with_name("2019-08-30-again.yaml")
    twin.write_text(old.read_text())
    with pytest.raises(LoadError, match="date-overlap"):
        load_rulebook(folder)

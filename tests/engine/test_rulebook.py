"""One fault at a time in the real files, each found with its code, at its line, before anybody is asked anything."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.engine.problem import LoadError
from app.engine.rulebook import load_rulebook
from app.engine.rules import Rules
from tests.engine.untranslated import copy_untranslated

SERVICE = "service.yaml"
LAW = "england/2019-08-30.yaml"
WORDS = "words/en.yaml"

HIDING_NOTHING = (
    "contradiction", "duplicate-id", "exclusive-option", "no-evidence", "no-outcome", "placeholder-mismatch",
    "text-missing", "uncited", "unknown-reference",
)  # fmt: skip
"""Codes of faults past which a file is still read to its end."""

HIDING_OTHERS = ("languages: [en]", "question: who\n", "exclusive: none")
"""What, once wrong, other faults in the same file cannot be told against."""

FAULTS = [
    (SERVICE, "service: blue-badge", "service: blue-badges", "unknown-reference"),
    (SERVICE, "languages: [en]", "languages: [en, cy]", "text-missing"),
    (SERVICE, "ends: true", "ends: yes", "unquoted"),
    (SERVICE, "ends: true", "ends: 'true'", "wrong-shape"),
    (SERVICE, "  - {id: assessed}", "  - {id: assessed, id: assessed}", "duplicate-key"),
    (SERVICE, "question: who\n", "question: whom\n", "unknown-reference"),
    (SERVICE, "self: you, ", "", "unknown-reference"),
    (SERVICE, "self: you, ", "self: thou, ", "unknown-value"),
    (SERVICE, "condition: adult", "condition: grown_up", "unknown-reference"),
    (SERVICE, "{question: age, is: [16_or_over]}", "{question: age, is: [18_or_over]}", "unknown-reference"),
    (SERVICE, "ask_when: {question: benefits, is: [pip]}", "ask_when: {question: lasting, is: [dont_know]}",
     "unknown-reference"),
    (SERVICE, "ask_when: {question: benefits, is: [pip]}", "ask_when: {question: benefits, is: [none]}",
     "exclusive-option"),
    (SERVICE, "ask_when: {question: benefits, is: [pip]}", "ask_when: {benefits: [pip]}", "bad-condition"),
    (SERVICE, "exclusive: none", "exclusive: nothing", "unknown-reference"),
    (SERVICE, "nations: [scotland]", "nations: [caledonia]", "unknown-reference"),
    (SERVICE, "options: ['yes', 'no']", "options: [yes, 'no']", "unquoted"),
    (SERVICE, "options: ['yes', 'no']", "options: ['yes']", "wrong-shape"),
    (SERVICE, "options: ['yes', 'no']", "options: ['yes', 'yes']", "duplicate-id"),
    (SERVICE, "options: ['0', '4',", "options: [0, '4',", "unquoted"),
    (SERVICE, "- id: organisation_transports", "- {id: organisation_cares, kind: one, options: ['yes', 'no']}\n"
     "  - id: organisation_transports", "duplicate-id"),
    (SERVICE, "unsure: [other]", "unsure: [others]", "unknown-reference"),
    (SERVICE, "ceiling: special_route", "ceiling: special", "unknown-reference"),
    (SERVICE, "is: [afcs]}\n    unsure", "is: [afcs, afcs_2]}\n    unsure", "unknown-reference"),
    (SERVICE, "longest_journey: 21", "longest_journey: 0", "wrong-shape"),
    (SERVICE, "- {id: none}", "- {id: none, nations: [wales]}", "no-outcome"),
    (SERVICE, "reason: Tariff 6 is one of the tariffs 1 to 8.", "reason: ''", "wrong-shape"),
    (SERVICE, "kind: many", "kind: several", "unknown-value"),
    (SERVICE, "apply: 'https:", "apply: 'http:", "wrong-shape"),
    (LAW, "nation: england", "nation: wales", "unknown-reference"),
    (LAW, "in_force: {from: 2019-08-30}", "in_force: {from: 2019-08-31}", "unknown-reference"),
    (LAW, "in_force: {from: 2019-08-30}", "in_force: {from: 2019-08-32}", "wrong-shape"),
    (LAW, "in_force: {from: 2019-08-30}", "in_force: {from: 2019-08-30, until: 2019-08-29}", "wrong-shape"),
    (LAW, "in_force: {from: 2019-08-30}", "in_force: {from: 2019-08-30, until: soon}", "wrong-shape"),
    (LAW, "in_force: {from: 2019-08-30}", "in_force: {from: 2019-08-30, until: 2026-12-31}", "date-gap"),
    (LAW, "id: ENG-AUTO-WPMS", "id: ENG-AUTO-BLIND", "duplicate-id"),
    (LAW, "route: automatic", "route: certain", "unknown-reference"),
    (LAW, "applies: young_child", "applies: toddler", "unknown-reference"),
    (LAW, "evidence: [wpms_letter, identity, address, photo, ni_number]", "evidence: []", "no-evidence"),
    (LAW, "confidence: medium", "confidence: middling", "unknown-value"),
    (LAW, "is: [wpms], open: [other]", "is: [wpns], open: [other]", "unknown-reference"),
    (LAW, "is: [wpms], open: [other]", "is: [wpms], open: [wpms]", "contradiction"),
    (LAW, "is: [wpms], open: [other]", "is: [], open: [other]", "wrong-shape"),
    (LAW, "is: ['8', '10', '12']", "is: [8, '10', '12']", "unquoted"),
    (LAW, "is: ['yes'], open: [dont_know]}\n        - {question: afcs_tariff", "is: [yes], open: [dont_know]}\n"
     "        - {question: afcs_tariff", "unquoted"),
    (LAW, "- {condition: lasts_long_enough}", "- {condition: lasts_for_ever}", "unknown-reference"),
    (LAW, "  two_or_over:\n", "  adult: {question: who, is: [self]}\n  two_or_over:\n", "duplicate-id"),
    (LAW, "outcomes: [automatic, assessed", "outcomes: [granted, assessed", "unknown-reference"),
    (LAW, "place: challenge}", "place: footer}", "unknown-value"),
    (LAW, "{id: afip,", "{id: attendance_allowance,", "duplicate-id"),
    (LAW, "url: https://www.legislation.gov.uk/uksi/2019/891", "url: www.legislation.gov.uk", "wrong-shape"),
    (WORDS, "language: en", "language: cy", "unknown-reference"),
    (WORDS, "    missing: Select who you are checking for", "    missing: ''", "text-missing"),
    (WORDS, "    missing: Select who you are checking for", "    missing: Ask {authority}", "placeholder-mismatch"),
    (WORDS, "    missing: Select who you are checking for", "    missing: Ask {council", "placeholder-mismatch"),
    (WORDS, "    missing: Select who you are checking for", "    missing: {you: Select who}", "missing-key"),
    (WORDS, "      self: Myself", "      self: no", "unquoted"),
    (WORDS, "      self: Myself", "      self:", "unquoted"),
    (WORDS, "      self: Myself", "      self: [Myself]", "wrong-shape"),
    (WORDS, "    not_met: The fast track", "    open: It hangs\n    not_met: The fast track", "text-unused"),
]  # fmt: skip
"""The file, what is right in it, what is written instead, and the one code, told of the line where it stands."""

BY_SEVERAL = [
    (SERVICE, "languages: [en]", "langauges: [en]", [("missing-key", "service:"), ("unknown-key", "langauges:")]),
    (SERVICE, "{question: benefits, is: [pip]}", "{question: benefits, has: [pip]}",
     [("missing-key", "{question: benefits, has"), ("unknown-key", "{question: benefits, has")]),
    (SERVICE, "kind: many\n    exclusive", "kind: one\n    exclusive", [("wrong-shape", "exclusive: none")]),
    (LAW, "nation: england", "nation: mercia",
     [("unknown-reference", "nation: mercia"), ("unknown-reference", "nation: mercia")]),
    (LAW, "checked: 2026-11-21\n", "", [("missing-key", "nation: england")]),
    (LAW, "  a_person: {", "  person: {", [
        *[("unknown-reference", f"- {{condition: a_person}}\n      - {{question: age, is: [{age}")
          for age in ("'2'", "under_2")],
        ("unknown-reference", "applies: a_person"),
        *[("unknown-reference", f"- {{id: {note}, place")
          for note in ("fee", "fee_refund", "residence", "fast_track", "helper_sites")],
    ]),
    (LAW, "sources: [regulation-4-2-d]", "sources: [regulation-9]",
     [("unknown-reference", "sources: [regulation-9]"), ("unused-source", "  regulation-4-2-d:")]),
    (LAW, "sources: [regulation-4-2-d]", "sources: []",
     [("uncited", "sources: []"), ("unused-source", "  regulation-4-2-d:")]),
    (LAW, "  act-1970:\n", "  act-1971:\n",
     [("unknown-reference", "sources: [regulation-5, act-1970]"), ("unused-source", "  act-1971:")]),
    (WORDS, "language: en", "languages: en", [("missing-key", "languages:"), ("unknown-key", "languages:")]),
    (WORDS, "    options:\n      self", "    option:\n      self",
     [("missing-key", "  who:\n"), ("unknown-key", "    option:")]),
    (WORDS, "  northern_ireland: Northern Ireland\n", "", [("text-missing", "nations:")]),
    (WORDS, "  england: England\n", "  england: England\n  mercia: Mercia\n", [("text-unused", "  mercia:")]),
    (WORDS, "  ENG-ORG:\n", "  ENG-ORGANISATION:\n",
     [("text-missing", "\ncriteria:"), ("text-unused", "  ENG-ORGANISATION:")]),
    (WORDS, "      self: Myself\n", "", [("text-missing", "    options:\n      someone_else")]),
    (WORDS, "      self: Myself\n", "      self: Myself\n      nobody: Nobody\n", [("text-unused", "      nobody:")]),
    (WORDS, "nations:\n", "nations:\n  england: England\n", [("duplicate-key", "  england: England\n  wales")]),
]  # fmt: skip
"""Faults told of another line than the one changed, or with consequences: every code with the text on its line."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy_untranslated(tmp_path / "rules")
    return tmp_path / "rules"


def told(folder: Path) -> list[tuple[str, str, int]]:
    with pytest.raises(LoadError) as caught:
        load_rulebook(folder)
    return [(problem.code, problem.file.name, problem.line) for problem in caught.value.problems]


def line_of(text: str, part: str) -> int:
    """The line on which a part of a text begins; line breaks before it do not count."""
    return text[: text.index(part) + len(part) - len(part.lstrip("\n"))].count("\n") + 1


@pytest.mark.parametrize(("name", "right", "wrong", "code"), FAULTS)
def test_a_fault_is_told_once_with_its_code_on_its_line(
    folder: Path, name: str, right: str, wrong: str, code: str
) -> None:
    path = folder / "blue-badge" / name
    text = path.read_text()
    line = line_of(text, right)
    path.write_text(text.replace(right, wrong, 1))
    assert told(folder) == [(code, path.name, line)]


@pytest.mark.parametrize(("name", "right", "wrong", "expected"), BY_SEVERAL)
def test_a_fault_is_told_with_its_consequences_and_nothing_else(
    folder: Path, name: str, right: str, wrong: str, expected: list[tuple[str, str]]
) -> None:
    path = folder / "blue-badge" / name
    text = path.read_text().replace(right, wrong, 1)
    assert text != path.read_text()
    path.write_text(text)
    assert sorted(told(folder)) == sorted((code, path.name, line_of(text, part)) for code, part in expected)


def test_an_anchor_that_nothing_refers_to_does_no_harm(folder: Path) -> None:
    path = folder / "blue-badge" / LAW
    path.write_text(path.read_text().replace("criteria:\n  - id", "criteria: &all\n  - id", 1))
    assert load_rulebook(folder)


def test_a_quote_left_open_is_told_where_the_file_stops_making_sense(folder: Path) -> None:
    path = folder / "blue-badge" / WORDS
    path.write_text(path.read_text().replace("service: Check if", "service: 'Check if", 1))
    [(code, name, line)] = told(folder)
    assert (code, name) == ("not-yaml", "en.yaml")
    assert line > 5


@pytest.mark.parametrize("name", [SERVICE, LAW, WORDS])
def test_every_fault_of_a_file_is_told_at_once(folder: Path, name: str) -> None:
    path = folder / "blue-badge" / name
    text = path.read_text()
    expected = []
    for where, right, wrong, code in FAULTS:
        if where != name or code not in HIDING_NOTHING or right in HIDING_OTHERS:
            continue
        if right in text and right.count("\n") == wrong.count("\n"):
            expected.append((code, path.name, line_of(text, right)))
            text = text.replace(right, wrong, 1)
    path.write_text(text)
    found = told(folder)
    assert len(expected) > 1
    assert set(expected) <= set(found)
    assert {code for code, _, _ in found} == {code for code, _, _ in expected}


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


@pytest.mark.parametrize(
    ("name", "right", "other", "same"),
    [
        (SERVICE, "    unsure: [other]\n", "", True),
        (SERVICE, "    ceiling: special_route\n", "", True),
        (SERVICE, "longest_journey: 21", "longest_journey: 22", True),
        (SERVICE, "kind: one", "kind: one # of these", True),
        (LAW, "provision: regulation 4(2)(d)\n", "provision: regulation 4\n", True),
        (LAW, "checked: 2026-11-21", "checked: 2026-11-22", True),
        (LAW, "is: [wpms], open: [other]", "is: [wpms, afip], open: [other]", False),
        (SERVICE, "ask_when: {question: benefits, is: [afcs]}", "ask_when: {question: benefits, is: [afip]}", False),
    ],
)
def test_a_version_is_another_when_something_else_is_asked_or_decided(
    folder: Path, england: Rules, name: str, right: str, other: str, same: bool
) -> None:
    path = folder / "blue-badge" / name
    text = path.read_text()
    assert right in text
    path.write_text(text.replace(right, other, 1))
    [law] = load_rulebook(folder)["blue-badge"].laws["england"]
    assert (law.version == england.version) is same

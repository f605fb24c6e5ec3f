"""Edits of the real files, one of each kind, and what ``rules compare`` says of them in every form."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import html5lib
import pytest
from click.testing import Result
from flask import Flask

from app.settings import ROOT
from tests.checker.test_data_alone import take_law_away
from tests.engine.untranslated import copy_untranslated
from tests.page_client import page_faults, text_of

RULES = ROOT / "rules"
LAW = "blue-badge/england/2019-08-30.yaml"
POINTS = ("is: ['8', '10', '12'], open: [dont_know]", "is: ['10', '12'], open: [dont_know]")
TOWARDS_CERTIFICATE = ("is: [severely_registered], open: [severely_certificate, dont_know]",
                       "is: [severely_registered, severely_certificate], open: [dont_know]")  # fmt: skip


def edited(tmp_path: Path, *edits: tuple[str, str], name: str = LAW) -> Path:
    """A copy of the rules with one file edited."""
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    path = folder / name
    text = path.read_text()
    for right, other in edits:
        assert right in text
        text = text.replace(right, other)
    path.write_text(text)
    return folder


def compare(app: Flask, *args: object) -> Result:
    return app.test_cli_runner().invoke(args=["rules", "compare", *map(str, args)])


def as_data(app: Flask, *args: object) -> list[dict[str, Any]]:
    result = compare(app, *args, "--json")
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)["compared"]
    return found


def changes(app: Flask, folder: Path) -> list[dict[str, Any]]:
    [pair] = as_data(app, RULES / LAW, folder / LAW)
    found: list[dict[str, Any]] = pair["comparison"]["changes"]
    return found


def test_a_move_is_told_with_its_count_its_cause_and_its_shortest_person(app: Flask, tmp_path: Path) -> None:
    folder = edited(tmp_path, POINTS)
    result = compare(app, RULES / LAW, folder / LAW)
    assert result.exit_code == 0
    for said in (
        "## England (blue-badge), from 2019-08-30",
        "Criteria written otherwise: ENG-AUTO-PIP-MA8",
        "8,375,474,688 paths (23.95%) of 34,960,140,467 have another outcome.",
        "They are not numbers of people.",
        "### automatic to unlikely: 168,314,112 paths (0.48%)",
        "“You should be able to get a Blue Badge without a further assessment” becomes “These answers do not show",
        "because of ENG-AUTO-PIP-MA8 (PIP with 8 points or more for moving around): 168,314,112 paths",
        "for example: who: self; age: 16_or_over; sight: partially; benefits: pip; pip_moving_around: 8;",
        "### automatic keeps its outcome, for other reasons: 2,560 paths (under 0.01%)",
        "ENG-AUTO-PIP-MA8 was met, is not met",
        "newly asked: pip_planning_journeys",
    ):
        assert said in result.stdout


def test_json_holds_all_that_the_text_says(app: Flask, tmp_path: Path) -> None:
    [pair] = as_data(app, RULES / LAW, edited(tmp_path, POINTS) / LAW)
    assert (pair["service"], pair["nation"], pair["from"]) == ("blue-badge", "england", "2019-08-30")
    found = pair["comparison"]
    assert found["paths"] == 34_960_140_467
    assert found["moved"] == 8_375_474_688
    assert found["causes_combined"] is True
    assert found["outcomes"]["special_route"] == {"old": 34_179, "new": 44_931}
    assert found["revision"]["criteria"] == {"added": [], "dropped": [], "edited": ["ENG-AUTO-PIP-MA8"]}
    assert sum(each["old"] for each in found["outcomes"].values()) == found["paths"]
    [move] = [each for each in found["changes"] if each["new"] == "special_route"]
    assert (move["kind"], move["old"], move["paths"]) == ("outcome", "automatic", 10_752)
    [cause] = move["causes"]
    assert cause["criteria"] == ["ENG-AUTO-PIP-MA8"]
    assert cause["example"]["answers"]["terminal_illness"] == ["yes"]
    assert cause["example"]["newly_asked"] == ["pip_planning_journeys", "terminal_illness"]


@pytest.mark.parametrize(
    ("edit", "kind", "old", "new", "causes"),
    [
        (TOWARDS_CERTIFICATE, "outcome", "depends", "automatic", ["ENG-AUTO-BLIND"]),
        (("  - id: ENG-AUTO-BLIND\n    route: automatic", "  - id: ENG-AUTO-BLIND\n    route: assessed"), "outcome",
         "automatic", "assessed", ["ENG-AUTO-BLIND"]),
        (("is: [danger, no_traffic_awareness, cannot_follow]", "is: [danger, no_traffic_awareness, other]"),
         "reasons", "assessed", "assessed", []),
    ],
)  # fmt: skip
def test_each_kind_of_change_is_found(
    app: Flask, tmp_path: Path, edit: tuple[str, str], kind: str, old: str, new: str, causes: list[str]
) -> None:
    found = changes(app, edited(tmp_path, edit))
    [change] = [each for each in found if (each["kind"], each["old"], each["new"]) == (kind, old, new)]
    assert change["paths"] > 0
    assert [each["criteria"] for each in change["causes"]] == ([causes] if causes else [])


def test_a_question_that_is_only_asked_of_more_people_is_told_apart(app: Flask, tmp_path: Path) -> None:
    always = "{question: drives_regularly, is: ['yes']}"
    folder = edited(tmp_path, (always, "{question: drives_regularly, is: ['yes', 'no']}"))
    found = changes(app, folder)
    [change] = [each for each in found if (each["kind"], each["old"]) == ("questions", "unlikely")]
    assert change["example"]["newly_asked"] == ["parking_meters"]
    assert "assessed keeps its outcome and reasons, with other questions" in compare(app, RULES, folder).stdout


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (("checked: 2026-11-21", "checked: 2026-11-20"), "This edit changes nothing: every outcome, every reason and "
         "every question stay the same. Only words or sources differ."),
        (("provision: regulation 4(2)(d)\n", "provision: regulation 4\n"), "Only words or sources differ."),
        (("{question: sight, is: [severely_registered], open", "{all: [{question: sight, is: [severely_registered], "
          "open: [severely_certificate, dont_know]}, {question: who, is: [self, someone_else]}]} #"),
         "Criteria written otherwise: ENG-AUTO-BLIND\n\nThis edit changes nothing: every outcome, every reason and "
         "every question stay the same.\n"),
        (("nation", "nation"), "The files are the same."),
    ],
)  # fmt: skip
def test_an_edit_that_changes_nothing_is_said_to(app: Flask, tmp_path: Path, edit: tuple[str, str], said: str) -> None:
    assert said in compare(app, RULES / LAW, edited(tmp_path, edit) / LAW).stdout


def test_an_option_that_decides_nothing_is_still_told(app: Flask, tmp_path: Path) -> None:
    folder = edited(tmp_path, ("      - {id: other}\n", "      - {id: carers, when: {condition: adult}}\n"
                               "      - {id: other}\n"), name="blue-badge/service.yaml")  # fmt: skip
    found = changes(app, folder)
    assert {each["kind"] for each in found} == {"questions"}
    assert all(each["old"] == each["new"] for each in found)


def later_law(folder: Path, *edits: tuple[str, str]) -> Path:
    path = folder / "blue-badge/england/2027-01-01.yaml"
    text = (RULES / LAW).read_text()
    for right, other in (("{from: 2019-08-30}", "{from: 2027-01-01}"), *edits):
        assert right in text
        text = text.replace(right, other)
    path.write_text(text)
    return path


def test_folders_are_compared_day_by_day_and_a_new_law_with_what_it_replaces(app: Flask, tmp_path: Path) -> None:
    folder = edited(tmp_path)
    later_law(folder, POINTS)
    found = as_data(app, RULES, folder)
    moved = {(each["nation"], each["from"]): each["comparison"]["moved"] for each in found}
    assert moved == {
        ("england", "2019-08-30"): 0,
        ("england", "2027-01-01"): 8_375_474_688,
        ("wales", "2016-10-01"): 0,
        ("scotland", "2025-03-21"): 0,
        ("northern_ireland", "2016-06-20"): 0,
    }


def test_a_nation_whose_law_was_dropped_is_named(app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    copy_untranslated(folder)
    take_law_away(folder, "wales")
    lines = compare(app, RULES, folder).stdout.splitlines()
    assert lines[lines.index("## Wales (blue-badge), from 2016-10-01") + 2] == "The law was dropped."
    _, root = page_of(app, folder, RULES)
    assert "Wales, from 1 October 2016 There were no rules before. The law is new." in text_of(root)


@pytest.mark.parametrize("form", ["file and date", "date and file", "file and folder", "folder and date", "dates"])
def test_forms_mix_where_that_makes_sense(app: Flask, tmp_path: Path, form: str) -> None:
    folder = edited(tmp_path, POINTS)
    sides: dict[str, tuple[object, object]] = {
        "file and date": (folder / LAW, "2026-11-22"),
        "date and file": ("2026-11-22", folder / LAW),
        "file and folder": (folder / LAW, RULES),
        "folder and date": (folder, "2026-11-22"),
        "dates": ("2026-11-22", "2027-11-22"),
    }
    found = as_data(app, *sides[form])
    moved = {each["nation"]: each["comparison"]["moved"] for each in found}
    assert moved.pop("england") == (0 if form == "dates" else 8_375_474_688)
    assert set(moved) == ({"wales", "scotland", "northern_ireland"} if form in ("dates", "folder and date") else set())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (LAW, "blue-badge/wales/2016-10-01.yaml", "compare two versions of one law"),
        (LAW, "2001-01-01", "2001-01-01 has no rules for blue-badge england in force on 2001-01-01"),
        ("2001-01-01", "2001-01-02", "there are no rules in 2001-01-01 or in 2001-01-02"),
        (LAW, "yesterday", "'yesterday' is no file of law, no folder of rules and no date such as 2026-12-31"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_a_reason(app: Flask, old: str, new: str, said: str) -> None:
    sides = [RULES / name if name.endswith(".yaml") else name for name in (old, new)]
    result = compare(app, *sides)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_versions_that_nobody_can_walk_both_are_refused_with_a_remedy(app: Flask, tmp_path: Path) -> None:
    question = "  - id: child_needs\n    kind: many\n    exclusive: none\n"
    folder = edited(tmp_path, (question, "  - id: child_needs\n    kind: one\n"), name="blue-badge/service.yaml")
    result = compare(app, RULES / LAW, folder / LAW)
    assert result.exit_code == 2
    assert "blue-badge england: kind-changed: 'child_needs' takes one answer in one version" in result.stderr


def test_a_file_with_faults_is_told_as_when_it_is_proved(app: Flask, tmp_path: Path) -> None:
    folder = edited(tmp_path, ("route: automatic", "route: certain"))
    for side in (folder, folder / LAW):
        result = compare(app, RULES, side)
        assert result.exit_code == 1
        assert f"{folder / LAW}:" in result.stdout
        assert "unknown-reference: there is no route 'certain'" in result.stdout


def test_json_and_a_page_are_not_asked_for_at_once(app: Flask) -> None:
    result = compare(app, RULES, RULES, "--json", "--page")
    assert result.exit_code == 2
    assert "not for both" in result.stderr


def page_of(app: Flask, *args: object) -> tuple[str, ET.Element]:
    result = compare(app, *args, "--page")
    assert result.exit_code == 0, result.output
    root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(result.stdout)
    return result.stdout, root


def test_the_page_is_valid_and_whole_and_says_what_the_text_says(app: Flask, tmp_path: Path) -> None:
    html, root = page_of(app, RULES / LAW, edited(tmp_path, POINTS) / LAW)
    assert [fault for fault in page_faults(html) if "inline script" not in fault] == []
    headings = [text_of(each) for each in root.iter() if each.tag in ("h2", "h3")]
    assert headings[0] == "England, from 30 August 2019"
    assert "From automatic to unlikely" in headings
    assert headings[-1] == "Read and agreed"
    for table in root.iter("table"):
        captions = [text_of(each) for each in table.iter("caption")]
        assert captions == ["Paths by outcome in England"]
        assert {each.get("scope") for each in table.iter("th")} == {"col", "row"}
    text = text_of(root)
    for said in ("8,375,474,688 of 34,960,140,467 paths (23.95%) have another outcome.", "Because of: PIP with 8",
                 "Who are you", "This person is now also asked:", "Signature"):  # fmt: skip
        assert said in text, said
    assert not list(root.iter("script"))
    assert not list(root.iter("link"))


def test_a_page_of_an_edit_that_changes_nothing_says_so(app: Flask) -> None:
    _, root = page_of(app, RULES / LAW, RULES / LAW)
    assert "This edit changes nothing." in text_of(root)
    assert "The files are the same." in text_of(root)
    assert not list(root.iter("table"))

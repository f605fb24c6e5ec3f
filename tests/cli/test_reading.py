from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib
import pytest
from flask import Flask

from app.cli.sign_off_sheet import as_text
from app.engine.path_tree import path_tree
from app.engine.rulebook import Service
from app.engine.rules import Rules
from app.engine.sign_off import sign_off
from tests.conftest import TODAY
from tests.engine.untranslated import copy_untranslated
from tests.page_client import text_of


def page(app: Flask, *arguments: str) -> ET.Element:
    result = app.test_cli_runner().invoke(args=["rules", "paths", *arguments])
    assert result.exit_code == 0, result.output
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    found: ET.Element = parser.parse(result.stdout.strip())
    return found


@pytest.mark.parametrize(("nation", "form"), [("england", ()), ("england", ("--table",)), ("scotland", ())])
def test_the_paths_of_a_nation_are_one_sound_page_that_leads_onwards(
    app: Flask, service: Service, nation: str, form: tuple[str, ...]
) -> None:
    root = page(app, nation, *form)
    rules = service.rules(nation, TODAY)
    assert rules is not None
    tree = path_tree(rules)
    steps = [f"step-{step.number}" for step in tree.steps]
    ids = [each.get("id", "") for each in root.iter() if each.get("id")]
    assert [name for name in ids if name.startswith("step-")] == steps
    assert len(ids) == len(set(ids))
    links = [each.get("href", "") for each in root.iter("a")]
    assert links
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert not [each.tag for each in root.iter() if each.tag in ("link", "script", "img")]
    assert f"{tree.paths:,} different sets of answers" in text_of(root)


def test_lists_are_never_deeper_than_can_be_read(app: Flask) -> None:
    def deepest(element: ET.Element) -> int:
        return (element.tag == "ul") + max(map(deepest, element), default=0)

    assert deepest(page(app, "england")) == 3


def test_a_step_is_told_in_words_with_ids_and_paths(app: Flask, england: Rules) -> None:
    text = text_of(page(app, "england"))
    for told in (
        "Step 1 If they answer ‘Myself’ self or ‘Someone else’ someone_else:",
        "If they answer ‘8 points’ 8, ‘10 points’ 10 or ‘12 points’ 12: the check ends: They should be able to get a "
        "Blue Badge without a further assessment automatic (",
        "If they tick ‘Personal Independence Payment (PIP)’ pip and ‘Disability Living Allowance (DLA)’ dla, and no "
        "other option named in this step: go on at",
        "If they tick at least one of ‘",
        "If they tick none of the options named in this step",
        "the check ends: Your organisation may be able to get a Blue Badge special_route (1 path)",
        f"version {england.version}",
    ):
        assert told in text


def test_each_way_is_a_row_of_the_table(app: Flask, england: Rules) -> None:
    root = page(app, "england", "--table")
    rows = root.findall(".//tbody/tr")
    assert len(rows) == sum(len(step.ways) for step in path_tree(england).steps)
    assert text_of(rows[0]) == (
        "Step 1 Who are you checking for? who If they answer ‘Myself’ self or ‘Someone else’ someone_else "
        "go on at step 2 26,584,663,472"
    )


@pytest.mark.parametrize("command", ["paths", "pack"])
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("mercia",), "there is no nation 'mercia'; there are england, wales"),
        (("england", "--on", "1999-12-31"), "there are no rules for england on 1999-12-31; the first begin on"),
        (("england", "--on", "soon"), "'soon' does not match the format '%Y-%m-%d'"),
        (("england", "--service", "other"), "name one of the services: blue-badge"),
    ],
)
def test_what_cannot_be_read_is_said(app: Flask, command: str, arguments: tuple[str, ...], said: str) -> None:
    result = app.test_cli_runner().invoke(args=["rules", command, *arguments])
    assert result.exit_code == 2
    assert said in result.stderr


def pack(app: Flask, nation: str) -> list[dict[str, str]]:
    result = app.test_cli_runner().invoke(args=["rules", "pack", nation])
    assert result.exit_code == 0, result.output
    text = result.stdout_bytes.decode("utf-8-sig")
    assert result.stdout_bytes != text.encode()
    return list(csv.DictReader(StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("nation", ["england", "northern_ireland"])
def test_the_pack_is_a_sheet_of_text_with_room_to_sign(app: Flask, service: Service, nation: str) -> None:
    lines = pack(app, nation)
    rules = service.rules(nation, TODAY)
    assert rules is not None
    assert [line["Number"] for line in lines] == [str(row.number) for row in sign_off(rules)]
    to_fill = ("Do you agree? (yes or no)", "Comment", "Your name", "Date")
    for line in lines:
        assert None not in line
        assert [line[column] for column in to_fill] == [""] * 4
        assert line["Version of the rules"] == rules.version
        assert not [cell for cell in line.values() if cell.startswith(("=", "+", "-", "@"))]


def test_a_person_is_told_in_words_beside_whom_they_differ_from(app: Flask) -> None:
    lines = pack(app, "england")
    points = "How many points do they have for ‘moving around’? (pip_moving_around)"
    found = [line for line in lines if line["Rule (id)"] == "ENG-AUTO-PIP-MA8" and line[points] == "4 points"]
    [missed] = found
    assert missed["How this person stands to the rule"] == "Does not fit it, by one answer"
    number = missed["Differs from"].removeprefix("row ").partition(",")[0]
    beside = lines[int(number) - 1]
    assert (beside[points], beside["How this person stands to the rule"]) == ("8 points", "Fits it")
    assert beside["What the check says"] == "They should be able to get a Blue Badge without a further assessment"
    assert beside["Rules that the answers fit"] == "PIP with 8 points or more for moving around (ENG-AUTO-PIP-MA8)"
    difficulties = "Do they have any of these difficulties? (difficulties)"
    assert beside[difficulties] == ""
    assert missed[difficulties] == "No, they have none of these difficulties"


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM", "'@SUM"), ("\t=1", "'\t=1"), ("1-1", "1-1"), ("", "")],
)
def test_no_cell_is_a_formula(cell: str, shown: str) -> None:
    assert as_text(cell) == shown


def test_the_pack_adds_people_whom_a_change_moves(app: Flask, tmp_path: Path) -> None:
    copy_untranslated(tmp_path / "rules")
    law = tmp_path / "rules/blue-badge/england/2019-08-30.yaml"
    text = law.read_text()
    blind = "is: [severely_registered], open: [severely_certificate, dont_know]"
    assert blind in text
    law.write_text(text.replace(blind, "is: [severely_registered, severely_certificate], open: [dont_know]"))
    result = app.test_cli_runner().invoke(args=["rules", "pack", "england", "--since", str(tmp_path / "rules")])
    assert result.exit_code == 0, result.output
    lines = list(csv.DictReader(result.stdout.removeprefix("\ufeff").splitlines()))
    more = lines[len(pack(app, "england")) :]
    moved = [line for line in more if line["How this person stands to the rule"].startswith("Changes: You should")]
    assert moved
    for line in moved:
        assert "On the register as severely sight impaired" in line["How this person stands to the rule"]
        assert "without a further assessment" not in line["What the check says"]


@pytest.mark.parametrize(
    ("since", "said"),
    [("2010-01-01", "has no rules for blue-badge england"), ("yesterday", "is no file of law, no folder of rules")],
)
def test_a_pack_since_nothing_says_what_to_name(app: Flask, since: str, said: str) -> None:
    result = app.test_cli_runner().invoke(args=["rules", "pack", "england", "--since", since])
    assert result.exit_code == 2
    assert said in result.output

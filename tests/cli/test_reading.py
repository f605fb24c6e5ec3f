from __future__ import annotations

from xml.etree import ElementTree as ET

import html5lib
import pytest
from flask import Flask

from app.engine.graph import explore
from app.engine.path_tree import path_tree
from app.engine.rulebook import Service
from app.engine.rules import Rules
from tests.conftest import TODAY
from tests.page_client import text_of

NATIONS = ("england", "wales", "scotland", "northern_ireland")


def page(app: Flask, *arguments: str) -> ET.Element:
    result = app.test_cli_runner().invoke(args=["rules", "paths", *arguments])
    assert result.exit_code == 0, result.output
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    found: ET.Element = parser.parse(result.stdout.strip())
    return found


@pytest.mark.parametrize("form", [(), ("--table",)], ids=["lists", "table"])
@pytest.mark.parametrize("nation", NATIONS)
def test_the_paths_of_a_nation_are_one_sound_page_that_leads_onwards(
    app: Flask, service: Service, nation: str, form: tuple[str, ...]
) -> None:
    root = page(app, nation, *form)
    rules = service.rules(nation, TODAY)
    assert rules is not None
    steps = [f"step-{step.number}" for step in path_tree(rules).steps]
    ids = [each.get("id", "") for each in root.iter() if each.get("id")]
    assert [name for name in ids if name.startswith("step-")] == steps
    assert len(ids) == len(set(ids))
    links = [each.get("href", "") for each in root.iter("a")]
    assert links
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert not [each.tag for each in root.iter() if each.tag in ("link", "script", "img")]
    assert f"{sum(explore(rules).lengths().values()):,} different sets of answers" in text_of(root)


def test_lists_are_never_deeper_than_can_be_read(app: Flask) -> None:
    def deepest(element: ET.Element) -> int:
        return (element.tag == "ul") + max(map(deepest, element), default=0)

    assert deepest(page(app, "scotland")) == 3


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


@pytest.mark.parametrize("command", ["paths"])
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("mercia",), "there is no nation 'mercia'; there are england, wales"),
        (("england", "--on", "1999-12-31"), "there are no rules for england on 1999-12-31; give a later day"),
        (("england", "--on", "soon"), "'soon' does not match the format '%Y-%m-%d'"),
        (("england", "--service", "other"), "name one of the services: blue-badge"),
    ],
)
def test_what_cannot_be_read_is_said(app: Flask, command: str, arguments: tuple[str, ...], said: str) -> None:
    result = app.test_cli_runner().invoke(args=["rules", command, *arguments])
    assert result.exit_code == 2
    assert said in result.stderr

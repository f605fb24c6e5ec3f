"""The documents keep up with the code."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest

from app.councils.council_file import CouncilFile
from app.engine.document import load_document
from app.settings import ROOT
from app.studio.fields import FIELDS

CODE = re.compile(r'"([a-z]+(?:-[a-z0-9]+)+)"')
NO_CODES = {"utf-8"}


def test_every_finding_of_the_engine_is_explained() -> None:
    told = set(re.findall(r"`([a-z0-9-]+)`", (ROOT / "docs/rules.md").read_text()))
    codes = {code for path in (ROOT / "app/engine").glob("*.py") for code in CODE.findall(path.read_text())} - NO_CODES
    assert len(codes) > 30
    assert codes - told == set()


def test_no_finding_is_explained_that_the_engine_does_not_know() -> None:
    engine = "".join(path.read_text() for path in (ROOT / "app/engine").glob("*.py"))
    found = (ROOT / "docs/rules.md").read_text().partition("## What can be found")[2]
    codes = {code for row in re.findall(r"^\| (`.*?) \|", found, re.M) for code in re.findall(r"`([a-z0-9-]+)`", row)}
    assert len(codes) > 30
    assert {code for code in codes if f'"{code}"' not in engine} == set()


def test_the_readme_lists_every_setting_and_no_other() -> None:
    settings = (ROOT / "app/settings.py").read_text() + (ROOT / "gunicorn.conf.py").read_text()
    read = set(re.findall(r'["\']([A-Z_]{4,})["\']', settings))
    table = (ROOT / "README.md").read_text().partition("## Running it for real")[2].partition("## ")[0]
    told = {name for row in re.findall(r"^\| (`.*?) \|", table, re.M) for name in re.findall(r"`([A-Z_]+)`", row)}
    assert told == read | {"FORWARDED_ALLOW_IPS"}  # gunicorn reads that one itself


@pytest.mark.parametrize("document", ["adopt.md", "hosting.md"])
def test_what_the_guides_put_in_a_councils_file_is_taken(document: str, tmp_path: Path) -> None:
    text = (ROOT / "docs" / document).read_text()
    blocks = [dedent(block) for block in re.findall(r"(?:^ {4,}\S.*\n|^\n)+", text, re.M)]
    files = [block for block in blocks if re.match(r"\s*(links|hosts|embedders|contacts):\n", block)]
    assert files
    for number, content in enumerate(files):
        path = tmp_path / f"{number}.yaml"
        path.write_text(content)
        load_document(path, CouncilFile)


def test_a_link_from_a_guide_to_a_part_of_a_page_leads_there() -> None:
    for name in ("adopt.md", "hosting.md"):
        text = (ROOT / "docs" / name).read_text()
        for page, part in re.findall(r"\]\(([a-z./A-Z-]*)#([a-z-]+)\)", text):
            whole = (ROOT / "docs" / (page or name)).resolve().read_text()
            headings = re.findall(r"^#+ (.*)$", whole, re.M)
            anchors = {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}
            assert part in anchors, f"{name}: {page}#{part}"


def test_every_key_of_a_councils_file_is_explained_and_no_other() -> None:
    told = (ROOT / "docs/branding.md").read_text().partition("## Key by key")[2].partition("## ")[0]
    keys = [key for row in re.findall(r"^\| (`.*?) \|", told, re.M) for key in re.findall(r"`([a-z_.]+)`", row)]
    assert sorted(keys) == sorted({field.says for field in FIELDS})


def test_the_whole_file_that_is_shown_can_be_used() -> None:
    shown = (ROOT / "docs/branding.md").read_text().partition("```yaml\n")[2].partition("```")[0]
    file = load_document(Path("docs/branding.md"), CouncilFile, shown.encode()).content
    assert file.colours is not None
    assert file.colours.failures == {}
    left_out = {name for name in CouncilFile.model_fields if name not in file.model_fields_set}
    assert left_out == {"example", "nation", "tier"}

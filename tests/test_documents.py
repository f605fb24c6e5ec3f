"""The documents keep up with the code."""

from __future__ import annotations

import re

from app.settings import ROOT

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

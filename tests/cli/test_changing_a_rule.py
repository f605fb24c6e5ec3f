"""The page on how to change a rule, done as it stands: every edit made, every command run, every output compared."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app import create_app
from app.settings import ROOT, Settings
from tests.cli.walkthrough import follow

PAGE = ROOT / "docs/changing-a-rule.md"


def run(project: Path, command: list[str]) -> str:
    """What the command prints; the service is started anew for each, and says itself what is wrong with its files."""
    if command[0] == "cp":
        shutil.copy(project / command[1], project / command[2])
        return ""
    assert command[:3] == [".venv/bin/flask", "--app", "app"]
    try:
        app = create_app(Settings(rules=project / "rules"))
    except SystemExit as error:
        return str(error)
    return app.test_cli_runner().invoke(args=command[3:]).output


def test_the_page_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    follow(PAGE, tmp_path, lambda command: run(tmp_path, command))

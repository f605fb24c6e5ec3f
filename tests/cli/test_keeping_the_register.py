"""The page on keeping the register, done as it stands on a copy: every edit made, every command run."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app import create_app
from app.settings import ROOT, Settings
from tests.cli.walkthrough import follow
from tests.conftest import Clock

PAGE = ROOT / "docs/register.md"


def run(project: Path, clock: Clock, command: list[str]) -> str:
    """What the command prints on the copy; a register that is wrong stops the service with what is wrong in it."""
    assert command[:3] == [".venv/bin/flask", "--app", "app"]
    try:
        app = create_app(Settings(councils=project / "councils"))
    except SystemExit as error:
        return str(error)
    app.extensions["site"] = replace(app.extensions["site"], now=clock)
    return app.test_cli_runner().invoke(args=command[3:]).output


def test_the_page_does_what_it_says(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "councils", tmp_path / "councils")
    follow(PAGE, tmp_path, lambda command: run(tmp_path, clock, command))
    app = create_app(Settings(councils=tmp_path / "councils", preview=True))
    app.extensions["site"] = replace(app.extensions["site"], now=clock)
    client = app.test_client()
    old, new = (client.get(f"/{slug}/blue-badge/en/start?as_of=2028-04-01") for slug in ("rutland", "rutland-vale"))
    assert (old.status_code, new.status_code) == (410, 200)
    assert "Rutland Vale Council issues Blue Badges there now" in old.text


def test_every_column_and_file_is_explained() -> None:
    text = PAGE.read_text()
    for path in (ROOT / "councils/register").iterdir():
        assert f"`{path.name}`" in text
        if path.suffix == ".csv":
            columns = set(path.read_text().splitlines()[0].split(",")) - {"source"}
            assert {column for column in columns if f"`{column}`" not in text} == set()

"""The page on how to change a rule, done as it stands: every edit made, every command run, every output compared."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import create_app
from app.settings import ROOT, Settings

PAGE = ROOT / "docs/changing-a-rule.md"
BLOCK = re.compile(r"^```(diff|console)\n(.*?)^```$", re.S | re.M)


def edit(project: Path, diff: str) -> None:
    """Takes the lines with ``-`` out and puts those with ``+`` in, in the file that the first line names."""
    first, *lines = diff.splitlines()
    path = project / first.removeprefix("+++ ")
    before = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("+"))
    after = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("-"))
    text = path.read_text()
    assert f"\n{before}" in text, f"{path.name} has no {before!r}"
    path.write_text(text.replace(f"\n{before}", f"\n{after}", 1))


def commands(block: str) -> Iterator[tuple[list[str], list[str]]]:
    """Each command with the lines that it is to print; a … stands for anything."""
    for part in block.removeprefix("$ ").split("\n$ "):
        command, *lines = part.strip("\n").split("\n")
        yield shlex.split(command), lines


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


def holds(output: str, lines: list[str]) -> bool:
    """Whether the lines stand in the output, in this order."""
    rest = iter(output.splitlines())
    patterns = [".*".join(map(re.escape, line.split("…"))) for line in lines]
    return all(any(re.fullmatch(pattern, line) for line in rest) for pattern in patterns)


def test_the_page_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    blocks = BLOCK.findall(PAGE.read_text())
    assert {kind for kind, _ in blocks} == {"diff", "console"}
    for kind, block in blocks:
        if kind == "diff":
            edit(tmp_path, block)
        else:
            for command, lines in commands(block):
                output = run(tmp_path, command)
                assert holds(output, lines), f"{shlex.join(command)} printed {output}"

"""A page of instructions done as it stands: every edit made, every command run, every output compared."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

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


def holds(output: str, lines: list[str]) -> bool:
    """Whether the lines stand in the output, in this order."""
    rest = iter(output.splitlines())
    patterns = [".*".join(map(re.escape, line.split("…"))) for line in lines]
    return all(any(re.fullmatch(pattern, line) for line in rest) for pattern in patterns)


def follow(page: Path, project: Path, run: Callable[[list[str]], str]) -> None:
    """Does what the page says in a folder that stands for the project; ``run`` gives what a command prints there."""
    blocks = BLOCK.findall(page.read_text())
    assert {kind for kind, _ in blocks} == {"diff", "console"}
    for kind, block in blocks:
        if kind == "diff":
            edit(project, block)
            continue
        for command, lines in commands(block):
            output = run(command)
            assert holds(output, lines), f"{shlex.join(command)} printed {output}"

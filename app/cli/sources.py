"""``flask councils compare``: what a newer copy of a source has otherwise than the register."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from app.checker.site import site
from app.cli.councils import AS_JSON, councils, register_of
from app.councils.source_file import Difference, compare_source
from app.engine.problem import LoadError


@councils.command("compare")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--councils",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The councils' folder (that of this application, if none is given).",
)
@AS_JSON
def compare(file: Path, folder: Path | None, as_json: bool) -> None:
    """List what FILE, from mySociety or local-links-manager, has otherwise than the register of today."""
    try:
        found = compare_source(register_of(folder).register, file, site().today())
    except LoadError as error:
        click.echo(str(error))
        raise SystemExit(1) from error
    if as_json:
        click.echo(json.dumps({"differences": [asdict(each) for each in found]}))
        return
    for line in map(_line, found):
        click.echo(line)
    click.echo(f"{len(found)} differences")


def _line(found: Difference) -> str:
    if found.column == "new":
        return f"{found.slug}: only in the file: {found.there}"
    if found.column == "gone":
        return f"{found.slug}: only in the register: {found.here}"
    return f"{found.slug}: {found.column}: {found.here!r} here, {found.there!r} in the file"

"""``flask councils …``: the register and the councils' own folders, checked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask import current_app
from flask.cli import AppGroup

from app.checker.site import councils_in, site
from app.councils.folder import REGISTER
from app.councils.outlook import Census, Change, census, changes, notes
from app.engine.problem import LoadError, Problem

if TYPE_CHECKING:
    from app.councils.councils import Councils
    from app.councils.outlook import Council

councils = AppGroup("councils", help="Check the register of councils and their folders, and see what is to change.")

FOLDER = click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
AS_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")


@councils.command("check")
@FOLDER
@AS_JSON
def check(folder: Path | None, as_json: bool) -> None:
    """Check the councils in FOLDER (those of this application, if none is given). Exit 1 if anything is wrong.

    What needs a look but is not wrong is marked as a note.
    """
    folder = folder or current_app.extensions["settings"].councils
    found, problems = read_councils(folder)
    today = site().today()
    noted = list(notes(folder / REGISTER, found.register, today)) if found else []
    counted = list(census(found.register, today)) if found else []
    if as_json:
        click.echo(
            json.dumps(
                {
                    "problems": list(map(problem_as_json, problems)),
                    "notes": list(map(problem_as_json, noted)),
                    "councils": list(map(_census_as_json, counted)),
                }
            )
        )
    else:
        for line in (*map(str, problems), *map(_note_line, noted), *map(_census_line, counted)):
            click.echo(line)
    if problems:
        raise SystemExit(1)


@councils.command("changes")
@FOLDER
@AS_JSON
def show_changes(folder: Path | None, as_json: bool) -> None:
    """List the days on which councils in FOLDER begin and end, and who takes over from whom."""
    found = changes(register_of(folder).register)
    if as_json:
        click.echo(json.dumps({"changes": list(map(_change_as_json, found))}))
        return
    for line in (line for each in found for line in _change_lines(each)):
        click.echo(line)
    if not found:
        click.echo("No council begins or ends on a day of its own.")


def read_councils(folder: Path) -> tuple[Councils | None, tuple[Problem, ...]]:
    """The councils in a folder, the examples too, with all that is wrong there; None if nothing can be read of them."""
    hosts = current_app.extensions["settings"].service_hosts
    try:
        found = councils_in(folder, site().services, service_hosts=hosts, examples=True)
    except LoadError as error:
        return None, error.problems
    return found, found.problems


def register_of(folder: Path | None) -> Councils:
    """The councils in a folder, those of this application if none is given; what is wrong is told, with exit 1."""
    found, problems = read_councils(folder or current_app.extensions["settings"].councils)
    if found is None:
        for problem in problems:
            click.echo(str(problem))
        raise SystemExit(1)
    return found


def problem_as_json(problem: Problem) -> dict[str, Any]:
    """A fault or a note as plain data."""
    return {"code": problem.code, "file": str(problem.file), "line": problem.line, "message": problem.message}


def _note_line(note: Problem) -> str:
    return f"{note.file}:{note.line}: note: {note.code}: {note.message}"


def _census_line(found: Census) -> str:
    nations = ", ".join(f"{count} in {nation}" for nation, count in found.authorities.items())
    total = sum(found.authorities.values())
    return f"From {found.day}: {total} councils issue badges ({nations}), for {found.others} others too."


def _census_as_json(found: Census) -> dict[str, Any]:
    return {"from": found.day.isoformat(), "authorities": dict(found.authorities), "others": found.others}


def _change_lines(change: Change) -> Iterator[str]:
    yield f"{change.day}"
    yield from (f"  begins: {_named(each)}" for each in change.begin)
    for each in change.end:
        after = f"; then {', '.join(each.replaced_by)}" if each.replaced_by else ""
        yield f"  ends: {_named(each)}{after}"


def _change_as_json(change: Change) -> dict[str, Any]:
    return {
        "day": change.day.isoformat(),
        "begin": _slugs(change.begin),
        "end": [{"slug": each.slug, "replaced_by": list(each.replaced_by)} for each in change.end],
    }


def _named(council: Council) -> str:
    return f"{council.name} ({council.slug})"


def _slugs(found: Iterable[Council]) -> list[str]:
    return [each.slug for each in found]

"""``flask rules accept``: what an edit of the law does is read, agreed with a reason, and kept on record."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import click
import yaml
from flask import current_app

from app.checker.site import site
from app.cli.comparison_text import pair_lines
from app.cli.comparisons import Compared, compare_pair, names_between
from app.cli.rules import rules
from app.cli.versions import Nation, Versions, pairs, versions_of
from app.engine.decision import outcome_ids
from app.engine.graph import explore
from app.engine.lock import ACCEPTED, LOCK, VOCABULARY, Lock, LockedLaw, digest_of, read_accepted
from app.engine.problem import LoadError
from app.engine.rulebook import load_rulebook

if TYPE_CHECKING:
    from app.cli.names import Names
    from app.engine.rulebook import Service
    from app.engine.rules import Rules

COMMAND = 'flask --app app rules accept --because "why the law is so"'
ABOUT = "# The rules as last accepted. Only `rules accept` writes here."


@dataclass(frozen=True, slots=True)
class Edit:
    """What was edited in a service since its rules were accepted, nation by nation."""

    service: Service
    compared: tuple[Compared, ...]
    names: Names


@rules.command("accept")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--because", help="Why the rules change: kept beside them with what it changes.")
@click.option(
    "--impact",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What `rules impact --json` wrote: kept beside the comparison.",
)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if the rules move people and were not accepted.")
def accept(folder: Path | None, because: str | None, impact: Path | None, check: bool) -> None:
    """Accept the rules in FOLDER (those of this application, if none is given) as they are now."""
    if check == (because is not None):
        raise click.UsageError("say why with --because, or ask with --check what was not accepted")
    if because is not None and not because.strip():
        raise click.UsageError("--because is blank; say why the rules change")
    if impact is not None and because is None:
        raise click.UsageError("--impact goes with --because; --check writes nothing")
    edits = _edits(folder or current_app.extensions["settings"].rules)
    kept = _impact(impact, edits) if impact else None
    if because is None:
        _check(edits)
    elif edits:
        for edit in edits:
            click.echo(f"{_record(edit, because.strip(), kept)} says what changes; the accepted rules are renewed.")
    else:
        click.echo("There is nothing to accept: these are the rules last accepted.")


def _edits(folder: Path) -> list[Edit]:
    try:
        services = load_rulebook(folder)
        accepted = {service.id: read_accepted(service.folder) for service in services.values()}
    except LoadError as error:
        for problem in error.problems:
            click.echo(str(problem))
        raise SystemExit(1) from error
    edits = []
    for service in services.values():
        old, new = _accepted_versions(accepted[service.id]), versions_of("the rules", {service.id: service})
        compared = tuple(compare_pair(pair) for pair in pairs(old, new) if pair.edited)
        if compared:
            edits.append(Edit(service, compared, names_between(old, new)))
    return edits


def _accepted_versions(accepted: tuple[Rules, ...]) -> Versions:
    laws: dict[Nation, tuple[Rules, ...]] = {}
    for law in sorted(accepted, key=lambda each: each.in_force):
        nation = (law.service, law.nation)
        laws[nation] = (*laws.get(nation, ()), law)
    return Versions("the accepted rules", laws)


def _check(edits: list[Edit]) -> None:
    moves = [(edit, each) for edit in edits for each in edit.compared if each.moves]
    for edit, each in moves:
        for line in pair_lines(each.pair, each.found, edit.names):
            click.echo(line)
    if moves:
        click.echo(f"These rules move people and were not accepted. If that is what the law says: {COMMAND}")
        raise SystemExit(1)
    click.echo("These rules move nobody against those last accepted.")


def _impact(path: Path, edits: list[Edit]) -> bytes:
    """What an impact's file holds; raises UsageError unless it is of a version that is to be accepted."""
    try:
        version = json.loads(path.read_bytes())["new"]
    except (ValueError, TypeError, KeyError) as error:
        raise click.UsageError(f"{path} is no impact; write it with rules impact DRAFT --json") from error
    if version not in [each.pair.new.version for edit in edits for each in edit.compared if each.pair.new]:
        raise click.UsageError(f"{path} is of version {version}, which is not to be accepted; write it again")
    return path.read_bytes()


def _record(edit: Edit, because: str, impact: bytes | None) -> Path:
    """Writes the note beside the rules, with its impact beside it, and renews the copies and the lock."""
    folder = edit.service.folder
    note = _new_note(folder / "changes", site().now().date())
    lines = [line for each in edit.compared for line in pair_lines(each.pair, each.found, edit.names)]
    note.write_text("\n".join([f"# Accepted on {note.stem[:10]}", "", because, "", *lines]), encoding="utf-8")
    if impact is not None:
        note.with_suffix(".impact.json").write_bytes(impact)
    _renew(folder, [law for laws in edit.service.laws.values() for law in laws])
    return note


def _new_note(folder: Path, day: date) -> Path:
    folder.mkdir(exist_ok=True)
    return next(path for number in count(1) if not (path := folder / f"{day}-{number}.md").exists())


def _renew(folder: Path, laws: list[Rules]) -> None:
    accepted = folder / ACCEPTED
    if accepted.exists():
        shutil.rmtree(accepted)
    for law in laws:
        (accepted / law.nation).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(law.law.path, accepted / law.nation / law.law.path.name)
    shutil.copyfile(folder / VOCABULARY, accepted / VOCABULARY)
    lock = Lock(vocabulary=digest_of(accepted / VOCABULARY), laws=tuple(map(_locked, laws)))
    text = yaml.safe_dump(lock.model_dump(mode="json"), sort_keys=False)
    (accepted / LOCK).write_text(f"{ABOUT}\n{text}", encoding="utf-8")


def _locked(law: Rules) -> LockedLaw:
    graph = explore(law, everybody=True)
    counts = graph.outcomes()
    return LockedLaw(
        nation=law.nation,
        file=law.law.path.name,
        digest=digest_of(law.law.path),
        paths={outcome: counts[outcome] for outcome in outcome_ids(law)},
        states=len(graph.states),
    )

"""``flask rules prove``: the rules held against everything that they must keep to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask import current_app

from app.cli.rules import rules
from app.engine.cases import try_cases
from app.engine.finding import Finding
from app.engine.problem import LoadError
from app.engine.prover import Proof, prove
from app.engine.rulebook import read_rulebook

if TYPE_CHECKING:
    from app.engine.answers import Answers
    from app.engine.rulebook import Service


@rules.command("prove")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def prove_folder(folder: Path | None, as_json: bool) -> None:
    """Prove the rules in FOLDER (those of this application, if none is given). Exit 1 on any finding."""
    folder = folder or current_app.extensions["settings"].rules
    services, problems = read_rulebook(folder)
    proofs = [prove(law) for service in services.values() for laws in service.laws.values() for law in laws]
    findings = [Finding(problem) for problem in problems]
    findings += [finding for proof in proofs for finding in proof.findings]
    findings += _failed_cases(folder, services)
    if as_json:
        click.echo(json.dumps({"findings": list(map(_finding, findings)), "proved": list(map(_figures, proofs))}))
    else:
        for line in (*_lines(findings), *(line for proof in proofs for line in _proof_lines(proof))):
            click.echo(line)
    if findings:
        raise SystemExit(1)


def _failed_cases(folder: Path, services: Mapping[str, Service]) -> Iterator[Finding]:
    for service in services.values():
        for path in sorted((folder / service.id / "cases").glob("*.yaml")):
            try:
                problems = try_cases(path, service, date.today()).failures
            except LoadError as error:
                problems = error.problems
            yield from map(Finding, problems)


def _lines(findings: list[Finding]) -> Iterator[str]:
    for finding in findings:
        yield str(finding.problem)
        for person in finding.people:
            yield f"    for example: {_in_words(person)}"


def _in_words(person: Answers) -> str:
    given = (f"{question}: {', '.join(sorted(ticked)) or 'none of them'}" for question, ticked in person.items())
    return "; ".join(given) or "anybody"


def _proof_lines(proof: Proof) -> Iterator[str]:
    law, figures = proof.rules, proof.figures
    for finding, intended in proof.meant:
        yield f"{law.service} {law.nation}: {intended.code} of {finding.about} is meant: {intended.reason}"
    yield (
        f"{law.service} {law.nation} from {law.in_force}: {figures.states} states, {figures.paths} paths, "
        f"{figures.shortest} to {figures.longest} questions, {figures.median} on the median path"
    )


def _finding(finding: Finding) -> dict[str, Any]:
    problem = finding.problem
    people = [{question: sorted(ticked) for question, ticked in person.items()} for person in finding.people]
    return {
        "code": problem.code,
        "about": finding.about,
        "file": str(problem.file),
        "line": problem.line,
        "message": problem.message,
        "people": people,
    }


def _figures(proof: Proof) -> dict[str, Any]:
    law, figures = proof.rules, proof.figures
    return {
        "service": law.service,
        "nation": law.nation,
        "in_force": law.in_force.isoformat(),
        "states": figures.states,
        "paths": figures.paths,
        "shortest": figures.shortest,
        "median": figures.median,
        "longest": figures.longest,
        "meant": [{**_finding(finding), "reason": intended.reason} for finding, intended in proof.meant],
    }

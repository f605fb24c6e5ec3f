"""``flask rules prove``: the rules held against everything that they must keep to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask import current_app

from app.checker.preview import preview_query
from app.cli.rules import rules
from app.engine.cases import try_cases
from app.engine.finding import Finding
from app.engine.problem import LoadError, Problem
from app.engine.prover import Proof, prove
from app.engine.rulebook import read_rulebook

if TYPE_CHECKING:
    from app.engine.answers import Answers
    from app.engine.rulebook import Service
    from app.engine.rules import Rules


@rules.command("prove")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def prove_folder(folder: Path | None, as_json: bool) -> None:
    """Prove the rules in FOLDER (those of this application, if none is given). Exit 1 on any finding."""
    folder = folder or current_app.extensions["settings"].rules
    services, problems = read_rulebook(folder)
    proofs = [prove(law) for service in services.values() for laws in service.laws.values() for law in laws]
    told = [_Told(Finding(problem)) for problem in (*problems, *_failed_cases(folder, services))]
    told += [_Told(finding, proof.rules) for proof in proofs for finding in proof.findings]
    if as_json:
        found = [each.as_json() for each in told]
        click.echo(json.dumps({"findings": found, "proved": list(map(_figures, proofs))}))
    else:
        for line in (*(line for each in told for line in each.lines()), *_proof_lines(proofs)):
            click.echo(line)
    if told:
        raise SystemExit(1)


@dataclass(frozen=True, slots=True)
class _Told:
    """A finding as it is told, with the rules under which its people can be looked at."""

    finding: Finding
    rules: Rules | None = None

    def lines(self) -> Iterator[str]:
        yield str(self.finding.problem)
        for person in self.finding.people:
            yield f"    for example: {_in_words(person)}"
            yield f"    in a preview: start{self._query(person)}"

    def as_json(self) -> dict[str, Any]:
        problem = self.finding.problem
        people = [
            {
                "answers": {question: sorted(ticked) for question, ticked in person.items()},
                "preview": self._query(person),
            }
            for person in self.finding.people
        ]
        return {
            "code": problem.code,
            "about": self.finding.about,
            "file": str(problem.file),
            "line": problem.line,
            "message": problem.message,
            "people": people,
        }

    def _query(self, person: Answers) -> str:
        return preview_query(self.rules.vocabulary.content, self.rules, person) if self.rules else ""


def _failed_cases(folder: Path, services: Mapping[str, Service]) -> Iterator[Problem]:
    for service in services.values():
        for path in sorted((folder / service.id / "cases").glob("*.yaml")):
            try:
                problems = try_cases(path, service, date.today()).failures
            except LoadError as error:
                problems = error.problems
            yield from problems


def _in_words(person: Answers) -> str:
    given = (f"{question}: {', '.join(sorted(ticked)) or 'none of them'}" for question, ticked in person.items())
    return "; ".join(given) or "anybody"


def _proof_lines(proofs: list[Proof]) -> Iterator[str]:
    for proof in proofs:
        law, figures = proof.rules, proof.figures
        for finding, intended in proof.meant:
            yield f"{law.service} {law.nation}: {intended.code} of {finding.about} is meant: {intended.reason}"
        yield (
            f"{law.service} {law.nation} from {law.in_force}: {figures.states} states, {figures.paths} paths, "
            f"{figures.shortest} to {figures.longest} questions, {figures.median} on the median path"
        )


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
        "meant": [{**_Told(finding, law).as_json(), "reason": meant.reason} for finding, meant in proof.meant],
    }

"""``flask rules …``: the rules tried and asked from a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask.cli import AppGroup

from app.checker.site import site
from app.engine.answers import AnswerError, parse_answers
from app.engine.cases import try_cases
from app.engine.decision import decide
from app.engine.journey import MissingAnswerError
from app.engine.problem import LoadError

if TYPE_CHECKING:
    from app.engine.rulebook import Service
    from app.engine.rules import Rules

rules = AppGroup("rules", help="Try the rules and ask them for decisions.")


@rules.command("cases")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--service", "service_id", help="The service, where there are several.")
def cases(file: Path, service_id: str | None) -> None:
    """Try the cases in FILE; a line for each that fails. Exit 1 if any does."""
    try:
        report = try_cases(file, _service(service_id), date.today())
    except LoadError as error:
        for problem in error.problems:
            click.echo(str(problem))
        raise SystemExit(1) from error
    for failure in report.failures:
        click.echo(str(failure))
    click.echo(f"{report.tried - len(report.failures)} of {report.tried} cases pass", err=True)
    if report.failures:
        raise SystemExit(1)


@rules.command("decide")
@click.option("--service", "service_id", help="The service, where there are several.")
def decide_each(service_id: str | None) -> None:
    """Decide on JSON lines {"nation", "answers"} from standard input, a JSON line for each."""
    service, today = _service(service_id), date.today()
    for line in sys.stdin.buffer:
        if line.strip():
            click.echo(json.dumps(_decide_line(service, today, line)))


def _decide_line(service: Service, day: date, line: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _error("not-json", f"this line is not JSON: {error}")
    if not isinstance(asked, Mapping) or not asked.keys() >= {"nation", "answers"}:
        return _error("wrong-shape", 'a line is an object with "nation" and "answers"')
    nation = asked["nation"]
    if not isinstance(nation, str) or nation not in service.vocabulary.nations:
        known = ", ".join(service.vocabulary.nations)
        return _error("unknown-nation", f"there is no nation {nation!r}; there are {known}")
    found = service.rules(nation, day)
    if found is None:
        return _error("no-rules", f"there are no rules for {nation} yet")
    try:
        decision = decide(found, parse_answers(service.vocabulary, asked["answers"]))
    except AnswerError as error:
        return _error(error.code, str(error))
    except MissingAnswerError as error:
        return _error("missing-answer", str(error))
    return {
        "outcome": decision.outcome,
        "because": [reason.criterion.id for reason in decision.because],
        "open": [reason.criterion.id for reason in decision.open],
        "asked": list(decision.asked),
    }


def _error(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}


def rules_in_force(nation: str, day: datetime | None, service_id: str | None) -> tuple[Service, Rules]:
    """The service, and a nation's rules on a day, today if none is given; click.BadParameter where there are none."""
    service = _service(service_id)
    if nation not in service.vocabulary.nations:
        message = f"there is no nation {nation!r}; there are {', '.join(service.vocabulary.nations)}"
        raise click.BadParameter(message, param_hint="NATION")
    on = day.date() if day else date.today()
    found = service.rules(nation, on)
    if found is None:
        first = next((f"; the first begin on {law.in_force}" for law in service.laws[nation]), "")
        raise click.BadParameter(f"there are no rules for {nation} on {on}{first}", param_hint="--on")
    return service, found


def _service(service_id: str | None) -> Service:
    services = site().services
    if service_id is None and len(services) == 1:
        return next(iter(services.values()))
    if service_id is None or service_id not in services:
        message = f"name one of the services: {', '.join(services)}"
        raise click.BadParameter(message, param_hint="--service")
    return services[service_id]

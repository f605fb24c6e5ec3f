"""``flask receipts …``: what a receipt that somebody quoted says. Nothing of it is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NoReturn

import click
from flask import current_app
from flask.cli import AppGroup

from app.checker.site import site
from app.cli.printed import LANGUAGE
from app.engine.decision import Decision, Reason, decide, voice_of
from app.engine.explanation import puts
from app.engine.formula import Value
from app.tallies.receipt import Receipt, ReceiptError

if TYPE_CHECKING:
    from app.engine.law import Source
    from app.engine.put import Put
    from app.engine.words import Words

receipts = AppGroup("receipts", help="Read the codes that people quote from their outcome pages.")

_VALUES = {Value.MET: "met", Value.OPEN: "left open", Value.NOT_MET: "not met", None: "not considered"}
_NOT_ADDRESSED = "not addressed to them"
_IN_ORDER = (*_VALUES.values(), _NOT_ADDRESSED)


@receipts.command("open")
@click.argument("code", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def open_code(code: tuple[str, ...], as_json: bool) -> None:
    """Show the answers and reasons of CODE, under the rules with which it was made. Exit 1 if it does not open."""
    if not current_app.extensions["settings"].receipt_keys:
        _fail(
            "no-keys", "RECEIPT_KEYS is not set: set it to the keys of the service that made the code", as_json=as_json
        )
    try:
        opened = _Opened(site().receipts.open(" ".join(code), site().today()))
    except ReceiptError as error:
        _fail(error.code, str(error), as_json=as_json)
    if as_json:
        click.echo(json.dumps(opened.as_json()))
    else:
        for line in opened.lines():
            click.echo(line)


def _fail(code: str, message: str, *, as_json: bool) -> NoReturn:
    click.echo(json.dumps({"error": {"code": code, "message": message}}) if as_json else f"{code}: {message}")
    raise SystemExit(1)


class _Opened:
    """A receipt with its decision, recomputed, and the words for it."""

    def __init__(self, receipt: Receipt) -> None:
        self.receipt = receipt
        self.rules = receipt.rules
        self.decision: Decision = decide(receipt.rules, receipt.answers)
        self.words: Words = site().services[receipt.rules.service].words[LANGUAGE]
        self.title = self.words.outcomes[self.decision.outcome].title.to(voice_of(self.rules, receipt.answers))

    def answers(self) -> Iterator[tuple[str, Put]]:
        yield from puts(self.rules, self.words, self.decision.journey).items()

    def lines(self) -> Iterator[str]:
        rules, nation = self.rules, self.words.nations[self.rules.nation]
        yield f"Issued {self.receipt.issued}"
        yield f"Rules: {rules.service}, {nation}, version {rules.version}, in force from {rules.in_force}"
        yield f"Outcome: {self.title} ({self.decision.outcome})"
        yield "Answers:"
        for question, put in self.answers():
            yield f"  {put.title} {'; '.join(put.labels(self.receipt.answers[question]))}"
        for value in _IN_ORDER:
            found = [reason.criterion for reason in self.decision.reasons if _value(reason) == value]
            if found:
                yield f"Criteria {value}:"
            for criterion in found:
                provisions = "; ".join(_provision(source) for source in criterion.sources)
                yield f"  {criterion.id}: {self.words.criteria[criterion.id].name} ({provisions})"

    def as_json(self) -> dict[str, Any]:
        rules = self.rules
        return {
            "issued": self.receipt.issued.isoformat(),
            "service": rules.service,
            "nation": rules.nation,
            "version": rules.version,
            "in_force": rules.in_force.isoformat(),
            "outcome": {"id": self.decision.outcome, "title": self.title},
            "answers": [self._answer(question, put) for question, put in self.answers()],
            "criteria": [self._criterion(reason) for reason in self.decision.reasons],
        }

    def _answer(self, question: str, put: Put) -> dict[str, Any]:
        ticked = self.receipt.answers[question]
        return {"question": question, "title": put.title, "options": sorted(ticked), "given": put.labels(ticked)}

    def _criterion(self, reason: Reason) -> dict[str, Any]:
        criterion = reason.criterion
        return {
            "id": criterion.id,
            "name": self.words.criteria[criterion.id].name,
            "value": _value(reason),
            "hangs_on": reason.hangs_on,
            "provisions": [_provision(source) for source in criterion.sources],
        }


def _value(reason: Reason) -> str:
    return _VALUES[reason.value] if reason.applies else _NOT_ADDRESSED


def _provision(source: Source) -> str:
    return f"{source.title}, {source.provision}"

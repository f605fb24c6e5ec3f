"""Requests and their answers as the API really gives them, for its description."""

from __future__ import annotations

from collections import deque
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from app.api.check import check_answered
from app.api.check_model import CheckSent
from app.api.council_model import council_said
from app.api.service_model import service_said
from app.api.source import Desk
from app.engine.decision import conclude
from app.engine.journey import follow
from app.web.pages import words

if TYPE_CHECKING:
    from app.api.source import Source
    from app.engine.answers import Answers
    from app.engine.rules import Rules

Examples = dict[str, dict[str, Any]]


def examples(source: Source) -> Examples:
    """By operation, and by operation with ``.sent``, what is shown of it; as in OpenAPI, each by a name."""
    return _examples(source, source.today())


@lru_cache(maxsize=4)
def _examples(source: Source, day: date) -> Examples:
    desk = _desk(source, day)
    end = _whole_check(desk.rules)
    begun = dict(list(end.items())[:1])
    sent = {
        "question": {"answers": begun, "version": desk.rules.version},
        "outcome": {"answers": end, "version": desk.rules.version},
    }
    return {
        "council": _named(council=council_said(source, desk.council).model_dump(mode="json")),
        "service": _named(service=_cut(service_said(desk).model_dump(mode="json"))),
        "check.sent": _named(**sent),
        "check": _named(
            **{
                name: check_answered(desk, CheckSent.model_validate(body)).model_dump(mode="json")
                for name, body in sent.items()
            }
        ),
    }


def _named(**values: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON of any shape
    return {name: {"summary": words().text(f"api.example.{name}"), "value": value} for name, value in values.items()}


def _desk(source: Source, day: date) -> Desk:
    """A council of the register whose residents can check here."""
    for council in source.councils.all(day):
        for service in source.services.values():
            rules = service.rules(council.nation, day)
            if rules is not None and not council.said.links.own_service:
                return Desk(council, service, service.vocabulary.languages[0], rules)
    message = "there is no council with rules to show"
    raise LookupError(message)


def _whole_check(rules: Rules) -> dict[str, Any]:
    """As they are sent, the fewest answers that lead to the best outcome; of several such, the last."""
    ways: deque[Answers] = deque([{}])
    while ways:
        answers = ways.popleft()
        journey = follow(rules, answers)
        if journey.next is None:
            if conclude(rules, journey).outcome == rules.routes[0].id:
                return _sent(rules, answers)
            continue
        asked = journey.next
        choices = (frozenset({option}) - {asked.exclusive or ""} for option in reversed(journey.next_offers))
        ways.extend({**answers, asked.id: ticked} for ticked in choices)
    message = "no answers lead to the best outcome"
    raise LookupError(message)


def _sent(rules: Rules, answers: Answers) -> dict[str, Any]:
    return {
        asked: (sorted(ticked) or [rules.question(asked).exclusive]) if rules.question(asked).many else min(ticked)
        for asked, ticked in answers.items()
    }


def _cut(said: dict[str, Any]) -> dict[str, Any]:
    """With the first item of each long list only."""
    return {name: value[:1] if isinstance(value, list) else value for name, value in said.items()}

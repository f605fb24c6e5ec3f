"""Shared groups as cases to judge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import Engine

from app.desk.access import Role
from app.desk.pool import pool
from app.desk.shared_cases import shared_cases
from app.engine.decision import decide
from app.engine.rulebook import Service
from app.engine.rules import Rules
from app.engine.sign_off import sign_off
from app.tallies.cell import Place
from app.tallies.share import Shares
from tests.desk.conftest import Staff

EARLIER, TODAY = date(2026, 10, 20), date(2026, 11, 21)


def share(engine: Engine, rules: Rules, people: int, row: int = 0, council: str = "northfold") -> None:
    place = Place(council, rules.service, "2026-10", rules.version)
    answers = sign_off(rules)[row].decision.journey.answers
    for number in range(people):
        Shares(engine).share(1000 * row + number, place, rules.nation, answers, EARLIER)


def outcomes(rules: Rules, engine: Engine, service: Service) -> list[tuple[str, int]]:
    found = shared_cases(engine, service, rules, "northfold", TODAY)
    return [(decide(rules, case.answers).outcome, size) for case, size in found]


@pytest.mark.parametrize(("people", "size"), [(7, 0), (8, 10), (13, 15)])
def test_a_group_is_a_case_once_more_than_seven_are_in_it(
    people: int, size: int, desk_app: Flask, engine: Engine, service: Service, england: Rules
) -> None:
    share(engine, england, people)
    expected = sign_off(england)[0].decision.outcome
    assert outcomes(england, engine, service) == ([(expected, size)] if size else [])


def test_what_is_made_of_a_group_comes_to_the_same_for_the_same_reasons(
    desk_app: Flask, engine: Engine, service: Service, england: Rules
) -> None:
    rows = sign_off(england)
    for row in range(0, len(rows), 8):
        share(engine, england, 8, row)
    found = list(shared_cases(engine, service, england, "northfold", TODAY))
    assert len(found) > 5
    known = {(row.decision.outcome, tuple(r.criterion.id for r in row.decision.because)) for row in rows}
    for case, _ in found:
        decision = decide(england, case.answers)
        assert (decision.outcome, tuple(r.criterion.id for r in decision.because)) in known


def test_a_group_under_other_rules_is_no_case_of_these(
    desk_app: Flask, engine: Engine, service: Service, england: Rules
) -> None:
    share(engine, replace(england, version="000000000000"), 20)
    assert outcomes(england, engine, service) == []


def test_a_round_draws_what_people_shared_with_how_many_they_are(
    staff: Staff, engine: Engine, service: Service, england: Rules
) -> None:
    share(engine, england, 9)
    candidates = pool(england, shared_cases(engine, service, england, "northfold", TODAY))
    assert [each.people for each in candidates if each.people] == [10]
    client = staff.signed_in(Role.ASSESSOR)
    assert "About 10 people" in client.get("/desk/northfold/shared").text
    assert client.send("/desk/northfold/reviews", size="50").status_code == 303

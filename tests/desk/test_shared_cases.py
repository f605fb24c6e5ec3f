"""Shared groups as cases to judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

import pytest
from flask import Flask
from sqlalchemy import Engine

from app.desk.access import Role
from app.desk.pool import pool
from app.desk.shared_cases import case_of_group, shared_cases
from app.engine.decision import decide, outcome_ids
from app.engine.rulebook import Service
from app.engine.rules import Rules
from app.engine.sign_off import Row, sign_off
from app.tallies.cell import Place
from app.tallies.share import Shares, write_answers
from app.tallies.shared_groups import Group, project, reasons_of
from tests.desk.conftest import Staff

EARLIER, TODAY = date(2026, 10, 20), date(2026, 11, 21)


@lru_cache
def rows_of(rules: Rules) -> Sequence[Row]:
    return sign_off(rules)


def share(engine: Engine, rules: Rules, people: int, row: int = 0, council: str = "northfold") -> None:
    place = Place(council, rules.service, "2026-10", rules.version)
    answers = rows_of(rules)[row].decision.journey.answers
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
    expected = rows_of(england)[0].decision.outcome
    assert outcomes(england, engine, service) == ([(expected, size)] if size else [])


def test_what_is_made_of_a_group_comes_to_the_same_for_the_same_reasons(
    desk_app: Flask, engine: Engine, service: Service, england: Rules
) -> None:
    rows = rows_of(england)
    for row in range(0, len(rows), 8):
        share(engine, england, 8, row)
    found = list(shared_cases(engine, service, england, "northfold", TODAY))
    assert len(found) > 5
    known = {(row.decision.outcome, tuple(r.criterion.id for r in row.decision.because)) for row in rows}
    for case, _ in found:
        decision = decide(england, case.answers)
        assert (decision.outcome, tuple(r.criterion.id for r in decision.because)) in known


@pytest.mark.parametrize("nation", ["england", "wales", "scotland", "northern_ireland"])
def test_of_every_group_there_is_a_case_which_answers_as_the_group_does_whatever_its_outcome(
    service: Service, nation: str
) -> None:
    rules = service.rules(nation, TODAY)
    assert rules is not None
    outcomes = set()
    for decision in (row.decision for row in rows_of(rules)):
        reasons = reasons_of(decision)
        common = project(decision, reasons)
        ids = tuple(reason.criterion.id for reason in reasons)
        group = Group(service.id, nation, rules.version, decision.outcome, ids, write_answers(common))
        case = case_of_group(rules, group)
        assert case is not None, group
        assert common.items() <= case.answers.items()
        again = decide(rules, case.answers)
        assert (again.outcome, tuple(reason.criterion.id for reason in reasons_of(again))) == (group.outcome, ids)
        outcomes.add(group.outcome)
    assert outcomes == set(outcome_ids(rules))


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

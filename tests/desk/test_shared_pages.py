"""The pages of shared answers, for those who review cases and for those who see all councils."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import Engine

from app.desk.access import Role
from app.engine.rulebook import Service
from tests.desk.conftest import Staff
from tests.page_client import parse, text_of
from tests.tallies.test_shared_groups import BLIND, TWELVE, WITH_ARMS, put

OWN = "/desk/northfold/shared"
NATION = "/desk/national/shared/england"


@pytest.fixture
def shared(engine: Engine, service: Service) -> None:
    put(engine, service, TWELVE, 9, "northfold")
    put(engine, service, WITH_ARMS, 4, "northfold")
    put(engine, service, BLIND, 7, "northfold")
    put(engine, service, BLIND, 5, "kent")
    put(engine, service, BLIND, 6, "leeds")


@pytest.mark.usefixtures("shared")
def test_an_assessor_sees_the_groups_of_the_council_and_what_is_in_them(staff: Staff) -> None:
    assessor = staff.signed_in(Role.ASSESSOR)
    page = assessor.get(OWN)
    assert re.findall(r"About \d+ people", page.text) == ["About 15 people"]
    [link] = re.findall(rf'href="({OWN}/[0-9a-f]{{16}})"', page.text)
    told = text_of(parse(assessor.get(link).text))
    assert "12 points" in told
    assert "Personal Independence Payment" in told
    common = told.partition("What the rules make of these answers")[0]
    assert "drive" not in common
    assert "All other answers below are made up" in told
    assert "What one other answer would have changed" in told
    assert "Reasons for a letter" in told
    assert staff.log()[-1][2:] == ("looked", f"shared answers {link.rpartition('/')[2]}")


@pytest.mark.usefixtures("shared")
def test_those_who_see_all_councils_see_a_nation_without_them(staff: Staff) -> None:
    national = staff.signed_in(Role.NATIONAL)
    assert NATION in national.get("/desk/national/shared").text
    page = national.get(NATION)
    assert re.findall(r"About \d+ people", page.text) == ["About 10 people"]
    [link] = re.findall(rf'href="({NATION}/[0-9a-f]{{16}})"', page.text)
    told = national.get(link).text
    assert "Kent" not in told
    assert "Leeds" not in told
    assert 'data-outcome="automatic"' in told
    assert "severely_registered" not in told
    assert "legislation.gov.uk" in told
    assert "Reasons for a letter" not in told
    assert staff.log()[-1] == ("Ada Example", "national", "looked", f"shared answers {link.rpartition('/')[2]}")
    assert national.get("/desk/national/shared/wales").status_code == 200


def test_without_groups_a_page_says_why(staff: Staff) -> None:
    page = staff.signed_in(Role.MANAGER).get(OWN).text
    assert "There is no group that can be shown" in page
    assert "a group of 7 people or fewer is not shown" in page
    assert '<p class="govuk-body">So groups can appear and go from day to day.</p>' in page


def test_shares_under_rules_no_longer_kept_are_told_as_a_number(staff: Staff, engine: Engine, service: Service) -> None:
    put(engine, service, BLIND, 8, "northfold", version="0" * 12)
    assert "About 10 people shared answers under rules that are no longer kept" in text_of(
        parse(staff.signed_in(Role.MANAGER).get(OWN).text)
    )


@pytest.mark.parametrize(
    ("role", "address", "status"),
    [
        (Role.VIEWER, OWN, 403),
        (Role.MANAGER, OWN, 200),
        (Role.MANAGER, "/desk/kent/shared", 404),
        (Role.MANAGER, f"{OWN}/{'0' * 16}", 404),
        (Role.NATIONAL, OWN, 404),
        (Role.ASSESSOR, NATION, 403),
        (Role.ASSESSOR, f"{NATION}/{'0' * 16}", 403),
        (Role.NATIONAL, f"{NATION}/{'0' * 16}", 404),
        (Role.NATIONAL, "/desk/national/shared/atlantis", 404),
    ],
)
def test_the_pages_are_for_those_alone(role: Role, address: str, status: int, staff: Staff) -> None:
    assert staff.signed_in(role).get(address).status_code == status


def test_a_result_that_no_rule_gives_lists_the_answers_alone(staff: Staff, engine: Engine, service: Service) -> None:
    put(engine, service, {**TWELVE, "pip_planning_journeys": "4"}, 9, "northfold")
    client = staff.signed_in(Role.MANAGER)
    listed = client.get(OWN).text
    assert "4 points" in listed
    assert "War Pensioners" not in listed.partition("Why some are not shown")[0]
    link = listed.split(f'href="{OWN}/')[1].split('"')[0]
    assert 'data-outcome="unlikely"' in client.get(f"{OWN}/{link}").text


def test_this_month_is_not_shown_yet(staff: Staff, engine: Engine, service: Service) -> None:
    put(engine, service, BLIND, 9, "northfold", date(2026, 11, 20))
    assert "There is no group that can be shown" in staff.signed_in(Role.MANAGER).get(OWN).text

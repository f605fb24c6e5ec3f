"""Trying a draft of a law at the desk."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, text

from app.desk.access import Role
from app.engine.rulebook import Service
from tests.desk.conftest import Staff
from tests.desk.desk_client import DeskClient
from tests.page_client import parse, text_of
from tests.tallies.drafts import LAW, TWELVE
from tests.tallies.test_shared_groups import TWELVE as TWELVE_POINTS
from tests.tallies.test_shared_groups import WITH_ARMS, put

OWN, NATION = "/desk/northfold/change", "/desk/national/change/england"


def sent(client: DeskClient, address: str, law: str) -> str:
    return text_of(parse(client.send(address, law=law).text))


@pytest.fixture
def shared(engine: Engine, service: Service) -> None:
    put(engine, service, TWELVE_POINTS, 9, "northfold")
    put(engine, service, WITH_ARMS, 4, "northfold")
    put(engine, service, TWELVE_POINTS, 9, "kent")


@pytest.mark.usefixtures("shared")
def test_a_draft_is_set_against_groups_figures_and_paths_and_not_kept(staff: Staff, engine: Engine) -> None:
    page = sent(staff.signed_in(Role.ASSESSOR), OWN, TWELVE)
    assert "About 15 people are in groups" in page
    assert "About 15 people would go from" in page
    assert "all together: at least 0 and at most" in page
    assert "The most is what is counted under this: Other PIP awards for planning" in page
    assert "fewer than one in 1,000" in page
    assert "ways to answer would lead to another result" in page
    assert staff.log()[-1][2:][0] == "looked"
    with engine.connect() as connection:
        tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars()
        for table in tables:
            assert "10_distress" not in str(connection.execute(text(f'SELECT * FROM "{table}"')).all())  # noqa: S608


@pytest.mark.usefixtures("shared")
def test_nationally_a_draft_is_set_against_councils_that_are_real(staff: Staff) -> None:
    assert "About 10 people would go from" in sent(staff.signed_in(Role.NATIONAL), NATION, TWELVE)


def test_a_file_is_taken_before_what_is_pasted(staff: Staff) -> None:
    client = staff.signed_in(Role.MANAGER)
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(OWN).text)
    assert token
    data = {"csrf_token": token[1], "law": "x", "file": (io.BytesIO(LAW.encode()), "draft.yaml")}
    answer = client.post(OWN, data=data, content_type="multipart/form-data")
    assert answer.status_code == 200
    assert "Nobody would have another result." in answer.text


@pytest.mark.parametrize(
    ("law", "said"),
    [
        ("", "the file is empty"),
        ("nation: [", "Line 2: "),
        (LAW.replace("nation: england", "nation: wales"), "Line 6: this is law of 'wales'"),
        (LAW.replace("benefits, is: [dla]", "benefits, is: [dlaa]"), "dlaa"),
    ],
)
def test_a_draft_that_cannot_be_used_comes_back_with_what_is_wrong(law: str, said: str, staff: Staff) -> None:
    client = staff.signed_in(Role.MANAGER)
    assert client.send(OWN, law=law).status_code == 422
    assert said in sent(client, OWN, law)


@pytest.mark.parametrize(
    ("role", "address", "status"),
    [(Role.VIEWER, OWN, 403), (Role.ASSESSOR, OWN, 200), (Role.NATIONAL, OWN, 404), (Role.MANAGER, NATION, 403)],
)
def test_the_pages_are_for_those_alone(role: Role, address: str, status: int, staff: Staff) -> None:
    assert staff.signed_in(role).get(address).status_code == status


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(("council", "people"), [(("--council", "northfold"), 15), ((), 10)])
def test_the_command_says_the_same(council: tuple[str, ...], people: int, desk_app: Flask, tmp_path: Path) -> None:
    draft = tmp_path / "2027-04-01.yaml"
    draft.write_text(TWELVE)
    run = desk_app.test_cli_runner().invoke
    printed = run(args=["rules", "impact", str(draft), *council])
    assert printed.exit_code == 0, printed.output
    assert f"- about {people} from assessed to automatic, because of ENG-AUTO-PIP-PJ-E10" in printed.output
    assert "each is counted under criterion ENG-ASSESS-PLANNING-AWARD met" in printed.output
    data = json.loads(run(args=["rules", "impact", str(draft), "--json", *council]).output)
    assert data["shared"]["moved"][0]["people"] == people
    assert data["tallies"]["together"]["among"] == data["tallies"]["bounds"][0]["among"]
    draft.write_text("nation: [")
    assert run(args=["rules", "impact", str(draft)]).exit_code == 1

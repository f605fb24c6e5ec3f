from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from app.desk.access import Role
from app.engine.decision import decide
from app.engine.rules import Rules
from tests.desk.conftest import Staff
from tests.desk.desk_client import DeskClient
from tests.desk.reviewing import Reviewing, begin_round, colleague, send_review

BANK = "/desk/northfold/bank"


def settle(client: DeskClient, round_: Reviewing, index: int, outcome: str, criterion: str, reason: str) -> int:
    address = round_.address(index)
    fields = {"agreed": outcome, "criterion": criterion, "reason": reason}
    return client.send(f"{address}/settle", page=address, **fields).status_code


@pytest.fixture
def reviewed(staff: Staff, england: Rules) -> Reviewing:
    round_ = begin_round(staff, england)
    round_.give_all(colleague(staff, "Ben Example"), ["assessed"] * 5)
    return round_


@pytest.fixture
def assessor(staff: Staff, reviewed: Reviewing) -> DeskClient:
    client = staff.signed_in(Role.ASSESSOR)
    for index in range(5):
        assert send_review(client, reviewed.address(index), "unlikely", "ENG-ASSESS-WALK") == 303
    return client


def decided(reviewed: Reviewing, rules: Rules, index: int = 0) -> tuple[str, str]:
    decision = decide(rules, reviewed.cases[index].case.answers)
    because = decision.because or decision.open or decision.considered
    return decision.outcome, because[0].criterion.id


@pytest.mark.parametrize("agrees", [True, False])
def test_a_settled_case_passes_as_a_case_of_the_rules_where_the_checker_agrees_and_else_says_what_differs(
    reviewed: Reviewing, assessor: DeskClient, england: Rules, agrees: bool, tmp_path: Path
) -> None:
    outcome, criterion = decided(reviewed, england)
    if not agrees:
        outcome = "unlikely" if outcome != "unlikely" else "automatic"
    assert settle(assessor, reviewed, 0, outcome, criterion, "So we read it.\nAll of us: “yes”") == 303
    case = reviewed.cases[0].case.id
    answer = assessor.get(f"{BANK}/{reviewed.round.id}/{case}.yaml")
    assert answer.headers["Content-Disposition"] == f"attachment; filename={case}.yaml"
    file = tmp_path / "case.yaml"
    file.write_bytes(answer.data)
    result = reviewed.staff.app.test_cli_runner().invoke(args=["rules", "cases", str(file)])
    assert result.exit_code == (0 if agrees else 1), result.output
    assert agrees or f"expected {outcome}, and the rules say" in result.output
    (entry,) = yaml.safe_load(answer.data)["cases"]
    assert entry["note"] == "So we read it.\nAll of us: “yes”"
    assert "Ada" not in answer.text
    assert "Ben" not in answer.text


def test_the_bank_lists_and_filters_what_was_settled(reviewed: Reviewing, assessor: DeskClient, england: Rules) -> None:
    criteria = [each.id for each in england.criteria]
    said = [("automatic", criteria[0]), ("assessed", criteria[1]), ("assessed", criteria[2])]
    for index, (outcome, criterion) in enumerate(said):
        assert settle(assessor, reviewed, index, outcome, criterion, f"Reason {index}.") == 303
    for query, shown in (
        ("", {0, 1, 2}),
        ("?outcome=assessed", {1, 2}),
        (f"?criterion={criteria[0]}", {0}),
        (f"?outcome=assessed&criterion={criteria[2]}", {2}),
        ("?outcome=nothing", set()),
        ("?page=9", {0, 1, 2}),
    ):
        page = assessor.get(f"{BANK}{query}").text
        assert {index for index in range(3) if f"Reason {index}." in page} == shown
        assert f"Settled cases: {len(shown)}" in page
    assert england.version in page
    assert "Ada Example" in page


def test_a_settled_case_is_closed_shown_to_all_and_settled_once(
    staff: Staff, reviewed: Reviewing, assessor: DeskClient, england: Rules
) -> None:
    late = staff.signed_in(Role.ASSESSOR, name="Lou Example")
    token_page = late.get(reviewed.address()).text
    _, criterion = decided(reviewed, england)
    assert settle(assessor, reviewed, 0, "assessed", criterion, "The first") == 303
    token = token_page.split('name="csrf_token" value="')[1].split('"')[0]
    fields = {"csrf_token": token, "outcome": "assessed", "basis": criterion, "note": "Too late"}
    answer = late.post(reviewed.address(), data=fields)
    assert answer.status_code == 409
    assert "settled before you sent your review" in answer.text
    assert "Too late" in answer.text
    assert "The first" in late.get(reviewed.address()).text
    assert "Too late" not in late.get(reviewed.address()).text
    assert settle(assessor, reviewed, 0, "unlikely", criterion, "The second") == 409
    assert "The second" not in assessor.get(BANK).text


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"agreed": ""}, "Select what you agreed on"),
        ({"criterion": "source:x"}, "Select the rule that it rests on"),
        ({"reason": "  "}, "Enter the reason"),
        ({"reason": "x" * 1001}, "Text must be 1000 characters or less"),
    ],
)
def test_a_settlement_that_lacks_something_says_so(
    reviewed: Reviewing, assessor: DeskClient, england: Rules, fields: dict[str, str], error: str
) -> None:
    address = reviewed.address()
    sent = {"agreed": "assessed", "criterion": england.criteria[0].id, "reason": "Because", **fields}
    answer = assessor.send(f"{address}/settle", page=address, **sent)
    assert answer.status_code == 422
    assert error in answer.text


def test_one_who_has_not_reviewed_or_is_alone_cannot_settle(staff: Staff, england: Rules) -> None:
    round_ = begin_round(staff, england)
    client = staff.signed_in(Role.ASSESSOR)
    assert settle(client, round_, 0, "assessed", england.criteria[0].id, "Because") == 403
    assert send_review(client, round_.address(), basis="ENG-ASSESS-WALK") == 303
    assert "Once 2 people have reviewed this case" in client.get(round_.address()).text
    assert settle(client, round_, 0, "assessed", england.criteria[0].id, "Because") == 403


def test_a_case_that_is_not_settled_cannot_be_saved(reviewed: Reviewing, assessor: DeskClient) -> None:
    assert assessor.get(f"{BANK}/{reviewed.round.id}/{reviewed.cases[0].case.id}.yaml").status_code == 404

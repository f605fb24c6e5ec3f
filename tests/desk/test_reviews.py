from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine, insert, text
from sqlalchemy.exc import DatabaseError

from app.desk import case as case_module
from app.desk import reviews, told_case
from app.desk.access import Role
from app.desk.desk import site
from app.desk.reviews import Settlement
from app.desk.tables import MEMBERS
from app.desk.tables import REVIEWS as REVIEW_TABLE
from app.engine.answers import Answers
from app.engine.decision import Decision, decide
from app.engine.rules import Rules
from tests.desk.conftest import Staff, on_either
from tests.desk.reviewing import REVIEWS, begin_round, colleague, send_review


@pytest.mark.parametrize("size", ["", "4", "51", "-5", "ten", "5.0", "1" * 5000, "\u0661\u0660"])
def test_a_round_has_from_5_to_50_cases(staff: Staff, size: str) -> None:
    client = staff.signed_in(Role.MANAGER)
    answer = client.send(REVIEWS, size=size)
    assert answer.status_code == 422
    assert "Number of cases must be between 5 and 50" in answer.text


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ASSESSOR])
def test_a_round_is_drawn_noted_and_led_through_case_by_case(staff: Staff, role: Role) -> None:
    client = staff.signed_in(role)
    drawn = client.send(REVIEWS, size="6")
    assert drawn.status_code == 303
    page = client.get(drawn.location).text
    assert f'href="{REVIEWS}/next"' in page
    cases = re.findall(rf'href="({drawn.location}/[0-9a-f]{{16}})"', page)
    assert len(cases) == 6
    assert staff.log()[-1][2] == "drew"
    for case in cases:
        assert client.get(f"{REVIEWS}/next").location == case
        assert send_review(client, case, basis="ENG-ASSESS-WALK") == 303
    assert "You have reviewed every case" in client.get(f"{REVIEWS}/next").text
    assert f'href="{REVIEWS}/next"' not in client.get(drawn.location).text
    assert "Reviewed by you: 6." in client.get(REVIEWS).text


def test_the_next_rounds_have_other_cases_while_there_are_any(staff: Staff) -> None:
    client = staff.signed_in(Role.MANAGER)
    found: list[str] = []
    for _ in range(3):
        page = client.get(client.send(REVIEWS, size="8").location).text
        found += re.findall(r"/reviews/\d+/([0-9a-f]{16})", page)
    assert len(set(found)) == len(found) == 24


def test_before_a_review_the_page_is_the_same_whatever_the_checker_and_others_say(
    staff: Staff, england: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = begin_round(staff, england)
    client = staff.signed_in(Role.ASSESSOR)
    decided: list[Decision] = []

    def watched(rules: Rules, answers: Answers) -> Decision:
        decided.append(decide(rules, answers))
        return decided[-1]

    for module in (told_case, case_module):
        monkeypatch.setattr(module, "decide", watched)
    pages = [re.sub(r'name="csrf_token" value="[^"]+"', "", client.get(round_.address()).text)]
    words = staff.app.extensions["site"].services["blue-badge"].words["en"]
    for number, outcome in enumerate(words.outcomes):
        round_.give(colleague(staff, f"Colleague {number}"), round_.cases[0], outcome, note="Secret until then")
    pages.append(re.sub(r'name="csrf_token" value="[^"]+"', "", client.get(round_.address()).text))
    assert pages[0] == pages[1]
    assert decided == []
    assert "checked" not in pages[0]
    for outcome in words.outcomes.values():
        assert len(re.findall(rf">\s*{outcome.title.to('they')}\s*<", pages[0])) == 1
        assert outcome.expect.to("you")[:40] not in pages[0]
    for said in ("What the checker says", "Secret until then", "What everybody says"):
        assert said not in pages[0]
    assert send_review(client, round_.address(), basis="ENG-ASSESS-WALK") == 303
    page = client.get(round_.address()).text
    assert decided
    assert "What the checker says" in page
    assert page.count("Secret until then") == 5


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"outcome": ""}, "Select what you would decide"),
        ({"outcome": "certain"}, "Select what you would decide"),
        ({"basis": ""}, "Select what your decision rests on"),
        ({"basis": "NO-SUCH"}, "Select what your decision rests on"),
        ({"note": "x" * 501}, "Text must be 500 characters or less"),
    ],
)
def test_a_review_that_lacks_something_says_so_and_keeps_what_was_typed(
    staff: Staff, england: Rules, fields: dict[str, str], error: str
) -> None:
    round_ = begin_round(staff, england)
    client = staff.signed_in(Role.ASSESSOR)
    sent = {"outcome": "assessed", "basis": "ENG-ASSESS-WALK", "note": "A thought", **fields}
    answer = client.send(round_.address(), **sent)
    assert answer.status_code == 422
    assert error in answer.text
    assert "What the checker says" not in answer.text
    assert sent["note"] in answer.text
    assert client.get(f"{REVIEWS}/next").location == round_.address()


def test_a_source_can_be_what_a_review_rests_on(staff: Staff, england: Rules) -> None:
    round_ = begin_round(staff, england)
    client = staff.signed_in(Role.ASSESSOR)
    basis = re.findall(r'value="(source:[^"]+)"', client.get(round_.address()).text)[0]
    assert send_review(client, round_.address(), basis=basis) == 303
    assert england.law.content.sources[basis.removeprefix("source:")].url in client.get(round_.address()).text


def test_a_second_review_changes_nothing_and_loses_nothing(staff: Staff, england: Rules) -> None:
    round_ = begin_round(staff, england)
    client = staff.signed_in(Role.ASSESSOR)
    page = client.get(round_.address())
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page.text)[0]
    for note, status in (("First thought", 303), ("Second thought", 409)):
        fields = {"csrf_token": token, "outcome": "assessed", "basis": "ENG-ASSESS-WALK", "note": note}
        answer = client.post(round_.address(), data=fields)
        assert answer.status_code == status
    assert "You had already reviewed this case" in answer.text
    assert "First thought" in answer.text
    assert "Second thought" in answer.text
    assert "Second thought" not in client.get(round_.address()).text


def at_once(*calls: Callable[[], object]) -> list[object]:
    """What the calls give that begin together."""
    barrier, found = threading.Barrier(len(calls)), []

    def run(call: Callable[[], object]) -> None:
        barrier.wait()
        found.append(call())

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@on_either
def test_of_reviews_at_once_each_member_keeps_one(staff: Staff, england: Rules, either_engine: Engine) -> None:
    round_ = begin_round(staff, england)
    ada, ben = colleague(staff, "Ada Example"), colleague(staff, "Ben Example")
    for case in round_.cases:
        found = at_once(
            *(
                lambda who=who, case=case, note=note: round_.give(who, case, "assessed", note=note)
                for who in (ada, ben)
                for note in ("a", "b", "c")
            )
        )
        assert sorted(map(bool, found)) == [False] * 4 + [True] * 2
        with either_engine.begin() as connection:
            assert reviews.counts(connection, case).total == 2


@on_either
def test_of_settlements_at_once_one_counts(staff: Staff, england: Rules, either_engine: Engine) -> None:
    round_ = begin_round(staff, england)
    member = colleague(staff, "Ada Example")

    def settle(reason: str) -> bool:
        with either_engine.begin() as connection:
            agreed = Settlement("assessed", "ENG-ASSESS-WALK", reason, member.id, staff.clock())
            return reviews.settle(connection, member, round_.cases[0], agreed)

    assert sorted(map(bool, at_once(*(lambda r=r: settle(r) for r in "abc")))) == [False, False, True]


@on_either
@pytest.mark.parametrize("table", ["desk_reviews", "desk_settlements"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET outcome = 'unlikely'", "DELETE FROM {}"])
def test_the_database_itself_lets_reviews_and_settlements_only_grow(
    staff: Staff, england: Rules, either_engine: Engine, table: str, statement: str
) -> None:
    round_ = begin_round(staff, england)
    member = colleague(staff, "Ada Example")
    assert round_.give(member, round_.cases[0], "assessed")
    with either_engine.begin() as connection:
        agreed = Settlement("assessed", "ENG-ASSESS-WALK", "So it is", member.id, staff.clock())
        assert reviews.settle(connection, member, round_.cases[0], agreed)
    with pytest.raises(DatabaseError, match="only grows"), either_engine.begin() as connection:
        connection.execute(text(statement.format(table)))


def test_ten_thousand_reviews_of_one_case_stay_quick_and_are_counts(
    staff: Staff, england: Rules, engine: Engine
) -> None:
    round_ = begin_round(staff, england)
    client = staff.signed_in(Role.ASSESSOR)
    person = {"place": "northfold", "role": "assessor", "issuer": "i", "tenant": "", "name": "", "email": ""}
    members = [
        {**person, "id": 100 + n, "subject": str(n), "by_claim": False, "round": 1, "joined": staff.clock()}
        for n in range(10_000)
    ]
    given = {"case_id": round_.cases[0].case.id, "round": round_.round.id, "basis": "ENG-ASSESS-WALK"}
    rows = [
        {
            **given,
            "member": each["id"],
            "at": staff.clock() - timedelta(seconds=number),
            "outcome": "assessed" if number % 4 else "unlikely",
            "note": f"Thought {number}.",
        }
        for number, each in enumerate(members)
    ]
    with engine.begin() as connection:
        connection.execute(insert(MEMBERS), members)
        connection.execute(insert(REVIEW_TABLE), rows)
    assert send_review(client, round_.address(), basis="ENG-ASSESS-WALK") == 303
    for address in (round_.address(), f"{REVIEWS}/{round_.round.id}", "/desk/northfold/agreement"):
        page = client.get(address).text
        assert len(page) < 60_000
        if address == round_.address():
            assert ">7501<" in page
            assert ">2500<" in page
            assert page.count("Thought ") == reviews.NOTES


def forget_rules(staff: Staff, england: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told_case, "rules_of", lambda *_named: None)
    monkeypatch.setattr("app.desk.review_pages.rules_of", lambda *_named: None)


def test_a_case_of_rules_that_are_gone_says_so_and_keeps_its_reviews(
    staff: Staff, england: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = begin_round(staff, england)
    client = staff.signed_in(Role.ASSESSOR)
    for name in ("Ben Example", "Cat Example"):
        round_.give_all(colleague(staff, name), ["assessed", "unlikely", "assessed", "depends", "assessed"])
    assert send_review(client, round_.address(), basis="ENG-ASSESS-WALK") == 303
    token = re.findall(r'name="csrf_token" value="([^"]+)"', client.get(round_.address(1)).text)[0]
    forget_rules(staff, england, monkeypatch)
    page = client.get(round_.address()).text
    assert "The rules of this case are no longer kept" in page
    assert "Reviews: 3" in page
    assert "These rules were taken back" in client.get(f"{REVIEWS}/{round_.round.id}").text
    fields = {"csrf_token": token, "outcome": "assessed", "basis": "ENG-ASSESS-WALK"}
    assert client.post(round_.address(1), data=fields).status_code == 409
    assert "You have reviewed every case" in client.get(f"{REVIEWS}/next").text
    page = client.get("/desk/northfold/agreement").text
    assert "Assessors with each other" in page
    assert "Assessors with the checker" not in page
    assert "most tied" not in page
    assert client.get("/desk/northfold/agreement/agenda").status_code == 200


def test_a_round_over_rules_that_changed_since_says_so_and_is_read_by_its_own(
    staff: Staff, england: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = begin_round(staff, england)
    client = staff.signed_in(Role.ASSESSOR)
    said = "Other rules have come into force"
    assert said not in client.get(round_.address()).text
    with staff.app.app_context():
        wales = site().services["blue-badge"].rules("wales", site().today())
    monkeypatch.setattr("app.desk.review_pages.rules_in_force", lambda _place: wales)
    assert said in client.get(f"{REVIEWS}/{round_.round.id}").text
    assert said in client.get(round_.address()).text
    assert send_review(client, round_.address(), basis="ENG-ASSESS-WALK") == 303
    page = client.get(round_.address()).text
    assert said in page
    assert england.version in page


@pytest.mark.parametrize("case", ["{round}/0123456789abcdef", "99/{case}", "99"])
def test_what_is_not_there_is_not_found(staff: Staff, england: Rules, case: str) -> None:
    round_ = begin_round(staff, england)
    client = staff.signed_in(Role.ASSESSOR)
    address = case.format(round=round_.round.id, case=round_.cases[0].case.id)
    assert client.get(f"{REVIEWS}/{address}").status_code == 404


def test_a_council_sees_no_round_of_another(staff: Staff, england: Rules) -> None:
    round_ = begin_round(staff, england)
    client = staff.signed_in(Role.ASSESSOR, "kent")
    for address in (f"{round_.round.id}", f"{round_.round.id}/{round_.cases[0].case.id}"):
        assert client.get(f"/desk/kent/reviews/{address}").status_code == 404
        assert client.get(f"{REVIEWS}/{address}").status_code == 404

from __future__ import annotations

from dataclasses import replace

import pytest

from app.desk import ties
from app.desk.access import Role
from app.desk.ties import Reviewed
from app.desk.told_case import told
from app.engine.decision import Reason, decide, outcome_ids
from app.engine.rules import Rules
from tests.desk.conftest import Staff
from tests.desk.reviewing import Reviewing, begin_round, colleague, me, send_review

AGREEMENT = "/desk/northfold/agreement"
AGENDA = f"{AGREEMENT}/agenda"


def checker(round_: Reviewing, rules: Rules) -> list[str]:
    return [decide(rules, each.case.answers).outcome for each in round_.cases]


def test_those_who_agree_in_all_and_with_the_checker_have_full_agreement(staff: Staff, england: Rules) -> None:
    round_ = begin_round(staff, england, 12)
    for name in ("Ben Example", "Cat Example"):
        round_.give_all(colleague(staff, name), checker(round_, england))
    page = staff.signed_in(Role.ASSESSOR).get(AGREEMENT).text
    assert page.count("Cases compared: 12") == 2
    assert page.count(">100%<") == 2
    assert page.count(">1.00<") == 4
    assert "Too few cases were compared" in page
    assert "More than 9 in 10" not in page


@pytest.mark.parametrize("sizes", [(30, False), (29, True)])
def test_warnings_are_given_for_few_cases_and_one_sided_ones(
    staff: Staff, england: Rules, sizes: tuple[int, bool]
) -> None:
    size, few = sizes
    round_ = begin_round(staff, england, size)
    for name in ("Ben Example", "Cat Example"):
        round_.give_all(colleague(staff, name), ["unlikely"] * size)
    page = staff.signed_in(Role.ASSESSOR).get(AGREEMENT).text
    assert ("Too few cases were compared" in page) is few
    assert "More than 9 in 10" in page
    assert "cannot be worked out" in page


def test_weights_bring_agreement_back_to_the_pool(staff: Staff, england: Rules) -> None:
    round_ = begin_round(staff, england, 40)
    with staff.app.app_context():
        cases = [
            Reviewed(each, {1: "assessed", 2: "assessed" if each.borderline else "unlikely"}, told(each))
            for each in round_.cases
        ]
        found = ties.between_assessors(cases, outcome_ids(england))
        flat = [replace(each, drawn=replace(each.drawn, weight=1.0)) for each in cases]
        unweighted = ties.between_assessors(flat, outcome_ids(england))
    assert found.percent.value == pytest.approx(75 / 96)
    assert unweighted.percent.value == pytest.approx(sum(each.borderline for each in round_.cases) / 40)
    assert unweighted.percent.value != pytest.approx(75 / 96)


def test_disagreement_is_tied_to_what_the_outcome_hung_on_from_five_cases(staff: Staff, england: Rules) -> None:
    round_ = begin_round(staff, england, 50)
    with staff.app.app_context():
        cases = []
        for each in round_.cases:
            in_words = told(each)
            assert in_words is not None
            other = "unlikely" if in_words.decision.outcome == "assessed" else in_words.decision.outcome
            cases.append(Reviewed(each, {1: in_words.decision.outcome, 2: other}, in_words))
        tied = {**{tie.id: tie for tie in ties.by_criterion(cases)}, **{tie.id: tie for tie in ties.by_question(cases)}}
    assert tied
    assert all(tie.cases >= ties.FEWEST_CASES for tie in tied.values())
    routes = {each.id: each.route for each in england.criteria}
    for tie in tied.values():
        deciding = [
            each
            for each in cases
            if each.told and tie.id in {r.criterion.id for r in told_reasons(each)} | hung_on(each)
        ]
        assert len(deciding) == tie.cases
        if all(len(set(each.given.values())) == 2 for each in deciding):
            assert tie.share == pytest.approx(1)
        assert routes.get(tie.id) != "automatic" or tie.share < 1


def told_reasons(case: Reviewed) -> tuple[Reason, ...]:
    assert case.told
    decision = case.told.decision
    return decision.because or decision.open or decision.considered


def hung_on(case: Reviewed) -> set[str]:
    return {question for reason in told_reasons(case) for question in reason.hangs_on}


def test_the_agenda_has_the_cases_that_divide_most_with_counts_and_no_names(staff: Staff, england: Rules) -> None:
    round_ = begin_round(staff, england)
    client = staff.signed_in(Role.ASSESSOR)
    mine = me(staff)
    round_.give_all(mine, ["assessed"] * 5)
    round_.give_all(colleague(staff, "Ben Example"), ["assessed", "unlikely", "assessed", "depends", "assessed"])
    round_.give_all(colleague(staff, "Cat Example"), ["assessed", "automatic", "assessed", "depends", "assessed"])
    page = client.get(AGENDA).text
    numbers = [page.index(f"case {each.number} of round") for each in (round_.cases[1], round_.cases[3])]
    assert numbers == sorted(numbers)
    assert page.count("What we decide") == 2
    assert "Ben Example" not in page
    assert "Cat Example" not in page


def test_an_agenda_shows_nobody_a_case_that_they_have_still_to_review(staff: Staff, england: Rules) -> None:
    round_ = begin_round(staff, england)
    round_.give_all(colleague(staff, "Ben Example"), ["assessed"] * 5)
    round_.give_all(colleague(staff, "Cat Example"), ["unlikely"] * 5)
    client = staff.signed_in(Role.ASSESSOR)
    page = client.get(AGENDA).text
    assert "still to review them: 5" in page
    assert "What we decide" not in page
    assert send_review(client, round_.address(), basis="ENG-ASSESS-WALK") == 303
    page = client.get(AGENDA).text
    assert "still to review them: 4" in page
    assert page.count("What we decide") == 1


def test_without_rounds_there_is_nothing_and_an_unknown_version_is_not_found(staff: Staff, england: Rules) -> None:
    client = staff.signed_in(Role.ASSESSOR)
    assert "There are no reviews yet" in client.get(AGREEMENT).text
    assert "nothing to talk about" in client.get(AGENDA).text
    begin_round(staff, england)
    assert client.get(f"{AGREEMENT}?version={england.version}").status_code == 200
    assert client.get(f"{AGREEMENT}?version=0123456789ab").status_code == 404

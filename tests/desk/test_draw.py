from __future__ import annotations

from collections import Counter

import pytest

from app.desk.case import Case, case_of
from app.desk.draw import draw
from app.desk.pool import Candidate, is_borderline, pool
from app.engine.decision import decide
from app.engine.rules import Rules
from app.engine.sign_off import sign_off


def candidates(border: int, plain: int) -> list[Candidate]:
    return [
        Candidate(Case("s", "n", "v", {"q": frozenset({str(number)})}), 0, number < border)
        for number in range(border + plain)
    ]


@pytest.mark.parametrize(
    ("border", "plain", "size", "drawn"),
    [
        (40, 40, 30, 20),
        (10, 80, 20, 4),
        (80, 10, 20, 19),
        (3, 80, 50, 3),
        (80, 1, 50, 49),
        (0, 20, 5, 0),
        (20, 0, 5, 5),
    ],
)
def test_cases_on_a_border_are_twice_as_likely_and_weights_make_up_for_it(
    border: int, plain: int, size: int, drawn: int
) -> None:
    found = draw(candidates(border, plain), size, 7)
    assert len(found) == len({each.candidate.case.id for each in found}) == size
    assert sum(each.candidate.borderline for each in found) == drawn
    of_border = sum(each.weight for each in found if each.candidate.borderline)
    assert sum(each.weight for each in found) == pytest.approx(size)
    assert of_border / size == pytest.approx(border / (border + plain))


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    pool_ = candidates(40, 40)
    assert draw(pool_, 20, 3) == draw(pool_, 20, 3) != draw(pool_, 20, 4)


def test_cases_that_were_drawn_before_come_last() -> None:
    pool_ = candidates(30, 30)
    known = {each.case.id for each in pool_[:20] + pool_[30:50]}
    found = draw(pool_, 18, 5, known)
    counted = Counter((each.candidate.borderline, each.candidate.case.id in known) for each in found)
    assert counted == {(True, False): 10, (True, True): 2, (False, False): 6}


def test_a_round_larger_than_the_pool_is_the_pool() -> None:
    assert len(draw(candidates(3, 4), 50, 1)) == 7


def test_the_pool_has_each_person_for_assessors_once(england: Rules) -> None:
    found = pool(england)
    assert {each.case.id for each in found} == {case_of(england, row.decision).id for row in sign_off(england)}
    assert len({each.case.id for each in found}) == len(found)
    assert {each.people for each in found} == {0}
    assert {each.borderline for each in found} == {True, False}


def test_what_people_shared_takes_the_place_of_the_same_made_up(england: Rules) -> None:
    case = pool(england)[0].case
    found = pool(england, [(case, 15)])
    assert [each.people for each in found if each.case.id == case.id] == [15]
    assert len(found) == len(pool(england))


def test_on_a_border_is_who_gets_another_outcome_by_one_answer(england: Rules) -> None:
    found = pool(england)
    for each in found:
        decision = each.case.decision(england)
        others = set()
        for step in decision.journey.asked:
            question = england.question(step.question)
            for option in set(step.offers) - {question.exclusive if question.many else None}:
                ticked = step.ticked ^ {option} if question.many else frozenset({option})
                answers = {**each.case.answers, step.question: ticked}
                try:
                    others.add(decide(england, answers).outcome)
                except LookupError:
                    continue
        assert (others - {decision.outcome} != set()) is each.borderline
        assert is_borderline(england, decision) is each.borderline

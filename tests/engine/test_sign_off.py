from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings

from app.engine.answers import Answers
from app.engine.decision import decide, weigh
from app.engine.formula import Comparison, Formula, Not, Value, comparisons, every
from app.engine.journey import MissingAnswerError
from app.engine.rulebook import Service
from app.engine.rules import Asked, Rules
from app.engine.sign_off import Row, sign_off
from tests.conftest import TODAY
from tests.engine.small_rules import everybody, rules_for_all
from tests.engine.small_rules import rules_of as small_rules

NATIONS = ("england", "wales", "scotland", "northern_ireland")
MOST_ROWS = 300
pack = cache(sign_off)


def rules_of(service: Service, nation: str) -> Rules:
    rules = service.rules(nation, TODAY)
    assert rules is not None
    return rules


def value_of(rules: Rules, criterion: int, answers: Answers) -> Value | None:
    return decide(rules, answers).reasons[criterion].value


def assert_sound(rules: Rules, rows: tuple[Row, ...]) -> None:
    """Each row recomputes, and each that does not meet its criterion differs in one answer from one that does."""
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    for row in rows:
        assert row.criterion is not None
        index = rules.criteria.index(row.criterion)
        answers = row.decision.journey.answers
        again = decide(rules, answers)
        assert again == row.decision
        assert again.reasons[index].value is row.value
        if row.value is Value.MET:
            assert row.change is None
            continue
        assert row.change is not None
        beside = rows[row.change.row - 1]
        assert (beside.criterion, beside.value) == (row.criterion, Value.MET)
        before = beside.decision.journey.answers
        assert [name for name in before if name in answers and answers[name] != before[name]] == [row.change.question]


@settings(max_examples=60, deadline=None)
@given(rules_for_all())
def test_a_criterion_that_somebody_can_meet_is_met_by_somebody_in_the_pack(rules: Rules) -> None:
    rows = sign_off(rules)
    assert_sound(rules, rows)
    people = list(everybody(rules))
    for index, criterion in enumerate(rules.criteria):
        met = any(value_of(rules, index, person) is Value.MET for person in people)
        assert met == any(row.criterion is criterion and row.value is Value.MET for row in rows)


def test_somebody_is_found_where_the_least_answer_would_end_the_check_before() -> None:
    # To tick only option 1 meets C1 and ends the check: C2 is met by those who tick option 2 besides.
    options: dict[str, Formula] = {"1": Value.MET, "2": Value.MET, "none": Value.MET}
    asked = (
        Asked("a", True, "none", Value.MET, options),
        Asked("b", False, None, Value.MET, {"yes": Value.MET, "no": Value.MET}),
    )
    ticked = [Comparison("a", frozenset({option}), frozenset()) for option in ("1", "2")]
    says_yes = Comparison("b", frozenset({"yes"}), frozenset())
    rules = small_rules(
        asked, [("sure", Value.MET, Not(ticked[1])), ("maybe", Value.MET, every([ticked[0], says_yes]))]
    )
    rows = [row for row in sign_off(rules) if row.criterion is rules.criteria[1]]
    assert [dict(row.decision.journey.answers) for row in rows if row.value is Value.MET] == [
        {"a": frozenset({"1", "2"}), "b": frozenset({"yes"})}
    ]
    assert_sound(rules, sign_off(rules))


def near(rules: Rules, row: Row, question: str, option: str) -> Iterator[Answers]:
    """Brute force: everybody who answers as the person of the row, but for one option."""
    before = row.decision.journey.answers
    for person in everybody(rules):
        answers = decide(rules, {**person, **before, question: frozenset({option})}).journey.answers
        if all(answers[name] == before[name] for name in before if name in answers and name != question):
            yield answers


@settings(max_examples=40, deadline=None)
@given(rules_for_all())
def test_whatever_single_answer_takes_a_criterion_away_is_in_the_pack(rules: Rules) -> None:
    rows = sign_off(rules)
    for index, criterion in enumerate(rules.criteria):
        own = [row for row in rows if row.criterion is criterion]
        asked = {each.question for each in comparisons(criterion.whole)}
        for step in own[0].decision.journey.asked if own else ():
            if step.question not in asked or rules.question(step.question).many:
                continue
            for option in set(step.offers) - step.ticked:
                people = list(near(rules, own[0], step.question, option))
                missed = [person for person in people if value_of(rules, index, person) is Value.NOT_MET]
                shown = [dict(row.decision.journey.answers) for row in own if row.value is Value.NOT_MET]
                assert bool(missed) == any(person in shown for person in map(dict, missed))


@pytest.mark.parametrize("nation", NATIONS)
def test_every_criterion_of_a_nation_is_met_by_some_and_missed_by_some(service: Service, nation: str) -> None:
    rules = rules_of(service, nation)
    rows = pack(rules)
    assert_sound(rules, rows)
    assert len(rows) < MOST_ROWS
    seen = {(row.criterion.id, row.value) for row in rows if row.criterion}
    for criterion in rules.criteria:
        assert {(criterion.id, Value.MET), (criterion.id, Value.NOT_MET)} <= seen
        if any(each.open for each in comparisons(criterion.test)):
            assert (criterion.id, Value.OPEN) in seen
    people = Counter((row.criterion, frozenset(row.decision.journey.answers.items())) for row in rows)
    assert max(people.values()) == 1


@pytest.mark.parametrize("nation", NATIONS)
def test_every_answer_that_can_meet_a_criterion_meets_it_in_the_pack(service: Service, nation: str) -> None:
    rules = rules_of(service, nation)
    rows = pack(rules)
    for criterion in rules.criteria:
        given_by = [row.decision.journey.answers for row in rows if row.criterion is criterion and row.value]
        for each in comparisons(criterion.test):
            offers = set(rules.question(each.question).offers)
            given = {option for answers in given_by for option in answers.get(each.question, ())}
            assert each.met & offers <= given


def test_people_from_outside_come_last_with_their_label(england: Rules) -> None:
    child = {"who": frozenset({"self"}), "age": frozenset({"under_2"}), "terminal_illness": frozenset({"yes"})}
    rows = sign_off(england, (("changed", child),))
    assert rows[:-1] == pack(england)
    assert (rows[-1].label, rows[-1].criterion, rows[-1].decision.outcome) == ("changed", None, "special_route")
    with pytest.raises(MissingAnswerError):
        sign_off(england, (("changed", {}),))


@pytest.mark.parametrize("nation", NATIONS)
def test_nobody_in_the_pack_is_somebody_who_cannot_be(service: Service, nation: str) -> None:
    rules = rules_of(service, nation)
    assert rules.impossible
    for row in pack(rules):
        assert all(weigh(each, row.decision.journey.answers) is not Value.MET for each in rules.impossible)


def test_a_way_of_meeting_a_criterion_that_cannot_be_is_left_out(england: Rules) -> None:
    rules = replace(england, impossible=(Comparison("sight", frozenset({"severely_registered"})),))
    blind = {row.value for row in sign_off(rules) if row.criterion and row.criterion.id == "ENG-AUTO-BLIND"}
    assert blind == set()

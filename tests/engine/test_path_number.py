from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.answers import parse_answers
from app.engine.decision import decide
from app.engine.journey import MissingAnswerError
from app.engine.path_number import paths
from app.engine.rulebook import Service
from app.engine.rules import Rules
from tests.engine.people import made_up_people
from tests.engine.small_rules import everybody, rules_for_all

NATIONS = ("england", "wales", "scotland", "northern_ireland")


@settings(max_examples=60, deadline=None)
@given(rules_for_all())
def test_every_path_has_one_number_and_every_number_one_path(rules: Rules) -> None:
    numbered = paths(rules)
    walked = {}
    for person in everybody(rules):
        answers = decide(rules, person).journey.answers
        number = numbered.number(person)
        assert numbered.number(answers) == number
        assert numbered.answers(number) == answers
        assert list(numbered.answers(number)) == list(answers)
        walked[tuple(answers.items())] = number
    assert sorted(walked.values()) == list(range(numbered.count))


@pytest.mark.parametrize("nation", NATIONS)
def test_everybody_in_a_nation_has_a_number_of_their_own(service: Service, nation: str) -> None:
    rules = service.laws[nation][-1]
    numbered = paths(rules)
    found = {}
    for person in made_up_people(service.vocabulary, 200, seed=11):
        answers = decide(rules, parse_answers(service.vocabulary, person)).journey.answers
        number = numbered.number(answers)
        assert numbered.answers(number) == answers
        found[tuple(answers.items())] = number
    assert len(set(found.values())) == len(found) > 20


@pytest.mark.parametrize("nation", NATIONS)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_every_number_of_a_nation_is_somebody_whose_check_is_complete(
    service: Service, nation: str, data: st.DataObject
) -> None:
    rules = service.laws[nation][-1]
    numbered = paths(rules)
    number = data.draw(st.integers(0, numbered.count - 1))
    answers = numbered.answers(number)
    assert decide(rules, answers).journey.answers == answers
    assert numbered.number(answers) == number


@settings(max_examples=50, deadline=None)
@given(rules_for_all())
def test_the_numbers_follow_the_order_of_the_options(rules: Rules) -> None:
    """As a dictionary does: the first difference between two paths decides, whatever the graph looks like."""
    answers = [paths(rules).answers(number) for number in range(paths(rules).count)]
    places = {
        question.id: {option: place for place, option in enumerate(question.offers)} for question in rules.questions
    }
    spelled = [
        [
            [option in ticked for option in places[question]]
            if rules.question(question).many
            else [places[question][option] for option in ticked]
            for question, ticked in each.items()
        ]
        for each in answers
    ]
    assert spelled == sorted(spelled)


def test_a_number_that_is_no_path_is_refused(england: Rules) -> None:
    numbered = paths(england)
    for number in (-1, numbered.count):
        with pytest.raises(ValueError, match="there is no"):
            numbered.answers(number)


@pytest.mark.parametrize("age", [(), ("16_or_over", "under_2"), ("200",)])
def test_answers_that_do_not_reach_the_end_have_no_number(england: Rules, age: tuple[str, ...]) -> None:
    with pytest.raises(MissingAnswerError, match="'age'"):
        paths(england).number({"who": frozenset({"self"}), "age": frozenset(age)})


def test_rules_that_ask_nothing_have_one_path(england: Rules) -> None:
    nothing = replace(england, criteria=())
    assert paths(nothing).count == 1
    assert paths(nothing).number({}) == 0
    assert paths(nothing).answers(0) == {}

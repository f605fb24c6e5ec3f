from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.answers import AnswerError, parse_answers
from app.engine.cases import try_cases
from app.engine.decision import decide, outcome_ids, voice_of
from app.engine.formula import Value
from app.engine.journey import MissingAnswerError, follow
from app.engine.rulebook import Service
from app.engine.rules import Rules
from app.settings import ROOT
from tests.conftest import TODAY
from tests.engine.people import RawAnswers, anybody, made_up_people

CASES = sorted((ROOT / "rules").glob("*/cases/*.yaml"))
BASE: RawAnswers = {
    "who": "self",
    "age": "16_or_over",
    "sight": "no",
    "benefits": ["none"],
    "terminal_illness": "no",
    "difficulties": ["none"],
}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_cases_kept_beside_the_rules_pass(path: Path, service: Service) -> None:
    report = try_cases(path, service, TODAY)
    assert report.tried > 0
    assert [str(failure) for failure in report.failures] == []


@pytest.mark.parametrize(
    ("changes", "outcome", "because", "still_open", "asked"),
    [
        ({"sight": "severely_registered"}, "automatic", ["ENG-AUTO-BLIND"], [], ["who", "age", "sight"]),
        ({"who": "organisation", "organisation_cares": "no"}, "unlikely", [], [], ["who", "organisation_cares"]),
        (
            {"sight": "dont_know", "terminal_illness": "yes"},
            "special_route",
            ["ENG-SPECIAL-TERMINAL"],
            ["ENG-AUTO-BLIND"],
            ["who", "age", "sight", "benefits", "terminal_illness"],
        ),
        (
            {"age": "under_2", "child_needs": ["bulky_equipment", "near_vehicle"]},
            "assessed",
            ["ENG-CHILD-BULKY", "ENG-CHILD-VEHICLE"],
            [],
            ["who", "age", "terminal_illness", "child_needs"],
        ),
        (
            {"benefits": ["pip", "other"], "pip_moving_around": "12"},
            "automatic",
            ["ENG-AUTO-PIP-MA8"],
            ["ENG-AUTO-DLA-HRM", "ENG-AUTO-WPMS", "ENG-AUTO-AFCS"],
            ["who", "age", "sight", "benefits", "pip_moving_around"],
        ),
        (
            {"benefits": ["other"]},
            "depends",
            [],
            [
                "ENG-AUTO-DLA-HRM",
                "ENG-AUTO-PIP-MA8",
                "ENG-AUTO-PIP-PJ-E10",
                "ENG-AUTO-WPMS",
                "ENG-AUTO-AFCS",
                "ENG-ASSESS-PLANNING-AWARD",
            ],
            ["who", "age", "sight", "benefits", "terminal_illness", "difficulties"],
        ),
    ],
)
def test_a_decision_names_what_it_rests_on(
    service: Service, england: Rules, changes: RawAnswers, outcome: str, because: list[str], still_open: list[str],
    asked: list[str],
) -> None:  # fmt: skip
    decision = decide(england, parse_answers(service.vocabulary, {**BASE, **changes}))
    assert decision.outcome == outcome
    assert [reason.criterion.id for reason in decision.because] == because
    assert [reason.criterion.id for reason in decision.open] == still_open
    assert list(decision.asked) == asked


def test_a_missing_answer_to_a_question_asked_is_named(service: Service, england: Rules) -> None:
    with pytest.raises(MissingAnswerError) as caught:
        decide(england, parse_answers(service.vocabulary, {"who": "self", "age": "16_or_over"}))
    assert caught.value.question == "sight"


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"height": "tall"}, "unknown-question"),
        ({"age": "40"}, "unknown-option"),
        ({"age": ["16_or_over"]}, "wrong-shape"),
        ({"age": 2}, "wrong-shape"),
        ({"benefits": "pip"}, "wrong-shape"),
        ({"benefits": [1]}, "wrong-shape"),
        ({"benefits": ["none", "pip"]}, "none-with-others"),
        (["age"], "wrong-shape"),
        (None, "wrong-shape"),
    ],
)
def test_an_answer_outside_the_vocabulary_is_refused(service: Service, answers: object, code: str) -> None:
    with pytest.raises(AnswerError) as caught:
        parse_answers(service.vocabulary, answers)
    assert caught.value.code == code


def test_what_england_does_not_offer_counts_as_not_ticked(service: Service, england: Rules) -> None:
    scottish = {**BASE, "benefits": ["adp", "padp"], "adp_moving_around": "12"}
    decision = decide(england, parse_answers(service.vocabulary, scottish))
    assert decision.outcome == "unlikely"
    assert "adp_moving_around" not in decision.asked


def test_arms_are_not_offered_to_a_child(service: Service, england: Rules) -> None:
    child = {**BASE, "age": "3_to_15", "difficulties": ["arms"], "drives_regularly": "yes", "parking_meters": "yes"}
    assert decide(england, parse_answers(service.vocabulary, child)).outcome == "unlikely"


@pytest.mark.parametrize(
    ("who", "voice"), [("self", "you"), ("someone_else", "they"), ("organisation", "organisation")]
)
def test_the_first_answer_sets_the_voice(england: Rules, who: str, voice: str) -> None:
    assert voice_of(england, {"who": frozenset({who})}) == voice
    assert voice_of(england, {}) == "you"


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_questions_not_asked_could_not_have_changed_anything(
    service: Service, england: Rules, data: st.DataObject
) -> None:
    person = parse_answers(service.vocabulary, data.draw(anybody(service.vocabulary)))
    decision = decide(england, person)
    only_asked = decide(england, decision.journey.answers)
    assert only_asked == decision
    other = parse_answers(service.vocabulary, data.draw(anybody(service.vocabulary)))
    mixed = decide(england, {**other, **decision.journey.answers})
    assert (mixed.outcome, mixed.reasons) == (decision.outcome, decision.reasons)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_unlikely_leaves_nothing_open_and_no_outcome_promises_more_than_its_route(
    service: Service, england: Rules, data: st.DataObject
) -> None:
    decision = decide(england, parse_answers(service.vocabulary, data.draw(anybody(service.vocabulary))))
    assert decision.outcome in outcome_ids(england)
    if decision.outcome == "unlikely":
        assert not decision.open
        assert all(reason.value is not Value.MET for reason in decision.reasons)
    if decision.outcome == "depends":
        assert decision.open
    if decision.outcome in ("automatic", "special_route", "assessed"):
        assert decision.because
    for reason in decision.reasons:
        assert set(reason.hangs_on) <= set(decision.asked)


@pytest.mark.parametrize("seed", range(20))
def test_a_journey_stops_at_the_first_question_without_an_answer(service: Service, england: Rules, seed: int) -> None:
    person = parse_answers(service.vocabulary, next(made_up_people(service.vocabulary, 1, seed)))
    asked = decide(england, person).asked
    so_far: dict[str, frozenset[str]] = {}
    for question in asked:
        journey = follow(england, so_far)
        assert journey.next is not None
        assert journey.next.id == question
        so_far[question] = person[question]
    assert follow(england, so_far).complete

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from app.desk.case import Case, case_of
from app.engine.decision import decide
from app.engine.journey import MissingAnswerError
from app.engine.rules import Rules

PERSON = Case("blue-badge", "wales", "0123456789ab", {"who": frozenset({"self"}), "benefits": frozenset({"b", "a"})})


def test_a_case_is_named_by_a_digest_of_all_that_is_in_it() -> None:
    written = '{"benefits":["a","b"],"who":["self"]}'
    whole = sha256(f"blue-badge\0wales\x000123456789ab\0{written}".encode()).hexdigest()
    assert PERSON.id == whole[:16]


@pytest.mark.parametrize(
    "other",
    [
        replace(PERSON, service="parking"),
        replace(PERSON, nation="england"),
        replace(PERSON, version="0123456789ac"),
        replace(PERSON, answers={"who": frozenset({"self"}), "benefits": frozenset({"a"})}),
    ],
)
def test_any_difference_makes_another_name(other: Case) -> None:
    assert other.id != PERSON.id


def test_the_order_of_answers_makes_no_other_name() -> None:
    assert replace(PERSON, answers=dict(reversed([*PERSON.answers.items()]))).id == PERSON.id


def test_a_case_has_only_what_was_asked_and_is_decided_alike(england: Rules) -> None:
    asked = {
        "who": frozenset({"organisation"}),
        "organisation_cares": frozenset({"yes"}),
        "organisation_transports": frozenset({"yes"}),
    }
    decision = decide(england, {**asked, "age": frozenset({"16_or_over"})})
    case = case_of(england, decision)
    assert "age" not in case.answers
    assert case.decision(england) == decision
    assert case_of(england, case.decision(england)).id == case.id
    with pytest.raises(MissingAnswerError):
        replace(case, answers={}).decision(england)

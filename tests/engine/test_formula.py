from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.formula import (
    Comparison,
    Formula,
    Not,
    Value,
    answered,
    can_be_met,
    comparisons,
    every,
    negate,
    option_known,
    some,
    substitute,
)

MET, OPEN, NOT_MET = Value.MET, Value.OPEN, Value.NOT_MET
A = Comparison("a", frozenset({"1", "2"}), frozenset({"?"}))
B = Comparison("b", frozenset({"1"}))


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([], MET),
        ([MET, MET], MET),
        ([MET, NOT_MET], NOT_MET),
        ([OPEN, MET], OPEN),
        ([OPEN, NOT_MET], NOT_MET),
        ([A], A),
        ([A, MET], A),
        ([A, NOT_MET], NOT_MET),
        ([every([A, B]), MET], every([B, A])),
    ],
)
def test_all_is_as_good_as_its_worst_part(parts: list[Formula], whole: Formula) -> None:
    assert every(parts) == whole


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([], NOT_MET),
        ([NOT_MET], NOT_MET),
        ([OPEN, MET], MET),
        ([OPEN, NOT_MET], OPEN),
        ([A, NOT_MET], A),
        ([A, MET], MET),
    ],
)
def test_any_is_as_good_as_its_best_part(parts: list[Formula], whole: Formula) -> None:
    assert some(parts) == whole


@pytest.mark.parametrize(("part", "turned"), [(MET, NOT_MET), (NOT_MET, MET), (OPEN, OPEN), (A, Not(A)), (Not(A), A)])
def test_not_turns_met_and_leaves_open(part: Formula, turned: Formula) -> None:
    assert negate(part) == turned


@pytest.mark.parametrize(
    ("ticked", "value"),
    [({"1"}, MET), ({"?"}, OPEN), ({"x"}, NOT_MET), (set(), NOT_MET), ({"?", "2"}, MET), (None, OPEN)],
)
def test_an_answer_decides_a_comparison_and_an_unasked_question_leaves_it_open(
    ticked: set[str] | None, value: Value
) -> None:
    known = None if ticked is None else frozenset(ticked)
    assert substitute(A, "a", answered(known)) is value


def test_an_open_part_still_waits_for_the_others() -> None:
    left = substitute(every([A, B]), "a", answered(frozenset({"?"})))
    assert left == every([OPEN, B])
    assert substitute(left, "b", answered(frozenset({"1"}))) is OPEN
    assert substitute(left, "b", answered(frozenset({"2"}))) is NOT_MET
    assert not can_be_met(left)


OPTIONS = ("1", "2", "?", "x")


def formulas() -> st.SearchStrategy[Formula]:
    options = st.frozensets(st.sampled_from(OPTIONS))
    leaf = st.builds(
        lambda question, met, unsure: Comparison(question, met, unsure - met), st.sampled_from("ab"), options, options
    )
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(every),
            st.lists(inner, min_size=1, max_size=3).map(some),
            inner.map(negate),
        ),
        max_leaves=6,
    )


@given(formulas(), st.frozensets(st.sampled_from(OPTIONS)), st.frozensets(st.sampled_from(OPTIONS)))
def test_the_order_of_answers_and_of_options_makes_no_difference(
    formula: Formula, first: frozenset[str], second: frozenset[str]
) -> None:
    one = substitute(substitute(formula, "a", answered(first)), "b", answered(second))
    other = substitute(substitute(formula, "b", answered(second)), "a", answered(first))
    by_option = formula
    for question, ticked in (("a", first), ("b", second)):
        for option in OPTIONS:
            by_option = substitute(by_option, question, option_known(option, ticked=option in ticked))
        by_option = substitute(by_option, question, answered(frozenset()))
    assert one is other is by_option
    assert isinstance(one, Value)


@given(formulas(), st.frozensets(st.sampled_from(OPTIONS)))
def test_what_cannot_be_met_is_never_met(formula: Formula, ticked: frozenset[str]) -> None:
    left = substitute(formula, "a", answered(ticked))
    for second in OPTIONS:
        end = substitute(left, "b", answered(frozenset({second})))
        assert can_be_met(left) or end is not MET


def test_comparisons_finds_every_one() -> None:
    assert comparisons(every([A, negate(some([B, A]))])) == {A, B}

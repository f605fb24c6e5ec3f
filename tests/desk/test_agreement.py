"""The measures, held against examples that were published with their results."""

from __future__ import annotations

import pytest

from app.desk.agreement import FEW_CASES, Judged, ac1, agreement, kappa, percent


def pairs(*cells: tuple[str, str, int]) -> list[Judged]:
    return [Judged({"first": one, "second": other}) for one, other, count in cells for _ in range(count)]


def of_raters(*raters: str) -> list[Judged]:
    return [
        Judged({rater: given for rater, given in enumerate(unit) if given != "."}) for unit in zip(*raters, strict=True)
    ]


GWET_2002 = pairs(("yes", "yes", 118), ("yes", "no", 5), ("no", "yes", 2))
"""Gwet, Statistical Methods for Inter-Rater Reliability Assessment 1, 2002: where kappa says nothing, AC1 does."""

COHEN = pairs(("yes", "yes", 20), ("yes", "no", 5), ("no", "yes", 10), ("no", "no", 15))
"""The table of two by two by which Cohen's kappa is most often taught."""

GWET_2014 = of_raters("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
"""Gwet, Handbook of Inter-Rater Reliability, 2014: 12 units, four raters, with gaps; kappa as irrCAC 0.4 has it."""


@pytest.mark.parametrize(
    ("found", "published"),
    [
        (kappa(GWET_2002), -0.0234),
        (ac1(GWET_2002, 2), 0.9408),
        (percent(COHEN), 0.7),
        (kappa(COHEN), 0.4),
        (percent(GWET_2014), 0.81818),
        (ac1(GWET_2014, 5), 0.77544),
        (kappa(GWET_2014), 0.76207),
    ],
)
def test_published_examples_come_out_as_published(found: float | None, published: float) -> None:
    assert found == pytest.approx(published, abs=5e-5)


@pytest.mark.parametrize("cases", [[], [Judged({})], [Judged({"one": "yes"})]])
def test_what_nobody_compared_has_no_figures(cases: list[Judged]) -> None:
    found = agreement([[each] for each in cases], ("yes", "no"))
    assert found.cases == 0
    assert {found.percent.value, found.kappa.value, found.ac1.value, found.percent.interval} == {None}


def test_kappa_is_undefined_where_all_say_the_same() -> None:
    alike = agreement([[each] for each in pairs(("yes", "yes", 40))], ("yes", "no"))
    assert (alike.percent.value, alike.kappa.value, alike.ac1.value) == (1, None, 1)
    assert alike.kappa.interval is None


def test_of_one_case_there_is_no_interval() -> None:
    one = agreement([[each] for each in pairs(("yes", "no", 1))], ("yes", "no"))
    assert one.percent.value == 0
    assert [each.interval for each in (one.percent, one.kappa, one.ac1)] == [None] * 3


@pytest.mark.parametrize(("cases", "few"), [(FEW_CASES - 1, True), (FEW_CASES, False)])
def test_few_cases_are_said_to_be_few(cases: int, few: bool) -> None:
    assert agreement([[each] for each in pairs(("yes", "no", cases))], ("yes", "no")).few is few


@pytest.mark.parametrize(("no", "one_sided"), [(3, True), (5, False)])
def test_nine_in_ten_of_one_outcome_are_one_sided(no: int, one_sided: bool) -> None:
    cases = pairs(("yes", "yes", 40), ("no", "no", no))
    assert agreement([[each] for each in cases], ("yes", "no")).one_sided is one_sided


def test_a_weight_counts_as_so_many_cases() -> None:
    one_by_one = pairs(("yes", "yes", 6), ("yes", "no", 2), ("no", "no", 2))
    weighed = [
        Judged({"first": "yes", "second": "yes"}, 3.0),
        Judged({"first": "yes", "second": "no"}),
        Judged({"first": "no", "second": "no"}),
    ]
    for measure in (percent, kappa, lambda cases: ac1(cases, 2)):
        assert measure(weighed) == pytest.approx(measure(one_by_one))


def test_intervals_hold_the_value_and_are_the_same_each_time() -> None:
    found, again = (agreement([[each] for each in COHEN], ("yes", "no")) for _ in range(2))
    assert found == again
    for measure in (found.percent, found.kappa, found.ac1):
        assert measure.value is not None
        assert measure.interval is not None
        assert measure.interval[0] < measure.value < measure.interval[1]


def test_ratings_of_one_case_are_drawn_together() -> None:
    apart = [[each] for each in COHEN]
    together = [COHEN[index : index + 10] for index in range(0, len(COHEN), 10)]
    widths = []
    for cases in (apart, together):
        interval = agreement(cases, ("yes", "no")).percent.interval
        assert interval is not None
        widths.append(interval[1] - interval[0])
    assert widths[1] > widths[0]


def test_many_raters_keep_nobody_waiting() -> None:
    agreement([[Judged({rater: "yes" if rater % 3 else "no" for rater in range(10_000)})]], ("yes", "no"))

"""What later rules would make of a finished check: told where it differs, never guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.answers import parse_answers
from app.engine.decision import decide
from app.engine.outlook import outlooks
from app.engine.rulebook import Service, load_rulebook
from tests.engine.change_of_law import (
    ARMS_ARE_ASKED_OF_MORE,
    NOTHING,
    PAIN_NO_LONGER_COUNTS,
    REGISTRATION_IS_NOT_ENOUGH,
    SHORTER_COUNTS,
    TARIFF_NO_LONGER_ASKED,
    Change,
    change_law,
)
from tests.engine.people import RawAnswers, anybody
from tests.engine.untranslated import copy_untranslated

IN_PAIN: RawAnswers = {
    "who": "self", "age": "16_or_over", "sight": "partially", "benefits": ["none"], "terminal_illness": "no",
    "difficulties": ["walking"], "walking": ["severe_pain"], "lasting": "three_years_or_more",
}  # fmt: skip
RECOVERING: RawAnswers = {**IN_PAIN, "lasting": "one_to_three_years"}
FORMER_SOLDIER: RawAnswers = {
    **IN_PAIN, "benefits": ["afcs"], "afcs_walking_certificate": "dont_know", "afcs_tariff_1_to_8": "no",
    "difficulties": ["none"],
}  # fmt: skip
REGISTERED: RawAnswers = {"who": "self", "age": "16_or_over", "sight": "severely_registered"}

Rulebook = Callable[..., Service]


@pytest.fixture(scope="session")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    made: dict[tuple[tuple[Change, ...], ...], Service] = {}

    def read(*versions: tuple[Change, ...]) -> Service:
        """England's law of today, and one version more for each list of changes, a year apart."""
        if versions not in made:
            folder = tmp_path_factory.mktemp("rules") / "rules"
            copy_untranslated(folder)
            for number, changes in enumerate(versions):
                change_law(folder, NOTHING, *changes, day=date(2027 + number, 1, 1))
            made[versions] = load_rulebook(folder)["blue-badge"]
        return made[versions]

    return read


def told(service: Service, person: RawAnswers) -> list[tuple[int, str | None, list[str], list[str], bool]]:
    today, *later = service.laws["england"]
    decision = decide(today, parse_answers(service.vocabulary, person))
    return [
        (
            outlook.rules.in_force.year,
            outlook.outcome,
            [criterion.id for criterion in outlook.makes],
            [criterion.id for criterion in outlook.lost],
            outlook.worse,
        )
        for outlook in outlooks(decision, later)
    ]


@pytest.mark.parametrize(
    ("versions", "person", "expected"),
    [
        ([()], IN_PAIN, []),
        ([(SHORTER_COUNTS,)], IN_PAIN, []),
        ([(SHORTER_COUNTS,)], RECOVERING, [(2027, "assessed", ["ENG-ASSESS-WALK"], [], False)]),
        ([(PAIN_NO_LONGER_COUNTS,)], IN_PAIN, [(2027, "unlikely", [], ["ENG-ASSESS-WALK"], True)]),
        ([(TARIFF_NO_LONGER_ASKED,)], FORMER_SOLDIER, [(2027, "depends", ["ENG-AUTO-AFCS"], [], False)]),
        (
            [(PAIN_NO_LONGER_COUNTS,)],
            {**IN_PAIN, "sight": "severely_certificate"},
            [(2027, "depends", ["ENG-AUTO-BLIND"], ["ENG-ASSESS-WALK"], True)],
        ),
        ([(ARMS_ARE_ASKED_OF_MORE,)], RECOVERING, [(2027, None, [], [], False)]),
        ([(ARMS_ARE_ASKED_OF_MORE,)], IN_PAIN, []),
        ([(REGISTRATION_IS_NOT_ENOUGH,)], REGISTERED, [(2027, None, [], [], False)]),
        (
            [(SHORTER_COUNTS,), (SHORTER_COUNTS,), ()],
            RECOVERING,
            [(2027, "assessed", ["ENG-ASSESS-WALK"], [], False), (2029, "unlikely", [], [], False)],
        ),
        ([(), (SHORTER_COUNTS,)], RECOVERING, [(2028, "assessed", ["ENG-ASSESS-WALK"], [], False)]),
    ],
)  # fmt: skip
def test_an_outlook_tells_the_day_the_outcome_and_the_rules_that_make_it(
    rulebook: Rulebook, versions: list[tuple[Change, ...]], person: RawAnswers, expected: object
) -> None:
    assert told(rulebook(*versions), person) == expected


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_what_is_told_holds_whatever_else_would_be_answered(rulebook: Rulebook, data: st.DataObject) -> None:
    service = rulebook((SHORTER_COUNTS, PAIN_NO_LONGER_COUNTS, TARIFF_NO_LONGER_ASKED, ARMS_ARE_ASKED_OF_MORE))
    today, later = service.laws["england"]
    decision = decide(today, parse_answers(service.vocabulary, data.draw(anybody(service.vocabulary))))
    others = parse_answers(service.vocabulary, data.draw(anybody(service.vocabulary)))
    then = decide(later, {**others, **decision.journey.answers})
    found = outlooks(decision, [later])
    if not found:
        assert then.outcome == decision.outcome
    for outlook in found:
        assert outlook.outcome in (None, then.outcome)
        assert outlook.outcome != decision.outcome
        assert outlook.outcome is None or outlook.makes or outlook.lost
        assert outlook.outcome is not None or "drives_regularly" in then.asked
    assert outlooks(decision, [today]) == ()

"""What a draft would do, against counts by hand and against brute force."""

from __future__ import annotations

import pytest

from app.engine.answers import parse_answers
from app.engine.decision import decide
from app.engine.effect import Effect, Known, effects_on
from app.engine.problem import LoadError
from app.engine.rulebook import Service
from app.engine.rules import Rules
from app.tallies.impact import months_of, on_groups
from app.tallies.share import write_answers
from app.tallies.shared_groups import Group, project, reasons_of
from tests.engine.people import made_up_people
from tests.tallies.drafts import DRAFTS, LAW, TWELVE, draft_of


def group(rules: Rules, outcome: str, criterion: str, **answers: str) -> Group:
    written = write_answers({question: frozenset(given.split()) for question, given in answers.items()})
    return Group(rules.service, rules.nation, rules.version, outcome, (criterion,), written)


def test_twelve_points_made_automatic_move_those_with_twelve_points_and_nobody_else(
    service: Service, england: Rules
) -> None:
    draft = draft_of(service, TWELVE)
    award, walk = "ENG-ASSESS-PLANNING-AWARD", "ENG-ASSESS-WALK"
    groups = [
        (group(england, "assessed", award, benefits="pip", pip_planning_journeys="12"), 15),
        (group(england, "assessed", award, benefits="pip", pip_planning_journeys="10_unfamiliar"), 10),
        (group(england, "assessed", walk, difficulties="walking", walking="unsteady", lasting="dont_know"), 20),
        (group(england, "automatic", "ENG-AUTO-BLIND", sight="severely_registered"), 30),
        (group(england, "special_route", "ENG-SPECIAL-TERMINAL", terminal_illness="yes"), 10),
    ]
    found = on_groups(service, draft, groups)
    assert [each.moves for each in found] == [True, False, False, False, None]
    assert found[0].effects == (Effect("assessed", "automatic", ("ENG-AUTO-PIP-PJ-E10",)),)


@pytest.mark.parametrize("name", ["twelve", "no_dla", "no_arms"])
def test_what_becomes_of_somebody_is_among_what_can_become_of_their_group(
    name: str, service: Service, england: Rules
) -> None:
    draft = draft_of(service, DRAFTS[name])
    known: dict[str, frozenset[str]] = {}
    for raw in made_up_people(service.vocabulary, 60, 9):
        answers = parse_answers(service.vocabulary, raw)
        before, after = decide(england, answers), decide(draft, answers)
        reasons = reasons_of(before)
        common = project(before, reasons)
        criteria = tuple(each.criterion.id for each in reasons)
        key = f"{before.outcome}{criteria}{write_answers(common)}"
        if key not in known:
            effects = effects_on(england, draft, Known(common, before.outcome, criteria))
            known[key] = frozenset(each.new for each in effects)
        assert after.outcome in known[key]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (LAW.replace("route: automatic", "rout: automatic", 1), "missing-key", 82),
        (LAW.replace("nation: england", "nation: wales"), "other-nation", 6),
        ("nation: [", "not-yaml", 1),
        ("", "empty", 1),
    ],
)
def test_a_draft_that_does_not_load_is_told_with_its_line(text: str, code: str, line: int, service: Service) -> None:
    with pytest.raises(LoadError) as raised:
        draft_of(service, text)
    found = {(problem.code, problem.line) for problem in raised.value.problems}
    assert code in {each for each, _ in found}
    assert all(problem.line and problem.message for problem in raised.value.problems)
    assert code != "other-nation" or ("other-nation", line) in found


def test_only_months_under_the_rules_alone_are_reckoned_with(service: Service, england: Rules) -> None:
    months = ("2019-07", "2019-08", "2019-09", "2026-10")
    assert months_of(service, england, months) == ("2019-09", "2026-10")

"""What a draft would do, against counts by hand and against brute force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from random import Random

import pytest

from app.engine.answers import parse_answers
from app.engine.decision import decide
from app.engine.effect import Effect, Known, effects_on
from app.engine.formula import Value
from app.engine.problem import LoadError
from app.engine.rulebook import Service, load_draft
from app.engine.rules import Rules
from app.settings import ROOT
from app.tallies.blur import blur, draw
from app.tallies.cell import Family, part
from app.tallies.disclosure import Figure, shown
from app.tallies.impact import Bound, months_of, on_groups, on_tallies
from app.tallies.margin import limits
from app.tallies.share import write_answers
from app.tallies.shared_groups import Group, project, reasons_of
from tests.engine.people import RawAnswers, made_up_people

LAW = (ROOT / "rules/blue-badge/england/2019-08-30.yaml").read_text()
LATER = LAW.replace("in_force: {from: 2019-08-30}", "in_force: {from: 2027-04-01}")
TWELVE = LATER.replace("is: [10_distress], open", "is: [10_distress, '12'], open")
NO_DLA = LATER.replace("is: [higher], open: [dont_know]", "is: [none], open: [dont_know]")
NO_ARMS = LATER.replace("{question: parking_meters, is: ['yes']}", "{question: parking_meters, is: ['no']}")
DRAFTS = {"twelve": TWELVE, "no_dla": NO_DLA, "no_arms": NO_ARMS}
_VALUES = {Value.MET: "met", Value.OPEN: "open", Value.NOT_MET: "not_met", None: "not_considered"}


def draft_of(service: Service, text: str, nation: str = "england") -> Rules:
    return load_draft(service, nation, text.encode())


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


def counted(figures: Mapping[tuple[Family, str], Figure]) -> partial[Figure]:
    return partial(lambda family, key: figures.get((family, key), Figure(0, 1, 1)))


def test_the_bounds_are_those_counted_by_hand(service: Service, england: Rules) -> None:
    """Shown: 100 assessed, 40 with the award met. One count can be 14 off, and one that is hidden is 0 to 21."""
    figures = {
        (Family.OUTCOME, "assessed"): Figure(100, 1, 0),
        (Family.CRITERION, "ENG-ASSESS-PLANNING-AWARD:met"): Figure(40, 1, 0),
    }
    bounds = on_tallies(england, draft_of(service, TWELVE), counted(figures))
    assert bounds == (
        Bound("assessed", "automatic", 0, 54, tells=True),
        Bound("special_route", "automatic", 0, 21, tells=False),
    )


def people(service: Service, rules: Rules, size: int, seed: int) -> Sequence[RawAnswers]:
    return [*made_up_people(service.vocabulary, size, seed)]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", DRAFTS)
def test_the_true_number_moved_always_lies_within_the_bounds(
    name: str, seed: int, service: Service, england: Rules
) -> None:
    draft, chance = draft_of(service, DRAFTS[name]), Random(seed)  # noqa: S311 - nothing here is secret
    counts: Counter[tuple[Family, str]] = Counter()
    moved: Counter[tuple[str, str]] = Counter()
    for raw in people(service, england, 400, seed):
        answers = parse_answers(service.vocabulary, raw)
        before, after = decide(england, answers), decide(draft, answers)
        counts[Family.OUTCOME, before.outcome] += 1
        for reason in before.reasons:
            counts[Family.CRITERION, part(reason.criterion.id, _VALUES[reason.value])] += 1
        if before.outcome != after.outcome:
            moved[before.outcome, after.outcome] += 1
    figures = {thing: shown(n + blur(draw(chance))) for thing, n in counts.items()}
    bounds = {(each.old, each.new): each for each in on_tallies(england, draft, counted(figures))}
    assert set(moved) <= set(bounds)
    for pair, bound in bounds.items():
        assert 0 <= bound.least <= moved[pair] <= bound.most
        assert bound.most <= limits(figures.get((Family.OUTCOME, pair[0]), Figure(0, 1, 1)))[1]


@pytest.mark.parametrize("name", DRAFTS)
def test_what_becomes_of_somebody_is_among_what_can_become_of_their_group(
    name: str, service: Service, england: Rules
) -> None:
    draft = draft_of(service, DRAFTS[name])
    known: dict[str, frozenset[str]] = {}
    for raw in people(service, england, 60, 9):
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

"""The prover and the graph held to two other ways of finding out: trying everybody, and decision diagrams."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from app.engine.answers import parse_answers
from app.engine.decision import decide
from app.engine.finding import Finding
from app.engine.graph import explore
from app.engine.prover import prove
from app.engine.rulebook import Service
from app.engine.rules import Rules
from tests.conftest import TODAY
from tests.engine.people import made_up_people
from tests.engine.small_rules import small_rules
from tests.proofs.brute_force import Person, outcome, people, points
from tests.proofs.brute_proofs import Found, Shown, brute_proofs
from tests.proofs.decision_diagrams import NOBODY, Diagram
from tests.proofs.diagram_journey import Journeys
from tests.proofs.diagram_proofs import proofs_of_criteria, proofs_of_the_way

Faults = set[tuple[str, str]]
NATIONS = ("england", "wales", "scotland", "northern_ireland")
USELESS, NO_MORE = "useless-question", "intended-no-more"

SHARES = {
    "always-true": 0.1,
    "contradiction": 0.1,
    "journey-too-long": 0.05,
    "no-outcome": 0.02,
    "promise-above-route": 0.1,
    "unlikely-with-open": 0.1,
    "unreachable-criterion": 0.1,
    "unreachable-outcome": 0.1,
    "unreachable-question": 0.1,
    "unsound-skip": 0.1,
    USELESS: 0.05,
    "worse-for-more": 0.1,
    NO_MORE: 0.1,
    "meant": 0.05,
}
"""In what part of the rule sets each code is found, at least; also findings that are meant."""


def found_by_prover(rules: Rules) -> list[Finding]:
    """Every finding but those that are about entries of ``intended`` themselves."""
    proof = prove(rules)
    return [*(each for each in proof.findings if each.problem.code != NO_MORE), *(each for each, _ in proof.meant)]


def faults(findings: list[Finding]) -> Faults:
    return {(each.problem.code, each.about) for each in findings}


def assert_agree(proved: Faults, other: Faults) -> None:
    """The same faults, but that the prover compares what is left of criteria as it is written.

    So where a part of a criterion decides nothing, a question can be useless without its saying so.
    """
    assert proved <= other
    assert {code for code, _ in other - proved} <= {USELESS}


@settings(max_examples=500, deadline=None)
@given(small_rules())
def test_trying_everybody_finds_the_same_faults_paths_and_outcomes(rules: Rules) -> None:
    findings = found_by_prover(rules)
    brute = brute_proofs(rules)
    assert_agree(faults(findings), set(brute))
    for finding in findings:
        assert_shown(finding, brute)
    ends = [point for point in points(rules) if point.question is None]
    graph = explore(rules)
    assert graph.lengths() == Counter(len(point.given) for point in ends)
    assert graph.witnesses()[1].keys() == {outcome(rules, point.known) for point in ends}
    asked = {point.question.id for point in points(rules) if point.question is not None}
    assert graph.witnesses()[0].keys() == asked


def assert_shown(finding: Finding, brute: Found) -> None:
    """The people of a finding are such people, as far as it tells of them; where none can be, there are none."""
    shown = brute[finding.problem.code, finding.about]
    assert bool(shown) is bool(finding.people)
    assert not shown or any(fits(finding.people, each) for each in shown)


def fits(told: tuple[Person, ...], shown: Shown) -> bool:
    """Whether everything that is told of people is so of these."""
    return all(part.items() <= whole.items() for part, whole in zip(told, shown, strict=True))


@settings(max_examples=500, deadline=None)
@given(small_rules())
def test_decision_diagrams_find_the_same_faults_and_count_the_same_paths(rules: Rules) -> None:
    diagram = Diagram(rules)
    journeys = Journeys(diagram)
    assert_agree(
        faults(found_by_prover(rules)),
        {*proofs_of_criteria(diagram), *proofs_of_the_way(journeys)},
    )
    assert journeys.lengths == explore(rules).lengths()
    assert Journeys(diagram, everybody=True).lengths == explore(rules, everybody=True).lengths()


@settings(max_examples=80, deadline=None)
@given(small_rules())
def test_every_decision_is_as_brute_force_and_as_many_as_the_diagrams_count(rules: Rules) -> None:
    ends = [point for point in points(rules, all_people=True) if point.question is None]
    by_path = {tuple(point.given.items()): outcome(rules, point.known) for point in ends}
    decided = [decide(rules, person) for person in people(rules)]
    assert all(by_path[tuple(each.journey.answers.items())] == each.outcome for each in decided)
    diagram = Diagram(rules)
    existing = diagram.existing()
    counted = {name: diagram.count(diagram.both(existing, who)) for name, who in Journeys(diagram).outcomes.items()}
    assert Counter(each.outcome for each in decided) == +Counter(counted)


@pytest.mark.parametrize("nation", NATIONS)
def test_the_law_of_a_nation_is_as_decision_diagrams_find_it(service: Service, nation: str) -> None:
    rules = service.rules(nation, TODAY)
    assert rules is not None
    diagram = Diagram(rules)
    journeys = Journeys(diagram)
    found = {*proofs_of_criteria(diagram), *proofs_of_the_way(journeys)}
    assert found == faults(found_by_prover(rules))
    assert journeys.lengths == explore(rules).lengths()
    existing = diagram.existing()
    on_all_answers = diagram.outcomes(diagram.everything_answered)
    for name, people_on_path in journeys.outcomes.items():
        assert diagram.both(existing, people_on_path) == diagram.both(existing, on_all_answers[name])
        assert diagram.both(existing, people_on_path) != NOBODY
    for made_up in made_up_people(service.vocabulary, 150, seed=1):
        person = parse_answers(service.vocabulary, made_up)
        if diagram.has(existing, person):
            assert diagram.has(journeys.outcomes[decide(rules, person).outcome], person)


def test_each_code_is_found_in_its_share_of_the_rule_sets() -> None:
    codes: Counter[str] = Counter()
    sets = 0

    @settings(
        max_examples=250, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(small_rules())
    def count(rules: Rules) -> None:
        nonlocal sets
        proof = prove(rules)
        sets += 1
        codes.update({each.problem.code for each in proof.findings} | {each.problem.code for each, _ in proof.meant})
        codes["meant"] += bool(proof.meant)

    count()
    assert sets >= 250
    assert {code: codes[code] / sets for code, share in SHARES.items() if codes[code] / sets < share} == {}
    assert codes.keys() == SHARES.keys()

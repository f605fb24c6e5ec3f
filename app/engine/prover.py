"""What is proved of a nation's rules, each fault with a place, a plain sentence and a person it would happen to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.engine.criterion_proofs import prove_criterion
from app.engine.finding import Finding
from app.engine.flow_proofs import prove_flow
from app.engine.formula import Value, comparisons
from app.engine.graph import Graph, explore
from app.engine.search import find_person

if TYPE_CHECKING:
    from app.engine.law import Intended
    from app.engine.rules import Rules


@dataclass(frozen=True, slots=True)
class Figures:
    """How large a nation's rules are: states of the graph, paths, and questions on the shortest, median and longest."""

    states: int
    paths: int
    shortest: int
    median: int
    longest: int


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found in one version of a nation's rules, what of it is meant, and its figures."""

    rules: Rules
    findings: tuple[Finding, ...]
    meant: tuple[tuple[Finding, Intended], ...]
    figures: Figures


def prove(rules: Rules) -> Proof:
    """Proves what every version of the rules must keep to. What the law file calls intended is told apart."""
    graph = explore(rules)
    figures = _figures(graph)
    found = [
        *_impossible(rules),
        *prove_flow(rules, graph, figures.longest),
        *(finding for index in range(len(rules.criteria)) for finding in prove_criterion(rules, index)),
    ]
    intended = {(each.code, each.about): each for each in rules.intended}
    meant = tuple(
        (each, intended[each.problem.code, each.about]) for each in found if (each.problem.code, each.about) in intended
    )
    findings = [each for each in found if (each.problem.code, each.about) not in intended]
    findings += _no_more(rules, {(each.code, each.about) for _, each in meant})
    return Proof(rules, tuple(findings), meant, figures)


def _no_more(rules: Rules, still: set[tuple[str, str]]) -> Iterator[Finding]:
    for index, each in enumerate(rules.intended):
        if (each.code, each.about) not in still:
            message = f"{each.code} of {each.about!r} is no longer found; take the entry out"
            yield Finding(rules.law.problem(("intended", index), "intended-no-more", message), each.about)


def _impossible(rules: Rules) -> Iterator[Finding]:
    """Assumptions that rule out nobody, and so do not say what they seem to."""
    free = replace(rules, impossible=())
    offers = {question.id: question.offers.keys() for question in rules.questions}
    for index, assumed in enumerate(rules.impossible):
        known_here = all(each.met & offers[each.question] for each in comparisons(assumed))
        if known_here and find_person(free, (assumed,), lambda now: now[0] is Value.MET) is None:
            message = "no answers are ruled out by this; its parts cannot be true together anyway"
            yield Finding(rules.vocabulary.problem(("impossible", index), "contradiction", message), str(index))


def _figures(graph: Graph) -> Figures:
    lengths = sorted(graph.lengths().items()) or [(0, 0)]
    paths = sum(count for _, count in lengths)
    passed = 0
    median = 0
    for length, count in lengths:
        passed += count
        if 2 * passed >= paths:
            median = length
            break
    return Figures(len(graph.states), paths, lengths[0][0], median, lengths[-1][0])

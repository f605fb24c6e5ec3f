"""Drafts of the law of England, written and made up, and people whom they may move."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import yaml

from app.engine.answers import parse_answers
from app.engine.decision import Decision, decide
from app.engine.formula import Value
from app.engine.problem import LoadError
from app.engine.rulebook import Service, load_draft
from app.engine.rules import Rules
from app.settings import ROOT
from app.tallies.cell import Family, Thing, part
from tests.engine.people import made_up_people

LAW = (ROOT / "rules/blue-badge/england/2019-08-30.yaml").read_text()
LATER = LAW.replace("in_force: {from: 2019-08-30}", "in_force: {from: 2027-04-01}")
TWELVE = LATER.replace("is: [10_distress], open", "is: [10_distress, '12'], open")
NO_DLA = LATER.replace("is: [higher], open: [dont_know]", "is: [none], open: [dont_know]")
NO_ARMS = LATER.replace("{question: parking_meters, is: ['yes']}", "{question: parking_meters, is: ['no']}")
A_YEAR = LATER.replace("lasting, is: [three_years_or_more", "lasting, is: [one_to_three_years, three_years_or_more")
FOUR = LATER.replace("is: ['8', '10', '12'], open", "is: ['4', '8', '10', '12'], open")
WALKERS = LATER.replace("ENG-ASSESS-WALK\n    route: assessed", "ENG-ASSESS-WALK\n    route: automatic")
CHILDREN = LATER.replace("age, is: [under_2, '2']", "age, is: [under_2, '2', 3_to_15]")
DRAFTS = {
    "twelve": TWELVE,
    "no_dla": NO_DLA,
    "no_arms": NO_ARMS,
    "a_year": A_YEAR,
    "four": FOUR,
    "walkers": WALKERS,
    "children": CHILDREN,
}
_VALUES = {Value.MET: "met", Value.OPEN: "open", Value.NOT_MET: "not_met", None: "not_considered"}


def draft_of(service: Service, text: str, nation: str = "england") -> Rules:
    return load_draft(service, nation, text.encode())


def made_up_draft(service: Service, nation: str, seed: int) -> Rules:
    """A draft with one or two changes that nobody thought about, the same for the same seed."""
    chance, law = Random(seed), service.laws[nation][-1].law.content  # noqa: S311 - nothing here is secret
    (path,) = (ROOT / "rules/blue-badge" / nation).glob(f"{law.in_force.from_}.yaml")
    written = yaml.safe_load(path.read_text())
    while True:
        plain = copy.deepcopy(written)
        for _ in range(chance.choice((1, 1, 2))):
            _change(plain, service, nation, chance)
        try:
            return draft_of(service, yaml.safe_dump(plain, sort_keys=False), nation)
        except LoadError:  # not everything can be left out or asked
            continue


def _change(law: dict[str, Any], service: Service, nation: str, chance: Random) -> None:
    criterion = chance.choice([each for each in law["criteria"] if [*_comparisons(each["when"])]])
    how = chance.choice(("route", "gone", "option", "option", "option"))
    if how == "route":
        criterion["route"] = chance.choice([route.id for route in service.vocabulary.routes])
    elif how == "gone":
        law["criteria"].remove(criterion)
    else:
        comparison = chance.choice([*_comparisons(criterion["when"])])
        asked = service.laws[nation][-1].question(comparison["question"])
        comparison["is"] = sorted({*comparison["is"]} ^ {chance.choice([*asked.offers])})
        comparison["open"] = sorted({*comparison.get("open", [])} - {*comparison["is"]})


def _comparisons(condition: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "question" in condition:
        yield condition
    for parts in (condition.get("all", []), condition.get("any", [])):
        for each in parts:
            yield from _comparisons(each)


@dataclass(frozen=True)
class Moved:
    """What is counted of people under the old rules, and how many the new ones would move from where to where."""

    counts: Counter[Thing]
    moved: Counter[tuple[str, str]]


def moved(service: Service, old: Rules, new: Rules, size: int, seed: int) -> Moved:
    found = Moved(Counter(), Counter())
    for raw in made_up_people(service.vocabulary, size, seed):
        answers = parse_answers(service.vocabulary, raw)
        before, after = decide(old, answers), decide(new, answers)
        found.counts.update(things(before))
        if before.outcome != after.outcome:
            found.moved[before.outcome, after.outcome] += 1
    return found


def things(decision: Decision) -> Iterator[Thing]:
    """What is counted of somebody with this decision, as far as bounds are made of it."""
    yield Family.OUTCOME, decision.outcome
    for reason in decision.reasons:
        yield Family.CRITERION, part(reason.criterion.id, _VALUES[reason.value])
    for step in decision.journey.asked:
        for option in step.ticked:
            yield Family.OPTION, part(step.question, option)

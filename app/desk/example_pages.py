"""Generated people for those who decide: the criteria, a page for each with its people, and the card of each person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import abort, make_response

from app.desk.access import Action
from app.desk.card import LANGUAGE, answers_behind, card_of, staff_voice
from app.desk.desk import place_name, site
from app.desk.examples import examples
from app.desk.pages import allows, desk_page, desk_pages
from app.engine.explanation import GivenAnswer, puts
from app.engine.journey import follow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.typing import ResponseReturnValue

    from app.desk.case import Case
    from app.desk.examples import About, Example
    from app.engine.rulebook import Service
    from app.engine.rules import Criterion, Rules

_WAYS = ("met", "missed", "open")


@dataclass(frozen=True, slots=True)
class ExampleTold:
    """A person as the list tells them; ``differs`` is the question by which, and the number of the person from whom."""

    number: int
    id: str
    outcome: str
    answers: tuple[GivenAnswer, ...]
    differs: tuple[str, int] | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A criterion, and how many people are here for it."""

    id: str
    name: str
    people: int


@desk_pages.get("/<council>/examples")
@allows(Action.REVIEW)
def show_examples(council: str) -> ResponseReturnValue:
    """The criteria of each service that the council's nation has rules for today."""
    lists = [(service.words[LANGUAGE].service, rules, _listed(service, rules)) for service, rules in in_force(council)]
    return desk_page("desk/examples.html", place=council, title_place=place_name(council), lists=lists)


@desk_pages.get("/<council>/examples/rule/<criterion>")
@allows(Action.REVIEW)
def show_examples_of(council: str, criterion: str) -> ResponseReturnValue:
    """The people of one criterion, by how they stand to it."""
    for service, rules in in_force(council):
        for about in examples(rules).by_criterion:
            if about.criterion.id == criterion:
                ways = _ways(service, rules, about)
                name = service.words[LANGUAGE].criteria[criterion].name
                return desk_page("desk/examples_of.html", place=council, name=name, ways=ways)
    return make_response(desk_page("desk/no_example.html", place=council), 404)


@desk_pages.get("/<council>/examples/<case_id>")
@allows(Action.REVIEW)
def show_example(council: str, case_id: str) -> ResponseReturnValue:
    """The card of somebody who is of the rules in force."""
    for _, rules in in_force(council):
        case = examples(rules).cases.get(case_id)
        if case is not None:
            return desk_page("desk/example.html", place=council, card=card_of(rules, case, council))
    return make_response(desk_page("desk/no_example.html", place=council), 404)


def in_force(place: str) -> list[tuple[Service, Rules]]:
    """The services with rules in force today in the nation of a council, with those rules."""
    council = site().councils.known(place)
    if council is None:
        abort(404)
    found = ((service, service.rules(council.nation, site().today())) for service in site().services.values())
    return [(service, rules) for service, rules in found if rules is not None]


def _listed(service: Service, rules: Rules) -> list[Listed]:
    names = service.words[LANGUAGE].criteria
    found = examples(rules).by_criterion
    return [Listed(each.criterion.id, names[each.criterion.id].name, len(each.people)) for each in found]


def _ways(service: Service, rules: Rules, about: About) -> list[tuple[str, list[ExampleTold]]]:
    ways = [(way, [each for each in about.people if each.way == way]) for way in _WAYS]
    first = about.people[0].case
    return [
        (way, [_example(service, rules, about.criterion, each, first) for each in found])
        for way, found in ways
        if found
    ]


def _example(service: Service, rules: Rules, criterion: Criterion, example: Example, first: Case) -> ExampleTold:
    words, voice = service.words[LANGUAGE], staff_voice(rules, example.case)
    change = example.change
    behind = answers_behind(rules, example.case, criterion.id)
    known = {each.id for each in behind}
    unlike = [each for each in _unlike(service, rules, example.case, first) if each.id not in known]
    return ExampleTold(
        example.number,
        example.case.id,
        words.outcomes[example.outcome].title.to(voice),
        (*behind, *(each for each in unlike if change is None or each.id == change.question)),
        (words.questions[change.question].title.to(voice), change.row) if change else None,
    )


def _unlike(service: Service, rules: Rules, case: Case, first: Case) -> Iterator[GivenAnswer]:
    """The answers in which somebody differs from the first who fits a criterion."""
    journey = follow(rules, case.answers)
    asked = puts(rules, service.words[LANGUAGE], journey, staff_voice(rules, case))
    for step in journey.asked:
        if first.answers.get(step.question) != step.ticked:
            put = asked[step.question]
            yield GivenAnswer(step.question, put.title, "; ".join(put.labels(step.ticked)))

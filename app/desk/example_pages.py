"""Generated people for those who decide, by the criterion that they are here for, and the card of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import abort, make_response

from app.desk.access import Action
from app.desk.card import LANGUAGE, answers_behind, card_of, staff_voice
from app.desk.desk import place_name, site
from app.desk.examples import examples
from app.desk.pages import allows, desk_page, desk_pages

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.desk.examples import Example
    from app.engine.explanation import GivenAnswer
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
class AboutTold:
    """A criterion with its people, by how they stand to it."""

    id: str
    name: str
    people: tuple[tuple[str, tuple[ExampleTold, ...]], ...]


@desk_pages.get("/<council>/examples")
@allows(Action.REVIEW)
def show_examples(council: str) -> ResponseReturnValue:
    """Everybody, in each service that the council's nation has rules for today."""
    lists = [(service.words[LANGUAGE].service, rules, _told(service, rules)) for service, rules in in_force(council)]
    return desk_page("desk/examples.html", place=council, title_place=place_name(council), lists=lists)


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


def _told(service: Service, rules: Rules) -> list[AboutTold]:
    words = service.words[LANGUAGE]
    told = []
    for about in examples(rules).by_criterion:
        ways = ((way, [each for each in about.people if each.way == way]) for way in _WAYS)
        people = tuple(
            (way, tuple(_example(service, rules, about.criterion, each) for each in found))
            for way, found in ways
            if found
        )
        told.append(AboutTold(about.criterion.id, words.criteria[about.criterion.id].name, people))
    return told


def _example(service: Service, rules: Rules, criterion: Criterion, example: Example) -> ExampleTold:
    words, voice = service.words[LANGUAGE], staff_voice(rules, example.case)
    change = example.change
    return ExampleTold(
        example.number,
        example.case.id,
        words.outcomes[example.outcome].title.to(voice),
        answers_behind(rules, example.case, criterion.id),
        (words.questions[change.question].title.to(voice), change.row) if change else None,
    )

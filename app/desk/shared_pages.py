"""Groups of answers that people shared, for those who decide about badges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import abort, make_response

from app.desk import log
from app.desk.access import NATIONAL, Action
from app.desk.card import Card, card_of
from app.desk.desk import database, place_name, rules_of, site
from app.desk.pages import allows, desk_page, desk_pages
from app.desk.shared_cases import case_of_group
from app.engine.decision import outcome_ids
from app.engine.put import Put
from app.tallies.shared_groups import Group, Seen, View, of_council, of_nation

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.engine.rulebook import Service
    from app.engine.vocabulary import Voice

LANGUAGE = "en"
_VOICE: Voice = "they"


@dataclass(frozen=True, slots=True)
class GroupTold:
    """A group in words: its outcome, the names of its criteria, and each question with the answer."""

    group: Group
    size: int
    outcome: str
    criteria: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]


def the_service() -> Service:
    """The service that the desk is for."""
    return next(iter(site().services.values()))


def council_view(council: str) -> View:
    """What may be seen in a council today."""
    return of_council(database(), the_service(), council, site().today())


def nation_view(nation: str) -> View:
    """What may be seen of all councils of a nation today."""
    return of_nation(database(), the_service(), nation, councils_of(nation), site().today())


def councils_of(nation: str) -> tuple[str, ...]:
    """The councils of a nation, without those that are invented; 404 where there is no such nation."""
    if nation not in the_service().vocabulary.nations:
        abort(404)
    councils = site().councils.all(site().today())
    return tuple(each.slug for each in councils if each.nation == nation and not each.example)


@desk_pages.get("/<council>/shared")
@allows(Action.REVIEW)
def show_shared(council: str) -> ResponseReturnValue:
    """The groups of a council."""
    return _list(council_view(council), place_name(council), f"/desk/{council}/shared")


@desk_pages.get("/<council>/shared/<group_id>")
@allows(Action.REVIEW)
def show_shared_group(council: str, group_id: str) -> ResponseReturnValue:
    """One group of a council, with a card."""
    return _one(council_view(council).group(group_id), council, place_name(council), f"/desk/{council}/shared")


@desk_pages.get("/national/shared")
@allows(Action.SEE_NATIONAL)
def choose_shared() -> ResponseReturnValue:
    """The nations to choose from."""
    return desk_page("desk/shared_nations.html", nations=nations(), title="desk.shared.title", below="shared")


@desk_pages.get("/national/shared/<nation>")
@allows(Action.SEE_NATIONAL)
def show_shared_of_nation(nation: str) -> ResponseReturnValue:
    """The groups of a nation."""
    return _list(nation_view(nation), nation_name(nation), f"/desk/national/shared/{nation}")


@desk_pages.get("/national/shared/<nation>/<group_id>")
@allows(Action.SEE_NATIONAL)
def show_shared_group_of_nation(nation: str, group_id: str) -> ResponseReturnValue:
    """One group of a nation, with a card that is of no council."""
    address = f"/desk/national/shared/{nation}"
    return _one(nation_view(nation).group(group_id), NATIONAL, nation_name(nation), address)


def nations() -> tuple[tuple[str, str], ...]:
    """Each nation, and its name."""
    return tuple((nation, nation_name(nation)) for nation in the_service().vocabulary.nations)


def nation_name(nation: str) -> str:
    """A nation by its English name."""
    return the_service().words[LANGUAGE].nations[nation]


def told(seen: Seen) -> GroupTold:
    """A group that may be seen, in words."""
    (group, size), words = seen, the_service().words[LANGUAGE]
    return GroupTold(
        group,
        size,
        words.outcomes[group.outcome].title.to(_VOICE),
        tuple(words.criteria[criterion].name for criterion in group.criteria if criterion in words.criteria),
        tuple(_answers(group)),
    )


def _answers(group: Group) -> Iterator[tuple[str, str]]:
    rules = the_service().version(group.nation, group.version)
    for question in rules.questions if rules else ():
        if question.id in group.answers:
            put = Put(question, tuple(question.offers), the_service().words[LANGUAGE].questions[question.id], _VOICE)
            yield put.title, "; ".join(put.labels(group.answers[question.id]))


def _list(view: View, name: str, address: str) -> str:
    log.record(log.Event.LOOKED, "shared answers")
    found = [told(seen) for seen in view.groups]
    # Kept versions may differ in their routes; the newest is listed in its order.
    order = [outcome for laws in the_service().laws.values() for rules in laws for outcome in outcome_ids(rules)]
    outcomes = [
        (inside[0].outcome, inside)
        for outcome in dict.fromkeys(order)
        if (inside := [each for each in found if each.group.outcome == outcome])
    ]
    return desk_page("desk/shared.html", title_place=name, outcomes=outcomes, others=view.under_other_rules, at=address)


def _one(seen: Seen | None, place: str, name: str, address: str) -> ResponseReturnValue:
    if seen is None:
        return make_response(desk_page("desk/shared_gone.html", at=address), 404)
    log.record(log.Event.LOOKED, f"shared answers {seen[0].id}")
    card = _card(seen[0], place)
    return desk_page("desk/shared_group.html", title_place=name, told=told(seen), at=address, card=card)


def _card(group: Group, place: str) -> Card | None:
    """What the rules make of the answers in common, completed as a made-up person's would be."""
    rules = rules_of(group.service, group.nation, group.version)
    case = case_of_group(rules, group) if rules else None
    return card_of(rules, case, place) if rules and case else None

"""The demonstration: generated checks for example councils alone, and none that the checker could not have counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import Result
from cryptography.fernet import Fernet
from flask import Flask
from sqlalchemy import select

from app import create_app
from app.checker import counted
from app.checker.check import Check
from app.checker.site import Site
from app.checker.visit import Visit
from app.cli import assumptions
from app.cli.made_up_checks import MadeUpChecks
from app.desk import bank, rounds, told_case
from app.desk.tables import MEMBERS, REVIEWS, ROUND_CASES, ROUNDS, SETTLEMENTS
from app.engine.decision import decide, outcome_ids
from app.engine.formula import Ticked
from app.engine.rulebook import Service
from app.engine.rules import Rules
from app.settings import Settings
from app.tallies.bounds import Bounds
from app.tallies.calendar import released_months
from app.tallies.cell import BANDS, CHANGED, CHANNELS, REFUSED, Entry, Family, Place, Thing
from app.tallies.counting import Counting
from app.tallies.disclosure import MOST_HIDDEN
from app.tallies.figures import Figures
from app.tallies.impact import council_count
from app.tallies.margin import limits
from app.tallies.share import Shares, last_day
from app.tallies.shared_groups import visible
from app.tallies.store import Store
from app.tallies.tables import SHARE, TALLY
from tests.checker.walk import Screen, begin, follow
from tests.conftest import KEY, RECEIPT_KEY, TODAY, Clock
from tests.desk.desk_client import DeskClient
from tests.page_client import PageClient, parse, text_of
from tests.tallies.databases import new_sqlite, sqlite
from tests.tallies.drafts import TWELVE, draft_of

FEW = ("--checks", "150")
MONTHS = released_months(TODAY, 12)
ELSEWHERE = Place("kent", "blue-badge", "2026-10", "0123456789ab")
THIS_MONTH = Place("northfold", "blue-badge", "2026-11", "0123456789ab")


def make_app(folder: Path, clock: Clock, **settings: Any) -> Flask:
    app = create_app(
        Settings(
            state_keys=(KEY,),
            receipt_keys=(RECEIPT_KEY,),
            database=sqlite(folder),
            spool=folder / "spool",
            **{"examples": True, **settings},
        )
    )
    old: Site = app.extensions["site"]
    app.extensions["site"] = replace(old, now=clock)
    app.test_client_class = PageClient
    app.before_request_funcs[None].remove(app.extensions["counting"].start)
    new_sqlite(sqlite(folder)).dispose()
    return app


@pytest.fixture
def app(tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    app = make_app(tmp_path, clock)
    yield app
    app.extensions["database"].dispose()


@pytest.fixture
def visit(app: Flask, service: Service) -> Visit:
    return Visit(service, "en", app.extensions["site"].councils.known("northfold"))


def demonstrate(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["desk", "demonstrate", *arguments])


def rows(app: Flask) -> set[tuple[object, ...]]:
    with app.extensions["database"].connect() as connection:
        return {tuple(row) for row in connection.execute(select(TALLY))}


def months(found: set[tuple[object, ...]]) -> set[object]:
    return {month for _, _, month, *_ in found}


@dataclass(frozen=True)
class Filled:
    """An example council filled with as much as the command fills it without being told, to be looked at alone."""

    app: Flask
    output: str
    made: list[Entry]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    folder = tmp_path_factory.mktemp("filled")
    keys = {"desk_keys": (Fernet.generate_key().decode(),), "service_hosts": ("checker.example",)}
    app, made = make_app(folder, Clock(), **keys), list[Entry]()
    add = Store.add

    def note(store: Store, entries: list[Entry], today: date) -> bool:
        made.extend(entries)
        return add(store, entries, today)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Store, "add", note)
        output = demonstrate(app).output
    yield Filled(app, output, made)
    app.extensions["database"].dispose()


def test_a_year_of_finished_months_is_filled(app: Flask) -> None:
    done = demonstrate(app, *FEW)
    assert done.exit_code == 0
    assert f"from {MONTHS[0]} to {MONTHS[-1]}" in done.output
    found = rows(app)
    assert months(found) == set(MONTHS)
    assert {row[0] for row in found} == {"northfold"}
    assert {Family(str(row[4])) for row in found} == set(Family)


def test_the_desk_has_figures_both_shown_and_hidden(filled: Filled) -> None:
    figures = Figures(filled.app.extensions["database"]).of_council(
        "northfold", "blue-badge", MONTHS, set(Family), TODAY
    )
    for month in MONTHS:
        assert figures.of(Family.BEGUN, "checks", month).low > 100
        assert figures.of(Family.OUTCOME, "assessed", month).low > 0
    assert figures.of(Family.CRITERION, "ENG-AUTO-AFCS:met", MONTHS[0]).high == MOST_HIDDEN


def test_the_same_seed_makes_the_same_checks_and_another_one_others(app: Flask) -> None:
    found = []
    for seed in ("1", "2", "1"):
        demonstrate(app, *FEW, "--seed", seed)
        found.append(rows(app))
    assert found[0] == found[2] != found[1]


def test_what_was_made_is_replaced_a_month_later_too(app: Flask, clock: Clock) -> None:
    demonstrate(app, *FEW)
    before = rows(app)
    clock.pass_by(days=14)
    demonstrate(app, *FEW)
    after = rows(app)
    assert months(after) == {*MONTHS[1:], "2026-11"}
    assert {row for row in before if row[2] != MONTHS[0]} == {row for row in after if row[2] != "2026-11"}


def test_all_of_it_can_be_removed_and_nothing_else_is(app: Flask) -> None:
    for place in (ELSEWHERE, THIS_MONTH):
        Store(app.extensions["database"]).add([Entry(place, ((Family.OUTCOME, "automatic"),))], date(2026, 10, 5))
    others = rows(app)
    assert len(others) == 2
    demonstrate(app, *FEW)
    assert rows(app) > others
    done = demonstrate(app, "--remove")
    assert done.exit_code == 0
    assert rows(app) == others


@pytest.mark.parametrize(
    ("council", "because"),
    [
        ("kent", "Kent County Council is no example"),
        ("nowhere", "there is no council 'nowhere'"),
        ("lough-fenn", "a service of its own"),
    ],
)
@pytest.mark.parametrize("how", [(), ("--remove",)])
def test_only_an_example_where_people_check_can_be_filled_or_emptied(
    council: str, because: str, how: tuple[str, ...], app: Flask
) -> None:
    Store(app.extensions["database"]).add([Entry(ELSEWHERE, ((Family.OUTCOME, "automatic"),))], date(2026, 10, 5))
    before = rows(app)
    done = demonstrate(app, council, *FEW, *how)
    assert done.exit_code == 1
    assert because in done.output
    assert rows(app) == before


def test_without_example_councils_there_is_nothing_to_fill(tmp_path: Path, clock: Clock) -> None:
    app = make_app(tmp_path, clock, examples=False)
    done = demonstrate(app, *FEW)
    assert done.exit_code == 1
    assert "EXAMPLE_COUNCILS=1" in done.output
    assert rows(app) == set()


def test_a_database_that_is_not_there_is_told_of(tmp_path: Path, clock: Clock) -> None:
    app = make_app(tmp_path, clock)
    TALLY.metadata.drop_all(app.extensions["database"])
    done = demonstrate(app, *FEW)
    assert done.exit_code == 1
    assert "the database or the spool cannot be used" in done.output


def test_the_link_opens_a_desk_that_says_that_its_numbers_are_generated(tmp_path: Path, clock: Clock) -> None:
    app = make_app(tmp_path, clock, desk_keys=(Fernet.generate_key().decode(),), service_hosts=("checker.example",))
    app.test_client_class = DeskClient
    client = app.test_client()
    assert isinstance(client, DeskClient)
    assert client.send(link_in(demonstrate(app, *FEW).output)).status_code == 303
    desk = client.get("/desk/")
    assert "Manager, Northfold County Council" in desk.text
    assert "Its numbers were generated" in desk.text


def shares(app: Flask) -> set[tuple[object, ...]]:
    with app.extensions["database"].connect() as connection:
        return {tuple(row) for row in connection.execute(select(SHARE))}


def reviewing(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """All rounds, cases, reviews and settlements, and who there is."""
    with app.extensions["database"].connect() as connection:
        tables = (ROUNDS, ROUND_CASES, REVIEWS, SETTLEMENTS, MEMBERS)
        return {each.name: sorted(map(tuple, connection.execute(select(each))), key=str) for each in tables}


def test_answers_are_shared_of_released_months_and_kept_no_longer_than_real_ones(
    filled: Filled, service: Service
) -> None:
    with filled.app.extensions["database"].connect() as connection:
        found = connection.execute(select(SHARE.c.council, SHARE.c.month, SHARE.c.until)).all()
    assert {row.council for row in found} == {"northfold"}
    assert {row.month for row in found} <= set(MONTHS)
    assert min(row.until for row in found) >= TODAY
    assert max(row.until for row in found) == last_day(date(2026, 10, 31))
    groups = visible(filled.app.extensions["database"], service, "northfold", TODAY)
    assert len(groups) >= 5
    assert len({group.outcome for group, _ in groups}) >= 3


def test_what_was_shared_is_replaced_and_can_be_removed(app: Flask) -> None:
    Shares(app.extensions["database"]).share(1, ELSEWHERE, "england", {}, TODAY)
    Shares(app.extensions["database"]).share(2, THIS_MONTH, "england", {}, TODAY)
    others = shares(app)
    demonstrate(app, *FEW)
    first = shares(app)
    demonstrate(app, *FEW)
    assert shares(app) == first > others
    demonstrate(app, "--remove")
    assert shares(app) == others


def test_reviews_are_made_once_since_nothing_can_take_them_away(app: Flask) -> None:
    demonstrate(app, *FEW)
    first = reviewing(app)
    assert len(first["desk_rounds"]) == len(assumptions.ROUNDS)
    assert len(first["desk_settlements"]) == assumptions.SETTLED
    demonstrate(app, *FEW)
    assert reviewing(app) == first
    demonstrate(app, *FEW, "--seed", "2")
    assert len(reviewing(app)["desk_rounds"]) == 2 * len(assumptions.ROUNDS)


def test_those_made_up_are_let_in_no_more_once_all_is_removed_and_are_taken_back(app: Flask) -> None:
    demonstrate(app, *FEW)
    first = reviewing(app)
    assert "Reviews stay." in demonstrate(app, "--remove").output
    gone = reviewing(app)
    assert all(row[-1] is not None for row in gone.pop("desk_members"))
    assert gone == {name: rows for name, rows in first.items() if name != "desk_members"}
    demonstrate(app, *FEW)
    assert reviewing(app) == first


def test_settled_cases_are_written_out_as_cases_that_the_rules_pass(app: Flask, tmp_path: Path) -> None:
    demonstrate(app, *FEW)
    with app.test_request_context(), app.extensions["database"].connect() as connection:
        for each in bank.banked(connection, "northfold"):
            found = rounds.by_number(connection, "northfold", each.round)
            case = rounds.case_of_round(connection, found, each.case.id) if found else None
            told = told_case.told(case) if case else None
            assert told is not None
            (tmp_path / f"{each.case.id}.yaml").write_text(bank.case_file(told, each.settled))
    files = [*tmp_path.glob("*.yaml")]
    assert len(files) == assumptions.SETTLED
    for file in files:
        tried = app.test_cli_runner().invoke(args=["rules", "cases", str(file)])
        assert tried.exit_code == 0, tried.output


def test_whoever_opens_the_link_finds_something_in_every_room(filled: Filled, service: Service) -> None:
    filled.app.test_client_class = DeskClient
    client = filled.app.test_client()
    assert isinstance(client, DeskClient)
    assert client.send(link_in(filled.output)).status_code == 303
    pages = {
        name: text_of(parse(client.get(f"/desk/northfold/{name}").text))
        for name in ("shared", "reviews", "agreement", "agreement/agenda", "bank", "people", "log")
    }
    assert pages["shared"].count("About 10 people") >= 3
    assert f"Cases: {assumptions.ROUNDS[-1]}. Reviewed by you: 0." in pages["reviews"]
    assert f"Cases compared: {sum(assumptions.ROUNDS)}" in pages["agreement"]
    assert "Great difficulty with walking (ENG-ASSESS-WALK)" in pages["agreement"]
    assert "Item 3:" in pages["agreement/agenda"]
    assert f"Settled cases: {assumptions.SETTLED}" in pages["bank"]
    team = assumptions.load_people(service.folder).reviews
    assert all(each.name in pages["people"] for each in (team.opens, *team.colleagues))
    assert all(each.name.endswith("(generated)") for each in team.colleagues)
    assert "generated with its reviews" in pages["log"]
    blind = client.get("/desk/northfold/reviews/next")
    assert blind.status_code == 303
    assert "What would you decide?" in client.get(blind.headers["Location"]).text


def moved_by(draft: Rules, made: list[Entry]) -> Counter[tuple[str, str]]:
    """Of checks that were made up, how many the draft would move, judged one by one from what each was counted as."""
    found: Counter[tuple[str, str]] = Counter()
    several = {question.id: frozenset[str]() for question in draft.questions if question.many}
    for things in ([*entry.things] for entry in made):
        said = dict(things)
        options = [key.split(":") for family, key in things if family is Family.OPTION]
        if Family.OUTCOME in said:
            answers = {asked: frozenset(option for each, option in options if each == asked) for asked, _ in options}
            found[said[Family.OUTCOME], decide(draft, several | answers).outcome] += 1
    return found


def test_what_a_draft_would_do_to_generated_checks_is_within_bounds_and_near_what_was_counted(
    filled: Filled, service: Service, england: Rules
) -> None:
    draft = draft_of(service, TWELVE)
    truth = moved_by(draft, filled.made)
    count = council_count(filled.app.extensions["database"], service, "northfold", MONTHS, TODAY)
    drafted = Bounds(england, draft)
    bounds = {(each.old, each.new): each for each in drafted.within(count)}
    with_twelve = limits(count(Family.OPTION, "pip_planning_journeys:12"))[1]
    assert 0 < truth["assessed", "automatic"] <= bounds["assessed", "automatic"].most <= with_twelve
    for (old, new), bound in bounds.items():
        assert bound.least <= truth[old, new] <= bound.most
    assert {pair for pair in truth if pair[0] != pair[1]} <= set(bounds)
    assert drafted.together(count).most == with_twelve


def link_in(output: str) -> str:
    found = re.search(r"https://checker\.example(/desk/invitation/[\w-]+)", output)
    assert found, output
    return found[1]


@dataclass(frozen=True)
class Sent:
    """What somebody made up did at a step; ``ticked`` is None where nothing was chosen."""

    check: Check
    ticked: Ticked | None


def recorded(visit: Visit, rules: Rules, chance: Random, patch: pytest.MonkeyPatch) -> tuple[list[Sent], list[Thing]]:
    """A check made up: what was done, and what was counted."""
    done: list[Sent] = []
    refused, answered = counted.refused, counted.answered

    def note_refused(check: Check) -> Iterator[Thing]:
        done.append(Sent(check, None))
        return refused(check)

    def note_answered(check: Check, ticked: Ticked, after: Check) -> Iterator[Thing]:
        done.append(Sent(check, ticked))
        return answered(check, ticked, after)

    with patch.context() as patched:
        patched.setattr(counted, "refused", note_refused)
        patched.setattr(counted, "answered", note_answered)
        return done, list(MadeUpChecks(visit).make(rules, chance).things)


def replay(client: PageClient, done: list[Sent], things: list[Thing]) -> None:
    """Does the same on the pages."""
    said = dict(things)
    way = {"own": "", "embed": "/embed", "phone": "/phone"}[said.get(Family.BEGUN_CHANNEL, "own")]
    screen = begin(client, f"{way}/northfold/blue-badge/{said.get(Family.BEGUN_LANGUAGE, 'en')}/")
    for sent in done:
        if screen.question is None:
            screen = change(screen, sent.check)
        assert screen.question == sent.check.step
        question = sent.check.rules.question(sent.check.step)
        screen = (
            screen.send() if sent.ticked is None else screen.answer(sorted(sent.ticked) or [str(question.exclusive)])
        )
    if Family.OUTCOME in said:
        assert screen.send().outcome == said[Family.OUTCOME]


def change(screen: Screen, check: Check) -> Screen:
    """Changes the answer to the question of the step, from "check your answers"."""
    links = [each for each in screen.root.iter("a") if is_change(each)]
    place = [step.question for step in check.journey.asked].index(check.step)
    return follow(screen.client, screen.base, screen.client.get(screen.base + "check" + links[place].get("href", "")))


def is_change(link: ET.Element) -> bool:
    return (link.get("href") or "").startswith("?s=") and text_of(link).startswith(("Change", "Newid"))


def test_what_is_counted_is_what_the_pages_count_of_the_same_people(
    app: Flask, visit: Visit, england: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, chance, expected = app.test_client(), Random(5), Counter[Thing]()  # noqa: S311 - nothing here is secret
    assert isinstance(client, PageClient)
    for _ in range(30):
        with app.app_context():
            done, things = recorded(visit, england, chance, monkeypatch)
        replay(client, done, things)
        expected.update(things)
    counting: Counting = app.extensions["counting"]
    counting.drain()
    found = Counter({(Family(str(row[4])), str(row[5])): row[6] for row in rows(app)})
    # Time passes differently for a machine; only the bands are held to what there is.
    assert {key for family, key in expected if family is Family.TIME} <= set(BANDS)
    assert timeless(found) == timeless(expected)
    assert any(family is Family.QUESTION and key.endswith(f":{CHANGED}") for family, key in found)
    assert any(family is Family.QUESTION and key.endswith(f":{REFUSED}") for family, key in found)
    assert {key for family, key in found if family is Family.BEGUN_CHANNEL} == set(CHANNELS)
    assert sum(n for (family, _), n in found.items() if family is Family.OUTCOME) < found[Family.BEGUN, "checks"]


def timeless(things: Counter[Thing]) -> dict[Thing, int]:
    return {thing: n for thing, n in things.items() if thing[0] is not Family.TIME}


def test_each_assumption_is_about_a_question_and_options_that_there_are(service: Service) -> None:
    known = {question.id: set(question.option_ids) for question in service.vocabulary.questions}
    people = assumptions.load_people(service.folder)
    assert people.usual.keys() == known.keys()
    for differs in (people.usual, *(kind.differs for kind in people.kinds)):
        for question, weights in differs.items():
            assert weights.keys() <= known[question], question
    assert sum(kind.share for kind in people.kinds) == 100
    outcomes = {outcome for laws in service.laws.values() for rules in laws for outcome in outcome_ids(rules)}
    assert people.reviews.otherwise.keys() == outcomes
    assert all(each.keys() <= outcomes - {outcome} for outcome, each in people.reviews.otherwise.items())
    assert len(assumptions.SEASONS) == 12

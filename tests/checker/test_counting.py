"""What walking through a check counts, in a real database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from app.checker.site import Site
from app.engine.rules import Rules
from app.settings import Settings
from app.tallies import schema
from app.tallies.counting import Counting
from app.tallies.tables import TALLY
from tests.checker.walk import KENT, Screen, begin, follow, walk
from tests.conftest import KEY, RECEIPT_KEY, Clock
from tests.engine.people import RawAnswers
from tests.page_client import PageClient
from tests.tallies.databases import sqlite

BLIND: RawAnswers = {"who": "self", "age": "16_or_over", "sight": "severely_registered"}


@pytest.fixture(scope="module")
def counting_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("counting")
    settings = Settings(
        state_keys=(KEY,),
        receipt_keys=(RECEIPT_KEY,),
        examples=True,
        database=sqlite(folder),
        spool=folder / "spool",
    )
    app = create_app(settings)
    app.test_client_class = PageClient
    schema.upgrade(app.extensions["database"])
    app.before_request_funcs[None].remove(app.extensions["counting"].start)  # each test counts when it says so
    return app


@pytest.fixture
def visitor(counting_app: Flask, clock: Clock) -> Iterator[PageClient]:
    old: Site = counting_app.extensions["site"]
    counting_app.extensions["site"] = replace(old, now=clock)
    client = counting_app.test_client()
    assert isinstance(client, PageClient)
    yield client
    with counting_app.extensions["database"].begin() as connection:
        connection.execute(TALLY.delete())


def counted(app: Flask) -> dict[str, dict[str, int]]:
    """What is in the database, by family and key."""
    counting: Counting = app.extensions["counting"]
    assert counting.drain().unreadable == 0
    found: dict[str, Counter[str]] = {}
    with app.extensions["database"].connect() as connection:
        for row in connection.execute(select(TALLY)):
            found.setdefault(row.family, Counter())[row.key] += row.n
    return {family: dict(keys) for family, keys in found.items()}


def test_a_finished_check_counts_once_in_each_family(visitor: PageClient, counting_app: Flask) -> None:
    _, outcome = walk(visitor, BLIND)
    assert outcome.outcome == "automatic"
    found = counted(counting_app)
    criteria, evidence = found.pop("criterion"), found.pop("evidence")
    assert criteria["ENG-AUTO-BLIND:met"] == 1
    assert criteria["ENG-ASSESS-WALK:not_considered"] == 1
    assert evidence["sight_registration"] == 1
    assert found == {
        "begun": {"checks": 1},
        "begun_language": {"en": 1},
        "begun_channel": {"own": 1},
        "finished": {"checks": 1},
        "outcome": {"automatic": 1},
        "language": {"en": 1},
        "channel": {"own": 1},
        "time": {"under_2": 1},
        "option": {"who:self": 1, "age:16_or_over": 1, "sight:severely_registered": 1},
        "question": {
            "who:answered": 1,
            "age:reached": 1,
            "age:answered": 1,
            "sight:reached": 1,
            "sight:answered": 1,
        },
    }


@pytest.mark.parametrize(
    ("base", "family", "expected"),
    [
        ("/kent/blue-badge/en/", "channel", {"own": 1}),
        ("/embed/kent/blue-badge/en/", "channel", {"embed": 1}),
        ("/phone/kent/blue-badge/en/", "channel", {"phone": 1}),
        ("/kent/blue-badge/cy/", "language", {"cy": 1}),
    ],
)
def test_where_and_in_what_language_it_was_done(
    base: str, family: str, expected: dict[str, int], visitor: PageClient, counting_app: Flask
) -> None:
    walk(visitor, BLIND, base)
    found = counted(counting_app)
    assert found[family] == found[f"begun_{family}"] == expected


@pytest.mark.parametrize(
    ("minutes", "band"),
    [(0, "under_2"), (2, "from_2"), (9, "from_5"), (29, "from_10"), (30, "from_30"), (900, "from_30")],
)
def test_the_time_taken_is_counted_in_bands(
    minutes: int, band: str, visitor: PageClient, counting_app: Flask, clock: Clock
) -> None:
    screen = begin(visitor)
    for given in BLIND.values():
        screen = screen.answer(given)
    clock.pass_by(minutes=minutes)
    screen.send()
    assert counted(counting_app)["time"] == {band: 1}


def finished_twice(screen: Screen) -> None:
    screen.send()
    screen.send()


def finished_again_after_back(screen: Screen) -> None:
    screen.send().back().send()


def finished_with_another_answer(screen: Screen) -> None:
    screen.send().back().link("Change").answer("someone_else").send()


def finished_in_two_languages(screen: Screen) -> None:
    screen.send()
    Screen(screen.client, screen.base.replace("/en/", "/cy/"), screen.html, screen.root).send()


@pytest.mark.parametrize(
    "finish", [finished_twice, finished_again_after_back, finished_with_another_answer, finished_in_two_languages]
)
@pytest.mark.parametrize("between", [True, False])
def test_a_check_counts_once_however_often_it_is_finished(
    finish: Callable[[Screen], None], between: bool, visitor: PageClient, counting_app: Flask
) -> None:
    screen = begin(visitor)
    for given in BLIND.values():
        screen = screen.answer(given)
    if between:  # what comes later finds the mark in the database, not beside it in the spool
        screen.send()
        counted(counting_app)
    finish(screen)
    found = counted(counting_app)
    assert found["outcome"] == {"automatic": 1}
    assert found["begun"] == {"checks": 1}
    assert sum(found["language"].values()) == 1


def test_what_was_sent_for_a_question_is_counted_each_time(visitor: PageClient, counting_app: Flask) -> None:
    screen = begin(visitor).send().answer("self")  # nothing chosen, then an answer
    screen = screen.answer("16_or_over").back().answer("16_or_over").answer("severely_registered")
    screen.link("Change").answer("someone_else")
    found = counted(counting_app)
    assert found["question"] == {
        "who:refused": 1,
        "who:answered": 2,
        "who:changed": 1,
        "age:reached": 1,
        "age:answered": 2,
        "sight:reached": 2,
        "sight:answered": 1,
    }
    assert found["begun"] == {"checks": 1}
    assert "outcome" not in found


def test_not_knowing_is_counted(visitor: PageClient, counting_app: Flask, england: Rules) -> None:
    screen = begin(visitor).answer("self").answer("16_or_over")
    question = screen.question or ""
    (unsure,) = england.question(question).unsure
    screen.answer(unsure)
    assert counted(counting_app)["question"][f"{question}:unsure"] == 1


def test_looking_counts_nothing(visitor: PageClient, counting_app: Flask) -> None:
    for page in ("start", "criteria", "privacy", "check"):
        visitor.get(KENT + page, follow_redirects=True)
    _, outcome = walk(visitor, BLIND)
    before = counted(counting_app)
    for _ in range(2):
        visitor.get(f"{KENT}check?s={outcome_token(outcome)}")
    assert counted(counting_app) == before


def outcome_token(outcome: Screen) -> str:
    link = next(each.get("href", "") for each in outcome.root.iter("a") if (each.get("href") or "").startswith("?s="))
    return link.removeprefix("?s=")


def test_what_is_kept_on_the_way_cannot_be_read(visitor: PageClient, counting_app: Flask) -> None:
    walk(visitor, BLIND)
    counting: Counting = counting_app.extensions["counting"]
    kept = b"".join(path.read_bytes() for path in counting.spool.folder.iterdir())
    assert kept
    assert not [word for word in (b"kent", b"automatic", b"sight", b"2026") if word in kept]
    counted(counting_app)
    assert list(counting.spool.folder.iterdir()) == []


def test_a_preview_counts_nothing(tmp_path: Path, clock: Clock) -> None:
    settings = Settings(preview=True, database=sqlite(tmp_path), spool=tmp_path / "spool")
    app = create_app(settings)
    app.test_client_class = PageClient
    schema.upgrade(app.extensions["database"])
    client = app.test_client()
    assert isinstance(client, PageClient)
    screen = follow(client, KENT, client.get(f"{KENT}check?as_of=2027-01-01"))
    for given in BLIND.values():
        screen = screen.answer(given)
    assert screen.send().outcome == "automatic"
    assert counted(app) == {}

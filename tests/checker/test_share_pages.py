"""Sharing answers at the outcome, and taking them back, in a real database."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from app.checker.site import Site
from app.settings import Settings
from app.tallies import schema
from app.tallies.readable_code import BITS
from app.tallies.share import KEPT_DAYS, Shares, code_of, last_day, read_answers
from app.tallies.tables import SHARE
from tests.checker.walk import KENT, Screen, begin, follow, walk
from tests.conftest import KEY, RECEIPT_KEY, Clock
from tests.engine.people import RawAnswers
from tests.page_client import PageClient, text_of
from tests.tallies.databases import sqlite

BLIND: RawAnswers = {"who": "self", "age": "16_or_over", "sight": "severely_registered"}


def sharing(folder: Path, *, preview: bool = False) -> Flask:
    settings = Settings(receipt_keys=(RECEIPT_KEY,), database=sqlite(folder), examples=True)
    app = create_app(replace(settings, preview=preview, state_keys=() if preview else (KEY,)))
    app.test_client_class = PageClient
    schema.upgrade(app.extensions["database"])
    return app


@pytest.fixture(scope="module")
def sharing_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return sharing(tmp_path_factory.mktemp("shares"))


@pytest.fixture
def visitor(sharing_app: Flask, clock: Clock) -> Iterator[PageClient]:
    old: Site = sharing_app.extensions["site"]
    sharing_app.extensions["site"] = replace(old, now=clock)
    client = sharing_app.test_client()
    assert isinstance(client, PageClient)
    yield client
    with sharing_app.extensions["database"].begin() as connection:
        connection.execute(SHARE.delete())


def rows(app: Flask) -> list[dict[str, object]]:
    with app.extensions["database"].connect() as connection:
        return [dict(row) for row in connection.execute(select(SHARE)).mappings()]


def share(outcome: Screen) -> Screen:
    return act(outcome, "share")


def act(screen: Screen, action: str) -> Screen:
    """Sends the form of the page that goes there, as it stands."""
    form = next(each for each in screen.root.iter("form") if each.get("action") == action)
    fields = {each.get("name", ""): each.get("value", "") for each in form.iter("input")}
    return follow(screen.client, screen.base, screen.client.post(screen.base + action, data=fields))


def code(screen: Screen) -> str | None:
    found = screen.root.find(".//*[@data-share-code]")
    return None if found is None else text_of(found)


def test_nothing_is_kept_until_somebody_shares_and_then_what_the_page_said(
    visitor: PageClient, sharing_app: Flask
) -> None:
    _, outcome = walk(visitor, BLIND)
    assert rows(sharing_app) == []
    assert share(outcome).heading == "Your answers are shared"
    (row,) = rows(sharing_app)
    assert read_answers(str(row.pop("answers"))) == {question: {given} for question, given in BLIND.items()}
    assert len(str(row.pop("digest"))) == 64
    assert len(str(row.pop("version"))) == 12
    assert row == {
        "council": "kent",
        "service": "blue-badge",
        "nation": "england",
        "month": "2026-11",
        "until": date(2027, 2, 15),
    }


@pytest.mark.parametrize("base", [KENT, "/embed/kent/blue-badge/cy/"])
def test_taking_back_is_as_easy_as_giving(base: str, visitor: PageClient, sharing_app: Flask) -> None:
    _, outcome = walk(visitor, BLIND, base)
    given = share(outcome)
    act(given, "take-back")
    assert rows(sharing_app) == []
    assert code(share(outcome)) == code(given)


def test_the_same_check_shared_twice_is_there_once(visitor: PageClient, sharing_app: Flask) -> None:
    _, outcome = walk(visitor, BLIND)
    assert code(share(outcome)) == code(share(outcome))
    _, other = walk(visitor, BLIND)
    assert code(share(other)) != code(share(outcome))
    assert len(rows(sharing_app)) == 2


def typed_back(visitor: PageClient, typed: str) -> Screen:
    return follow(visitor, KENT, visitor.post(f"{KENT}take-back", data={"code": typed}))


def test_codes_come_of_so_many_numbers_that_nobody_guesses_one(
    visitor: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Decision 24 says so with these numbers; a code cannot be had without the number of the check."""
    asked: list[int] = []
    drawn = secrets.randbits

    def watched(bits: int) -> int:
        asked.append(bits)
        return drawn(bits)

    monkeypatch.setattr(secrets, "randbits", watched)
    begin(visitor)
    assert asked == [64]
    assert BITS >= 64
    assert len({code_of(number) for number in (*range(1000), *(2**64 - 1 - each for each in range(1000)))}) == 2000
    shared, tries = 1_000_000, 1000 * 60 * 60 * 24 * KEPT_DAYS
    assert shared * tries / 2**64 < 1 / 2000


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code} "])
def test_a_code_can_be_typed_as_it_comes(change: str, visitor: PageClient, sharing_app: Flask) -> None:
    _, outcome = walk(visitor, BLIND)
    given = code(share(outcome)) or ""
    assert typed_back(visitor, change(given)).heading == "Your answers are no longer shared"  # type: ignore[operator]
    assert rows(sharing_app) == []


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", "Enter the code that you got"),
        ("   ", "Enter the code that you got"),
        ("K47X", "Enter the whole code"),
        ("<b>&'\"" + "x" * 400, "Enter the whole code"),
        ("0000-0000-0000-0000-0000", "Check the code. No answers are shared under it."),
    ],
)
def test_a_code_that_takes_nothing_back_comes_again_with_what_is_wrong(
    typed: str, error: str, visitor: PageClient, sharing_app: Flask
) -> None:
    _, outcome = walk(visitor, BLIND)
    share(outcome)
    again = typed_back(visitor, typed)
    assert (again.error or "").startswith(error)
    field = next(each for each in again.root.iter("input") if each.get("name") == "code")
    assert (field.get("value") or "") == typed[:100]
    assert len(rows(sharing_app)) == 1


def test_taken_back_twice_says_that_nothing_is_there(visitor: PageClient) -> None:
    _, outcome = walk(visitor, BLIND)
    given = share(outcome)
    act(given, "take-back")
    assert (act(given, "take-back").error or "").startswith("Check the code.")
    assert follow(visitor, KENT, visitor.get(f"{KENT}shared?s={outcome_token(outcome)}")).heading == (
        "Your answers are not shared"
    )


def outcome_token(outcome: Screen) -> str:
    form = next(each for each in outcome.root.iter("form") if each.get("action") == "share")
    return form.find("input").get("value", "")  # type: ignore[union-attr]


def test_what_is_not_finished_cannot_be_shared(visitor: PageClient, sharing_app: Flask) -> None:
    screen = begin(visitor)
    for token in (screen.token, "", "nonsense"):
        assert visitor.post(f"{KENT}share", data={"s": token}).status_code == 404
        assert visitor.get(f"{KENT}shared?s={token}").status_code == 303
    assert rows(sharing_app) == []


def test_staff_at_the_phone_share_for_nobody(visitor: PageClient, sharing_app: Flask) -> None:
    _, outcome = walk(visitor, BLIND, "/phone/kent/blue-badge/en/")
    assert not [each for each in outcome.root.iter("form") if each.get("action") == "share"]
    _, own = walk(visitor, BLIND)
    assert visitor.post("/phone/kent/blue-badge/en/share", data={"s": outcome_token(own)}).status_code == 404
    assert rows(sharing_app) == []


def test_a_preview_offers_nothing_to_share(tmp_path: Path) -> None:
    client = sharing(tmp_path, preview=True).test_client()
    assert isinstance(client, PageClient)
    screen = follow(client, KENT, client.get(f"{KENT}check?as_of=2027-01-01"))
    for given in BLIND.values():
        screen = screen.answer(given)
    assert 'action="share' not in screen.send().html


def test_while_the_database_is_away_nothing_is_shared_and_the_result_stays(tmp_path: Path) -> None:
    app = sharing(tmp_path)
    client = app.test_client()
    assert isinstance(client, PageClient)
    _, outcome = walk(client, BLIND)
    app.extensions["database"].dispose()
    for path in tmp_path.glob("tallies.sqlite3*"):
        path.rename(path.with_suffix(".away"))
    for action, fields in {"share": {"s": outcome_token(outcome)}, "take-back": {"code": "0" * 20}}.items():
        response = client.post(KENT + action, data=fields)
        assert response.status_code == 503
        assert "That did not work" in response.text


@pytest.mark.parametrize("day", range(1, 31))
def test_shared_answers_end_on_a_monday_within_90_days(day: int) -> None:
    today = date(2026, 11, day)
    assert last_day(today).weekday() == 0
    assert 84 <= (last_day(today) - today).days <= 90


def test_shared_answers_are_gone_when_their_time_is_over(visitor: PageClient, sharing_app: Flask, clock: Clock) -> None:
    _, outcome = walk(visitor, BLIND)
    given = code(share(outcome)) or ""
    shares = Shares(sharing_app.extensions["database"])
    assert shares.holds(given, date(2027, 2, 15))
    assert not shares.holds(given, date(2027, 2, 16))
    assert shares.forget_old(date(2027, 2, 15)) == 0
    assert shares.forget_old(date(2027, 2, 16)) == 1
    with sharing_app.extensions["database"].connect() as connection:
        assert connection.scalar(select(func.count()).select_from(SHARE)) == 0

"""Figures of councils together: the sums of what is shown of each, worked out once for each released month."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, update

from app.tallies.cell import CHECKS, Entry, Family, Place
from app.tallies.disclosure import NOTHING, Figure
from app.tallies.figures import Figures, NationalFigures
from app.tallies.store import Store
from app.tallies.tables import TALLY, TOGETHER
from app.tallies.together import Sum, Together

TODAY = date(2026, 11, 26)
MONTHS = ("2026-08", "2026-09", "2026-10")
COUNCILS = ("ashby", "borrow", "combe")
COUNTED = {
    ("ashby", "2026-09", "automatic"): 40,
    ("ashby", "2026-10", "automatic"): 12,
    ("borrow", "2026-10", "automatic"): 23,
    ("borrow", "2026-10", "unlikely"): 2,
    ("elsewhere", "2026-10", "automatic"): 99,
}
AUTOMATIC: Sum = ("outcome", "automatic", 5, 1)
BEGUN: Sum = ("begun", "checks", 10, 2)
NO_BEGUN: Sum = ("begun", "checks", 0, 0)
READ_ONLY = {"sqlite": "PRAGMA query_only = ON", "postgresql": "SET default_transaction_read_only = on"}


@pytest.fixture
def counted(engine: Engine) -> Engine:
    for (council, month, outcome), times in COUNTED.items():
        entry = Entry(
            Place(council, "bins", month, "0123456789ab"), ((Family.OUTCOME, outcome), (Family.BEGUN, CHECKS))
        )
        Store(engine).add([entry] * times, date.fromisoformat(f"{month}-05"))
    return engine


def national(engine: Engine, *councils: str, months: tuple[str, ...] = MONTHS) -> NationalFigures:
    return Figures(engine).national(councils or COUNCILS, "bins", months, {Family.OUTCOME}, TODAY)


def added_up(engine: Engine, outcome: str) -> Figure:
    """The same from the figures of each council."""
    figures = Figures(engine)
    each = [figures.of_council(council, "bins", MONTHS, {Family.OUTCOME}, TODAY) for council in COUNCILS]
    return sum((one.of(Family.OUTCOME, outcome, month) for one in each for month in MONTHS), NOTHING)


@pytest.mark.parametrize("outcome", ["automatic", "unlikely", "never"])
def test_together_is_what_each_council_shows_added_up(outcome: str, counted: Engine) -> None:
    expected = added_up(counted, outcome)
    for _ in range(2):  # worked out, then kept
        assert national(counted).of(Family.OUTCOME, outcome) == expected
    assert national(counted).counted == 2


def test_what_was_shown_of_a_month_stays(counted: Engine) -> None:
    first = national(counted)
    with counted.begin() as connection:
        connection.execute(update(TALLY).values(n=1000))
    assert national(counted).of(Family.OUTCOME, "automatic") == first.of(Family.OUTCOME, "automatic")


def test_other_councils_have_sums_of_their_own(counted: Engine) -> None:
    both = national(counted).of(Family.OUTCOME, "automatic")
    one = national(counted, "borrow").of(Family.OUTCOME, "automatic")
    assert 0 < one.low < both.low
    assert national(counted, *reversed(COUNCILS)).of(Family.OUTCOME, "automatic") == both


@pytest.mark.parametrize("found", [[], [AUTOMATIC], [AUTOMATIC, BEGUN]])
def test_a_month_is_added_up_once_even_if_nothing_was_counted(found: list[Sum], engine: Engine) -> None:
    asked: list[str] = []

    def add_up(month: str) -> list[Sum]:
        asked.append(month)
        return found

    together = Together(engine, COUNCILS, "bins")
    for _ in range(2):  # worked out, then kept
        outcomes = together.read(MONTHS, [Family.OUTCOME], add_up)
        assert sorted(outcomes) == [(month, *AUTOMATIC) for month in MONTHS if AUTOMATIC in found]
        begun = together.read(MONTHS, [Family.BEGUN], add_up)
        assert sorted(begun) == [(month, *(BEGUN if BEGUN in found else NO_BEGUN)) for month in MONTHS]
    assert asked == list(MONTHS)


def test_there_are_figures_where_nothing_can_be_written(counted: Engine, caplog: pytest.LogCaptureFixture) -> None:
    expected = added_up(counted, "automatic")
    counted.dispose()
    with made_read_only(counted):
        assert national(counted).of(Family.OUTCOME, "automatic") == expected
        assert "could not be kept" in caplog.text
        with counted.connect().execution_options(reads=True) as connection:
            assert connection.execute(select(TOGETHER)).all() == []


@contextmanager
def made_read_only(engine: Engine) -> Iterator[None]:
    def refuse(connection: Any, _entry: object) -> None:
        connection.cursor().execute(READ_ONLY[engine.dialect.name])
        connection.commit()

    event.listen(engine, "connect", refuse)
    yield
    event.remove(engine, "connect", refuse)
    engine.dispose()


def test_sums_are_forgotten_with_the_months_that_they_are_of(counted: Engine) -> None:
    national(counted)
    Store(counted).forget_old(date(2029, 10, 5))
    with counted.connect() as connection:
        assert set(connection.scalars(select(TOGETHER.c.month))) == {"2026-10"}

"""The rule through the real SQL, and that no view can go round it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from app.settings import ROOT
from app.tallies import disclosure
from app.tallies.blur import CHANCES, KEYS, LARGEST, NUMBERS, blur, draw
from app.tallies.cell import CHECKS, Entry, Family, Place
from app.tallies.disclosure import NOTHING, Figure
from app.tallies.figures import Figures, NotReleasedError
from app.tallies.store import Store
from app.tallies.tables import TALLY
from tests.tallies.checks import first_of

SERVICE, VERSION, TODAY = "blue-badge", "0123456789ab", date(2026, 12, 2)
COUNCILS = ("kent", "leeds", "fife")
MONTHS = ("2026-09", "2026-10", "2026-11")
FAMILIES = (Family.OUTCOME, Family.BEGUN)
KEYS_OF = {Family.OUTCOME: ("automatic", "assessed", "unlikely"), Family.BEGUN: (CHECKS,)}

Row = tuple[str, str, str, Family, str]
"""Council, month, version, family and key."""


def store(engine: Engine, rows: Mapping[Row, tuple[int, int]]) -> None:
    """Puts counts and sums of keys into the database as they are."""
    names = ("council", "month", "version", "family", "key")
    content = [
        {"service": SERVICE, **dict(zip(names, row, strict=True)), "n": n, "blur": keys}
        for row, (n, keys) in rows.items()
    ]
    with engine.begin() as connection:
        connection.execute(TALLY.delete())
        if content:
            connection.execute(TALLY.insert(), content)


def by_hand(rows: Mapping[Row, tuple[int, int]], council: str, month: str, family: Family, key: str) -> Figure:
    """The rule in plain words: what is counted and its blur, 7 or fewer alike, and the rest to the nearest 5."""
    ours = [counted for row, counted in rows.items() if (row[0], row[1], *row[3:]) == (council, month, family, key)]
    count = sum(n for n, _ in ours) + (blur(sum(keys for _, keys in ours)) if ours else 0)
    if count <= 7:
        return Figure(0, 1, 1)
    return Figure(min(range(0, count + 5, 5), key=lambda five: abs(five - count)), 1, 0)


UP, DOWN = first_of(1), first_of(-1)


@pytest.mark.parametrize(
    ("versions", "shown"),
    [
        *(([(n, 0)], None) for n in (0, 1, 7)),
        *(([(n, 0)], 10) for n in (8, 10, 12)),
        *(([(n, 0)], 15) for n in (13, 17)),
        ([(1234, 0)], 1235),
        ([(4, 0), (3, 0)], None),
        ([(4, 0), (4, 0)], 10),
        ([(12, 0), (1, 0)], 15),
        ([(7, UP)], 10),
        ([(8, DOWN)], None),
        ([(12, UP)], 15),
        ([(13, DOWN)], 10),
        ([(1, DOWN)], None),
        ([(5, UP), (2, KEYS - 1)], None),
        ([(5, 1), (2, UP - 1)], 10),
        ([], None),
    ],
)
def test_a_count_of_all_versions_is_shown_as_seven_or_fewer_or_rounded(
    versions: list[tuple[int, int]], shown: int | None, engine: Engine
) -> None:
    row = ("kent", "2026-11")
    store(engine, {(*row, str(at), Family.OUTCOME, "assessed"): each for at, each in enumerate(versions)})
    figure = Figure(0, 1, 1) if shown is None else Figure(shown, 1, 0)
    of_council = Figures(engine).of_council("kent", SERVICE, ["2026-11"], [Family.OUTCOME], TODAY)
    assert of_council.of(Family.OUTCOME, "assessed", "2026-11") == figure
    national = Figures(engine).national(["kent"], SERVICE, ["2026-11"], [Family.OUTCOME], TODAY)
    assert national.of(Family.OUTCOME, "assessed") == figure


def _rows(seed: int) -> dict[Row, tuple[int, int]]:
    """Counts, most of them small, of which many are not there."""
    chance = Random(seed)  # noqa: S311 - nothing here is secret
    rows = {}
    for council in (*COUNCILS, "another"):
        for month in (*MONTHS, "2026-12"):
            for family in (*FAMILIES, Family.LANGUAGE):
                for key in (*KEYS_OF.get(family, ()), "en"):
                    for version in ("0" * 12, "1" * 12)[: chance.randrange(3)]:
                        rows[council, month, version, family, key] = (
                            chance.choice((1, 3, 6, 9, 14, 300)),
                            draw(chance),
                        )
    return rows


@pytest.mark.parametrize("seed", range(6))
def test_every_figure_is_made_of_the_shown_counts_of_councils_in_months(seed: int, engine: Engine) -> None:
    rows = _rows(seed)
    store(engine, rows)
    figures = Figures(engine)
    national = figures.national(COUNCILS, SERVICE, MONTHS, FAMILIES, TODAY)
    councils = {each: figures.of_council(each, SERVICE, MONTHS, FAMILIES, TODAY) for each in COUNCILS}
    for family, keys in KEYS_OF.items():
        for council, shown in councils.items():
            for key in keys:
                for month in MONTHS:
                    assert shown.of(family, key, month) == by_hand(rows, council, month, family, key)
            some = [by_hand(rows, council, month, family, key) for month in MONTHS[1:] for key in keys]
            assert shown.total(family, keys, MONTHS[1:]) == sum(some, NOTHING)
        totals = [shown.total(family, keys) for shown in councils.values()]
        assert national.total(family, keys) == sum(totals, NOTHING)
    assert national.councils == len(COUNCILS)
    busy = [any(not shown.of(Family.BEGUN, CHECKS, month).hidden for month in MONTHS) for shown in councils.values()]
    assert national.counted == sum(busy)


@given(st.lists(st.builds(Figure, *[st.integers(0, 10**6)] * 3), max_size=6), st.randoms())
def test_figures_add_up_in_any_order(figures: list[Figure], chance: Random) -> None:
    total = sum(figures, NOTHING)
    assert (total.low, total.high) == (sum(each.low for each in figures), sum(each.high for each in figures))
    chance.shuffle(figures)
    assert sum(figures, NOTHING) == total


def _of_council(figures: Figures, months: list[str], today: date) -> object:
    return figures.of_council("kent", SERVICE, months, FAMILIES, today)


def _national(figures: Figures, months: list[str], today: date) -> object:
    return figures.national(COUNCILS, SERVICE, months, FAMILIES, today)


@pytest.mark.parametrize("entry_point", [_of_council, _national])
@pytest.mark.parametrize(
    ("month", "today", "released"),
    [
        ("2026-11", date(2026, 11, 1), False),
        ("2026-11", date(2026, 11, 30), False),
        ("2026-11", date(2026, 12, 1), False),
        ("2026-11", date(2026, 12, 2), True),
        ("2026-12", date(2027, 1, 1), False),
        ("2027-01", date(2026, 12, 31), False),
    ],
)
def test_no_figure_is_shown_of_a_month_that_is_not_released(
    entry_point: Callable[[Figures, list[str], date], object],
    month: str,
    today: date,
    released: bool,
    engine: Engine,
) -> None:
    figures = Figures(engine)
    for months in ([month], ["2026-01", month]):
        if released:
            assert entry_point(figures, months, today)
        else:
            with pytest.raises(NotReleasedError, match=month):
                entry_point(figures, months, today)


def test_figures_have_no_entry_point_but_those_two() -> None:
    assert {name for name in vars(Figures) if not name.startswith("_")} == {"of_council", "national"}


def test_what_counted_the_same_checks_is_shown_alike_however_it_was_counted(engine: Engine) -> None:
    """One by one or together, under one version of the rules or two: what is added up is the keys of the checks."""
    things = ((Family.OUTCOME, "assessed"), (Family.LANGUAGE, "en"), (Family.CRITERION, "WALK:met"))
    for seed in range(20):
        tallies = Store(engine, partial(draw, Random(seed)))  # noqa: S311 - nothing here is secret
        council = f"council {seed}"
        entries = [Entry(Place(council, SERVICE, "2026-11", str(at % 2)), things) for at in range(5 + seed)]
        tallies.add(entries[:4], date(2026, 11, 20))
        for entry in entries[4:]:
            tallies.add([entry], date(2026, 11, 30))
        shown = Figures(engine).of_council(council, SERVICE, ["2026-11"], [family for family, _ in things], TODAY)
        assert len({shown.of(family, key, "2026-11") for family, key in things}) == 1


def test_each_check_draws_a_key_of_its_own_and_a_counter_keeps_their_sum_alone(engine: Engine) -> None:
    entry = Entry(Place("kent", SERVICE, "2026-11", VERSION), ((Family.OUTCOME, "assessed"),))
    tallies, sums = Store(engine), []
    for _ in range(12):
        tallies.add([entry], date(2026, 11, 20))
        with engine.connect() as connection:
            sums.append(connection.scalars(select(TALLY.c.blur)).one())
    assert all(0 <= each < KEYS for each in sums)
    assert len({(after - before) % KEYS for before, after in pairwise(sums)}) > 8
    Store(engine, lambda: KEYS - 1).add([entry] * 3, date(2026, 11, 20))
    with engine.connect() as connection:
        assert connection.scalars(select(TALLY.c.blur)).one() == (sums[-1] - 3) % KEYS


def test_a_blur_is_small_and_as_often_up_as_down() -> None:
    starts = [*map(first_of, NUMBERS), KEYS]
    numbers = {number: end - start for number, (start, end) in zip(NUMBERS, pairwise(starts), strict=True)}
    assert numbers == {number: chance * KEYS for number, chance in CHANCES.items()}
    assert blur(0) == blur(KEYS) == 0
    assert set(numbers) == set(range(-LARGEST, LARGEST + 1))
    for number in range(1, LARGEST + 1):
        assert numbers[number - 1] > numbers[number] > 0
        assert abs(numbers[number] - numbers[-number]) <= 1
    assert sum(numbers[number] for number in range(-3, 4)) / KEYS == pytest.approx(0.973, abs=0.001)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_database_blurs_as_the_program_does(number: int, engine: Engine) -> None:
    row = ("kent", "2026-11", VERSION, Family.OUTCOME, "assessed")
    for keys in (first_of(number), first_of(number) + round(CHANCES[number] * KEYS) - 1):
        store(engine, {row: (100, keys)})
        figures = Figures(engine).of_council("kent", SERVICE, ["2026-11"], [Family.OUTCOME], TODAY)
        assert figures.of(Family.OUTCOME, "assessed", "2026-11") == disclosure.shown(100 + number)


def test_the_largest_sum_of_keys_fits_an_integer_of_every_database(engine: Engine) -> None:
    entry = Entry(Place("kent", SERVICE, "2026-11", VERSION), ((Family.OUTCOME, "assessed"),))
    tallies = Store(engine, lambda: KEYS - 1)
    for _ in range(3):
        tallies.add([entry] * 2, date(2026, 11, 20))
    with engine.connect() as connection:
        assert connection.scalars(select(TALLY.c.blur)).one() == KEYS - 6


# Nothing else reads counts.

MAY = {"app/tallies/tables.py", "app/tallies/store.py", "app/tallies/figures.py"}
"""Where the table is made, written and read."""


def _modules() -> Iterable[tuple[str, ast.Module]]:
    for path in sorted((ROOT / "app").rglob("*.py")):
        if "migrations" not in path.parts:
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def _names_the_table(node: ast.AST) -> bool:
    names = {alias.name for alias in node.names} if isinstance(node, ast.ImportFrom | ast.Import) else set()
    return (
        bool(names & {"TALLY", "app.tallies.tables", "*"})
        or (isinstance(node, ast.ImportFrom) and node.module == "app.tallies" and "tables" in names)
        or (isinstance(node, ast.Attribute) and node.attr == "TALLY")
        or (isinstance(node, ast.Constant) and node.value == "tally")
        or (isinstance(node, ast.Constant) and isinstance(node.value, str) and "from tally" in node.value.lower())
    )


def test_nothing_but_figures_reads_what_is_counted() -> None:
    modules = dict(_modules())
    assert {name for name, tree in modules.items() if any(map(_names_the_table, ast.walk(tree)))} == MAY
    reads = [
        node
        for node in ast.walk(modules["app/tallies/store.py"])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "select"
    ]
    for call in reads:
        assert "TALLY" not in ast.unparse(call)


@pytest.mark.parametrize(
    "text",
    [
        "from app.tallies.tables import TALLY",
        "import app.tallies.tables",
        "from app.tallies import tables",
        "tables.TALLY",
        "TABLES.tables['tally']",
        "text('SELECT n FROM tally')",
    ],
)
def test_a_module_that_names_the_table_is_found(text: str) -> None:
    assert any(map(_names_the_table, ast.walk(ast.parse(text))))

"""Groups of shared answers: which are seen, and what those who see all of them can work out of the others."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import count, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from app import create_app
from app.engine.answers import parse_answers
from app.engine.decision import Decision, decide
from app.engine.rulebook import Service
from app.settings import ROOT, Settings
from app.tallies import shared_groups
from app.tallies.cell import Place
from app.tallies.counting import Counting
from app.tallies.mark import Marker
from app.tallies.share import KEPT_DAYS, Shares, last_day
from app.tallies.shared_groups import FEWEST_LEFT, View, of_council, of_nation, shown, shown_together, visible
from app.tallies.spool import Spool
from app.tallies.store import Store
from app.tallies.tables import SHARE
from tests.conftest import KEY, RECEIPT_KEY
from tests.engine.people import RawAnswers
from tests.tallies.databases import emptied, sqlite

OCTOBER, LATER = date(2026, 10, 20), date(2026, 11, 21)
COUNCILS = ("kent", "leeds", "devon")
BLIND: RawAnswers = {"who": "self", "age": "16_or_over", "sight": "severely_registered"}
TWELVE: RawAnswers = {
    "who": "self", "age": "16_or_over", "sight": "no", "terminal_illness": "no", "benefits": ["pip"],
    "pip_moving_around": "4", "pip_planning_journeys": "12", "difficulties": ["none"],
}  # fmt: skip
WITH_ARMS: RawAnswers = {**TWELVE, "difficulties": ["arms"], "drives_regularly": "no"}
NUMBER = count(1)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = emptied(sqlite(tmp_path_factory.mktemp("groups")))
    yield engine
    engine.dispose()


@pytest.fixture
def table(database: Engine) -> Engine:
    with database.begin() as connection:
        connection.execute(SHARE.delete())
    return database


def decided(service: Service, raw: RawAnswers) -> Decision:
    rules = service.rules("england", LATER)
    assert rules is not None
    return decide(rules, parse_answers(service.vocabulary, raw))


def put(
    engine: Engine, service: Service, raw: RawAnswers, times: int, council: str = "kent", today: date = OCTOBER,
    version: str | None = None,
) -> list[str]:  # fmt: skip
    rules = service.rules("england", LATER)
    assert rules is not None
    place = Place(council, service.id, f"{today:%Y-%m}", version or rules.version)
    answers = decided(service, raw).journey.answers
    return [Shares(engine).share(next(NUMBER), place, "england", answers, today) for _ in range(times)]


@pytest.mark.parametrize(("size", "seen"), [(0, []), (7, []), (8, [10]), (12, [10]), (13, [15]), (23, [25])])
def test_a_group_is_seen_from_eight_people_on_in_fives(
    table: Engine, service: Service, size: int, seen: list[int]
) -> None:
    put(table, service, BLIND, size)
    assert [rounded for _, rounded in visible(table, service, "kent", LATER)] == seen
    assert visible(table, service, "leeds", LATER) == []


def test_a_group_tells_what_its_outcome_hangs_on_and_nothing_else(table: Engine, service: Service) -> None:
    put(table, service, TWELVE, 5)
    put(table, service, WITH_ARMS, 5)
    [(group, size)] = visible(table, service, "kent", LATER)
    assert (group.outcome, group.criteria, size) == ("assessed", ("ENG-ASSESS-PLANNING-AWARD",), 10)
    assert group.answers == {"benefits": frozenset({"pip"}), "pip_planning_journeys": frozenset({"12"})}


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        (BLIND, "automatic"),
        ({**TWELVE, "terminal_illness": "yes"}, "special_route"),
        ({**TWELVE, "pip_planning_journeys": "dont_know"}, "depends"),
        ({**TWELVE, "pip_planning_journeys": "4"}, "unlikely"),
    ],
)
def test_each_outcome_hangs_on_answers_that_make_it(
    raw: RawAnswers, outcome: str, table: Engine, service: Service
) -> None:
    put(table, service, raw, 9)
    [(group, _)] = visible(table, service, "kent", LATER)
    assert group.outcome == outcome
    assert group.criteria
    given_answers = decided(service, raw).journey.answers
    assert group.answers
    assert group.answers.items() <= given_answers.items()
    assert len(group.answers) < len(given_answers)


@pytest.mark.parametrize(
    ("day", "seen"),
    [
        (date(2026, 10, 31), False),
        (date(2026, 11, 1), False),
        (date(2026, 11, 2), True),
        (last_day(OCTOBER), True),
        (last_day(OCTOBER) + timedelta(days=1), False),
    ],
)
def test_a_share_is_seen_from_the_release_of_its_month_until_its_last_day(
    day: date, seen: bool, table: Engine, service: Service
) -> None:
    put(table, service, BLIND, 8)
    assert bool(visible(table, service, "kent", day)) is seen


def test_a_share_taken_back_is_gone_at_once(table: Engine, service: Service) -> None:
    codes = put(table, service, BLIND, 8)
    assert visible(table, service, "kent", LATER)
    Shares(table).take_back(codes[0])
    assert visible(table, service, "kent", LATER) == []


@pytest.mark.parametrize(("size", "told"), [(7, 0), (8, 10)])
def test_versions_no_longer_kept_are_a_number_alone(size: int, told: int, table: Engine, service: Service) -> None:
    put(table, service, BLIND, size, version="0" * 12)
    assert of_council(table, service, "kent", LATER) == View((), told)


def test_a_nation_sees_its_councils_together_and_no_other(table: Engine, service: Service) -> None:
    for council, size in (("kent", 4), ("leeds", 5), ("northfold", 30)):
        put(table, service, BLIND, size, council)
    [(group, size)] = of_nation(table, service, "england", COUNCILS, LATER).groups
    assert size == 10
    assert of_nation(table, service, "england", COUNCILS, LATER).group(group.id)
    assert of_nation(table, service, "england", COUNCILS, LATER).group("0" * 16) is None
    assert of_nation(table, service, "wales", COUNCILS, LATER).groups == ()


# What everybody sees, and what an attacker makes of it.


def views(engine: Engine, service: Service, day: date = LATER) -> list[View]:
    """All that there is to be seen, by whoever may see any of it."""
    councils = [of_council(engine, service, council, day) for council in COUNCILS]
    return [*councils, of_nation(engine, service, "england", COUNCILS, day)]


@settings(max_examples=15, deadline=None)
@given(st.integers(8, 20), *[st.integers(0, 3)] * 4)
def test_tables_that_differ_in_small_groups_only_look_the_same(
    database: Engine, service: Service, large: int, one: int, two: int, three: int, other: int
) -> None:
    seen = []
    for blind, twelve in (((one, two), three), ((two, 0), other)):
        with database.begin() as connection:
            connection.execute(SHARE.delete())
        put(database, service, {**TWELVE, "terminal_illness": "yes"}, large, "kent")
        put(database, service, BLIND, blind[0], "kent")
        put(database, service, BLIND, blind[1], "leeds")
        put(database, service, TWELVE, twelve, "devon")
        seen.append(views(database, service))
    assert seen[0] == seen[1]


def possible(sizes: Sequence[int], most: int = 16) -> list[set[int]]:
    """Of each council, the sizes that give everybody the same to see."""
    found: list[set[int]] = [set() for _ in sizes]
    seen = [shown_of(size) for size in sizes]
    hidden = [[n for n in range(most + 9) if shown_of(n) == each] for each in seen]
    for other in product(*hidden):
        if together_of(other) == together_of(sizes):
            for values, size in zip(found, other, strict=True):
                values.add(size)
    return found


def shown_of(size: int) -> int:
    return shared_groups.shown(size)


def together_of(sizes: Sequence[int]) -> int:
    return shared_groups.shown_together(sizes)


ALL_SIZES = [
    *product(range(0, 10), repeat=1),
    *product(range(0, 10), repeat=2),
    *product((0, 1, 3, 6, 7, 12), repeat=3),
]


def test_whoever_sees_everything_cannot_narrow_a_hidden_size_below_four_values() -> None:
    for sizes in ALL_SIZES:
        for size, values in zip(sizes, possible(sizes), strict=True):
            if not shown(size):
                assert len(values) >= FEWEST_LEFT, (sizes, values)


def test_of_many_councils_the_sum_hides_each_too() -> None:
    """The hardest: all of them hidden, at their most. The sum over the others can be anything up to 7 each."""
    for councils in range(1, 13):
        for total in range(8, 7 * councils + 1):
            sizes = [min(7, total - 7 * at) if total > 7 * at else 0 for at in range(councils)]
            same = [each for each in range(7 * councils + 1) if _as(each, councils) == shown_together(sizes)]
            least, most = max(0, min(same) - 7 * (councils - 1)), min(7, max(same))
            assert most - least + 1 >= FEWEST_LEFT


def _as(total: int, councils: int) -> int:
    return shown_together([min(7, total - 7 * at) if total > 7 * at else 0 for at in range(councils)])


def test_he_succeeds_if_groups_are_seen_from_one_person_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_groups, "MOST_HIDDEN", 0)
    monkeypatch.setattr(shared_groups, "STEP", 1)
    assert possible((3,)) == [{3}]


def test_he_succeeds_if_the_sum_of_hidden_sizes_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_groups, "shown_together", lambda sizes: shown(sum(sizes)))
    assert min(map(len, possible((7, 7)))) < FEWEST_LEFT


def test_he_succeeds_if_other_answers_are_not_left_out(
    table: Engine, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look() -> list[list[View]]:
        seen = []
        for raw in (TWELVE, WITH_ARMS):
            with table.begin() as connection:
                connection.execute(SHARE.delete())
            put(table, service, raw, 8)
            seen.append(views(table, service))
        return seen

    first, second = look()
    assert first == second
    monkeypatch.setattr(shared_groups, "project", lambda decision, _reasons: decision.journey.answers)
    first, second = look()
    assert first != second


@pytest.mark.parametrize("others", range(8))
def test_he_succeeds_if_a_month_is_seen_while_it_goes_on(
    others: int, table: Engine, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """He shares answers of his own until the group is seen."""

    def own_until_seen() -> int | None:
        return next((own for own in range(1, 9) if put(table, service, BLIND, 1) and _seen()), None)

    def _seen() -> bool:
        return bool(visible(table, service, "kent", OCTOBER))

    put(table, service, BLIND, others)
    assert own_until_seen() is None
    monkeypatch.setattr(shared_groups, "released", lambda _month, _today: True)
    with table.begin() as connection:
        connection.execute(SHARE.delete())
    put(table, service, BLIND, others)
    own = own_until_seen()
    assert own is not None
    assert 8 - own == others


# How long it is kept.


def test_no_answer_outlives_its_ninety_days_while_the_service_runs(
    table: Engine, service: Service, tmp_path: Path
) -> None:
    day = OCTOBER
    counting = Counting(Spool(tmp_path, (KEY,)), Store(table), Marker((KEY,)), lambda: day)
    put(table, service, BLIND, 3)
    statements: list[str] = []
    event.listen(table, "before_cursor_execute", lambda _c, _k, said, *_: statements.append(said))
    while day <= OCTOBER + timedelta(days=KEPT_DAYS + 1):
        counting.retain()
        counting.retain()
        with table.connect() as connection:
            left = len(connection.execute(SHARE.select()).all())
        assert left == (3 if day <= last_day(OCTOBER) else 0)
        day += timedelta(days=1)
    assert sum("DELETE FROM share" in each for each in statements) == KEPT_DAYS + 2


def test_the_thread_of_the_service_deletes_what_is_over(table: Engine, service: Service, tmp_path: Path) -> None:
    class Once:
        asked = 0

        def wait(self, _seconds: float) -> bool:
            self.asked += 1
            return self.asked > 1

        def set(self) -> None: ...

    put(table, service, BLIND, 3)
    after = last_day(OCTOBER) + timedelta(days=1)
    counting = Counting(Spool(tmp_path, (KEY,)), Store(table), Marker((KEY,)), lambda: after)
    counting._stop = Once()  # type: ignore[assignment]
    counting._run()
    with table.connect() as connection:
        assert connection.execute(SHARE.select()).all() == []


# Nothing else reads what was shared.

MAY = {"app/tallies/share.py", "app/tallies/shared_groups.py"}

_READS = re.compile(r"from\s+share\b", re.IGNORECASE)


def _modules() -> Mapping[str, ast.Module]:
    paths = [path for path in sorted((ROOT / "app").rglob("*.py")) if "migrations" not in path.parts]
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text()) for path in paths}


def _names_the_table(node: ast.AST) -> bool:
    names = {alias.name for alias in node.names} if isinstance(node, ast.ImportFrom | ast.Import) else set()
    return bool(
        names & {"SHARE", "app.tallies.tables", "*"}
        or (isinstance(node, ast.ImportFrom) and node.module == "app.tallies" and "tables" in names)
        or (isinstance(node, ast.Attribute) and node.attr == "SHARE")
        or (isinstance(node, ast.Constant) and isinstance(node.value, str) and _READS.search(node.value))
    )


def test_nothing_else_reads_what_was_shared() -> None:
    assert {name for name, tree in _modules().items() if any(map(_names_the_table, ast.walk(tree)))} == MAY


@pytest.mark.parametrize(
    "text",
    [
        "from app.tallies.tables import SHARE",
        "import app.tallies.tables",
        "from app.tallies import tables",
        "tables.SHARE",
        "text('SELECT answers FROM share')",
    ],
)
def test_a_module_that_names_the_table_is_found(text: str) -> None:
    assert any(map(_names_the_table, ast.walk(ast.parse(text))))


def test_the_command_that_retains_deletes_what_is_over(table: Engine, service: Service) -> None:
    app = create_app(Settings(state_keys=(KEY,), receipt_keys=(RECEIPT_KEY,), examples=True))
    app.extensions["database"] = table
    put(table, service, BLIND, 3, today=date(2020, 1, 6))
    result = app.test_cli_runner().invoke(args=["tallies", "retain"])
    assert "Deleted what 3 people shared" in result.output
    with table.connect() as connection:
        assert connection.execute(SHARE.select()).all() == []

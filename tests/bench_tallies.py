"""What tallies cost, on both databases: figures out of many checks, counting them, and counting on each answer.

The checks of a whole country over three years are not walked: their cells are drawn from those of a few made-up ones.
"""

from __future__ import annotations

import io
import logging
import math
import re
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from flask import Flask
from sqlalchemy import Engine, delete, text
from sqlalchemy.engine import URL
from werkzeug.test import TestResponse

from app import create_app
from app.checker.site import site
from app.checker.visit import Visit
from app.cli.made_up_checks import MadeUpChecks
from app.desk.access import NATIONAL, Role
from app.desk.invitations import Invitation, invite
from app.settings import Settings
from app.tallies.blur import draw
from app.tallies.calendar import released_months
from app.tallies.cell import Entry, Family, Place, Thing, month_of
from app.tallies.counting import Counting
from app.tallies.figures import Figures
from app.tallies.mark import Marker
from app.tallies.spool import Spool
from app.tallies.store import Store
from app.tallies.tables import TOGETHER
from app.web.sealed_state import new_key
from tests.tallies.databases import emptied, fresh, postgresql, sqlite

CHECKS = (100_000, 1_000_000, 10_000_000)
MONTHS = 36
SPANS = (1, 12, MONTHS)
TODAY = date.today()
COUNCILS = tuple(sorted(create_app(Settings()).extensions["site"].councils.register.on(TODAY).authorities))
PAGES = tuple(f"{page}?period={period}" for page in ("figures", "questions") for period in ("month", "year", "all"))
SERVICE, VERSION = "blue-badge", "0123456789ab"
WALKED = 1500
ROUNDS = 7
ENTRIES = 3000
POSTS = 60
OK, HTTPS = 200, "https://localhost"
TARGET_MS = 200
"""What a page of the desk may take of the server's time."""

ALL = frozenset(Family)
Rates = dict[Thing, float]


def bench_tallies() -> None:
    """All of it, SQLite first."""
    rates, entries = _walked()
    with tempfile.TemporaryDirectory() as name:
        folder, other = Path(name), Path(name) / "drained"
        other.mkdir()
        with postgresql() as server:
            for kind, address, new in (
                ("SQLite", sqlite(folder / "sqlite"), sqlite(other)),
                ("PostgreSQL", server.url, server.url),
            ):
                _bench_figures(kind, address, rates)
                _bench_drain(kind, new, entries, folder / f"spool-{kind}")
        _bench_posts(sqlite(folder / "posts"), folder / "spool")


def _bench_figures(kind: str, address: URL, rates: Rates) -> None:
    print(f"\nFigures of {len(COUNCILS)} councils and {MONTHS} months, {kind}, median of {ROUNDS} rounds")
    print(f"{'checks':>12} {'cells':>10} {'MB':>6}   ms for    " + "".join(f"{_span(span):>22}" for span in SPANS))
    for checks in CHECKS:
        engine = emptied(address)
        cells = _fill(engine, rates, checks)
        for what, ask, rounds in (
            ("a council", _council, ROUNDS),
            ("all, never asked", _never_asked, 1),  # of these, only one month is new after each release
            ("all councils", _national, ROUNDS),
        ):
            found = [_wall_ms(partial(ask, engine, span), rounds) for span in SPANS]
            shown = "".join(f"{ms:>10.1f} {'' if ms < TARGET_MS else '(too slow)':>11}" for ms in found)
            print(f"{checks:>12,} {cells:>10,} {_megabytes(engine):>6.0f}   {what:<16}{shown}")
        engine.dispose()
    print(f"\nPages of the desk with {CHECKS[-1]:,} checks, {kind}, median ms of {ROUNDS} rounds")
    print(f"{'':<16}" + "".join(f"{page:>26}" for page in PAGES))
    for place, role in ((COUNCILS[0], Role.MANAGER), (NATIONAL, Role.NATIONAL)):
        look = _staff(address, place, role)
        found = [_wall_ms(partial(look, f"/desk/{place}/{page}")) for page in PAGES]
        shown = "".join(f"{ms:>14.1f} {'' if ms < TARGET_MS else '(too slow)':>11}" for ms in found)
        print(f"{'a council' if role is Role.MANAGER else 'all councils':<16}{shown}")


def _staff(address: URL, place: str, role: Role) -> Callable[[str], None]:
    """Somebody who is signed in there and looks at pages, each of which they have seen once."""
    app = create_app(Settings(desk_keys=(new_key(),), database=address))
    with app.extensions["database"].begin() as connection:
        token = invite(connection, Invitation(place, role, "", None), datetime.now(UTC))
    client, link = app.test_client(), f"/desk/invitation/{token}"
    page = client.get(link, base_url=HTTPS).text
    form = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    fields = {"csrf_token": form[1] if form else ""}
    client.post(link, base_url=HTTPS, data=fields, headers={"Referer": f"{HTTPS}{link}"})

    def look(path: str) -> None:
        if client.get(path, base_url=HTTPS).status_code != OK:
            raise AssertionError(path)

    for each in PAGES:
        look(f"/desk/{place}/{each}")
    return look


def _span(months: int) -> str:
    return "a month" if months == 1 else f"{months} months"


def _council(engine: Engine, months: int) -> None:
    Figures(engine).of_council(COUNCILS[0], SERVICE, released_months(TODAY, months), ALL, TODAY)


def _national(engine: Engine, months: int) -> None:
    Figures(engine).national(COUNCILS, SERVICE, released_months(TODAY, months), ALL, TODAY)


def _never_asked(engine: Engine, months: int) -> None:
    with engine.begin() as connection:
        connection.execute(delete(TOGETHER))
    _national(engine, months)


def _walked() -> tuple[Rates, list[Entry]]:
    """How often a check counts each thing, and entries such as the spool has."""
    app = create_app(Settings(examples=True))
    with app.app_context():
        visit = Visit(site().services[SERVICE], "en", site().councils.known("northfold"))
        made_up, chance = MadeUpChecks(visit), Random(1)  # noqa: S311 - nothing here is secret
        rules = visit.rules
        if rules is None:
            raise LookupError
        walked = [made_up.make(rules, chance).things for _ in range(WALKED)]
    counted = Counter(thing for things in walked for thing in things)
    here = Place(COUNCILS[0], SERVICE, month_of(TODAY), VERSION)
    entries = [Entry(here, things, (f"{number:032x}",)) for number, things in enumerate(walked * 2)]
    return {thing: n / WALKED for thing, n in counted.items()}, entries[:ENTRIES]


def _cells(rates: Rates, checks: int) -> Iterator[tuple[str, str, str, str, str, str, int, int]]:
    """The cells of so many checks, some councils having many times as many as others."""
    chance = Random(1)  # noqa: S311 - nothing here is secret
    sizes = {council: chance.lognormvariate(0, 0.8) for council in COUNCILS}
    each = checks / MONTHS / sum(sizes.values())
    for council, size in sizes.items():
        for month in released_months(TODAY, MONTHS):
            for (family, key), rate in rates.items():
                mean = rate * each * size
                n = round(chance.gauss(mean, math.sqrt(mean)))
                if n > 0:
                    yield council, SERVICE, month, VERSION, family.value, key, n, draw(chance)


def _fill(engine: Engine, rates: Rates, checks: int) -> int:
    """Puts the cells where they would be; returns how many."""
    rows = list(_cells(rates, checks))
    raw = engine.raw_connection()
    try:
        cursor: Any = raw.cursor()
        if engine.dialect.name == "sqlite":
            cursor.execute("BEGIN")
            cursor.executemany("INSERT INTO tally VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        else:
            lines = io.StringIO("".join("\t".join(map(str, row)) + "\n" for row in rows))
            cursor.execute("COPY tally FROM STDIN", stream=lines)
        raw.commit()
    finally:
        raw.close()
    _tidy(engine)
    return len(rows)


def _tidy(engine: Engine) -> None:
    """What each database does by itself after a while."""
    with engine.begin() as connection:
        connection.execute(text("ANALYZE tally"))


def _megabytes(engine: Engine) -> float:
    if engine.dialect.name == "sqlite":
        return Path(engine.url.database or "").stat().st_size / 1e6
    with engine.connect() as connection:
        size: int = connection.scalar(text("SELECT pg_total_relation_size('tally')")) or 0
    return size / 1e6


def _bench_drain(kind: str, address: URL, entries: list[Entry], folder: Path) -> None:
    engine = fresh(address)
    counting = _counting(engine, folder)
    before = time.perf_counter()
    for entry in entries:
        counting.count(entry)
    spooled = time.perf_counter() - before
    before = time.perf_counter()
    counting.drain()
    drained = time.perf_counter() - before
    engine.dispose()
    per_second = f"{len(entries) / spooled:,.0f} a second to the spool, {len(entries) / drained:,.0f} from it"
    print(f"\nWhole checks counted, {kind}: {per_second} into the database")


def _counting(engine: Engine, folder: Path) -> Counting:
    key = new_key()
    return Counting(Spool(folder, (key,)), Store(engine), Marker((key,)), lambda: TODAY)


def _bench_posts(address: URL, spool: Path) -> None:
    """What counting adds to an answer: it is on the disk before the person goes on, the first one twice."""
    emptied(address).dispose()
    apps = {
        "nothing counted": create_app(Settings()),
        "counted": create_app(Settings(database=address, spool=spool)),
    }
    for which, given in (("first", ()), ("second", ({"who": "self"},))):
        send = {name: _sender(app, given) for name, app in apps.items()}
        found: dict[str, list[float]] = {name: [] for name in send}
        for _ in range(ROUNDS):  # in turn, so that a slow stretch of the machine touches both alike
            for name, post in send.items():
                found[name].append(_wall_ms(partial(_times, POSTS, post), 1) / POSTS)
        base = statistics.median(found["nothing counted"])
        print(f"\nSending the {which} answer, median of {ROUNDS} rounds of {POSTS}")
        for name, times in found.items():
            print(f"{name:<58} {statistics.median(times):9.3f} ms  {statistics.median(times) / base:7.2f} x")
    apps["counted"].extensions["counting"].stop()


def _sender(app: Flask, given: Iterable[dict[str, str]]) -> Callable[[], object]:
    """Something that sends an answer to the question after those already given."""
    client = app.test_client()
    start = "/kent/blue-badge/en/check"
    token = _token(client.get(start))
    for each in given:
        token = _token(client.post(start, data={"s": token, **each}))
    answer = {"age": "16_or_over"} if given else {"who": "self"}

    def post() -> None:
        if client.post(start, data={"s": token, **answer}).status_code != 303:
            raise AssertionError

    return post


def _token(response: TestResponse) -> str:
    return response.headers["Location"].partition("?s=")[2]


def _times(count: int, work: Callable[[], object]) -> None:
    for _ in range(count):
        work()


def _wall_ms(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median milliseconds of one call, waiting included."""
    found = []
    for _ in range(rounds):
        before = time.perf_counter()
        work()
        found.append((time.perf_counter() - before) * 1000)
    return statistics.median(found)


if __name__ == "__main__":
    logging.disable(logging.INFO)
    bench_tallies()

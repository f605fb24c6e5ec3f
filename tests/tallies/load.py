"""Finishes checks at the real service while much goes wrong, and sees that each was counted exactly once.

``python -m tests.tallies.load`` does it for a minute on each database, and prints what was done and what it cost.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from app.checker.check import ANSWERS
from app.tallies import schema
from app.tallies.cell import Family
from app.tallies.database import open_database
from app.tallies.mark import Marker
from app.tallies.tables import DRAINED, MARK, TALLY
from e2e import law
from e2e.server import ROOT, Server, environment_of
from tests.tallies.databases import KINDS, postgresql, sqlite
from tests.tallies.load_client import Sent
from tests.tallies.load_faults import Faults, Service

RATE = 50
"""Checks finished in a second; a quarter of them is sent twice at the same moment."""

SECONDS = 60
LONGEST_RECOVERY_SECONDS = 90

REFUSED = re.compile("not counted yet, [^:]*: (.*)")
"""What the log says when counting fails and is tried again."""

RESTART_SECONDS = 8
"""After the whole service was killed: until it has started, and answered those who came meanwhile."""


@dataclass(frozen=True, slots=True)
class Checks:
    """Checks that stand at "check your answers": by their numbers, with their tokens and outcomes."""

    numbers: tuple[int, ...]
    tokens: tuple[str, ...]
    outcomes: tuple[str, ...]

    @classmethod
    def make(cls, count: int) -> Checks:
        """So many, of people with every outcome in turn."""
        people = [law.people()[turn % len(law.people())] for turn in range(count)]
        numbers = tuple(secrets.randbits(64) for _ in people)
        tokens = (
            law.token(person.answers, ANSWERS, number=number) for person, number in zip(people, numbers, strict=True)
        )
        return cls(numbers, tuple(tokens), tuple(person.outcome for person in people))


@dataclass(frozen=True, slots=True)
class Run:
    """What came of it: what was sent, what was done meanwhile, seconds until all was counted, and why not sooner."""

    sent: tuple[Sent, ...]
    done: tuple[tuple[float, str], ...]
    recovery: float
    refused: Counter[str]


@contextmanager
def running(kind: str) -> Iterator[Faults]:
    """The service on an empty database of a kind; everything is stopped at the end."""
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        database = opened.enter_context(postgresql(small=True)) if kind == "postgresql" else None
        url = database.url if database else sqlite(folder)
        engine = open_database(url)
        opened.callback(engine.dispose)
        schema.upgrade(engine)
        # Kept open here, so that whoever comes while nothing runs waits, as at a proxy.
        listener = opened.enter_context(socket.create_server(("127.0.0.1", 0), backlog=1024))
        server = Server(f"http://127.0.0.1:{listener.getsockname()[1]}", folder / "log")
        full = folder / "full"
        environment = {
            **environment_of([law.KEY], folder),
            "DATABASE_URL": url.render_as_string(hide_password=False),
            "FULL": str(full),
        }
        service = Service(server, listener, environment)
        opened.callback(service.stop)
        service.start()
        yield Faults(service, engine, full, database)


def put_through(kind: str, seconds: float, rate: int = RATE) -> Run:
    """Runs it, and raises AssertionError if anything was lost, counted twice or not shown."""
    checks = Checks.make(int(seconds * rate))
    with running(kind) as faults, sending(faults, checks, rate) as client:
        assert client.stdin
        assert client.stdout
        begin = time.monotonic()
        for at, name, step in faults.plan(seconds):
            time.sleep(max(0.0, begin + at - time.monotonic()))
            faults.done.append((time.monotonic() - begin, name))
            step()
        assert client.stdout.readline() == "sent\n"
        said, _ = client.communicate("go\n", timeout=LONGEST_RECOVERY_SECONDS)
        sent = tuple(Sent(**each) for each in json.loads(said))
        see_what_was_shown(checks, sent)
        recovery = wait_until_counted(faults.engine, len(checks.numbers))
        faults.service.stop()
        see_what_was_counted(faults, checks)
        log = faults.service.server.log.read_text().splitlines()
        return Run(sent, tuple(faults.done), recovery, Counter(why for line in log for why in REFUSED.findall(line)))


@contextmanager
def sending(faults: Faults, checks: Checks, rate: int) -> Iterator[subprocess.Popen[str]]:
    """The client, in a process of its own; killed at the end if it still runs."""
    plan = {
        "url": faults.service.server.url,
        "path": law.path("check"),
        "tokens": checks.tokens,
        "rate": rate,
    }
    command, pipe = [sys.executable, "-m", "tests.tallies.load_client"], subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as client:
        try:
            assert client.stdin
            client.stdin.write(json.dumps(plan) + "\n")
            client.stdin.flush()
            yield client
        finally:
            client.kill()


def see_what_was_shown(checks: Checks, sent: Sequence[Sent]) -> None:
    """Every answer leads to the outcome: at once, or where the service was killed in between, when asked again."""
    assert {each.post for each in sent} <= {0, 303}
    assert {each.page for each in sent if each.post} <= {0, 200}
    shown = {each.check for each in sent if each.page}
    assert len(shown) == len(checks.tokens)
    assert all(each.page for each in sent if each.again)


def wait_until_counted(engine: Engine, count: int) -> float:
    """How many seconds it takes until so many checks are counted."""
    begin = time.monotonic()
    while time.monotonic() < begin + LONGEST_RECOVERY_SECONDS and sum(outcomes(engine).values()) < count:
        time.sleep(0.2)
    return time.monotonic() - begin


def outcomes(engine: Engine) -> dict[str, int]:
    statement = select(TALLY.c.key, func.sum(TALLY.c.n)).where(TALLY.c.family == Family.OUTCOME).group_by(TALLY.c.key)
    try:
        with engine.connect().execution_options(reads=True) as connection:
            return {key: int(n) for key, n in connection.execute(statement)}
    except SQLAlchemyError:  # it has only just been started again
        return {}


def see_what_was_counted(faults: Faults, checks: Checks) -> None:
    """Each check once, and nothing left but names of files whose process was killed as it was about to forget them."""
    environment = faults.service.environment
    drained = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", "tallies", "drain"],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True,
    )  # fmt: skip
    assert drained.returncode == 0, drained.stdout + drained.stderr
    assert "Left in the spool: 0 bytes" in drained.stdout
    assert list(Path(environment["SPOOL"]).iterdir()) == []
    assert outcomes(faults.engine) == Counter(checks.outcomes)
    marker = Marker([law.KEY])
    with faults.engine.connect() as connection:
        marks = set(connection.scalars(select(MARK.c.mark)))
        names = connection.execute(select(func.count()).select_from(DRAINED)).scalar_one()
    assert names <= sum("kill -9" in name for _, name in faults.done)
    assert marks == {marker.marks(number, "finished")[0] for number in checks.numbers}


def tell(kind: str, run: Run) -> None:
    """Prints what was done, and what it cost."""
    cut_off = [each for each in run.sent if not each.again and not each.post]
    not_shown = [each for each in run.sent if not each.again and each.post and not each.page]
    print(f"\n{kind}: {len({each.check for each in run.sent})} checks, {len(run.sent)} sendings")
    for at, name in run.done:
        print(f"  {at:5.1f} s  {name}")
    print(f"  POST cut off by a kill, sent again: {len(cut_off)}; outcome cut off, asked for again: {len(not_shown)}")
    answered = [each for each in run.sent if each.page and not each.again]
    restarts = [at for at, name in run.done if "whole service" in name]
    calm = [each for each in answered if not any(at - 1 < each.due < at + RESTART_SECONDS for at in restarts)]
    for when, some in (("all the time", answered), ("while it ran", calm)):
        tell_times(f"POST, {when}", [each.post_ms for each in some])
        tell_times(f"outcome, {when}", [each.page_ms for each in some])
    print(f"  all counted {run.recovery:.1f} s after the last")
    for why, times in run.refused.most_common():
        print(f"  tried again {times} times: {why}")


def tell_times(name: str, times: Sequence[float]) -> None:
    cuts = statistics.quantiles(times, n=100)
    print(f"  {name:22} ms: median {cuts[49]:.0f}, 95% {cuts[94]:.0f}, 99% {cuts[98]:.0f}, most {max(times):.0f}")


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    for kind in KINDS:
        tell(kind, put_through(kind, seconds))
    print("\nEvery answered check led to its outcome, and each check was counted exactly once.")


if __name__ == "__main__":
    main()

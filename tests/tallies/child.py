"""What tests have other processes do: run as a program, with a command and what it takes.

Each says "ready" when it is, and goes on once it is told to, by a line of input.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.tallies.database import open_database, read_address
from app.tallies.segment import Segment
from app.tallies.spool import Spool
from tests.tallies.entries import counting, entry

ROOT = Path(__file__).parent.parent.parent
NOBODY = 65534


@contextmanager
def child(command: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """A process that runs a command of this file, once it is ready; killed at the end, if it still runs."""
    line = [sys.executable, "-m", "tests.tallies.child", command, *map(str, arguments)]
    with subprocess.Popen(line, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def told(process: subprocess.Popen[str]) -> str:
    """Lets a process go on, waits for its end, and returns what it said."""
    said, _ = process.communicate("go\n", timeout=60)
    return said.strip()


def appends(folder: str, key: str, count: str) -> None:
    spool = Spool(Path(folder), [key])
    for number in range(int(count)):
        spool.append(entry(f"question:{number}"))
    _wait()


def appends_what_fits(folder: str, key: str, size: str) -> None:
    """The second of three does not fit; the third does again."""
    spool = Spool(Path(folder), [key])
    _wait()
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), resource.RLIM_INFINITY))
    spool.append(entry("question:first"))
    spool.append(entry("question:second"))
    print(spool.waiting, type(spool.unwritable).__name__)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    spool.append(entry("question:third"))
    print(spool.waiting, spool.unwritable)


def appends_where_it_may_not(folder: str, key: str) -> None:
    _wait()
    if os.geteuid() == 0:  # who may write anywhere
        os.seteuid(NOBODY)
    spool = Spool(Path(folder), [key])
    spool.append(entry())
    print(spool.waiting, type(spool.unwritable).__name__)


def forks(folder: str, key: str) -> None:
    """Has an entry on the disk and one in memory, and then a child, which appends too and outlives it."""
    spool = Spool(Path(folder), [key])
    spool.append(entry("question:parent"))
    spool.unwritable = OSError()
    spool._waiting.append(entry("question:memory"))
    reader, writer = os.pipe()
    if os.fork():
        print("ready", os.read(reader, 100).decode(), sep="\n", flush=True)
    else:
        mine = list(spool.batches())
        spool.append(entry("question:child"))
        os.write(writer, json.dumps([len(mine), spool.waiting, os.getpid()]).encode())
    signal.pause()


def drains(url: str, folder: str, *keys: str) -> None:
    """Counts until nothing is left that it may take."""
    each = counting(open_database(read_address(url)), Path(folder), *keys)
    _wait()
    print(each.drain().counted)


def finishes(url: str, folder: str, count: str, *keys: str) -> None:
    """The same checks, whoever asks, and counts them at once."""
    each = counting(open_database(read_address(url)), Path(folder), *keys)
    _wait()
    for number in range(int(count)):
        each.count(entry("option", each.marks(number, "finished")))
        if number % 10 == 0:
            each.drain()
    each.drain()


def dies_before_it_deletes(url: str, folder: str, *keys: str) -> None:
    each = counting(open_database(read_address(url)), Path(folder), *keys)
    each.count(entry())
    Segment.delete = lambda _: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment, method-assign]
    _wait()
    each.drain()


def _wait() -> None:
    print("ready", flush=True)
    sys.stdin.readline()


COMMANDS = {
    each.__name__: each
    for each in (
        appends, appends_what_fits, appends_where_it_may_not, forks, drains, finishes, dies_before_it_deletes,
    )
}  # fmt: skip

if __name__ == "__main__":
    COMMANDS[sys.argv[1]](*sys.argv[2:])

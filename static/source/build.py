"""Makes the stylesheets and script that this repository serves, or checks them.

``python static/source/build.py`` compiles the stylesheets and copies GOV.UK
Frontend's script. It needs Node and the npm registry, so only maintainers run
it; what it makes is committed. ``--check`` needs neither: it says which source
or compiled file differs from ``CHECKSUMS``, and whether anything served looks
like GOV.UK.
"""

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parent
STATIC = SOURCE.parent
PUBLIC = STATIC / "public"
CHECKSUMS = SOURCE / "CHECKSUMS"

SOURCES = ("package.json", "package-lock.json", "*.scss")
STYLESHEETS = ("checker", "staff")
COMPILED = (*(f"{name}.css" for name in STYLESHEETS), "govuk-frontend.min.js")
UPSTREAM_SCRIPT = Path("node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js")

FORBIDDEN = ("crown", "crest", "GDS Transport", "gdstransport", "#1d70b8", "@font-face")
"""Marks of GOV.UK that a council's service may not show, in any letter case."""


def main() -> int:
    """Build or check, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with CHECKSUMS; change nothing")
    if not parser.parse_args().check:
        build()
    problems = [*stale(), *marks_of_govuk()]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def build() -> None:
    """Compile and copy into ``static/public`` and write ``CHECKSUMS``."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is needed to build (not to check): install Node 20 or later")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for source in source_files():
            shutil.copy(source, folder)
        run(folder, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        for sheet in STYLESHEETS:
            run(folder, npm, "exec", "--", "sass", *SASS_OPTIONS, f"{sheet}.scss", f"{sheet}.css")
            shutil.copyfile(folder / f"{sheet}.css", PUBLIC / f"{sheet}.css")
        shutil.copyfile(folder / UPSTREAM_SCRIPT, PUBLIC / "govuk-frontend.min.js")
    lines = (f"{digest}  {name}\n" for name, digest in present().items())
    CHECKSUMS.write_text("".join(lines), encoding="utf-8", newline="\n")


SASS_OPTIONS = (
    "--pkg-importer=node",
    "--style=compressed",
    "--no-source-map",
    "--no-charset",
    "--no-error-css",
    "--fatal-deprecation=import",
)


def run(folder: Path, *command: str) -> None:
    """Run a command in a folder, or stop with its exit status."""
    done = subprocess.run(command, cwd=folder, check=False)  # noqa: S603 - fixed commands
    if done.returncode:
        sys.exit(done.returncode)


def source_files() -> list[Path]:
    """Every file that the compiled ones are made from."""
    return sorted(path for pattern in SOURCES for path in SOURCE.glob(pattern))


def present() -> dict[str, str]:
    """SHA-256 of each source and compiled file, by its path below ``static``."""
    paths = [*source_files(), *(PUBLIC / name for name in COMPILED)]
    return {
        path.relative_to(STATIC).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in paths
        if path.exists()
    }


def recorded() -> dict[str, str]:
    """What ``CHECKSUMS`` says, in the same form as :func:`present`."""
    if not CHECKSUMS.exists():
        return {}
    lines = CHECKSUMS.read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def stale() -> Iterator[str]:
    """Say which files differ from the last build."""
    then, now = recorded(), present()
    for name in sorted(then.keys() | now.keys()):
        if then.get(name) == now.get(name):
            continue
        what = "is missing" if name not in now else "is new" if name not in then else "has changed"
        yield f"static/{name} {what} since the last build: run python static/source/build.py"


def marks_of_govuk() -> Iterator[str]:
    """Say which served files hold a mark of GOV.UK."""
    for path in sorted(path for path in PUBLIC.rglob("*") if path.is_file()):
        content = path.read_bytes().lower()
        for mark in FORBIDDEN:
            if mark.lower().encode() in content:
                yield f"static/{path.relative_to(STATIC).as_posix()} contains {mark!r}"


if __name__ == "__main__":
    sys.exit(main())

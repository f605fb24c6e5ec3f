"""The folders in which councils speak for themselves, read and checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.councils.council import Council, make_council
from app.councils.council_file import CouncilFile
from app.councils.fault import Bounds, branded_faults, example_faults, repeated_embedders
from app.councils.place import Authority
from app.councils.register import Register
from app.engine.document import Document, load_document
from app.engine.problem import LoadError, Problem

REGISTER = "register"
EXAMPLES = "examples"
_FILE = "council.yaml"


def read_branded(folder: Path, register: Register, problems: list[Problem]) -> Iterator[Council]:
    """The councils of the register that have a folder; what is wrong is added to the problems."""
    for home in _homes(folder):
        document = _read(home, problems)
        authority = register.councils.get(home.name)
        if not isinstance(authority, Authority):
            message = f"{home.name!r} issues no badges; name the folder after a slug in the register"
            problems.append(Problem(home / _FILE, 1, "not-in-register", message))
        elif document is not None:
            problems.extend(branded_faults(document, authority))
            if not problems:  # a name in the register may be unfit to show
                yield make_council(authority, document.content)


def read_examples(folder: Path, bounds: Bounds, problems: list[Problem]) -> Iterator[Council]:
    """The invented councils; what is wrong is added to the problems."""
    for home in _homes(folder / EXAMPLES):
        document = _read(home, problems)
        if document is None:
            continue
        faults = list(example_faults(document, home.name, bounds))
        problems.extend(faults)
        file = document.content
        if not faults and file.name and file.nation and file.tier:
            named = Authority(home.name, file.name.en, file.name.cy, file.nation, None, file.tier)
            yield make_council(named, file)


def _homes(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for home in sorted(folder.iterdir()):
        hidden = home.name.startswith((".", "_"))
        if home.is_dir() and not hidden and home.name not in (REGISTER, EXAMPLES):
            yield home


def _read(home: Path, problems: list[Problem]) -> Document[CouncilFile] | None:
    try:
        document = load_document(home / _FILE, CouncilFile)
    except LoadError as error:
        problems.extend(error.problems)
        return None
    problems.extend(repeated_embedders(document))
    return document

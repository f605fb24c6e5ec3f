"""The rules as they were last accepted: exact copies, and a lock that says which they are and what they came to.

They lie in the folder ``accepted`` of a service, where the rules in force are never looked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from app.engine.document import Strict, load_document
from app.engine.problem import LoadError, Problem
from app.engine.rulebook import load_law

if TYPE_CHECKING:
    from app.engine.rules import Rules

ACCEPTED = "accepted"
LOCK = "lock.yaml"
VOCABULARY = "service.yaml"


class LockedLaw(Strict):
    """A file of law as accepted: its SHA-256, the exact number of paths to each outcome, and the size of the graph."""

    nation: str
    file: str
    digest: str
    paths: dict[str, int]
    states: int


class Lock(Strict):
    """The file ``accepted/lock.yaml``; ``vocabulary`` is the SHA-256 of the accepted ``service.yaml``."""

    vocabulary: str
    laws: tuple[LockedLaw, ...]


def read_accepted(service: Path) -> tuple[Rules, ...]:
    """The laws last accepted in a service's folder; none if none ever were.

    Raises LoadError where a copy is not what was accepted, or can no longer be read.
    """
    folder = service / ACCEPTED
    if not folder.exists():
        return ()
    lock = load_document(folder / LOCK, Lock).content
    problems = list(_altered(folder, lock))
    if problems:
        raise LoadError(problems)
    try:
        return tuple(load_law(folder / law.nation / law.file) for law in lock.laws)
    except LoadError as error:
        message = (
            "what was accepted can no longer be read; take this folder away, accept anew, and say so in the reason"
        )
        raise LoadError([*error.problems, Problem(folder / LOCK, 1, "lock-unreadable", message)]) from error


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _altered(folder: Path, lock: Lock) -> Iterator[Problem]:
    expected = {folder / law.nation / law.file: law.digest for law in lock.laws}
    expected[folder / VOCABULARY] = lock.vocabulary
    for path, digest in expected.items():
        if not path.is_file():
            yield _problem(path, "this accepted copy is gone")
        elif digest_of(path) != digest:
            yield _problem(path, "this accepted copy was altered by hand")
    for path in sorted({*folder.glob("*/*"), *folder.glob("*.yaml")} - {*expected, folder / LOCK}):
        yield _problem(path, "this file is not among what was accepted")


def _problem(path: Path, what: str) -> Problem:
    message = f"{what}; bring back the folder as it was committed: only `rules accept` writes there"
    return Problem(path, 1, "lock-altered", message)

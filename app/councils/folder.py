"""The folders in which councils speak for themselves, read and checked.

A folder with a fault in it is told of and left out whole; the council then stands as the register has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.councils.council import Council, make_council
from app.councils.council_file import CouncilFile, check_size
from app.councils.fault import Bounds, branded_faults, common_faults, example_faults, shared_hosts
from app.councils.logo import LARGEST_FILE, Logo, read_logo
from app.councils.place import Authority
from app.councils.register import Register
from app.engine.document import Document, load_document
from app.engine.problem import LoadError, Problem, ProblemFound

REGISTER = "register"
EXAMPLES = "examples"
FILE = "council.yaml"
LOGOS = ("logo.svg", "logo.png", "logo.webp")


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a council says in its folder."""

    authority: Authority
    document: Document[CouncilFile]
    logo: Logo | None

    @property
    def council(self) -> Council:
        """The council, with that."""
        return make_council(self.authority, self.document.content, self.logo)


def read_folders(
    folder: Path, register: Register, bounds: Bounds, problems: list[Problem], *, examples: bool
) -> Mapping[str, Council]:
    """The councils that have a folder without a fault; every fault is added to the problems."""
    found = [_read_branded(home, register, bounds, problems) for home in _homes(folder)]
    if examples:
        found += [_read_example(home, bounds, problems) for home in _homes(folder / EXAMPLES)]
    spoken = {each.authority.slug: each for each in found if each is not None}
    for slug, problem in shared_hosts({slug: each.document for slug, each in spoken.items()}):
        problems.append(problem)
        spoken.pop(slug, None)
    return {slug: each.council for slug, each in spoken.items()}


def _read_branded(home: Path, register: Register, bounds: Bounds, problems: list[Problem]) -> Spoken | None:
    authority = register.councils.get(home.name)
    if not isinstance(authority, Authority):
        message = f"{home.name!r} issues no badges; name the folder after a slug in the register"
        problems.append(Problem(home / FILE, 1, "not-in-register", message))
        return None
    document = _read(home, problems)
    if document is None:
        return None
    faults = [*common_faults(document, authority.nation, bounds), *branded_faults(document)]
    return _spoken(authority, document, faults, problems)


def _read_example(home: Path, bounds: Bounds, problems: list[Problem]) -> Spoken | None:
    document = _read(home, problems)
    if document is None:
        return None
    file = document.content
    faults = [*common_faults(document, file.nation, bounds), *example_faults(document, home.name, bounds)]
    authority = invented(home.name, file)
    if authority is None:
        problems.extend(faults)
        return None
    return _spoken(authority, document, faults, problems)


def invented(slug: str, file: CouncilFile) -> Authority | None:
    """The example that a file makes up; None if it does not say enough."""
    if not (file.name and file.nation and file.tier):
        return None
    return Authority(slug, file.name.en, file.name.cy, file.nation, None, file.tier)


def _spoken(
    authority: Authority, document: Document[CouncilFile], faults: list[Problem], problems: list[Problem]
) -> Spoken | None:
    logo = None
    try:
        logo = _read_logo(document.path.parent)
    except LoadError as error:
        faults.extend(error.problems)
    problems.extend(faults)
    return None if faults else Spoken(authority, document, logo)


def _read_logo(home: Path) -> Logo | None:
    """The logo in a folder; raises LoadError if it cannot be used, or if there is more than one."""
    present = [home / name for name in LOGOS if (home / name).exists()]
    if not present:
        return None
    path, *others = present
    if others:
        message = f"{path.name} stands here too; keep one of them"
        raise LoadError([Problem(other, 1, "bad-logo", message) for other in others])
    try:
        if path.stat().st_size > LARGEST_FILE:  # before it is read, whatever it is
            message = f"the file is larger than {LARGEST_FILE // 1000} kB; export the logo smaller"
            raise ProblemFound("logo-too-big", message)
        return read_logo(path.read_bytes(), path.name)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        raise LoadError([Problem(path, 1, "unreadable", message)]) from error
    except ProblemFound as found:
        raise LoadError([Problem(path, 1, found.code, str(found))]) from found


def _homes(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for home in sorted(folder.iterdir()):
        hidden = home.name.startswith((".", "_"))
        if home.is_dir() and not hidden and home.name not in (REGISTER, EXAMPLES):
            yield home


def _read(home: Path, problems: list[Problem]) -> Document[CouncilFile] | None:
    path = home / FILE
    try:
        data = path.read_bytes()
        check_size(path, data)
        return load_document(path, CouncilFile, data)
    except OSError as error:
        problems.append(Problem(path, 1, "unreadable", f"the file cannot be read: {error.strerror}"))
        return None
    except LoadError as error:
        problems.extend(error.problems)
        return None

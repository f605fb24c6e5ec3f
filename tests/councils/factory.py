"""Small registers and council files to break, one fault at a time."""

from __future__ import annotations

from pathlib import Path

from app.councils.councils import Councils
from app.engine.problem import LoadError, Problem

FOLDER = Path(__file__).parents[2] / "councils"
NATIONS = frozenset({"england", "wales"})
AUTHORITIES = (
    "slug,name,name_cy,nation,gss_code,tier,website,blue_badge_page,start,end,replaced_by",
    "northshire,Northshire County Council,,england,E10000001,county,https://northshire.example,,,,",
    "gwent,Gwent Council,Cyngor Gwent,wales,W06000001,unitary,,,,,",
)
DISTRICTS = (
    "slug,name,nation,gss_code,issuing_authority,start,end,replaced_by",
    "upton,Upton Borough Council,england,E07000001,northshire,,,",
)


def write_councils(folder: Path, *, authorities: tuple[str, ...] = (), districts: tuple[str, ...] = ()) -> Path:
    """A folder of councils with a good register, these rows added to it from line 4 and line 3 on."""
    register = folder / "register"
    register.mkdir(parents=True)
    _write(register / "issuing_authorities.csv", (*AUTHORITIES, *authorities))
    _write(register / "lower_tier_councils.csv", (*DISTRICTS, *districts))
    return folder


def write_council(folder: Path, slug: str, text: str) -> Path:
    """A council's own file."""
    path = folder / slug / "council.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def where(found: LoadError | Councils) -> list[tuple[str, int, str]]:
    """The file, line and code of each problem; a file's folder is given where the name is not telling."""
    return [(_file(problem), problem.line, problem.code) for problem in found.problems]


def _file(problem: Problem) -> str:
    name = problem.file.name
    return problem.file.parent.name if name == "council.yaml" else name


def _write(path: Path, lines: tuple[str, ...]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

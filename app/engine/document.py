"""YAML files read strictly: every value where it is, nothing guessed, nothing ignored.

YAML reads an unquoted ``no`` as false and ``08`` as a number. Here a plain scalar that YAML would turn into something
other than text is kept apart, and is an error wherever text is expected.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from app.engine.mending import mended
from app.engine.problem import LoadError, Problem, ProblemFound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)
Place = tuple[str | int, ...]
Link = Annotated[str, StringConstraints(pattern=r"^https://[^\s\"<>]+$")]

_TEXT = "tag:yaml.org,2002:str"
_BOOLEAN = "tag:yaml.org,2002:bool"
_NUMBER = "tag:yaml.org,2002:int"
_DATE = "tag:yaml.org,2002:timestamp"
_DEEPEST = 50
_OPENING = re.compile(r"[\[{]|[-?](?=\s)")
_INDENTATION = re.compile(r"^[ \t]*", re.MULTILINE)
_LONGEST_NUMBER = 18
_NO_DAY = "{given!r} is no day; write it as 2027-03-27"
_SHAPES = {
    "int_type": "{given!r} is no whole number; write one in digits",
    "greater_than_equal": "{given} is too little; write {ge} or more",
    "less_than_equal": "{given} is too much; write {le} or less",
    "tuple_type": "this is no list; write each entry on a line of its own that begins with -",
    "too_long": "there are {actual_length} entries here; write at most {max_length}",
    "date_from_datetime_inexact": _NO_DAY,
    "date_from_datetime_parsing": _NO_DAY,
    "date_parsing": _NO_DAY,
}
"""What pydantic finds, by its name for it, in the words of somebody who writes a file."""
_SLIPS = ("unquoted", "unknown-key")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Strict(BaseModel):
    """A model of a file: frozen, exact in its types, and refusing keys that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


@dataclass(frozen=True, slots=True)
class Unquoted:
    """A plain scalar such as ``no`` or ``1.5`` that YAML does not read as the text it looks like."""

    text: str


@dataclass(frozen=True, slots=True)
class Document(Generic[Model]):
    """A file that was read: its content as a model, its digest, and the line on which each value stands.

    ``slips`` are faults that the content has been mended of, so that it can be checked further; it is not to be used.
    """

    path: Path
    content: Model
    digest: str
    lines: dict[Place, int]
    slips: tuple[Problem, ...] = ()

    def problem(self, place: Place, code: str, message: str) -> Problem:
        """A fault at the value that ``place`` leads to, such as ``("criteria", 3, "source")``."""
        return Problem(self.path, _line(self.lines, place), code, message)


def load_document(path: Path, model: type[Model], data: bytes | None = None) -> Document[Model]:
    """Reads one YAML file as ``model``; raises LoadError with every fault, each with its line.

    With ``data``, which somebody sent, that is read as if it stood in the file.
    """
    document = read_document(path, model, data)
    if document.slips:
        raise LoadError(list(document.slips))
    return document


def read_plain(path: Path, data: bytes) -> tuple[Any, dict[Place, int]]:
    """What a YAML file holds, of whatever shape, with the line on which each value stands; raises LoadError."""
    lines: dict[Place, int] = {}
    return _Reader(path, lines).read_all(_compose(path, _decoded(path, data))), lines


def read_document(path: Path, model: type[Model], data: bytes | None = None) -> Document[Model]:
    """Like ``load_document``, but an unquoted value or an unknown key is kept as a slip if nothing else is wrong."""
    return _kept(path, model, _read(path)) if data is None else _document(path, model, data)


@lru_cache(maxsize=128)
def _kept(path: Path, model: type[Model], held: bytes) -> Document[Model]:
    """What is in a file of ours as long as it stays as it is: a command may look at the rules ten times."""
    return _document(path, model, held)


def _document(path: Path, model: type[Model], held: bytes) -> Document[Model]:
    plain, lines = read_plain(path, held)
    digest = hashlib.sha256(held).hexdigest()
    try:
        return Document(path, model.model_validate(plain), digest, lines)
    except ValidationError as error:
        details = _causes(error.errors())
    slips = tuple(_explain(path, lines, detail) for detail in details)
    meant = [
        (detail["loc"], _meant(detail)) for detail, slip in zip(details, slips, strict=True) if slip.code in _SLIPS
    ]
    try:
        return Document(path, model.model_validate(mended(plain, meant)), digest, lines, slips)
    except ValidationError:
        raise LoadError(list(slips)) from None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise LoadError([Problem(path, 1, "unreadable", f"the file cannot be read: {error.strerror}")]) from error


def _decoded(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LoadError([Problem(path, 1, "not-utf-8", "save the file as UTF-8 text")]) from error


def _compose(path: Path, text: str) -> yaml.Node:
    try:
        _check_depth(path, text)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise LoadError([Problem(path, line, "not-yaml", error.problem or "this is not YAML")]) from error
    except yaml.YAMLError as error:
        raise LoadError([Problem(path, 1, "not-yaml", "the file holds a character YAML does not allow")]) from error
    if not isinstance(node, yaml.Node):
        raise LoadError([Problem(path, 1, "empty", "the file is empty")])
    return node


def _check_depth(path: Path, text: str) -> None:
    """Refuses what would be composed by so many calls in calls that the process would die of it."""
    # A bracket, a dash, a question mark and a column of indentation open at most two levels each. Most files have few.
    columns = max(map(len, _INDENTATION.findall(text)))
    if 2 * (len(_OPENING.findall(text)) + columns + 1) <= _DEEPEST:
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            line = event.start_mark.line + 1 if event.start_mark else 1
            message = "there are too many lists in lists here; write fewer"
            raise LoadError([Problem(path, line, "too-deep", message)])


class _Reader:
    """Turns YAML nodes into plain data, noting each value's line and what YAML would silently accept."""

    def __init__(self, path: Path, lines: dict[Place, int]) -> None:
        self.path = path
        self.lines = lines
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def read_all(self, node: yaml.Node) -> Any:  # noqa: ANN401 - plain data of any shape
        plain = self.read(node, ())
        if self.problems:
            raise LoadError(self.problems)
        return plain

    def read(self, node: yaml.Node, place: Place) -> Any:  # noqa: ANN401 - plain data of any shape
        self.lines[place] = node.start_mark.line + 1
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if id(node) in self.seen:
            self._problem(node, "alias", "write the value out here: a file uses no * aliases")
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.read(child, (*place, index)) for index, child in enumerate(node.value))
        return dict(self._pairs(node, place))

    def _pairs(self, node: yaml.Node, place: Place) -> Iterator[tuple[str, Any]]:
        met: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._problem(key, "bad-key", "a key is a single word or a quoted text")
                continue
            if isinstance(_scalar(key), Unquoted | bool | int):
                self._problem(key, "unquoted", _quote(key.value))
            if key.value in met:
                self._problem(key, "duplicate-key", f"the key {key.value!r} stands twice; keep one")
            met.add(key.value)
            yield key.value, self.read(value, (*place, key.value))
            self.lines[(*place, key.value)] = key.start_mark.line + 1

    def _problem(self, node: yaml.Node, code: str, message: str) -> None:
        self.problems.append(Problem(self.path, node.start_mark.line + 1, code, message))


def _scalar(node: yaml.ScalarNode) -> str | bool | int | Unquoted:
    text: str = node.value
    if node.tag in (_TEXT, _DATE):
        return text
    if node.tag == _BOOLEAN and text in ("true", "false"):
        return text == "true"
    if node.tag == _NUMBER and (text == "0" or (text.isascii() and text.isdigit() and text[0] != "0")):
        return int(text) if len(text) <= _LONGEST_NUMBER else Unquoted(text)
    return Unquoted(text)


def _quote(text: str) -> str:
    if not text:
        return "nothing is written here; write the value, or take the key out"
    return f"YAML does not read {text} as text; write '{text}' in quotes"


def _line(lines: dict[Place, int], place: Place) -> int:
    """The line of a value, or of the nearest thing around it (pydantic adds steps of its own to a place)."""
    known: Place = ()
    for step in place:
        if (*known, step) in lines:
            known = (*known, step)
    return lines.get(known, 1)


def _explain(path: Path, lines: dict[Place, int], detail: ErrorDetails) -> Problem:
    code, message = _wording(detail)
    return Problem(path, _line(lines, detail["loc"]), code, message)


def _causes(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """Without the lists that are said to be too short only because an item in them is wrong."""
    places = [detail["loc"] for detail in details]
    return [
        detail
        for detail in details
        if detail["type"] != "too_short"
        or not any(place[: len(detail["loc"])] == detail["loc"] and place != detail["loc"] for place in places)
    ]


def _meant(detail: ErrorDetails) -> str | None:
    """The text that an unquoted value was meant to be; None for a key that has to go."""
    given = detail["input"]
    if detail["type"] == "extra_forbidden":
        return None
    return given.text if isinstance(given, Unquoted) else str(given).lower()


def _wording(detail: ErrorDetails) -> tuple[str, str]:
    kind, given = detail["type"], detail["input"]
    found = detail.get("ctx", {}).get("error")
    key = next((str(step) for step in reversed(detail["loc"]) if isinstance(step, str)), "the file")
    if isinstance(found, ProblemFound):
        return found.code, str(found)
    if kind == "extra_forbidden":
        return "unknown-key", f"the key {key!r} is not known here; take it out or correct its spelling"
    if kind == "missing":
        return "missing-key", f"the key {key!r} is missing; add it"
    if isinstance(given, Unquoted):
        return "unquoted", _quote(given.text)
    if kind in ("string_type", "model_type") and isinstance(given, bool | int):
        return "unquoted", _quote(str(given).lower())
    if kind == "union_tag_not_found":
        return "bad-condition", "a condition is one of: question with is, condition, all, any, not"
    if kind in ("literal_error", "enum"):
        return "unknown-value", f"{given!r} is not one of {detail['ctx']['expected']}"
    plain = _SHAPES.get(kind, "").format(given=given, **detail.get("ctx", {}))
    return "wrong-shape", f"{key}: {plain or detail['msg'][0].lower() + detail['msg'][1:]}"

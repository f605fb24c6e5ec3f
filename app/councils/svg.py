"""An SVG logo, refused rather than cleaned unless it holds still shapes and references to itself alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from app.councils.svg_vocabulary import (
    ATTRIBUTES,
    DANGEROUS_ELEMENTS,
    ELEMENTS,
    EXPORT,
    LOCAL_PAINT,
    NUMBERS,
    NUMERIC,
    REFERENCE,
    SVG,
    UNFIT_ELEMENTS,
    WORDED,
    XLINK,
    XML,
)
from app.engine.problem import ProblemFound

_DEEPEST = 32
_MOST_ELEMENTS = 1_000
_MOST_DRAWN = 5_000  # elements, each counted as often as it is referred to
_LARGEST_NUMBER = 1_000_000
_SMALLEST = 0.001  # of any unit: below, no proportion can be computed
_WRITE_SIZE = 'write viewBox="0 0 120 60" in the first element, with the width and height of your drawing'
_ACTIVE = re.compile(r"[(:\\@/]")  # what every address and function of CSS has in it, or an escape that hides them
_LINKS = ("href", f"{XLINK} href")
_LENGTH = re.compile(rf"({NUMBERS.pattern})(px|pt|pc|mm|cm|in)?", re.ASCII)


@dataclass(slots=True)
class _Element:
    line: int
    name: str
    attributes: dict[str, str]
    children: list[_Element] = field(default_factory=list)
    references: list[str] = field(default_factory=list)  # ids


def check_svg(data: bytes) -> tuple[float, float]:
    """The drawing's own width and height, in whatever unit, of the bytes of an SVG that is safe as it stands.

    Raises ProblemFound and nothing else: unsafe-logo for what could run, load, expand without end or be read in two
    ways, bad-logo for what cannot be used.
    """
    if not _is_utf8(data):
        _refuse("unsafe-logo", None, "the file is not in UTF-8; save it as a plain SVG in UTF-8")
    reader = _Reader()
    root = reader.read(data)
    _check_expansion(root, reader.named)
    return _natural_size(root)


def _is_utf8(data: bytes) -> bool:
    # Expat, told that it is UTF-8, still takes a file for UTF-16 by its first bytes, which then hold a null.
    try:
        return "\0" not in data.decode("utf-8")
    except UnicodeDecodeError:
        return False


class _Reader:
    """Reads one document with expat, and stops at the first thing that may not stand in a logo."""

    def __init__(self) -> None:
        self.named: dict[str, _Element] = {}
        self._open: list[_Element] = []
        self._root: _Element | None = None
        self._count = 0
        self._parser = expat.ParserCreate("UTF-8", namespace_separator=" ")
        self._parser.XmlDeclHandler = self._declaration
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.ProcessingInstructionHandler = self._instruction
        self._parser.StartNamespaceDeclHandler = self._namespace
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def read(self, data: bytes) -> _Element:
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            _refuse("bad-logo", error.lineno, f"the file is no whole SVG ({reason}); {EXPORT}")
        assert self._root is not None  # noqa: S101 - a document without an element is not well-formed
        return self._root

    def _stop(self, code: str, message: str) -> NoReturn:
        _refuse(code, self._parser.CurrentLineNumber, message)

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.upper() not in ("UTF-8", "UTF8"):
            self._stop(
                "unsafe-logo", f"the file says its encoding is {_brief(encoding)}; save it as a plain SVG in UTF-8"
            )

    def _doctype(self, *_: object) -> None:
        message = "<!DOCTYPE> can define entities that grow without end or load files; take it out, or save plain SVG"
        self._stop("unsafe-logo", f"{message}: {EXPORT}")

    def _instruction(self, target: str, _data: str) -> None:
        self._stop("unsafe-logo", f"<?{_brief(target)}?> can load a style sheet or be run; take it out")

    def _namespace(self, _prefix: str | None, address: str | None) -> None:
        if address not in (SVG, XLINK):
            self._stop(
                "bad-logo", f"there is more than SVG in the file ({_brief(address or 'no namespace')}); {EXPORT}"
            )

    def _start(self, full_name: str, attributes: dict[str, str]) -> None:
        line = self._parser.CurrentLineNumber
        element = _Element(line, _checked_name(full_name, line, first=not self._open), attributes)
        self._count += 1
        if len(self._open) >= _DEEPEST or self._count > _MOST_ELEMENTS:
            limits = f"{_MOST_ELEMENTS:,} elements, nested {_DEEPEST} deep"
            self._stop("logo-too-big", f"the drawing has more than {limits}; simplify it or export it as PNG")
        for key, value in attributes.items():
            _check_attribute(element, key, value)
            if local := REFERENCE.fullmatch(value) if key in _LINKS else LOCAL_PAINT.fullmatch(value):
                element.references.append(local["id"])
        if (name := attributes.get("id")) is not None and self.named.setdefault(name, element) is not element:
            self._stop("bad-logo", f"the id {name!r} is used before; give each its own")
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        if text.strip() and self._open[-1].name not in WORDED:
            self._stop("bad-logo", f"there are words in <{self._open[-1].name}>; turn words into paths")


def _refuse(code: str, line: int | None, message: str) -> NoReturn:
    raise ProblemFound(code, f"line {line}: {message}" if line else message)


def _checked_name(full_name: str, line: int, *, first: bool) -> str:
    name = full_name.removeprefix(f"{SVG} ")
    if first and (name != "svg" or name == full_name):
        _refuse("bad-logo", line, f'the file does not start with <svg xmlns="{SVG}">; export the logo again as SVG')
    if reason := DANGEROUS_ELEMENTS.get(name):
        _refuse("unsafe-logo", line, f"<{name}> {reason}")
    if name not in ELEMENTS or name == full_name:
        reason = UNFIT_ELEMENTS.get(name, "is not among the plain shapes that every browser draws alike; take it out")
        _refuse("bad-logo", line, f"<{_brief(name)}> {reason}")
    return name


def _check_attribute(element: _Element, key: str, value: str) -> None:
    shown = key.removeprefix(f"{XLINK} ").removeprefix(f"{XML} ")
    where = f"{_brief(shown)} of <{element.name}>"
    if shown.lower().startswith("on") or shown == "base":
        _refuse("unsafe-logo", element.line, f"{where} can run code or load something; take it out")
    if shown in ("style", "class"):
        code = "unsafe-logo" if shown == "style" else "bad-logo"
        _refuse(code, element.line, f"{where} belongs with a style sheet, which can load something; {EXPORT}")
    if key not in ATTRIBUTES:
        _refuse("bad-logo", element.line, f"{where} is not needed for plain shapes; take it out, or {EXPORT}")
    pattern, advice = ATTRIBUTES[key]
    if not pattern.fullmatch(value):
        code = "unsafe-logo" if shown == "href" or _ACTIVE.search(value) else "bad-logo"
        _refuse(code, element.line, f"{where} is {_brief(value)!r}; {advice}")
    if key in NUMERIC and any(abs(float(number)) > _LARGEST_NUMBER for number in NUMBERS.findall(value)):
        message = f"{where} has a number over {_LARGEST_NUMBER:,}; scale the drawing down"
        _refuse("bad-logo", element.line, message)


def _brief(text: str) -> str:
    longest = 40
    return text if len(text) <= longest else text[:longest] + "…"


def _check_expansion(root: _Element, named: dict[str, _Element]) -> None:
    """Follows every reference as a renderer would, so that neither a loop nor a chain of doublings gets through."""
    waiting, drawn = [root], 0
    while waiting:
        element = waiting.pop()
        drawn += 1
        if drawn > _MOST_DRAWN:
            message = "parts of the drawing refer to each other in a loop or too often; draw them out, or send a PNG"
            _refuse("unsafe-logo", element.line, message)
        waiting.extend(element.children)
        for name in element.references:
            if name not in named:
                _refuse("bad-logo", element.line, f"#{name} is not in the file; export the logo again with all parts")
            waiting.append(named[name])


def _natural_size(root: _Element) -> tuple[float, float]:
    """Width and height where both are lengths of one unit, as a browser takes them, or else those of the viewBox."""
    lengths = [_LENGTH.fullmatch(root.attributes.get(key, "").strip()) for key in ("width", "height")]
    width, height = lengths
    if width and height and width[2] == height[2]:
        size = float(width[1]), float(height[1])
    else:
        box = root.attributes.get("viewBox", "").replace(",", " ").split()
        if len(box) != len(("x", "y", "width", "height")) or not all(map(NUMBERS.fullmatch, box)):
            _refuse("bad-logo", root.line, f"the size of the drawing is missing or unclear; {_WRITE_SIZE}")
        size = float(box[2]), float(box[3])
    if min(size) < _SMALLEST:
        _refuse("bad-logo", root.line, f"the drawing has no width or no height; {_WRITE_SIZE}")
    return size

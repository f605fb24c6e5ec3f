"""A council's file as text: written from what was typed, so that what is read back is what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from app.engine.document import Place, read_plain
from app.studio.fields import FIELDS, TICKED, Field, Values, fields_of_use

_BREAKS = frozenset("\r\x85\u2028\u2029\t")
"""What YAML would read as the end of a line or as indentation, and so is written as an escape."""
_MOST_LINES = 50  # more than any list takes, so that too many is still told
_MISSING_WELSH = "missing-welsh"


@dataclass(frozen=True, slots=True)
class CouncilText:
    """The text, and the name of the field that stands on each of its lines."""

    text: str
    fields: dict[int, str]

    @property
    def data(self) -> bytes:
        """As the file holds it."""
        return self.text.encode()

    def field_at(self, line: int, code: str) -> str | None:
        """The field that a problem of this code on that line is about."""
        name = self.fields.get(line)
        if name and code == _MISSING_WELSH:
            return name.removesuffix(".en") + ".cy"
        return name


def write_text(values: Values) -> CouncilText:
    """The file that says what was typed."""
    fields = fields_of_use(values)
    groups = {field.group for field in fields if field.group and field.filled(values)}
    written = [field for field in fields if field.filled(values) or (field.needed and field.group in groups)]
    rows = _rows(written)
    root: dict[Any, Any] = {}
    for field in written:
        *path, last = _renumbered(field.place, rows)
        target = root
        for step in path:
            target = target.setdefault(step, {})
        target[last] = _typed(field, values.get(field.name, ""))
    text = yaml.dump(
        _listed(root), Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=1 << 30
    )
    return CouncilText(text, _by_line(text, written, rows))


def read_values(plain: object) -> dict[str, str]:
    """What to show in the fields for what a file holds; what has no field, or another shape, is left out."""
    found = ((field.name, _shown(_dig(plain, field.place))) for field in FIELDS)
    return {name: value for name, value in found if value}


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)  # lists stand in from their key, as people write them


def _as_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if _BREAKS.intersection(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _as_text)


def _typed(field: Field, text: str) -> object:
    """The value of a field as the file holds it."""
    lines = text.replace("\r\n", "\n")
    if field.kind == "prose":
        return lines.rstrip() + ("\n" if "\n" in lines else "")
    if field.kind in ("lines", "choice"):
        return [line.strip() for line in lines.split("\n") if line.strip()][:_MOST_LINES]
    text = text.strip()
    if field.kind == "tick":
        return text == TICKED or text
    is_number = text.isascii() and text.isdigit() and text.lstrip("0") == text and len(text) < 10  # noqa: PLR2004
    return int(text) if field.kind == "number" and is_number else text


def _shown(value: object) -> str:
    if isinstance(value, tuple | list):
        return "\n".join(map(_shown, value))
    if isinstance(value, bool):
        return TICKED if value else ""
    return str(value) if isinstance(value, str | int) else ""


def _dig(plain: object, place: Place) -> object:
    for step in place:
        if isinstance(plain, dict):
            plain = plain.get(step)
        elif isinstance(plain, tuple | list) and isinstance(step, int) and step < len(plain):
            plain = plain[step]
        else:
            return None
    return plain


def _rows(written: list[Field]) -> dict[str | int, list[int]]:
    """The rows of each list that hold anything, in order: the file has no empty ones between."""
    rows: dict[str | int, list[int]] = {}
    for field in written:
        key, *rest = field.place
        if rest and isinstance(rest[0], int) and rest[0] not in rows.setdefault(key, []):
            rows[key].append(rest[0])
    return rows


def _renumbered(place: Place, rows: dict[str | int, list[int]]) -> Place:
    key, *rest = place
    if rest and isinstance(rest[0], int):
        return (key, rows[key].index(rest[0]), *rest[1:])
    return place


def _listed(node: object) -> object:
    if not isinstance(node, dict):
        return node
    parts = {key: _listed(value) for key, value in node.items()}
    return list(parts.values()) if any(isinstance(key, int) for key in parts) else parts


def _by_line(text: str, written: list[Field], rows: dict[str | int, list[int]]) -> dict[int, str]:
    """The field on each line. For what is around fields, such as a row, its first field stands."""
    _, lines = read_plain(Path("council.yaml"), text.encode())
    fields = {_renumbered(field.place, rows): field.name for field in written}
    found: dict[int, str] = {}
    for place, line in sorted(lines.items(), key=lambda item: len(item[0])):
        within = (name for other, name in fields.items() if other[: len(place)] == place)
        name = fields.get(place) or fields.get(place[:-1]) or next(within, None)
        if name:
            found[line] = name
    return found

"""Plain data with its slips taken out, so that the checks after them can still run and tell everything at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Steps = tuple[str | int, ...]


def mended(plain: Any, slips: Iterable[tuple[Steps, str | None]]) -> Any:  # noqa: ANN401 - plain data of any shape
    """The data with each value at a slip's place replaced by the text that was meant, or taken out (``None``)."""
    for place, text in slips:
        plain = _mend(plain, place, text)
    return plain


def _mend(value: Any, place: Steps, text: str | None) -> Any:  # noqa: ANN401
    if not place:
        return text
    step, rest = place[0], place[1:]
    if isinstance(value, Mapping) and step in value:
        if not rest and text is None:
            return {key: item for key, item in value.items() if key != step}
        return {key: _mend(item, rest, text) if key == step else item for key, item in value.items()}
    if isinstance(value, tuple) and isinstance(step, int):
        return tuple(_mend(item, rest, text) if index == step else item for index, item in enumerate(value))
    return _mend(value, rest, text) if rest else value  # a step that the model, not the file, has

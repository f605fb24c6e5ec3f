"""Colours as councils write them, and how well one stands out from another (WCAG 2.2, relative luminance)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator

from app.engine.problem import ProblemFound

WHITE, BLACK = "#ffffff", "#000000"
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_LARGEST = 255


def check_colour(text: str) -> str:
    """The colour in small letters; raises ProblemFound for anything but ``#`` and six hexadecimal digits."""
    if not _COLOUR.fullmatch(text.lower()):
        raise ProblemFound(
            "bad-colour", f"{text!r} is not a colour; write # and six digits or letters a to f: '#0b4a54'"
        )
    return text.lower()


Colour = Annotated[str, AfterValidator(check_colour)]
"""``#rrggbb``, in small letters."""


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, each from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, into: str, share: float) -> str:
    """The colour with a share, from 0 to 1, of another mixed in."""
    parts = zip(channels(colour), channels(into), strict=True)
    return "#" + "".join(f"{round(here + (there - here) * share):02x}" for here, there in parts)


@lru_cache(maxsize=256)
def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / _LARGEST) for channel in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    # WCAG writes 0.03928; no channel of eight bits lies between that and the 0.04045 of the standard.
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - the formula's own

"""A council's four colours, what is computed from them, and every pair that the pages show because of them.

No page ever shows a pair that fails: palettes are checked when councils are loaded, and again where their stylesheet
is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from app.councils.colour import BLACK, WHITE, Colour, contrast, mixed
from app.engine.document import Strict

TINT = "#f3f6f6"
"""The pale background of the footer and of boxes: ``$tint`` in ``static/source/_tokens.scss``, held to it by a test."""

TEXT, SHAPE = 4.5, 3.0
"""The contrast that WCAG 2.2 AA asks of text (1.4.3), and of shapes that tell something (1.4.11)."""

ROLES = ("brand", "header", "link", "button")
_STEPS = 256


@dataclass(frozen=True, slots=True)
class Pair:
    """Two colours that a page shows one on the other: what is seen, on what, and the contrast that it needs."""

    role: str
    what: str
    colour: str
    on: str
    needed: float

    @property
    def ratio(self) -> float:
        """The contrast it has."""
        return contrast(self.colour, self.on)

    @property
    def passes(self) -> bool:
        """Whether that is enough."""
        return self.ratio >= self.needed


@dataclass(frozen=True, slots=True)
class Failure:
    """A colour that cannot be used: the worst pair that it makes, and the nearest colour that passes in all."""

    pair: Pair
    instead: str

    def __str__(self) -> str:
        ratio = int(self.pair.ratio * 100) / 100  # never rounded up to what it misses
        return (
            f"{self.pair.what} would have a contrast of {ratio:.2f} to 1 and needs {self.pair.needed:g} to 1: "
            f"{self.pair.colour} on {self.pair.on}; write '{self.instead}'"
        )


class Palette(Strict):
    """The colours of marks and edges, of the bar at the top, of links and of the main button."""

    brand: Colour
    header: Colour
    link: Colour
    button: Colour

    @property
    def failures(self) -> Mapping[str, Failure]:
        """By role, what fails; empty if the colours can be used."""
        given = ((role, getattr(self, role)) for role in ROLES)
        return {role: failure for role, colour in given if (failure := failure_of(role, colour))}

    @property
    def key(self) -> str:
        """The colours in an address; ``palette_of`` reads it."""
        return "-".join(colour.removeprefix("#") for colour in (self.brand, self.header, self.link, self.button))

    @cached_property
    def stylesheet(self) -> str:
        """The tokens of ``static/source/_tokens.scss``, set to these colours."""
        return ":root{" + ";".join(f"--checker-{name}:{value}" for name, value in self.tokens.items()) + "}\n"

    @property
    def tokens(self) -> Mapping[str, str]:
        """Every colour that pages show because of these, by the name of its token."""
        return dict(self._tokens())

    def _tokens(self) -> Iterator[tuple[str, str]]:
        yield from (
            ("brand", self.brand),
            ("header-background", self.header),
            ("header-text", readable_on(self.header)),
        )
        yield from (("link", self.link), ("link-hover", hovered(self.link)))
        yield from (
            ("button", self.button),
            ("button-hover", hovered(self.button)),
            ("button-text", on_button(self.button)),
        )
        yield "button-shadow", mixed(self.button, BLACK, 0.5)


def palette_of(key: str) -> Palette | None:
    """The palette of a key; None if it is not one, or if its colours fail."""
    colours = [f"#{part}" for part in key.split("-")]
    try:
        palette = Palette(**dict(zip(ROLES, colours, strict=True)))
    except ValueError:
        return None
    return palette if palette.key == key and not palette.failures else None


def failure_of(role: str, colour: str) -> Failure | None:
    """What fails when a colour has this role; None if it can be used."""
    failing = [pair for pair in pairs(role, colour) if not pair.passes]
    worst = min(failing, key=lambda pair: pair.ratio / pair.needed, default=None)
    return Failure(worst, nearest(role, colour)) if worst else None


def pairs(role: str, colour: str) -> tuple[Pair, ...]:
    """Every pair that pages show because a colour has this role."""
    if role == "brand":
        shape = "marks and edges in the brand colour"
        return tuple(Pair(role, f"{shape} {where}", colour, on, SHAPE) for where, on in _BACKGROUNDS)
    if role == "header":
        return (Pair(role, "the name in the bar at the top", readable_on(colour), colour, TEXT),)
    if role == "link":
        shown = (("links", colour), ("links under the pointer", hovered(colour)))
        return tuple(
            Pair(role, f"{what} {where}", each, on, TEXT) for what, each in shown for where, on in _BACKGROUNDS
        )
    text = on_button(colour)
    return (
        Pair(role, "the words on the button", text, colour, TEXT),
        Pair(role, "the words on the button under the pointer", text, hovered(colour), TEXT),
        Pair(role, "the button on a white page", colour, WHITE, SHAPE),
    )


_BACKGROUNDS = (("on a white page", WHITE), ("on the pale background of boxes and of the footer", TINT))


@lru_cache(maxsize=256)
def nearest(role: str, colour: str) -> str:
    """The colour least darkened or lightened that passes in every pair of the role."""
    # Black passes in every role, so there is always one.
    return next(
        each
        for step in range(_STEPS + 1)
        for end in (BLACK, WHITE)
        for each in (mixed(colour, end, step / _STEPS),)
        if all(pair.passes for pair in pairs(role, each))
    )


def readable_on(colour: str) -> str:
    """White or black, whichever stands out more; either has 4.5 to 1 on any colour that the other has not."""
    return max(WHITE, BLACK, key=lambda text: contrast(text, colour))


def on_button(colour: str) -> str:
    """White or black words, whichever can be read on the button at rest and under the pointer."""
    return max(WHITE, BLACK, key=lambda text: min(contrast(text, colour), contrast(text, hovered(colour))))


def hovered(colour: str) -> str:
    """A colour under the pointer."""
    return mixed(colour, BLACK, 0.25)


NEUTRAL = Palette(brand="#0b4a54", header="#0b4a54", link="#0a5f6d", button="#0c6170")
"""The colours of a council that gives none."""

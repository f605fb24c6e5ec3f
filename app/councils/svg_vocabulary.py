"""What an SVG logo may be made of: still shapes and local references, and the reasons for refusing the rest."""

from __future__ import annotations

import re

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"

EXPORT = (
    "in Inkscape choose Save a Copy, Optimised SVG, with Remove metadata ticked; in Illustrator choose Export As, SVG, "
    "with Presentation Attributes; or export it as PNG"
)

_SHAPES = "path rect circle ellipse polygon polyline line"
_FRAMES = "svg g defs symbol use linearGradient radialGradient stop clipPath mask"
WORDED = frozenset({"title", "desc"})  # the only elements that may hold text; it is not drawn
ELEMENTS = WORDED | set(_SHAPES.split()) | set(_FRAMES.split())

_RUNS_CODE = "can run code or change the drawing; take it out"
_LOADS = "can load something from elsewhere; redraw it as shapes or export the logo as PNG"
DANGEROUS_ELEMENTS = {
    **dict.fromkeys(("script", "handler", "listener", "animate", "animateMotion", "animateTransform"), _RUNS_CODE),
    **dict.fromkeys(("set", "discard", "mpath"), _RUNS_CODE),
    **dict.fromkeys(("foreignObject", "iframe", "image", "feImage", "audio", "video", "cursor"), _LOADS),
    "a": "is a link, and a link in a logo can be used to mislead; take it out and keep what is in it",
    "style": f"can load something from elsewhere; {EXPORT}",
}
UNFIT_ELEMENTS = {
    **dict.fromkeys(("text", "tspan", "textPath"), "looks different on every device; turn the words into paths"),
    "metadata": f"is of no use to readers; {EXPORT}",
}

# Numbers: no quantity that keeps a renderer busy (dashes are left out for that reason, too).
_NUMERIC = (
    "x y x1 y1 x2 y2 r rx ry cx cy fx fy fr width height d points viewBox transform gradientTransform offset opacity "
    "fill-opacity stroke-opacity stop-opacity stroke-width stroke-miterlimit pathLength"
)
_PAINTED = "fill stroke stop-color color clip-path mask"
_KEYWORDS = (
    "fill-rule clip-rule stroke-linecap stroke-linejoin gradientUnits spreadMethod clipPathUnits maskUnits "
    "maskContentUnits preserveAspectRatio version baseProfile role vector-effect paint-order shape-rendering "
    "color-interpolation mask-type display visibility overflow"
)
_NAME = r"[A-Za-z_][\w.-]{0,99}"
_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?"
NUMBERS = re.compile(_NUMBER, re.ASCII)
REFERENCE = re.compile(rf"#(?P<id>{_NAME})", re.ASCII)
_TRANSFORMS = r"[\s,]*(?:(?:matrix|translate|scale|rotate|skewX|skewY)\s*\([\s\d.,eE+-]*\)[\s,]*)+"
_NUMERALS = r"[\s\d.,%a-zA-Z+-]*"
_COLOUR = r"[a-zA-Z]+|\#[0-9a-fA-F]{3,8}|(?:rgb|hsl)a?\([\s\d.,%/]*\)"
LOCAL_PAINT = re.compile(rf"""\s*url\(\s*(["']?)#(?P<id>{_NAME})\1\s*\)(?:\s+(?:{_COLOUR}))?\s*""", re.ASCII)

_LOCAL = "write only # and the id of something in the same file, such as #shape"
_COLOURS = "write a colour such as #0b5345, none, or a local reference such as url(#shade)"
_PLAIN_NUMBERS = "write plain numbers, as a drawing program does"
_PLAIN_WORDS = "write plain words, as a drawing program does"

# What the whole value of an attribute has to match, and what to write otherwise.
ATTRIBUTES: dict[str, tuple[re.Pattern[str], str]] = {
    **dict.fromkeys(_NUMERIC.split(), (re.compile(rf"{_TRANSFORMS}|{_NUMERALS}", re.ASCII), _PLAIN_NUMBERS)),
    **dict.fromkeys(_PAINTED.split(), (re.compile(rf"\s*(?:{_COLOUR})\s*|{LOCAL_PAINT.pattern}", re.ASCII), _COLOURS)),
    **dict.fromkeys(_KEYWORDS.split(), (re.compile(r"[\w\s.-]*", re.ASCII), _PLAIN_WORDS)),
    **dict.fromkeys(("href", f"{XLINK} href"), (REFERENCE, _LOCAL)),
    **dict.fromkeys(("lang", f"{XML} lang", f"{XML} space"), (re.compile(r"[\w-]*", re.ASCII), _PLAIN_WORDS)),
    "id": (re.compile(_NAME, re.ASCII), "start it with a letter and use only letters, digits, - and _"),
}
NUMERIC = frozenset(_NUMERIC.split())

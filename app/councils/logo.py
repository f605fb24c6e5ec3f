"""The logo that stands in a council's header, safe to serve from our own address."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from app.councils.bitmap import redraw
from app.councils.svg import check_svg
from app.engine.problem import ProblemFound

SHOWN_WIDTH, SHOWN_HEIGHT = 320, 64
LARGEST_FILE = 200_000  # bytes; read no more than one over it
_LARGEST = {"logo.svg": 64_000, "logo.png": LARGEST_FILE, "logo.webp": LARGEST_FILE}
_WIDEST, _NARROWEST = 10, 0.25  # width over height: the longest is shown 32 pixels high, the tallest 16 wide

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "logo.png", "a PNG image"),
    (b"RIFF", "logo.webp", "a WebP image"),
    (b"\xff\xd8\xff", None, "a JPEG image"),
    (b"GIF8", None, "a GIF image"),
    (b"%PDF", None, "a PDF"),
    (b"\x1f\x8b", None, "a compressed file, perhaps SVGZ"),
)


@dataclass(frozen=True, slots=True)
class Logo:
    """What is served, and the size in CSS pixels to show it at: at most SHOWN_WIDTH by SHOWN_HEIGHT."""

    data: bytes
    extension: Literal["svg", "png"]
    width: int
    height: int

    @property
    def media_type(self) -> Literal["image/svg+xml", "image/png"]:
        """For the Content-Type header."""
        return "image/svg+xml" if self.extension == "svg" else "image/png"

    @property
    def digest(self) -> str:
        """16 hexadecimal digits that change with the data, for an address that may be cached for ever."""
        return sha256(self.data).hexdigest()[:16]

    @property
    def name(self) -> str:
        """The name of the file that is served."""
        return f"{self.digest}.{self.extension}"


def read_logo(data: bytes, name: str) -> Logo:
    """The logo in a file named logo.svg, logo.png or logo.webp.

    An SVG is served as it is; a bitmap is drawn anew as PNG. Raises ProblemFound and nothing else: bad-logo for what
    cannot be used, unsafe-logo for what could do harm, logo-too-big.
    """
    _check_file(data, name)
    if name == "logo.svg":
        natural = check_svg(data)
        width, height = _shown(*natural, most=float("inf"))
        return Logo(data, "svg", width, height)
    pixels, *size = redraw(data, name.removeprefix("logo.").upper())
    width, height = _shown(*size, most=1)
    return Logo(pixels, "png", width, height)


def _check_file(data: bytes, name: str) -> None:
    if name not in _LARGEST:
        message = f"{name!r} is no name for a logo; name it logo.svg, logo.png or logo.webp"
        raise ProblemFound("bad-logo", message)
    if not data:
        raise ProblemFound("bad-logo", "the file is empty; export the logo again")
    if len(data) > _LARGEST[name]:
        advice = "simplify the drawing or export it as PNG" if name == "logo.svg" else "send it 128 pixels high"
        message = f"the file has {len(data):,} bytes and may have {_LARGEST[name]:,}; {advice}"
        raise ProblemFound("logo-too-big", message)
    own = next((entry for entry in _SIGNATURES if data.startswith(entry[0])), None)
    if own and own[1] != name:
        advice = f"name it {own[1]}" if own[1] else "export the logo as plain SVG or PNG"
        raise ProblemFound("bad-logo", f"the file is named {name} but is {own[2]}; {advice}")


def _shown(width: float, height: float, *, most: float) -> tuple[int, int]:
    """The size that fits the header, at most so many times the natural one."""
    if not _NARROWEST <= width / height <= _WIDEST:
        message = (
            f"the logo is {width / height:.3g} times as wide as high; crop it or arrange its parts to be at most "
            f"{_WIDEST} times as wide as high, and at most {1 / _NARROWEST:g} times as high as wide"
        )
        raise ProblemFound("bad-logo", message)
    scale = min(SHOWN_WIDTH / width, SHOWN_HEIGHT / height, most)
    return round(width * scale), round(height * scale)

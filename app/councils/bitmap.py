"""A logo drawn in pixels: decoded within bounds and drawn anew, so that nothing but its pixels is kept."""

from __future__ import annotations

import warnings
from io import BytesIO
from threading import Lock
from typing import NoReturn

from PIL import Image

from app.engine.problem import ProblemFound

KEPT_WIDTH, KEPT_HEIGHT = 640, 128  # twice what is shown, for dense screens
_LARGEST_SIDE = 2_000
_LOWEST = 32
_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "RGBX"})
_SEND = f"send it {KEPT_HEIGHT} pixels high, or {KEPT_WIDTH} wide if it is long"

# The filters for warnings belong to the whole process: two threads that swap them at once could leave ours behind.
_FILTERS = Lock()


def redraw(data: bytes, kind: str) -> tuple[bytes, int, int]:
    """The pixels of a "PNG" or "WEBP" file as a PNG of 8 bits a sample, with its width and height in pixels.

    At most KEPT_WIDTH by KEPT_HEIGHT, never enlarged. Raises ProblemFound and nothing else.
    """
    try:
        with _FILTERS, warnings.catch_warnings():
            warnings.filterwarnings("error", module=r"PIL\b")
            return _redrawn(data, kind)
    except ProblemFound:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        _refuse_sides()
    except Exception as error:  # a damaged file can make a decoder raise anything
        message = f"the file is damaged or cut short, or is no still {kind} image; export it again as PNG"
        raise ProblemFound("bad-logo", message) from error


def _redrawn(data: bytes, kind: str) -> tuple[bytes, int, int]:
    with Image.open(BytesIO(data), formats=[kind]) as image:  # reads the header and decodes nothing
        _check_header(image)
        pixels = image.convert("RGBA" if image.has_transparency_data else "RGB")
    pixels.thumbnail((KEPT_WIDTH, KEPT_HEIGHT), Image.Resampling.LANCZOS)
    bare = Image.frombytes(pixels.mode, pixels.size, pixels.tobytes())  # leaves the profile, EXIF and texts behind
    out = BytesIO()
    bare.save(out, "PNG", optimize=True)
    return out.getvalue(), bare.width, bare.height


def _check_header(image: Image.Image) -> None:
    if max(image.size) > _LARGEST_SIDE:
        _refuse_sides()
    if image.height < _LOWEST:
        message = f"the image is {image.height} pixels high, too few to look sharp; {_SEND}"
        raise ProblemFound("bad-logo", message)
    if getattr(image, "is_animated", False):
        raise ProblemFound("bad-logo", "the image moves, which distracts people who are reading; send a still one")
    if image.mode not in _MODES:
        raise ProblemFound("bad-logo", "the image has 16 bits a sample; export it as PNG with 8 bits a sample")


def _refuse_sides() -> NoReturn:
    raise ProblemFound("logo-too-big", f"the image is over {_LARGEST_SIDE:,} pixels wide or high; {_SEND}")

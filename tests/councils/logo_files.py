"""Files that are, or claim to be, logos."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageDraw

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 120 60">'
SCRIPT = "<script>alert(1)</script>"


def picture(mode: str = "RGBA", width: int = 200, height: int = 100) -> Image.Image:
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((4, 4, width - 4, height - 4), fill=(11, 83, 69, 255))
    return image.convert(mode)


def saved(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def svg(inside: str = "", head: str = HEAD) -> bytes:
    return f"{head}{inside}</svg>".encode()


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def stated(width: int, height: int) -> bytes:
    """A PNG that says it is this large, with hardly any pixels behind it."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


def stated_webp(side: int) -> bytes:
    data = bytearray(saved(picture("RGB"), "WEBP", lossless=True))
    bits = (side - 1) | (side - 1) << 14
    data[21:25] = struct.pack("<I", bits)
    return bytes(data)


def moving(kind: str) -> bytes:
    frames = [picture(height=height).resize((200, 100)) for height in (60, 100)]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:])


def doublings(reference: str) -> bytes:
    """Each group refers twice to the one before: 2 to the 20th shapes in a small file."""
    first = '<g id="n0"><rect width="1" height="1"/></g>'
    rest = (f'<g id="n{n}">{2 * reference.format(f"n{n - 1}")}</g>' for n in range(1, 21))
    return svg(f"<defs>{first}{''.join(rest)}</defs>{reference.format('n20')}")


GOOD_SVG = {
    "the least": svg(),
    "shapes": svg('<title>Waves &amp; hills</title><g transform="translate(1,2) rotate(45)"><path d="M0 0l9 9z"/></g>'),
    "gradient": svg(
        '<defs><linearGradient id="a"><stop offset="50%" stop-color="#0b5345"/></linearGradient>'
        '<radialGradient id="b" xlink:href="#a" gradientTransform="matrix(1 0 0 1 2 3)"/></defs>'
        '<circle cx="9" cy="9" r="8.5e0" fill="url(#b) none" stroke="rgb(1, 2, 3)"/>'
    ),
    "clip, mask, use": svg(
        '<clipPath id="c"><rect width="9" height="9"/></clipPath><mask id="m"><use href="#c1"/></mask>'
        """<circle id="c1" r="9" clip-path="url(#c)"/><rect width="9" height="9" mask="url('#m')"/>"""
    ),
    "declaration and comment": b'<?xml version="1.0" encoding="utf-8" standalone="no"?><!-- Generator -->' + svg(),
    "byte order mark": b"\xef\xbb\xbf" + svg(),
    "prefix": b'<s:svg xmlns:s="http://www.w3.org/2000/svg" viewBox="0 0 120 60"><s:path d="M0 0"/></s:svg>',
    "pixels": svg(head='<svg xmlns="http://www.w3.org/2000/svg" width="120px" height="60px" xml:space="preserve">'),
    "millimetres": svg(head='<svg xmlns="http://www.w3.org/2000/svg" width="30mm" height="15mm" viewBox="0 0 9 9">'),
    "all of the width": svg(head='<svg xmlns="http://www.w3.org/2000/svg" width="100%" viewBox="-4,-4,120,60">'),
}

PNG, WEBP = saved(picture()), saved(picture(), "WEBP")

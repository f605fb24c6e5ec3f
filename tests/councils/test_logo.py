from __future__ import annotations

import gzip
import warnings
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from app.councils.logo import LARGEST_FILE, read_logo
from app.engine.problem import ProblemFound
from tests.councils.factory import FOLDER
from tests.councils.logo_files import (
    GOOD_SVG,
    HEAD,
    PNG,
    SCRIPT,
    WEBP,
    chunk,
    doublings,
    moving,
    picture,
    saved,
    stated,
    stated_webp,
    svg,
)


def refusal(data: bytes, name: str) -> ProblemFound:
    with pytest.raises(ProblemFound) as caught:
        read_logo(data, name)
    return caught.value


@pytest.mark.parametrize("data", GOOD_SVG.values(), ids=GOOD_SVG)
def test_a_plain_drawing_is_served_as_it_was_sent(data: bytes) -> None:
    logo = read_logo(data, "logo.svg")
    assert (logo.data, logo.media_type, logo.extension) == (data, "image/svg+xml", "svg")
    assert (logo.width, logo.height) == (128, 64)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_bitmap_is_drawn_anew_as_png(mode: str, kind: str) -> None:
    image = picture(mode).convert("RGBA") if kind == "WEBP" and mode in ("1", "L", "LA", "P") else picture(mode)
    logo = read_logo(saved(image, kind), f"logo.{kind.lower()}")
    assert (logo.media_type, logo.extension, logo.width, logo.height) == ("image/png", "png", 128, 64)
    with Image.open(BytesIO(logo.data)) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (200, 100))
        assert drawn.mode in ("RGB", "RGBA")


@pytest.mark.parametrize(
    ("size", "kept", "shown"),
    [
        ((200, 100), (200, 100), (128, 64)),
        ((40, 32), (40, 32), (40, 32)),
        ((2000, 2000), (128, 128), (64, 64)),
        ((2000, 200), (640, 64), (320, 32)),
        ((40, 160), (32, 128), (16, 64)),
    ],
)
def test_a_bitmap_is_shown_within_the_header_and_never_enlarged(
    size: tuple[int, int], kept: tuple[int, int], shown: tuple[int, int]
) -> None:
    logo = read_logo(saved(Image.new("RGB", size)), "logo.png")
    with Image.open(BytesIO(logo.data)) as drawn:
        assert drawn.size == kept
    assert (logo.width, logo.height) == shown


def test_clear_parts_stay_clear() -> None:
    with Image.open(BytesIO(read_logo(saved(picture()), "logo.png").data)) as drawn:
        assert drawn.getpixel((0, 0)) == (0, 0, 0, 0)
        assert drawn.getpixel((100, 50)) == (11, 83, 69, 255)


def test_nothing_but_pixels_is_kept() -> None:
    words, exif = PngInfo(), Image.Exif()
    words.add_text("Comment", "secret words", zip=False)
    words.add_itxt("XML:com.adobe.xmp", "secret packet")
    exif[0x010E] = "secret place"
    profile = b"secret profile" * 20
    original = saved(picture(), pnginfo=words, exif=exif, icc_profile=profile, dpi=(72, 72)) + SCRIPT.encode()
    logo = read_logo(original, "logo.png")
    for hidden in (b"secret", b"iCCP", b"eXIf", b"tEXt", b"iTXt", b"pHYs", b"script"):
        assert hidden not in logo.data
    assert b"secret words" in original
    assert logo == read_logo(saved(picture()), "logo.png")


def test_a_logo_is_addressed_by_what_it_holds() -> None:
    one, other = read_logo(svg(), "logo.svg"), read_logo(svg("<g/>"), "logo.svg")
    assert len(one.digest) == 16
    assert int(one.digest, 16) >= 0
    assert one.digest == read_logo(svg(), "logo.svg").digest != other.digest


UNSAFE = {
    "script": svg(SCRIPT),
    "script in a prefix": svg('<x:script xmlns:x="http://www.w3.org/2000/svg"/>'),
    "script in CDATA": svg("<script><![CDATA[alert(1)]]></script>"),
    "handler": svg('<g onclick="alert(1)"/>'),
    "handler of the root": svg(head=HEAD.replace(" viewBox", ' onload="alert(1)" viewBox')),
    "handler in capitals": svg('<g ONLOAD="alert(1)"/>'),
    "foreign object": svg("<foreignObject><p/></foreignObject>"),
    "image": svg('<image href="https://evil.example/t.png"/>'),
    "image as data": svg('<image xlink:href="data:image/png;base64,AA"/>'),
    "filter image": svg('<feImage href="https://evil.example/t.png"/>'),
    "link": svg('<a href="javascript:alert(1)"><path d="M0 0"/></a>'),
    "use from elsewhere": svg('<use href="https://evil.example/a.svg#a"/>'),
    "use of a file": svg('<use xlink:href="other.svg#a"/>'),
    "use of everything": svg('<use href="#"/>'),
    "use of data": svg('<use href="data:image/svg+xml;base64,PHN2Zy8+#a"/>'),
    "javascript": svg('<use href="javascript:alert(1)"/>'),
    "javascript in entities": svg('<use href="&#106;ava&#x73;cript:alert(1)"/>'),
    "javascript with white space": svg('<use href=" &#9;java&#10;script:alert(1)"/>'),
    "javascript in mixed case": svg('<use href="JaVaScRiPt:alert(1)"/>'),
    "gradient from elsewhere": svg('<linearGradient xlink:href="//evil.example/a.svg#a"/>'),
    "fill from elsewhere": svg('<path fill="url(https://evil.example/a.svg#a)"/>'),
    "fill from data": svg('<path fill="url(data:image/svg+xml,x#a)"/>'),
    "fill in quotes": svg("""<path fill="url('https://evil.example/a.svg#a')"/>"""),
    "fill with a second paint": svg('<g id="a"/><path fill="url(#a) url(//evil.example/)"/>'),
    "fill in CSS escapes": svg(r'<path fill="\75rl(//evil.example/)"/>'),
    "fill by image-set": svg('<path fill="image-set(&quot;//evil.example/&quot; 1x)"/>'),
    "fill by a variable": svg('<path fill="var(--a)"/>'),
    "mask from elsewhere": svg('<path mask="URL(//evil.example/)"/>'),
    "function in a number": svg('<path d="url(//evil.example/)"/>'),
    "style element": svg("<style>@import url(//evil.example/a.css);</style>"),
    "style attribute": svg('<path style="fill:url(//evil.example/)"/>'),
    "animation": svg('<animate attributeName="href" values="javascript:alert(1)"/>'),
    "setting": svg('<use href="#a"><set attributeName="href" to="//evil.example/"/></use>'),
    "base": svg(head=HEAD.replace(" viewBox", ' xml:base="https://evil.example/" viewBox')),
    "doctype": b"<!DOCTYPE svg>" + svg(),
    "billion laughs": b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + svg("<title>&b;</title>"),
    "external entity": b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("<title>&a;</title>"),
    "page": b"<!DOCTYPE html><html><script>alert(1)</script></html>",
    "style sheet": b'<?xml-stylesheet href="https://evil.example/a.css"?>' + svg(),
    "PHP": svg("<?php system('id') ?>"),
    "UTF-16": svg().decode().encode("utf-16"),
    "UTF-16 without a mark": svg().decode().encode("utf-16-le"),
    "UTF-32": svg().decode().encode("utf-32-be"),
    "null bytes": svg("\0"),
    "only null bytes": b"\0" * 100,
    "Latin-1": svg("<title>Arg\u00e9</title>").decode().encode("latin-1"),
    "says UTF-7": b'<?xml version="1.0" encoding="UTF-7"?>' + svg("+ADw-script+AD4-"),
    "says Latin-1": b'<?xml version="1.0" encoding="ISO-8859-1"?>' + svg(),
    "bomb of use": doublings('<use href="#{}"/>'),
    "bomb of masks": doublings('<g mask="url(#{})"/>'),
    "use of itself": svg('<g id="a"><use href="#a"/></g>'),
    "gradients in a loop": svg('<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/>'),
}
BAD_SVG = {
    "no size to speak of": svg(
        head=HEAD.replace("viewBox=", f'width="0.{"0" * 322}5" height="0.{"0" * 322}5" viewBox=')
    ),
    "white space": b" \n ",
    "words": b"Northfold County Council",
    "cut short": svg("<g>")[:-10],
    "two drawings": svg() + svg(),
    "script after the end": svg() + SCRIPT.encode(),
    "undefined entity": svg("<title>&nbsp;</title>"),
    "attribute twice": svg('<g id="a" id="b"/>'),
    "prefix not bound": svg('<g inkscape:label="a"/>'),
    "no namespace": b'<svg viewBox="0 0 120 60"/>',
    "namespace of old": svg(head='<svg xmlns="http://www.w3.org/2000/SVG" viewBox="0 0 120 60">'),
    "XHTML": b'<html xmlns="http://www.w3.org/1999/xhtml"/>',
    "XHTML inside": svg('<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>'),
    "namespace taken away": svg('<script xmlns=""/>'),
    "path at the root": svg(head="").replace(b"</svg>", b'<path xmlns="http://www.w3.org/2000/svg"/>'),
    "editor's namespace": svg('<g xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:label="Layer 1"/>'),
    "endless namespace": svg(f'<g xmlns:a="{"a" * 9_000}"/>'),
    "metadata": svg("<metadata/>"),
    "text": svg("<text>Northfold</text>"),
    "loose words": svg("<g>+ADw-script+AD4-</g>"),
    "filter": svg('<filter id="a"/>'),
    "class": svg('<path class="st0"/>'),
    "unknown attribute": svg('<path data-name="Layer 1"/>'),
    "dashes": svg('<path d="M0 0h999999" stroke-dasharray="0.0001"/>'),
    "id twice": svg('<g id="a"/><g id="a"/>'),
    "id with a space": svg('<g id="Group 1"/>'),
    "colour in quotes": svg("<path fill=\"'red'\"/>"),
    "reference to nothing": svg('<path fill="url(#gone)"/>'),
    "huge number": svg('<circle r="1e99"/>'),
    "huge number of digits": svg(f'<path d="M0 0 {"9" * 5000}"/>'),
    "huge size": svg(head='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1e999 1e999">'),
    "no size": svg(head='<svg xmlns="http://www.w3.org/2000/svg">'),
    "size of no number": svg(head='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 nan inf">'),
    "size of three": svg(head='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 120 60">'),
    "size in unlike units": svg(head='<svg xmlns="http://www.w3.org/2000/svg" width="3cm" height="15mm">'),
    "size in many digits": svg(head=f'<svg xmlns="http://www.w3.org/2000/svg" width="{"0" * 60_000}q" height="9">'),
    "size of nothing": svg(head='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 60">'),
    "size below nothing": svg(head='<svg xmlns="http://www.w3.org/2000/svg" width="-120" height="-60">'),
    "too wide": svg(head='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 121 12">'),
    "too high": svg(head='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 81">'),
    "vanishing": svg(head='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1e6 1e-99">'),
    "compressed": gzip.compress(svg()),
    "PNG": saved(picture()),
}
LARGE_SVG = {
    "many bytes": svg(" " * 64_000),
    "20 MB": svg(" " * 20_000_000),
    "many elements": svg("<g/>" * 1_000),
    "deep": svg("<g>" * 32 + "</g>" * 32),
    "very deep": svg("<g>" * 9_000 + "</g>" * 4),
}
BAD_BITMAP = {
    "PNG cut short": (PNG[:-60], "logo.png"),
    "PNG with no pixels": (PNG[:33], "logo.png"),
    "PNG with a broken header": (PNG[:20] + b"\xff" + PNG[21:], "logo.png"),
    "PNG with broken pixels": (PNG[:60] + bytes(40) + PNG[100:], "logo.png"),
    "PNG of no size": (stated(0, 0), "logo.png"),
    "only a signature": (b"\x89PNG\r\n\x1a\n", "logo.png"),
    "moving PNG": (moving("PNG"), "logo.png"),
    "moving WebP": (moving("WEBP"), "logo.webp"),
    "WebP cut short": (WEBP[:-60], "logo.webp"),
    "only RIFF": (b"RIFF", "logo.webp"),
    "WebP named PNG": (WEBP, "logo.png"),
    "PNG named WebP": (PNG, "logo.webp"),
    "SVG named PNG": (svg(), "logo.png"),
    "HTML named PNG": (b"<html><script>alert(1)</script></html>", "logo.png"),
    "JPEG named PNG": (saved(picture("RGB"), "JPEG"), "logo.png"),
    "GIF named WebP": (saved(picture("P"), "GIF"), "logo.webp"),
    "BMP named PNG": (saved(picture("RGB"), "BMP"), "logo.png"),
    "16 bits of grey": (saved(Image.new("I;16", (64, 64), 40_000)), "logo.png"),
    "low PNG": (saved(picture(height=31)), "logo.png"),
    "long PNG": (saved(Image.new("RGB", (350, 34))), "logo.png"),
    "empty SVG": (b"", "logo.svg"),
    "empty PNG": (b"", "logo.png"),
    "empty WebP": (b"", "logo.webp"),
    "name of another kind": (PNG, "logo.jpg"),
    "name in capitals": (PNG, "LOGO.PNG"),
    "name of a path": (PNG, "../logo.png"),
}
LARGE_BITMAP = {
    "50,000 pixels a side": (stated(50_000, 50_000), "logo.png"),
    "enough to warn of": (stated(10_000, 10_000), "logo.png"),
    "more sides than there are": (stated(2**31 - 1, 2**31 - 1), "logo.png"),
    "2,001 wide": (stated(2_001, 200), "logo.png"),
    "2,001 high": (stated(200, 2_001), "logo.png"),
    "WebP of 16,383 a side": (stated_webp(16_383), "logo.webp"),
    "20 MB": (PNG + bytes(20_000_000), "logo.png"),
    "a byte too many": (PNG + bytes(LARGEST_FILE + 1 - len(PNG)), "logo.png"),
}
REFUSED = [
    *(pytest.param(data, "logo.svg", "unsafe-logo", id=f"unsafe: {why}") for why, data in UNSAFE.items()),
    *(pytest.param(data, "logo.svg", "bad-logo", id=f"bad SVG: {why}") for why, data in BAD_SVG.items()),
    *(pytest.param(data, "logo.svg", "logo-too-big", id=f"large SVG: {why}") for why, data in LARGE_SVG.items()),
    *(pytest.param(*case, "bad-logo", id=f"bad bitmap: {why}") for why, case in BAD_BITMAP.items()),
    *(pytest.param(*case, "logo-too-big", id=f"large bitmap: {why}") for why, case in LARGE_BITMAP.items()),
]


@pytest.mark.parametrize(("data", "name", "code"), REFUSED)
def test_anything_else_is_refused_with_what_to_do_instead(data: bytes, name: str, code: str) -> None:
    problem = refusal(data, name)
    assert problem.code == code
    assert "; " in str(problem)
    assert len(str(problem)) < 400


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (svg(f"\n<g>\n{SCRIPT}\n</g>"), "line 3: <script> can run code"),
        (svg('\n<path\n d="M0 0"\n onclick="a()"/>'), "line 2: onclick of <path>"),
        (svg("<text>A</text>"), "turn the words into paths"),
        (svg('<path class="a"/>'), "in Inkscape choose Save a Copy, Optimised SVG"),
        (svg(head='<svg xmlns="http://www.w3.org/2000/svg">'), 'write viewBox="0 0 120 60"'),
        (b'<svg viewBox="0 0 1 1"/>', '<svg xmlns="http://www.w3.org/2000/svg">'),
        (PNG, "named logo.svg but is a PNG image; name it logo.png"),
        (gzip.compress(svg()), "compressed"),
    ],
)
def test_a_refusal_says_where_and_what(data: bytes, words: str) -> None:
    assert words in str(refusal(data, "logo.svg"))


def test_what_pillow_only_warns_of_is_refused_and_filters_are_left_alone() -> None:
    announced = chunk(b"acTL", bytes(8))  # an animation of no frames
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        before = list(warnings.filters)
        assert refusal(PNG[:33] + announced + PNG[33:], "logo.png").code == "bad-logo"
        assert warnings.filters == before


@pytest.mark.parametrize("path", sorted((FOLDER / "examples").glob("*/logo.*")), ids=lambda path: path.parent.name)
def test_the_examples_have_logos_that_pass(path: Path) -> None:
    assert read_logo(path.read_bytes(), path.name).height == 64

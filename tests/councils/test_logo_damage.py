"""No file, however broken, makes the reading of logos do anything but refuse it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.councils.logo import Logo, read_logo
from app.engine.problem import ProblemFound
from tests.councils.logo_files import (
    GOOD_SVG,
    PNG,
    WEBP,
    moving,
    svg,
)


def outcome(data: bytes, name: str) -> Logo | ProblemFound:
    try:
        return read_logo(data, name)
    except ProblemFound as problem:
        return problem


NAMES = st.sampled_from(["logo.svg", "logo.png", "logo.webp"])
FULL_SVG = GOOD_SVG["clip, mask, use"]
SIGNED = st.sampled_from([b"", b"<svg", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBPVP8L"])


@given(SIGNED, st.binary(max_size=300), NAMES)
@settings(deadline=None)
def test_no_bytes_raise_anything_else(start: bytes, rest: bytes, name: str) -> None:
    assert isinstance(outcome(start + rest, name), Logo | ProblemFound)


@given(
    st.sampled_from([(FULL_SVG, "logo.svg"), (PNG, "logo.png"), (WEBP, "logo.webp"), (moving("WEBP"), "logo.webp")]),
    st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 3), st.binary(max_size=4)), min_size=1, max_size=6),
)
@settings(max_examples=300, deadline=None)
def test_no_damage_to_a_good_file_raises_anything_else(
    good: tuple[bytes, str], damage: list[tuple[int, int, bytes]]
) -> None:
    data, name = good
    for place, length, new in damage:
        at = place % (len(data) + 1)
        data = data[:at] + new + data[at + length :]
    assert isinstance(outcome(data, name), Logo | ProblemFound)


PIECES = st.sampled_from(
    [
        "<g>",
        "</g>",
        "<use ",
        'href="#c"',
        ' fill="url(#m)"',
        "/>",
        ">",
        "<script>",
        "&#1;",
        "&a;",
        "<![CDATA[",
        "]]>",
        "x",
    ]
)


@given(st.lists(PIECES, max_size=12))
@settings(deadline=None)
def test_no_mixture_of_pieces_raises_anything_else(pieces: list[str]) -> None:
    result = outcome(svg('<g id="c"/><g id="m"/>' + "".join(pieces)), "logo.svg")
    assert isinstance(result, ProblemFound) or "<script>" not in pieces

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.councils.colour import BLACK, WHITE, channels, contrast, mixed
from app.councils.palette import NEUTRAL, ROLES, TINT, Palette, failure_of, nearest, pairs, palette_of
from app.settings import ROOT

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


# From WCAG's own understanding documents and from the figures that upstream publishes for its colours.
@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        (BLACK, WHITE, 21.0),
        (WHITE, WHITE, 1.0),
        ("#777777", WHITE, 4.48),
        ("#767676", WHITE, 4.54),
        ("#0b0c0c", "#ffdd00", 14.55),
        ("#ffdd00", WHITE, 1.35),
        ("#00847a", WHITE, 4.58),
    ],
)
def test_contrast_is_as_wcag_computes_it(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(one, other) == contrast(other, one)


@pytest.mark.parametrize(
    ("role", "colour", "what"),
    [
        ("brand", "#ffdd00", "pale background"),
        ("link", "#00a99d", "links on the pale background"),
        ("link", "#767676", "links on the pale background"),
        ("button", "#ffdd00", "the button on a white page"),
        ("button", "#ff5500", "under the pointer"),
        ("button", "#00a99d", "the words on the button"),
    ],
)
def test_a_colour_that_fails_is_told_with_its_ratio_and_one_that_passes(role: str, colour: str, what: str) -> None:
    failure = failure_of(role, colour)
    assert failure is not None
    assert what in str(failure)
    told = re.search(r"contrast of ([\d.]+) to 1 and needs ([\d.]+) to 1", str(failure))
    assert told is not None
    assert float(told[1]) < float(told[2])
    assert str(failure).endswith(f"write '{failure.instead}'")
    assert failure_of(role, failure.instead) is None


@given(st.sampled_from(ROLES), COLOURS)
def test_whatever_is_suggested_passes_and_nothing_that_passes_is_changed(role: str, colour: str) -> None:
    failure = failure_of(role, colour)
    suggested = nearest(role, colour)
    assert all(pair.passes for pair in pairs(role, suggested))
    assert (failure is None) == (suggested == colour)


@given(st.sampled_from(ROLES), COLOURS)
def test_no_colour_on_the_way_to_the_suggested_one_passes(role: str, colour: str) -> None:
    suggested = nearest(role, colour)
    distance = max(abs(a - b) for a, b in zip(channels(colour), channels(suggested), strict=True))
    for end in (BLACK, WHITE):
        for step in range(256):
            between = mixed(colour, end, step / 256)
            moved = max(abs(a - b) for a, b in zip(channels(colour), channels(between), strict=True))
            if between == suggested or moved >= distance:
                break
            assert not all(pair.passes for pair in pairs(role, between))


@given(COLOURS)
def test_the_name_in_the_bar_can_be_read_on_any_colour(colour: str) -> None:
    assert failure_of("header", colour) is None


def test_the_neutral_colours_pass_and_are_those_of_the_stylesheet() -> None:
    assert NEUTRAL.failures == {}
    tokens = (ROOT / "static/source/_tokens.scss").read_text()
    assert f"$tint: {TINT};" in tokens
    names = {"brand": "brand", "header": "header-background", "link": "link", "button": "button"}
    for role, token in names.items():
        assert f'"{token}": {getattr(NEUTRAL, role)},' in tokens


def test_a_stylesheet_sets_every_token_that_councils_can_set_and_no_other() -> None:
    known = set(re.findall(r'^  "([a-z-]+)":', (ROOT / "static/source/_tokens.scss").read_text(), re.M))
    assert set(re.findall(r"--checker-([a-z-]+):#[0-9a-f]{6}", NEUTRAL.stylesheet)) == known
    assert re.fullmatch(r":root\{(--checker-[a-z-]+:#[0-9a-f]{6};?)+\}\n", NEUTRAL.stylesheet)


def test_a_key_is_read_as_the_palette_that_it_names() -> None:
    assert palette_of(NEUTRAL.key) == NEUTRAL


@pytest.mark.parametrize(
    "key",
    [
        "",
        "0b4a54",
        "0b4a54-0b4a54-0a5f6d",
        "0b4a54-0b4a54-0a5f6d-0c6170-0c6170",
        "0B4A54-0b4a54-0a5f6d-0c6170",
        "0b4a54-0b4a54-0a5f6d-0c617g",
        "0b4a54-0b4a54-00a99d-0c6170",
        "0b4a54-0b4a54-0a5f6d-red;}",
    ],
)
def test_any_other_key_names_no_palette(key: str) -> None:
    assert palette_of(key) is None


def test_a_colour_may_be_written_in_capitals() -> None:
    assert Palette(brand="#0B4A54", header="#0b4a54", link="#0A5F6D", button="#0c6170") == NEUTRAL

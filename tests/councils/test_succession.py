from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.councils.register import Register
from app.councils.register_file import load_register
from app.councils.succession import Area
from tests.councils.factory import NATIONS, write_councils

ROWS = (
    "oldshire,Oldshire,Hen Sir,england,,county,,,,2027-04-01,east west",
    "east,East,,england,,unitary,,,2027-04-01,2030-04-01,far-east",
    "west,West,,england,,unitary,,,2027-04-01,,",
    "far-east,Far East,,england,,unitary,,,2030-04-01,,",
)
DISTRICTS = (
    "dale,Dale,england,,oldshire,,2027-04-01,east",
    "hill,Hill,england,,oldshire,,2027-04-01,west",
    "ford,Ford,england,,oldshire,,2027-04-01,east west",
    "moor,Moor,england,,oldshire,,2025-04-01,",
)
BEFORE, BETWEEN, AFTER = date(2026, 4, 1), date(2028, 4, 1), date(2031, 4, 1)


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return load_register(write_councils(tmp_path, authorities=ROWS, districts=DISTRICTS) / "register", NATIONS)


@pytest.mark.parametrize(
    ("slug", "day", "slugs"),
    [
        ("oldshire", BEFORE, []),
        ("oldshire", BETWEEN, ["east", "west"]),
        ("oldshire", AFTER, ["far-east", "west"]),
        ("dale", AFTER, ["far-east"]),
        ("ford", AFTER, ["far-east", "west"]),
        ("moor", BEFORE, ["oldshire"]),
        ("moor", BETWEEN, ["east", "west"]),
        ("west", AFTER, []),
        ("nowhere", AFTER, []),
    ],
)
def test_who_took_over_is_followed_through_every_change(
    register: Register, slug: str, day: date, slugs: list[str]
) -> None:
    assert [place.slug for place in register.successors(slug, day)] == slugs


def whole(name: str) -> Area:
    return Area(name, whole=True)


def part(name: str) -> Area:
    return Area(name, whole=False)


@pytest.mark.parametrize(
    ("slug", "day", "expected"),
    [
        ("oldshire", BEFORE, {}),
        ("oldshire", BETWEEN, {
            "east": [whole("Dale"), part("Ford"), part("Moor")],
            "west": [whole("Hill"), part("Ford"), part("Moor")],
        }),
        ("east", BEFORE, {"oldshire": [whole("Dale"), part("Ford"), part("Moor")]}),
        ("far-east", BEFORE, {"oldshire": [whole("Dale"), part("Ford"), part("Moor")]}),
        ("far-east", BETWEEN, {"east": []}),
        ("west", BETWEEN, {}),
    ],
)  # fmt: skip
def test_whom_to_turn_to_instead_and_for_which_areas(
    register: Register, slug: str, day: date, expected: dict[str, list[Area]]
) -> None:
    found = {each.place.slug: list(each.areas) for each in register.instead_of(slug, day)}
    assert found == expected


def test_names_of_before_go_to_those_who_took_over(register: Register) -> None:
    names = {place.slug: place.also for place in register.on(AFTER).listed("en")}
    assert names["far-east"] == ("Oldshire", "Hen Sir", "East", "Dale", "Ford", "Moor")
    assert names["northshire"] == ()

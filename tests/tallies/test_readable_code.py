from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.tallies.readable_code import ALPHABET, BITS, GROUP, LENGTH, MistypedError, read_code, write_code

LARGEST = (1 << BITS) - 1
NUMBER = 0x123456789ABCDEF012345678 & LARGEST
numbers = st.integers(0, LARGEST)


def plain(code: str) -> str:
    return code.replace("-", "")


@given(numbers)
def test_a_code_is_20_characters_in_groups_and_reads_back(number: int) -> None:
    code = write_code(number)
    assert [len(group) for group in code.split("-")] == [GROUP] * (LENGTH // GROUP)
    assert set(plain(code)) <= set(ALPHABET)
    assert read_code(code) == number


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (0, "0000-0000-0000-0000-0000"),
        (1, "0000-0000-0000-0000-0012"),
        (LARGEST, "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZT"),
        (NUMBER, "4HMA-SW9N-F6YY-0938-NKRX"),
    ],
)
def test_codes_are_written_as_they_were(number: int, code: str) -> None:
    assert write_code(number) == code


def test_no_two_characters_look_alike() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert not set(ALPHABET) & set("OILU")


@settings(max_examples=20, deadline=None)
@given(numbers)
def test_every_single_wrong_character_is_caught(number: int) -> None:
    code = plain(write_code(number))
    for place in range(LENGTH):
        for other in set(ALPHABET) - {code[place]}:
            with pytest.raises(MistypedError):
                read_code(code[:place] + other + code[place + 1 :])


@settings(max_examples=20, deadline=None)
@given(numbers)
def test_every_two_characters_that_changed_places_are_caught(number: int) -> None:
    code = plain(write_code(number))
    for one, other in combinations(range(LENGTH), 2):
        if code[one] != code[other]:
            swapped = list(code)
            swapped[one], swapped[other] = code[other], code[one]
            with pytest.raises(MistypedError):
                read_code("".join(swapped))


@pytest.mark.parametrize(
    "typed",
    [
        "4hma-sw9n-f6yy-0938-nkrx",
        "4HMASW9NF6YY0938NKRX",
        "  4HMA SW9N\tF6YY\u00a00938\nNKRX ",
        "4HMA\u2013SW9N\u2014F6YY\u20110938 - NKRX",
        "4HMA-SW9N-F6YY-o938-NKRX",
        "\uff14HMA-SW9N-F6YY-0938-NKRX",
        "4HMA-\u200bSW9N-F6YY-0938-NKRX\x00",
    ],
)
def test_a_code_is_read_however_it_was_typed(typed: str) -> None:
    assert read_code(typed) == NUMBER


@pytest.mark.parametrize("one", ["1", "I", "l", "L", "i"])
def test_i_and_l_are_taken_for_1(one: str) -> None:
    assert read_code(f"0000-0000-0000-0000-00{one}2") == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "this one has 0; compare"),
        ("4HMA-SW9N-F6YY-0938", "this one has 16; compare"),
        ("4HMA-SW9N-F6Y-0938-NKRX", "this one has 19; look at group 3"),
        ("4HMAS-W9NF6YY0938NKR", "this one has 19; compare"),
        ("4HMA-SW9N-F6YY-09388-NKRX", "this one has 21; look at group 4"),
        ("4HMA-S2UN-F6YY-0938-NKRX", "group 2 has 'U'"),
        ("4HMA-SW9N-F6YY-0938-NKR*", r"group 5 has '\*'"),
        ("4HMA_SW9N-F6YY-0938-NKRX", "group 2 has '_'"),
        ("\u0664HMA-SW9N-F6YY-0938-NKRX", "group 1 has"),
        ("x" * 100_000, "this one has 100000"),
        ("4HMA-SW9N-F6YY-0938-NKRW", "a character is wrong, or two have changed places"),
    ],
)
def test_what_is_no_code_is_told_where_to_look(typed: str, said: str) -> None:
    with pytest.raises(MistypedError, match=said):
        read_code(typed)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(typed: str) -> None:
    try:
        number = read_code(typed)
    except MistypedError:
        return
    assert 0 <= number <= LARGEST

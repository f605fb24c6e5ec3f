from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tallies.sealed_number import seal, unseal

KEY = b"a key of the tests"


@given(number=st.integers(0, 2**95 - 1), key=st.binary(min_size=1))
def test_what_is_sealed_opens_under_its_key_and_has_its_size(number: int, key: bytes) -> None:
    sealed = seal(key, number, 95)
    assert 0 <= sealed < 2**95
    assert unseal(key, sealed, 95) == number


@pytest.mark.parametrize("bits", [8, 9])
def test_every_number_has_a_sealed_form_of_its_own(bits: int) -> None:
    assert sorted(seal(KEY, number, bits) for number in range(2**bits)) == list(range(2**bits))


@given(number=st.integers(0, 2**95 - 1), place=st.integers(0, 94))
def test_one_bit_changed_changes_all_that_opens(number: int, place: int) -> None:
    opened = unseal(KEY, seal(KEY, number, 95) ^ 1 << place, 95)
    changed = (opened ^ number).bit_count()
    assert 20 < changed < 75
    assert unseal(b"another key", seal(KEY, number, 95), 95) != number

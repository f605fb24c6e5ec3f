from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.fernet import Fernet

from app.web.sealed_state import (
    LIFETIME_SECONDS,
    CheckState,
    ExpiredStateError,
    StateSealer,
    UnreadableStateError,
    new_key,
)

NOW = 1_800_000_000
STATE = CheckState("kent", "england", "0123456789ab", 3, NOW, 2**64 - 1, (1, 0, 4) + (0,) * 23)
LONG = replace(STATE, council="x" * 40, nation="northern_ireland", answers=(4095,) * 26, submitted=4095, changing=True)


@pytest.mark.parametrize("state", [STATE, LONG, replace(STATE, answers=()), replace(STATE, submitted=0)])
def test_what_is_sealed_opens_again_and_all_tokens_have_one_length(state: CheckState) -> None:
    sealer = StateSealer((new_key(),))
    token = sealer.seal(state)
    assert sealer.open(token, NOW) == state
    assert len(token) == len(sealer.seal(STATE))
    assert "kent" not in token


@pytest.mark.parametrize("place", range(0, 520, 40))
def test_an_altered_token_does_not_open(place: int) -> None:
    sealer = StateSealer((new_key(),))
    token = sealer.seal(STATE)
    other = "A" if token[place] != "A" else "B"
    with pytest.raises(UnreadableStateError):
        sealer.open(token[:place] + other + token[place + 1 :], NOW)


@pytest.mark.parametrize("token", ["", "x", "é" * 20, "\ud800", "a b", "=" * 50, "A" * 5000, "\x00", "gAAAAA" * 90])
def test_what_is_no_token_does_not_open(token: str) -> None:
    with pytest.raises(UnreadableStateError):
        StateSealer((new_key(),)).open(token, NOW)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"[9,1]", b"[2,1,2,3,4,5,6,7,8,9]", b"\xff", b"7"])
def test_a_token_of_another_form_does_not_open(content: bytes) -> None:
    key = new_key()
    with pytest.raises(UnreadableStateError):
        StateSealer((key,)).open(Fernet(key).encrypt(content).decode(), NOW)


@pytest.mark.parametrize(("age", "opens"), [(0, True), (LIFETIME_SECONDS, True), (LIFETIME_SECONDS + 1, False)])
def test_a_state_lives_24_hours_from_the_start_of_the_check(age: int, opens: bool) -> None:
    sealer = StateSealer((new_key(),))
    token = sealer.seal(STATE)
    if opens:
        assert sealer.open(token, NOW + age) == STATE
    else:
        with pytest.raises(ExpiredStateError):
            sealer.open(token, NOW + age)


def test_keys_rotate_and_a_destroyed_key_opens_nothing() -> None:
    old, new = new_key(), new_key()
    token = StateSealer((old,)).seal(STATE)
    assert StateSealer((new, old)).open(token, NOW) == STATE
    with pytest.raises(UnreadableStateError):
        StateSealer((new,)).open(token, NOW)
    assert StateSealer((new,)).open(StateSealer((new, old)).seal(STATE), NOW) == STATE


def test_a_state_too_big_for_its_block_is_refused_when_it_is_sealed() -> None:
    with pytest.raises(ValueError, match="holds 320"):
        StateSealer((new_key(),)).seal(replace(STATE, council="x" * 400))

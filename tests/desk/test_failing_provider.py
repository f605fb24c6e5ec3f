"""A provider that fails, hangs or is not there: whoever comes is told so, and nobody waits for it."""

from __future__ import annotations

import threading
import time

import pytest
from flask import Flask

from app.desk import channel, sign_in
from tests.desk.conftest import Staff, new_client, set_provider
from tests.desk.desk_client import DeskClient
from tests.desk.lying_provider import LyingProvider
from tests.desk.test_signing_in import DISCOVERY, GO, come_back, is_in, member_of


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, b"{}"), (404, b"{}"), (200, b"x" * (channel.LARGEST_ANSWER + 1))],
    ids=["500", "404", "endless"],
)
@pytest.mark.parametrize("path", [DISCOVERY, "/token", "/keys"])
def test_a_provider_that_fails_is_told_of_and_left_alone_for_a_while(
    desk_client: DeskClient, provider: LyingProvider, staff: Staff, path: str, status: int, body: bytes
) -> None:
    member_of(provider, staff)
    back = GO if path == DISCOVERY else come_back(desk_client, provider)
    if (path, status) == ("/token", 404):
        body = b'{"error": "temporarily_unavailable"}'
    provider.answers[path] = (status, body)
    answer = desk_client.get(back)
    assert answer.status_code == 503
    assert "You cannot sign in at the moment" in answer.text
    assert not is_in(desk_client)
    asked = len(provider.asked)
    assert desk_client.get(GO).status_code == 503
    assert len(provider.asked) == asked


def test_a_provider_is_asked_again_after_its_rest(
    desk_client: DeskClient, provider: LyingProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.answers[DISCOVERY] = (503, b"")
    assert desk_client.get(GO).status_code == 503
    provider.forget()
    monkeypatch.setattr(sign_in, "REST_SECONDS", 0)
    assert desk_client.get(GO).status_code == 503
    later = time.monotonic() + 11
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert desk_client.get(GO).status_code == 302


def test_a_provider_that_is_not_there_is_told_of(desk_app: Flask, provider: LyingProvider) -> None:
    set_provider(desk_app, provider, issuer="http://127.0.0.1:9")
    answer = new_client(desk_app).get(GO)
    assert answer.status_code == 503
    assert "did not answer" in answer.text


@pytest.mark.parametrize("path", [DISCOVERY, "/token"])
def test_nobody_waits_long_for_a_provider_that_hangs(
    desk_client: DeskClient, provider: LyingProvider, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "SECONDS", 0.2)
    back = GO if path == DISCOVERY else come_back(desk_client, provider)
    provider.hangs.add(path)
    assert desk_client.get(back).status_code == 503


@pytest.mark.parametrize("path", [DISCOVERY, "/token", "/keys"])
def test_nobody_waits_long_for_a_provider_that_answers_byte_by_byte(
    desk_client: DeskClient, provider: LyingProvider, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "SECONDS", 0.5)
    back = GO if path == DISCOVERY else come_back(desk_client, provider)
    provider.dribbles.add(path)
    assert desk_client.get(back).status_code == 503


def test_one_request_alone_waits_for_a_provider_and_the_others_are_told_at_once(
    desk_app: Flask, provider: LyingProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "SECONDS", 1.5)
    monkeypatch.setattr(sign_in, "TURN_SECONDS", 0.05)
    provider.hangs.add(DISCOVERY)
    first = threading.Thread(target=lambda: new_client(desk_app).get(GO))
    first.start()
    while DISCOVERY not in provider.asked:
        time.sleep(0.01)
    assert new_client(desk_app).get(GO).status_code == 503
    assert first.is_alive()  # still waiting, alone
    assert provider.asked == [DISCOVERY]
    first.join()

"""What the studio never does, whatever it is sent."""

from __future__ import annotations

import logging
import re

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.studio.fields import FIELDS
from tests.page_client import PageClient
from tests.studio.form import begin, png, send


class Forgetful(dict[tuple[str, str, int], str]):
    """What is remembered, when somebody else empties it at that moment."""

    def __setitem__(self, key: tuple[str, str, int], value: str) -> None:
        super().__setitem__(key, value)
        self.clear()


def test_the_way_to_a_preview_may_be_forgotten_at_any_moment(app: Flask, client: PageClient) -> None:
    app.extensions["walked_for_previews"] = Forgetful()
    assert client.post("/studio", data={"council": "kent", "act": "show"}).status_code == 200
    del app.extensions["walked_for_previews"]


@pytest.mark.parametrize("length", [61, 300, 5000])
def test_a_short_name_that_is_long_is_no_councils(
    client: PageClient, caplog: pytest.LogCaptureFixture, length: int
) -> None:
    sent = {"council": "a" * length, "example": "true", "nation": "england", "tier": "county", "name.en": "X"}
    assert client.post("/studio", data=sent | {"act": "show"}).status_code == 200
    assert "failed" not in caplog.text


def test_nothing_is_kept(client: PageClient, caplog: pytest.LogCaptureFixture) -> None:
    before = begin(client)
    with caplog.at_level(logging.INFO, "checker.requests"):
        send(client, before | {"name.en": "Secret Name", "colours.header": "#123456"}, logo=(png(), "logo.png"))
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) == 2  # the previews are nobody's requests
    assert re.fullmatch(r"[0-9a-f]{12} POST /studio - 200 \d+ms", lines[1])
    assert begin(client) == before
    assert "Secret Name" not in client.get("/northfold/blue-badge/en/start").text


def test_no_header_brings_a_draft(client: PageClient) -> None:
    plain = client.get("/kent/blue-badge/en/start").text
    headers = {"Checker.draft_council": "x", "Checker-Draft-Council": "x"}
    assert client.get("/kent/blue-badge/en/start", headers=headers).text == plain


def test_the_policy_is_widened_on_the_studio_alone(client: PageClient) -> None:
    studio = client.get("/studio?council=kent").headers["Content-Security-Policy"]
    assert "img-src 'self' data:; " in studio
    assert "connect-src 'self'; " in studio
    page = client.get("/kent/blue-badge/en/start").headers["Content-Security-Policy"]
    assert "img-src 'self'; " in page
    assert "connect-src 'none'; " in page


def test_a_council_on_its_own_host_has_no_studio(client: PageClient) -> None:
    assert client.get("/studio", base_url="http://blue-badge.northfold.test").status_code == 404


def test_a_post_from_another_site_is_refused(client: PageClient) -> None:
    response = client.post("/studio", data={"council": "kent"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403


@pytest.mark.parametrize(
    "data",
    [
        {"council": "kent", "words.start.en": "x" * 700_000},
        {"council": "kent", **{f"field{number}": "x" for number in range(500)}},
        {"council": "kent", "logo_kept": "x" * 400_000},
    ],
    ids=["too long", "too many", "one too long"],
)
def test_a_form_that_is_too_big_is_refused_politely(client: PageClient, data: dict[str, str]) -> None:
    in_parts = sum(map(len, data.values())) < 500_000  # in one piece the client itself would keep it in a file
    content_type = "multipart/form-data" if in_parts else "application/x-www-form-urlencoded"
    assert client.post("/studio", data=data, content_type=content_type).status_code == 413
    assert client.post("/kent/blue-badge/en/check", data={"s": "x" * 20_000}).status_code == 413


NAMES = [field.name for field in FIELDS] + ["council", "act", "logo_kept", "view", "width"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.sampled_from(NAMES), st.text(max_size=40), max_size=12), st.binary(max_size=60), st.booleans()
)
def test_whatever_is_sent_there_is_an_answer(app: Flask, values: dict[str, str], data: bytes, is_folder: bool) -> None:
    plain = FlaskClient(app, Response)
    files = {"folder" if is_folder else "logo": (data, "logo.png")}
    fields = {"council": "kent", **values}
    act = fields.pop("act", "open" if is_folder else "download")
    assert send(plain, fields, act, **files).status_code == 200

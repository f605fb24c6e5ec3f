from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.checker.site import Site
from app.settings import Settings, SettingsError
from app.web.hosts import exact_host
from tests.checker.walk import walk
from tests.engine.people import RawAnswers
from tests.page_client import PageClient

OWN = "blue-badge.northfold.test"


@pytest.mark.parametrize(
    ("header", "host"),
    [
        ("checker.example", "checker.example"),
        ("CHECKER.Example", "checker.example"),
        ("checker.example.", "checker.example"),
        ("checker.example:8443", "checker.example"),
        ("Checker.example.:443", "checker.example"),
        ("[::1]:8000", "[::1]"),
        ("[::1]", "[::1]"),
        ("", ""),
        (":443", ""),
        ("a.example, b.example", ""),
        ("user@checker.example", ""),
        ("checker.example:@evil.example", ""),
        ("checker.example:evil", ""),
        ("checker.example:1:2", ""),
        ("checker.example:999999", ""),
        ("[::1]evil.example", ""),
        ("checker.example/x", ""),
    ],
)
def test_a_host_is_read_whole_in_small_letters_without_port_and_final_dot(header: str, host: str) -> None:
    assert exact_host(header) == host


@pytest.mark.parametrize("host", [OWN, OWN.upper(), f"{OWN}.", f"{OWN}:443", f"{OWN}:8443"])
def test_on_its_own_host_a_councils_name_is_no_part_of_the_address(client: PageClient, host: str) -> None:
    page = client.get("/blue-badge/en/start", headers={"Host": host})
    assert page.status_code == 200
    assert "Northfold County Council" in page.text
    assert "find-your-council" not in page.text
    framed = client.get("/embed/blue-badge/en/start", headers={"Host": host})
    assert "frame-ancestors https://www.northfold.example" in framed.headers["Content-Security-Policy"]


def test_the_front_of_a_councils_own_host_is_its_start_page(client: PageClient) -> None:
    assert client.get("/", headers={"Host": OWN}).headers["Location"] == "/blue-badge/en/start"
    for path in ("/kent", "/kent/"):
        assert client.get(path).headers["Location"] == "/kent/blue-badge/en/start"


@pytest.mark.parametrize(
    "path",
    [
        "/kent/blue-badge/en/start",
        "/northfold/blue-badge/en/start",
        "/embed/northfold/blue-badge/en/start",
        "/embed/kent/blue-badge/en/start",
        "/blue-badge/en/find-your-council",
        "//blue-badge/en/start",
        "/desk",
        "/api/v1/councils/kent",
        "/studio",
        "/unknown-host",
    ],
)
def test_a_councils_own_host_leads_to_no_other_council_and_to_no_page_of_the_whole_service(
    client: PageClient, path: str
) -> None:
    page = client.get(path, headers={"Host": OWN})
    assert page.status_code == 404
    assert "Kent" not in page.text


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        f"{OWN}.evil.example",
        f"evil{OWN}",
        "northfold.test",
        "localhost.evil.example",
        f"{OWN}, localhost",
        f"localhost@{OWN}",
        "",
        "127.0.0.1.nip.example",
        "\x00",
        "é.example",
    ],
)
@pytest.mark.parametrize("path", ["/", "/kent/blue-badge/en/start", "/embed/northfold/blue-badge/en/start"])
def test_a_host_that_nobody_set_up_gets_a_page_without_any_councils_data(
    app: Flask, client: PageClient, host: str, path: str
) -> None:
    page = client.get(path, environ_overrides={"HTTP_HOST": host})
    assert page.status_code == 404
    assert "There is no website at this address" in page.text
    site: Site = app.extensions["site"]
    names = [council.name("en") for council in site.councils.all(site.today())]
    assert [name for name in names if name in page.text] == []
    assert "find-your-council" not in page.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/kent/blue-badge/en/check", "/healthz/x"])
def test_a_host_that_nobody_set_up_answers_nothing_else_either(client: PageClient, method: str, path: str) -> None:
    page = client.open(path, method=method, headers={"Host": "evil.example"})
    assert page.status_code == 404
    assert "There is no website at this address" in page.text


@pytest.mark.parametrize("path", ["shire/blue-badge/en/start", "", "kent/blue-badge/en/start"])
def test_a_path_that_was_cut_short_leads_nowhere(client: PageClient, path: str) -> None:
    page = client.get("/", headers={"Host": OWN}, environ_overrides={"PATH_INFO": path})
    assert page.status_code == 404
    assert "Kent" not in page.text


@pytest.mark.parametrize(
    ("domain", "known"),
    [
        (OWN, True), ("localhost", True), ("evil.example", False), (f"{OWN}:443", True), (f"{OWN}:evil", False),
        ("[::1]x", False), ("", False),
    ],
)  # fmt: skip
def test_certificates_are_made_for_hosts_of_the_register_alone(client: PageClient, domain: str, known: bool) -> None:
    assert client.get(f"/healthz/host?domain={domain}").status_code == (200 if known else 404)


@pytest.mark.parametrize("host", ["evil.example", OWN, "localhost"])
def test_the_health_check_answers_on_every_host(client: PageClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).text == "ok\n"


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "Forwarded", "X-Original-Host", "X-Host"])
def test_no_forwarded_header_can_say_which_host_it_is(client: PageClient, header: str) -> None:
    value = f"host={OWN}" if header == "Forwarded" else OWN
    assert client.get("/blue-badge/en/start", headers={header: value}).status_code == 404
    page = client.get("/kent/blue-badge/en/start", headers={header: value})
    assert "Kent County Council" in page.text
    assert "Northfold" not in page.text


class OnOwnHost(PageClient):
    """A client whose every request goes to that host."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return super().open(*args, base_url=f"http://{OWN}", **kwargs)


def test_a_whole_check_works_on_a_councils_own_host(app: Flask) -> None:
    person: RawAnswers = {"who": "self", "age": "16_or_over", "sight": "severely_registered"}
    asked, outcome = walk(OnOwnHost(app, app.response_class), person, base="/blue-badge/en/")
    assert (asked, outcome.outcome) == (list(person), "automatic")
    assert "Northfold County Council" in outcome.html
    framed, outcome = walk(OnOwnHost(app, app.response_class), person, base="/embed/blue-badge/en/")
    assert (framed, outcome.outcome) == (list(person), "automatic")


@pytest.mark.parametrize("hosts", ["https://checker.example", "checker.example:443", "*.example", "Checker.example"])
def test_the_services_hosts_are_whole_names(hosts: str) -> None:
    with pytest.raises(SettingsError, match="SERVICE_HOSTS"):
        Settings.from_environment({"SERVICE_HOSTS": hosts})


def test_the_services_hosts_are_this_machine_where_none_are_set() -> None:
    assert Settings.from_environment({}).service_hosts == ("localhost", "127.0.0.1", "[::1]")
    set_two = Settings.from_environment({"SERVICE_HOSTS": "a.example, b.example"})
    assert set_two.service_hosts == ("a.example", "b.example")

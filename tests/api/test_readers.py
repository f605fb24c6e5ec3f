from __future__ import annotations

import pytest

from tests.page_client import PageClient

NORTHFOLD = "/api/v1/councils/northfold"
CHECK = f"{NORTHFOLD}/blue-badge/en/check"
FRIEND = "https://www.northfold.example"
OTHERS_FRIEND = "https://www.brackwater.example"
PATHS = [
    ("GET", NORTHFOLD),
    ("GET", f"{NORTHFOLD}/blue-badge/en"),
    ("POST", CHECK),
    ("GET", f"{NORTHFOLD}/green-badge/en"),
    ("GET", "/api/v1/openapi.json"),
    ("GET", "/api/v1/"),
]
STRANGERS = [
    "https://stranger.example",
    OTHERS_FRIEND,
    "null",
    "*",
    "http://www.northfold.example",
    "https://www.northfold.example:443",
    "https://www.northfold.example.stranger.example",
    "https://WWW.northfold.example",
    "https://www.northfold.example/",
    "https://preview.northfold.example",
    "",
]


def cors(headers: object) -> dict[str, str]:
    assert hasattr(headers, "items")
    return {name: value for name, value in headers.items() if name.startswith("Access-Control-")}


@pytest.mark.parametrize(("method", "path"), PATHS)
@pytest.mark.parametrize("origin", [FRIEND, "https://preview.northfold.example:8443", "http://www.northfold.test:8081"])
def test_a_councils_own_websites_may_read_and_post(client: PageClient, method: str, path: str, origin: str) -> None:
    headers = {"Origin": origin, "Sec-Fetch-Site": "cross-site"}
    response = client.open(path, method=method, json={"answers": {}} if method == "POST" else None, headers=headers)
    assert response.status_code in (200, 404)
    assert cors(response.headers) == {"Access-Control-Allow-Origin": origin}
    assert response.headers["Vary"] == "Origin"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize("origin", STRANGERS)
def test_nobody_elses_pages_may_read_or_post(client: PageClient, origin: str) -> None:
    headers = {"Origin": origin, "Sec-Fetch-Site": "cross-site"}
    for path in (NORTHFOLD, f"{NORTHFOLD}/blue-badge/en"):
        response = client.get(path, headers=headers)
        assert (response.status_code, cors(response.headers), response.headers["Vary"]) == (200, {}, "Origin")
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    refused = client.post(CHECK, json={"answers": {}}, headers=headers)
    assert (refused.status_code, refused.get_json()["code"], cors(refused.headers)) == (403, "foreign-origin", {})
    assert refused.mimetype == "application/problem+json"


def test_what_a_friend_did_wrong_the_friend_may_read(client: PageClient) -> None:
    response = client.post(CHECK, json={"answers": {"age": "7"}}, headers={"Origin": FRIEND})
    assert (response.status_code, cors(response.headers)) == (422, {"Access-Control-Allow-Origin": FRIEND})


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}, 200),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "https://stranger.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_a_server_may_post_and_a_strange_page_may_not(client: PageClient, headers: dict[str, str], status: int) -> None:
    assert client.post(CHECK, json={"answers": {}}, headers=headers).status_code == status


def test_pages_still_refuse_posts_from_a_councils_website(client: PageClient) -> None:
    headers = {"Origin": FRIEND, "Sec-Fetch-Site": "cross-site"}
    for path in ("/northfold/blue-badge/en/check", "/embed/northfold/blue-badge/en/check"):
        response = client.post(path, data={"s": "x"}, headers=headers)
        assert (response.status_code, cors(response.headers)) == (403, {})


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        (NORTHFOLD, "GET, HEAD, OPTIONS"),
        (CHECK, "OPTIONS, POST"),
        ("/api/v1/openapi.json", "GET, HEAD, OPTIONS"),
        (f"{NORTHFOLD}/green-badge/en/check", "OPTIONS, POST"),
    ],
)
def test_a_preflight_says_what_a_councils_website_may_send(client: PageClient, path: str, methods: str) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    response = client.options(path, headers={"Origin": FRIEND, **asked})
    assert (response.status_code, response.data, response.headers["Allow"]) == (204, b"", methods)
    assert cors(response.headers) == {
        "Access-Control-Allow-Origin": FRIEND,
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": "Content-Type",
        "Access-Control-Max-Age": "3600",
    }
    stranger = client.options(path, headers={"Origin": "https://stranger.example", **asked})
    assert (stranger.status_code, cors(stranger.headers), stranger.headers["Vary"]) == (204, {}, "Origin")


def test_without_an_embedder_nobody_is_let_in(client: PageClient) -> None:
    response = client.options("/api/v1/councils/kent", headers={"Origin": FRIEND})
    assert (response.status_code, cors(response.headers)) == (204, {})


def test_the_description_is_open_to_every_councils_website(client: PageClient) -> None:
    response = client.get("/api/v1/openapi.json", headers={"Origin": OTHERS_FRIEND})
    assert cors(response.headers) == {"Access-Control-Allow-Origin": OTHERS_FRIEND}

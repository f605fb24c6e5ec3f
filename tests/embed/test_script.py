"""The script for other websites: what is at its address never changes."""

from __future__ import annotations

from flask import Flask, Response
from flask.testing import FlaskClient

from app.embed.script import FOLDER, integrity
from app.settings import ROOT

PUBLISHED = {"v1.js": "sha384-uPAiItpV1OEEWmsJLGsvp0FMJck3RevXn1WvL1QqR/iI1TQ0RW7NKEqh0Y0GjLnV"}
"""What websites have pasted beside each address. A file that differs is refused by every one of them: add a version."""


def test_a_version_never_changes_once_it_is_published() -> None:
    versions = {path.name: integrity(path.read_bytes()) for path in (ROOT / FOLDER).iterdir() if path.suffix == ".js"}
    assert versions == PUBLISHED


def test_any_website_may_load_a_version_check_it_and_keep_it_for_ever(app: Flask) -> None:
    client = FlaskClient(app, Response)
    for name, expected in PUBLISHED.items():
        response = client.get(f"/embed/{name}", buffered=True)
        assert response.status_code == 200
        assert integrity(response.data) == expected
        headers = {
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Cache-Control": "max-age=315360000, public, immutable",
            "X-Content-Type-Options": "nosniff",
        }
        assert {name: response.headers[name] for name in headers} == headers
        assert response.mimetype == "text/javascript"
        assert "Set-Cookie" not in response.headers


def test_a_version_that_does_not_exist_is_not_found(app: Flask) -> None:
    assert FlaskClient(app, Response).get("/embed/v0.js").status_code == 404

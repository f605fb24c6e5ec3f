"""The script for the websites that frame the checker: each version at an address of its own, the same for ever."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

FOLDER = Path("static", "embed")
NEWEST = "v1.js"
PREFIX = "/embed/"


def serve_scripts(app: Flask, root: Path) -> None:
    """Serves every version to any website, and keeps the integrity of the newest for the snippets."""
    folder = root / FOLDER
    app.extensions["embed_script"] = integrity((folder / NEWEST).read_bytes())
    files = WhiteNoise(
        app.wsgi_app,
        allow_all_origins=True,  # a browser checks the integrity only of what it may read
        immutable_file_test=lambda _path, _url: True,
        add_headers_function=_headers,
    )
    files.add_files(str(folder), prefix=PREFIX)
    app.wsgi_app = files  # type: ignore[method-assign]  # the documented way to wrap an application


def integrity(content: bytes) -> str:
    """What a page writes beside the address of a script, so that a browser runs this content and no other."""
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


def _headers(headers: dict[str, str], _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"

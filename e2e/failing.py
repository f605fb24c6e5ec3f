"""The service with one page more, which fails as it is asked to: what a person then sees is tested on it."""

from __future__ import annotations

import os
from typing import NoReturn

from flask import abort

from app import create_app
from app.settings import Settings

app = create_app(Settings.from_environment(os.environ))

CRASH = 500


@app.get("/fail/<language>/<int:status>")
def fail(language: str, status: int) -> NoReturn:
    """Fails with this status, in this language; 500 is a mistake in the code."""
    if status == CRASH:
        message = "a page failed, as it was asked to"
        raise RuntimeError(message)
    abort(status)

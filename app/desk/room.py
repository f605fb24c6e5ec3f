"""The desk as a whole, as the application takes it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.desk import (  # noqa: F401 - each adds its pages
    agreement_pages,
    bank_pages,
    case_pages,
    change_pages,
    door_pages,
    example_pages,
    export_pages,
    figures_pages,
    invitation_pages,
    log_pages,
    people_pages,
    receipt_pages,
    review_pages,
    shared_pages,
)
from app.desk.desk import Desk
from app.desk.pages import csrf, desk_pages
from app.desk.providers import load_providers
from app.desk.session import keep_sessions
from app.desk.sign_in import Doors

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from flask import Flask


def open_desk(app: Flask, keys: tuple[str, ...], providers: Path | None, councils: Collection[str]) -> None:
    """Adds the desk to the application. Without keys it only says that it is not set up.

    Raises LoadError with all that is wrong in the file of providers.
    """
    doors = Doors(load_providers(providers, councils) if providers else {})
    app.extensions["desk"] = Desk(is_open=bool(keys), doors=doors)
    keep_sessions(app, keys)
    # A form may stay open for as long as its page may; the desk asks itself, since other pages have no cookie.
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None)
    csrf.init_app(app)
    app.register_blueprint(desk_pages)

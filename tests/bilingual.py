"""The application in English and Welsh."""

from __future__ import annotations

from dataclasses import replace

from app import create_app
from app.settings import Settings
from tests.conftest import KEY
from tests.page_client import PageClient

WELSH = "cy"


def bilingual_client(settings: Settings | None = None) -> PageClient:
    """A client of the service in both languages, with the English words in place of Welsh ones that there are not."""
    app = create_app(settings or Settings(state_keys=(KEY,), examples=True))
    pages = app.extensions["languages"]
    app.extensions["languages"] = {WELSH: replace(pages["en"], language=WELSH, name="Cymraeg"), **pages}
    for room in ("site", "api"):
        held = app.extensions[room]
        services = {
            each.id: replace(each, words={WELSH: each.words["en"], **each.words}) for each in held.services.values()
        }
        app.extensions[room] = replace(held, services=services)
    app.test_client_class = PageClient
    client = app.test_client()
    assert isinstance(client, PageClient)
    return client

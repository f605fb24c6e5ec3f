"""The leak matrix: every page of every council, each of which says all it can, holds its own details and no other's."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.wrappers import Response

from app import create_app
from app.settings import Settings
from tests.conftest import KEY
from tests.councils.generated import Said, foreign, missing, register_councils, write_register_councils

COUNCILS = register_councils()
PERSON = {"who": "self", "age": "16_or_over", "sight": "severely_registered"}
PAGES = ("start", "criteria", "privacy", "cookies", "accessibility")
SHARE = 52


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client that checks nothing itself: other tests do that, and these fetch some thousand pages."""
    folder = tmp_path_factory.mktemp("councils") / "councils"
    write_register_councils(folder)
    app = create_app(Settings(state_keys=(KEY,), councils=folder))
    return FlaskClient(app, Response)


def test_every_authority_says_something_that_no_other_does() -> None:
    assert len(COUNCILS) == 208
    told = [text for said in COUNCILS for text in said.telling]
    assert len(told) == len(set(told)) == 208 * 8


@pytest.mark.parametrize("first", range(0, len(COUNCILS), SHARE))
def test_no_page_of_a_council_holds_anything_of_another(first: int, client: FlaskClient) -> None:
    assert [fault for said in COUNCILS[first : first + SHARE] for fault in _faults(said, client)] == []


def _faults(said: Said, client: FlaskClient) -> Iterator[str]:
    base = f"/{said.slug}/blue-badge/en/"
    pages = {page: _text(client, base + page) for page in PAGES}
    pages["framed start"] = _text(client, f"/embed{base}start")
    pages["own host"] = _text(client, "/blue-badge/en/start", said.host)
    pages |= _check(client, base)
    for page, content in pages.items():
        yield from missing(said, page, content, (said.name,))
        yield from foreign(said, page, content, COUNCILS)
    yield from missing(said, "start", pages["start"], (said.own_words, said.phone, said.email))
    told = (said.fee_told, said.apply, said.own_words, said.phone, said.email)
    yield from missing(said, "outcome", pages["outcome"], told)
    yield from _welsh_faults(said, client)


def _welsh_faults(said: Said, client: FlaskClient) -> Iterator[str]:
    """What is missing or foreign on the Welsh pages; of a council without any, what is there nevertheless."""
    base = f"/{said.slug}/blue-badge/cy/"
    pages = {page: _text(client, base + page) for page in PAGES}
    if not said.welsh:
        yield from (f"{said.slug}, {page}: is there in Welsh" for page, content in pages.items() if content)
        return
    pages |= _check(client, base)
    own = (said.welsh_name, said.phone, said.email, said.own_welsh_words)
    yield from missing(said, "start in Welsh", pages["start"], own)
    yield from missing(said, "outcome in Welsh", pages["outcome"], (*own, said.apply))
    for page, content in pages.items():
        yield from foreign(said, f"{page} in Welsh", content, COUNCILS)
        english = (said.own_words, *((said.name,) if said.name != said.welsh_name else ()))
        yield from (f"{said.slug}, {page}: {text!r} is on a Welsh page" for text in english if text in content)


def _text(client: FlaskClient, path: str, host: str = "localhost") -> str:
    response = client.get(path, headers={"Host": host})
    # The policy says who may frame the page, so it is looked at too.
    return unescape(response.get_data(as_text=True)) + str(response.headers) if response.status_code == 200 else ""


def _check(client: FlaskClient, base: str) -> dict[str, str]:
    pages = {}
    token = client.get(f"{base}check").headers["Location"].partition("?s=")[2]
    for question, answer in PERSON.items():
        pages[question] = _text(client, f"{base}check?s={token}")
        sent = client.post(f"{base}check", data={"s": token, question: answer})
        token = sent.headers["Location"].partition("?s=")[2]
    pages["answers"] = _text(client, f"{base}check?s={token}")
    token = client.post(f"{base}check", data={"s": token}).headers["Location"].partition("?s=")[2]
    pages["outcome"] = _text(client, f"{base}check?s={token}")
    return pages

"""In a language with words longer by more than half, every page still fits every screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from app.settings import ROOT
from e2e import law
from e2e.layout import fit_faults
from e2e.screens import CHOSEN
from e2e.server import Server, serve
from tests.languages.pseudo import LANGUAGE, make_pseudo

if TYPE_CHECKING:
    from e2e.conftest import Visitor

SCREENS = [
    screen
    for screen in CHOSEN
    if screen.language == LANGUAGE and screen.layout == law.OWN_PAGE and screen.where == "service"
]
KINDS = sorted({screen.kind for screen in SCREENS})


@pytest.fixture(scope="module")
def long_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The service with that language in the place of Welsh."""
    folder = tmp_path_factory.mktemp("long")
    make_pseudo(folder, ROOT)
    with serve([law.KEY], RULES=str(folder / "rules"), WORDS=str(folder / "words")) as running:
        yield running


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_of_a_type_fits_in_long_words(kind: str, visitor: Visitor, long_server: Server) -> None:
    visitor.watch.allowed.add(long_server.url)
    found = {}
    for screen in SCREENS:
        if screen.kind == kind:
            visitor.watch.expected_status = screen.status
            response = visitor.page.goto(long_server.url + screen.path)
            assert response is not None
            assert response.status == screen.status, screen.name
            assert "⁽" in visitor.page.content(), screen.name
            found[screen.name] = {check: faults for check, faults in fit_faults(visitor.page).items() if faults}
            visitor.watch.take()
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert found

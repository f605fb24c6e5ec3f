"""The document about plain words shows the figures as they are."""

from __future__ import annotations

import re

from tests.words.figures import DOCUMENT, NOW, tables


def test_the_document_shows_the_figures_of_today() -> None:
    shown = NOW.search(DOCUMENT.read_text())
    assert shown is not None
    assert shown[0] == tables(), "write them anew: .venv/bin/python -m tests.words.figures --write"


def test_before_and_now_have_the_same_nations() -> None:
    before, _, now = DOCUMENT.read_text().partition("### Now")
    rows = [re.findall(r"^\| ([A-Z][\w ]+) \|", part, re.M) for part in (before, now)]
    assert rows[0] == rows[1][: len(rows[0])]
    assert {"England", "Wales", "Scotland", "Northern Ireland"} <= set(rows[0])

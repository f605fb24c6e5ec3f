"""What the accessibility statement says was tested is what these tests look at, and all that they look at is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e import law
from e2e.checkers import faults
from e2e.screens import CHOSEN

if TYPE_CHECKING:
    from e2e.conftest import OpenBrowser, Visitor

CLAIMS = {
    "axe": {"axe"},
    "colours": {"forced colours"},
    "errors": {"error summary"},
    "headings": {"title", "main heading", "language", "valid HTML"},
    "keyboard": {"keyboard"},
    "motion": {"reduced motion"},
    "narrow": {"320 pixels", "1280 pixels"},
    "paper": {"print"},
    "targets": {"24 pixel targets"},
    "text": {"text spacing", "text of 200%"},
    "without": {"no JavaScript", "no CSS", "no images"},
}
"""The checkers behind each line of the statement's list, by the end of its key."""

ELSEWHERE = {"colours of the brand", "marks of GOV.UK"}
"""Checkers of what is no claim of that list: the statement says of colours that they are measured."""

LINE = "accessibility.tested."


@pytest.mark.parametrize("language", law.LANGUAGES.values(), ids=law.LANGUAGES.keys())
def test_each_line_of_the_statement_has_its_checkers(language: law.Language, visitor: Visitor) -> None:
    lines = {key.removeprefix(LINE): text for key, text in language.site_words.words.items() if key.startswith(LINE)}
    assert lines.keys() == CLAIMS.keys()
    visitor.page.goto(law.path("accessibility", language=language.code))
    shown = visitor.page.locator("main li").all_inner_texts()
    assert [text for text in shown if text in lines.values()] == list(lines.values())


def test_each_checker_stands_behind_a_line_of_the_statement(visitor: Visitor, open_browser: OpenBrowser) -> None:
    screen = next(screen for screen in CHOSEN if screen.kind == "start")
    bare = open_browser(java_script_enabled=False).page
    for page in (visitor.page, bare):
        page.goto(screen.path)
    behind = {checker for checkers in CLAIMS.values() for checker in checkers}
    assert faults(visitor.page, screen, bare).keys() == behind | ELSEWHERE


def test_what_is_tested_is_every_language_every_layout_and_several_brands() -> None:
    assert {screen.language for screen in CHOSEN} == set(law.LANGUAGES)
    assert {screen.layout for screen in CHOSEN} >= {law.OWN_PAGE, law.FRAMED}
    assert len({screen.council for screen in CHOSEN}) > 2

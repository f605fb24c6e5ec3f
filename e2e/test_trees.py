"""What a screen reader is given of each page type: names, roles and states, kept as files that a person can read.

A file shows a page as the browser hands it to assistive technology. Where words or pages change, so do they: look
through what `git diff` shows after `pytest e2e/test_trees.py --update-trees`, and commit it with the change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from e2e import law
from e2e.conftest import UPDATE_TREES
from e2e.screens import EVERY, LAYOUT_NAMES

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from e2e.conftest import Visitor
    from e2e.screens import Screen

FOLDER = Path(__file__).parent / "trees"
BRAND = "argleton"
"""The council that gives nothing but its name, so that no brand is in the files."""

PARTS = {
    "start": [("start", "plain"), ("start", "notice expired")],
    "one answer": [("question", "age fresh"), ("question", "age missing")],
    "several answers": [("question", f"difficulties {state}") for state in ("fresh", "missing", "conflict")],
    "answers": [("check-your-answers", "self"), ("check-your-answers", "someone_else")],
    "outcomes": [("outcome", person.name) for person in law.people() if person.who == "self"],
    "helped": [("outcome", "someone_else-assessed"), ("outcome", "child-someone_else-assessed")],
    "organisation": [("outcome", "organisation-special_route")],
    "finding": [("find-your-council", "plain"), ("find-your-council", "error several")],
    "confirming": [("confirm-your-council", "own council"), ("confirm-your-council", "district")],
    "statements": [("accessibility", "plain"), ("cookies", "plain"), ("privacy", "plain")],
    "errors": [("error page", "404 unknown council"), ("error page", "500"), ("error page", "503")],
}
OTHER_LAYOUTS = [("start", "plain"), ("question", "age missing"), ("outcome", "self-assessed")]
"""Those that are kept in every other layout too."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The file of a page."""

    screen: Screen

    @property
    def path(self) -> Path:
        """Where it is kept."""
        layout = LAYOUT_NAMES[self.screen.layout] if self.screen.layout else ""
        name = re.sub(r"[^a-z0-9]+", "-", f"{layout} {self.screen.kind} {self.screen.state}".strip().lower())
        return FOLDER / self.screen.language / f"{name}.yaml"

    def read(self, page: Page) -> str:
        """The page as it is now, without what differs from day to day and from one check to the next."""
        return steadied(page.locator("body").aria_snapshot(), self.screen.words)


def steadied(tree: str, language: law.Language) -> str:
    """A tree with one word for every state, receipt, day, version and changing address in it."""
    months = "|".join(language.site_words.words[f"date.month.{month}"] for month in range(1, 13))
    for pattern, word in {
        r"\?s=[\w=%-]+": "?s=STATE",
        r"(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}|(?:\b[0-9A-Z] ){3}[0-9A-Z]\b": "RECEIPT",
        rf"\b\d{{1,2}} (?:{months}) \d{{4}}\b": "DAY",
        r"\b[0-9a-f]{12}\b": "VERSION",
        r"http://127\.0\.0\.1:\d+": "http://SERVICE",
    }.items():
        tree = re.sub(pattern, word, tree)
    return tree + "\n"


def _trees() -> list[Tree]:
    kept = {each for part in PARTS.values() for each in part}
    return [
        Tree(screen)
        for screen in EVERY
        if screen.council in (BRAND, None) and (screen.kind, screen.state) in (OTHER_LAYOUTS if screen.layout else kept)
    ]


TREES = _trees()


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: f"{tree.screen.language}/{tree.path.stem}")
def test_a_page_is_told_as_it_was_when_somebody_read_it(
    tree: Tree, visitor: Visitor, request: pytest.FixtureRequest
) -> None:
    where = tree.screen.where
    server = request.getfixturevalue("server" if where == "service" else f"{where}_server")
    visitor.watch.allowed.add(server.url)
    visitor.watch.expected_status = tree.screen.status
    visitor.page.goto(server.url + tree.screen.path)
    now = tree.read(visitor.page)
    if request.config.getoption(UPDATE_TREES):
        tree.path.parent.mkdir(parents=True, exist_ok=True)
        tree.path.write_text(now, encoding="utf-8")
    kept = tree.path.read_text(encoding="utf-8") if tree.path.exists() else "nothing is kept"
    assert now.splitlines() == kept.splitlines(), f"read it, then: pytest e2e/test_trees.py {UPDATE_TREES}"


def test_each_tree_that_is_kept_is_of_a_page_and_each_language_has_the_same() -> None:
    files = {path.relative_to(FOLDER) for path in FOLDER.rglob("*.yaml")}
    assert files == {tree.path.relative_to(FOLDER) for tree in TREES}
    names = {code: {path.name for path in files if path.parent.name == code} for code in law.LANGUAGES}
    assert set(map(frozenset, names.values())) == {frozenset(names[law.LANGUAGE])}
    wanted = {(kind, state) for part in PARTS.values() for kind, state in part}
    assert {(tree.screen.kind, tree.screen.state) for tree in TREES} == wanted | set(OTHER_LAYOUTS)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ('- /url: "?s=gAAAAB-_x%3D"', '- /url: "?s=STATE"'),
        ("- text: K47X-Z5ED-WGSG-MDJE-RRNW", "- text: RECEIPT"),
        ("- listitem: K 4 7 X", "- listitem: RECEIPT"),
        (f"- text: Made on {law.site_words.day(law.site.today())}.", "- text: Made on DAY."),
        (f"- text: rules {law.ENGLAND.version}", "- text: rules VERSION"),
        ("- link: 12 weeks", "- link: 12 weeks"),
    ],
)
def test_only_what_differs_from_day_to_day_is_left_out(told: str, kept: str) -> None:
    assert steadied(told, law.FIRST) == f"{kept}\n"

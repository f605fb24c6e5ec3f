"""A second language beside the first: what differs between them is told, text by text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from app.engine.problem import LoadError
from app.engine.rulebook import load_rulebook, read_rulebook
from app.settings import ROOT
from tests.engine.untranslated import copy_untranslated

WORDS = "blue-badge/words"


@pytest.fixture(scope="module")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rules with a second language that says every text as the first does, each marked as read."""
    folder = tmp_path_factory.mktemp("translated") / "rules"
    copy_untranslated(folder)
    service = folder / "blue-badge/service.yaml"
    service.write_text(service.read_text().replace("languages: [en]", "languages: [en, xx]"))
    second = folder / WORDS / "xx.yaml"
    second.write_text((folder / WORDS / "en.yaml").read_text().replace("language: en", "language: xx", 1))
    sources = [
        source
        for laws in load_rulebook(ROOT / "rules")["blue-badge"].laws.values()
        for law in laws
        for source in law.law.content.sources.values()
    ]
    cited = {text: text for source in sources for text in (source.title, source.provision)}
    problems = read_rulebook(folder)[1]
    assert {problem.code for problem in problems} == {"translation-stale", "text-missing"}
    stale = [problem for problem in problems if problem.code == "translation-stale"]
    notes = dict(problem.message.rpartition("then note ")[2].split(": ") for problem in stale)
    more = {"translates": notes, "cited": cited}
    second.write_text(second.read_text() + yaml.safe_dump(more, default_style="'", allow_unicode=True))
    assert load_rulebook(folder)["blue-badge"].words.keys() == {"en", "xx"}
    assert read_rulebook(folder)[1] == []
    return folder


@pytest.fixture
def folder(translated: Path, tmp_path: Path) -> Path:
    """A copy of them, to plant a fault in."""
    shutil.copytree(translated, tmp_path / "rules")
    return tmp_path / "rules"


def change(path: Path, right: str, wrong: str) -> int:
    """Plants a fault, and gives its line."""
    text = path.read_text()
    assert right in text
    path.write_text(text.replace(right, wrong, 1))
    return text[: text.index(right)].count("\n") + 1


FAULTS = [
    ("      self: Myself\n", "      self: Myself, or 2 of us\n", "numeral-mismatch"),
    ("      self: Myself\n", "      self: Myself at {council}\n", "placeholder-mismatch"),
    ("      self: Myself\n", "      self: '[Myself](https://www.example.org)'\n", "link-mismatch"),
    ("      self: Myself\n", "      self: {label: Myself, hint: Only me}\n", "text-unused"),
]


@pytest.mark.parametrize(("right", "wrong", "code"), FAULTS)
def test_a_translation_that_says_something_else_is_told_of(folder: Path, right: str, wrong: str, code: str) -> None:
    path = folder / WORDS / "xx.yaml"
    line = change(path, right, wrong)
    [problem] = read_rulebook(folder)[1]
    assert (problem.code, problem.file, problem.line) == (code, path, line)
    with pytest.raises(LoadError, match=code):
        load_rulebook(folder)


def test_a_hint_that_was_not_translated_is_told_of(folder: Path) -> None:
    change(folder / WORDS / "en.yaml", "      self: Myself\n", "      self: {label: Myself, hint: Only me}\n")
    [problem] = read_rulebook(folder)[1]
    assert problem.code == "text-missing"
    assert problem.file.name == "xx.yaml"
    assert "hint is not translated" in problem.message


def test_a_text_that_changed_since_is_told_of_and_keeps_nobody_from_being_served(folder: Path) -> None:
    change(folder / WORDS / "en.yaml", "      self: Myself\n", "      self: For myself\n")
    [problem] = read_rulebook(folder)[1]
    assert (problem.code, problem.file.name) == ("translation-stale", "xx.yaml")
    assert "questions.who.options.self.label" in problem.message
    assert load_rulebook(folder)


def test_a_note_of_a_text_that_is_gone_is_told_of(folder: Path) -> None:
    path = folder / WORDS / "xx.yaml"
    path.write_text(path.read_text() + "  'questions.whom.title': '00000000'\n")
    [problem] = read_rulebook(folder)[1]
    assert problem.code == "unknown-reference"
    assert problem.line == path.read_text().count("\n")

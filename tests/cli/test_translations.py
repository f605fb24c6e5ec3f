"""``flask translations …``: what nobody has checked is listed and laid out, and what was read or checked is noted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app import create_app
from app.settings import ROOT, Settings

RULES_KEY, PAGES_KEY = "questions.who.title", "words.layout.back"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of all the words there are."""
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    shutil.copytree(ROOT / "templates/words", tmp_path / "words")
    for checks in tmp_path.glob("**/checked"):
        shutil.rmtree(checks)
    return tmp_path


def run(folder: Path, *arguments: str) -> Result:
    app = create_app(Settings(rules=folder / "rules", words=folder / "words"))
    return app.test_cli_runner().invoke(args=["translations", *arguments])


def change(path: Path, right: str, wrong: str) -> None:
    text = path.read_text()
    assert right in text
    path.write_text(text.replace(right, wrong, 1))


def test_every_text_is_unchecked_until_somebody_has_checked_it(folder: Path) -> None:
    before = run(folder, "unchecked", "cy")
    assert before.exit_code == 0
    lines = before.stdout.splitlines()
    assert {f"pages {PAGES_KEY}", f"blue-badge {RULES_KEY}"} <= set(lines)
    assert len(lines) > 1000
    noted = run(folder, "checked", "cy", PAGES_KEY, RULES_KEY, "--by", "Example Reader, translator")
    assert "2 texts noted as checked" in noted.output
    after = run(folder, "unchecked", "cy").stdout.splitlines()
    assert set(lines) - set(after) == {f"pages {PAGES_KEY}", f"blue-badge {RULES_KEY}"}
    assert "Example Reader" in (folder / "words/checked/cy.yaml").read_text()
    run(folder, "checked", "cy", "--all", "--by", "Example Reader, translator")
    assert run(folder, "unchecked", "cy").stdout == ""


@pytest.mark.parametrize(("name", "right"), [("en", "Myself"), ("cy", "  who:\n    title: ")])
def test_a_check_lapses_when_either_text_changes(folder: Path, name: str, right: str) -> None:
    run(folder, "checked", "cy", "--all", "--by", "Example Reader")
    change(folder / f"rules/blue-badge/words/{name}.yaml", right, f"{right}Now ")
    [line] = run(folder, "unchecked", "cy").stdout.splitlines()
    assert line.startswith("blue-badge questions.who.")


def test_a_changed_english_is_told_until_its_translation_is_read_again(folder: Path) -> None:
    change(folder / "words/en.yaml", "layout.back: Back", "layout.back: Go back")
    told = run(folder, "unchecked", "cy")
    assert told.exit_code == 1
    assert f"pages {PAGES_KEY} (the English has changed)" in told.stdout
    header = (folder / "words/cy.yaml").read_text().partition("\nwords:")[0]
    assert "1 texts noted as read again" in run(folder, "read", "cy", PAGES_KEY).output
    assert run(folder, "unchecked", "cy").exit_code == 0
    assert (folder / "words/cy.yaml").read_text().startswith(header)


def test_noting_what_is_noted_changes_no_file(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.glob("**/cy.yaml")}
    assert "0 texts noted" in run(folder, "read", "cy", "--all").output
    assert {path: path.read_bytes() for path in folder.glob("**/cy.yaml")} == before


def test_the_page_lays_both_languages_side_by_side_each_marked(folder: Path) -> None:
    page = run(folder, "page", "cy").stdout
    assert '<td lang="cy" dir="ltr">' in page
    assert '<td lang="en" dir="ltr">' in page
    assert page.count("<tr>") > 1000
    run(folder, "checked", "cy", "--all", "--by", "Example Reader")
    assert run(folder, "page", "cy").stdout.count("<tr>") == 0
    assert run(folder, "page", "cy", "--all").stdout.count("<tr>") > 1000


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("unchecked", "fr"), "'fr' is none of cy"),
        (("unchecked", "en"), "'en' is none of cy"),
        (("read", "cy"), "name the texts by their keys, or say --all"),
        (("read", "cy", "words.layout.nothing"), "there is no text words.layout.nothing"),
        (("checked", "cy", PAGES_KEY), "--by"),
    ],
)
def test_what_cannot_be_done_says_what_to_do(app: Flask, arguments: tuple[str, ...], told: str) -> None:
    result = app.test_cli_runner().invoke(args=["translations", *arguments])
    assert result.exit_code == 2
    assert told in result.output


def test_checks_that_cannot_be_read_are_told_with_file_and_line(folder: Path) -> None:
    (folder / "words/checked").mkdir()
    (folder / "words/checked/cy.yaml").write_text("language: cy\nchecks: none\n")
    result = run(folder, "unchecked", "cy")
    assert result.exit_code == 1
    assert "checked/cy.yaml:2" in result.output

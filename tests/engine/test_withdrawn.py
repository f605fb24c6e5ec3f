"""Versions that were found wrong: kept on record, never used, and not at the same time in force."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.engine.problem import LoadError
from app.engine.rulebook import load_rulebook, read_rulebook
from tests.engine.change_of_law import withdraw
from tests.engine.untranslated import copy_untranslated

GONE = "id: distress-{0}, nation: england, version: 'abcdef01234{0}', withdrawn: 2026-11-0{0}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy_untranslated(tmp_path / "rules")
    return tmp_path / "rules"


def test_a_withdrawn_version_is_on_record(folder: Path) -> None:
    withdraw(folder, GONE.format(1), GONE.format(2), words=["distress-1", "distress-2"])
    service = load_rulebook(folder)["blue-badge"]
    record = service.withdrawn_version("abcdef012342")
    assert record is not None
    assert (record.id, record.nation, record.withdrawn) == ("distress-2", "england", date(2026, 11, 2))
    assert service.withdrawn_version("000000000000") is None
    assert service.words["en"].withdrawn["distress-1"].you.startswith("distress-1: ask")


def test_rules_without_withdrawn_versions_need_no_file(folder: Path) -> None:
    assert load_rulebook(folder)["blue-badge"].withdrawn == ()


@pytest.mark.parametrize(
    ("entries", "words", "code", "said"),
    [
        ([GONE.format(1), GONE.format(2).replace("2342", "2341")], ["distress-1", "distress-2"], "duplicate-id",
         "'abcdef012341' stands twice"),
        ([GONE.format(1), GONE.format(2).replace("distress-2", "distress-1")], ["distress-1"], "duplicate-id",
         "'distress-1' stands twice"),
        ([GONE.format(1).replace("england", "mercia")], ["distress-1"], "unknown-reference", "'mercia' is not one of"),
        ([GONE.format(1)], [], "text-missing", "withdrawn: 'distress-1' has no words"),
        ([GONE.format(1)], ["distress-1", "other"], "text-unused", "withdrawn: nothing shows 'other'"),
        ([GONE.format(1).replace("abcdef", "ABCDEF")], ["distress-1"], "wrong-shape", "version: string should match"),
        ([GONE.format(1).replace("'abcdef012341'", "123456789012")], ["distress-1"], "unquoted", "in quotes"),
        ([GONE.format(1).replace("2026-11-01", "2026-11-32")], ["distress-1"], "wrong-shape", "withdrawn: "),
        ([GONE.format(1) + ", because: x"], ["distress-1"], "unknown-key", "'because'"),
        ([], [], "unquoted", "nothing is written here"),
    ],
)  # fmt: skip
def test_a_fault_of_the_file_does_not_load(
    folder: Path, entries: list[str], words: list[str], code: str, said: str
) -> None:
    withdraw(folder, *entries, words=words)
    with pytest.raises(LoadError) as caught:
        load_rulebook(folder)
    assert any(problem.code == code and said in problem.message for problem in caught.value.problems), caught.value


def test_a_version_in_force_cannot_be_withdrawn(folder: Path) -> None:
    [law] = load_rulebook(folder)["blue-badge"].laws["wales"]
    path = withdraw(
        folder, f"id: wrong, nation: wales, version: '{law.version}', withdrawn: 2026-11-01", words=["wrong"]
    )
    with pytest.raises(LoadError) as caught:
        load_rulebook(folder)
    [problem] = caught.value.problems
    assert (problem.file, problem.line, problem.code) == (path, 2, "withdrawn-in-force")
    assert "2016-10-01.yaml" in problem.message
    assert "correct that file" in problem.message
    assert read_rulebook(folder)[0]["blue-badge"].version("wales", law.version) is None

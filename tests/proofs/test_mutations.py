"""Each kind of slip in the real files is caught by the code that names it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.engine.cases import try_cases
from app.engine.prover import prove
from app.engine.rulebook import read_rulebook
from app.settings import ROOT
from tests.conftest import TODAY
from tests.proofs.mutations import KINDS, SERVICE, WORDS, Kind

CASES = "cases/england.yaml"
MOST = 2
"""How many mutants of a kind are tried: enough to meet each shape of a place, and still quick."""


Named = tuple[str, str, str]
"""The code, the file and the message of something that is wrong."""


@pytest.fixture(scope="module")
def england(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rules of one nation without the words, which take longest to read."""
    source, copy = ROOT / "rules/blue-badge", tmp_path_factory.mktemp("law") / "rules/blue-badge"
    shutil.copytree(source / "england", copy / "england")
    shutil.copy(source / SERVICE, copy)
    (copy / "cases").mkdir()
    shutil.copy(source / CASES, copy / CASES)
    return copy


@pytest.fixture(scope="module")
def england_with_words(england: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("words") / "rules/blue-badge"
    shutil.copytree(england, copy)
    shutil.copytree(ROOT / "rules/blue-badge/words", copy / "words")
    return copy


@pytest.fixture(scope="module")
def already_wrong(england: Path, england_with_words: Path) -> set[Named]:
    """What is wrong before anything is changed: words are missing, or there are those of other nations."""
    return {*in_law(england), *in_words(england_with_words)}


def in_words(folder: Path) -> set[Named]:
    _, problems = read_rulebook(folder.parent)
    return {(each.code, each.file.name, each.message) for each in problems}


def in_law(folder: Path) -> set[Named]:
    services, problems = read_rulebook(folder.parent)
    laws = [law for service in services.values() for versions in service.laws.values() for law in versions]
    findings = [finding.problem for law in laws for finding in prove(law).findings]
    return {(each.code, each.file.name, each.message) for each in (*problems, *findings)}


def in_cases(folder: Path) -> set[Named]:
    services, _ = read_rulebook(folder.parent)
    failures = try_cases(folder / CASES, services["blue-badge"], TODAY).failures
    return {(each.code, each.file.name, each.message) for each in failures}


def assert_caught(kind: Kind, folder: Path, look: Callable[[Path], set[Named]], before: set[Named]) -> None:
    """Every mutant that is tried is named by the code of its kind."""
    path = folder / kind.file
    text = path.read_text()
    mutants = kind.sample(text, MOST)
    missed = []
    try:
        for mutant in mutants:
            path.write_text(mutant)
            if kind.code not in {code for code, *_ in look(folder) - before}:
                missed.append(mutant)
    finally:
        path.write_text(text)
    print(f"{kind.code}: {len(mutants) - len(missed)} of {len(mutants)} caught: {kind.name}")
    assert mutants
    assert missed == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.file != WORDS], ids=lambda kind: kind.name)
def test_every_mutant_of_the_law_is_caught_by_its_code(kind: Kind, england: Path, already_wrong: set[Named]) -> None:
    assert_caught(kind, england, in_cases if kind.code == "case-failed" else in_law, already_wrong)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.file == WORDS], ids=lambda kind: kind.name)
def test_every_mutant_of_the_words_is_caught_by_its_code(
    kind: Kind, england_with_words: Path, already_wrong: set[Named]
) -> None:
    assert_caught(kind, england_with_words, in_words, already_wrong)

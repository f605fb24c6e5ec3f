"""Edits accepted, and edits not accepted, in copies of the rules."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import Result
from flask import Flask

from app.engine.comparison import compare
from app.engine.decision import outcome_ids
from app.engine.document import load_document
from app.engine.graph import explore
from app.engine.lock import Lock, digest_of, read_accepted
from app.engine.rulebook import load_rulebook
from app.settings import ROOT
from tests.checker.test_data_alone import take_law_away
from tests.engine.untranslated import copy_untranslated

LAW = "england/2019-08-30.yaml"
POINTS = ("is: ['8', '10', '12'], open: [dont_know]", "is: ['10', '12'], open: [dont_know]")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The rules, accepted with all four laws, whatever is accepted in this checkout."""
    copy_untranslated(tmp_path / "rules")
    return tmp_path / "rules"


def edit(folder: Path, right: str, other: str, name: str = LAW) -> None:
    path = folder / "blue-badge" / name
    text = path.read_text()
    assert right in text
    path.write_text(text.replace(right, other))


def accept(app: Flask, *args: object) -> Result:
    return app.test_cli_runner().invoke(args=["rules", "accept", *map(str, args)])


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_rules_of_this_checkout_are_those_accepted(app: Flask) -> None:
    result = accept(app, "--check")
    assert result.exit_code == 0, result.output


def test_the_lock_holds_the_exact_counts_of_what_was_accepted() -> None:
    service = ROOT / "rules/blue-badge"
    lock = load_document(service / "accepted/lock.yaml", Lock).content
    for law, locked in zip(read_accepted(service), lock.laws, strict=True):
        assert law.nation == locked.nation
        assert locked.paths.keys() == set(outcome_ids(law))
    graph = explore(read_accepted(service)[0])
    assert (sum(lock.laws[0].paths.values()), lock.laws[0].states) == (sum(graph.lengths().values()), len(graph.states))


def test_an_edit_is_refused_until_it_is_accepted_with_a_reason(app: Flask, folder: Path) -> None:
    edit(folder, *POINTS)
    before = snapshot(folder)
    refused = accept(app, folder, "--check")
    assert refused.exit_code == 1
    assert "### automatic to unlikely: 168,314,112 paths (0.48%)" in refused.stdout
    assert "These rules move people and were not accepted." in refused.stdout
    assert 'rules accept --because "' in refused.stdout
    assert snapshot(folder) == before
    accepted = accept(app, folder, "--because", "Regulation 4 was amended.")
    assert accepted.exit_code == 0, accepted.output
    after = snapshot(folder)
    [note] = after.keys() - before.keys()
    assert note.startswith("blue-badge/changes/2026-11-21-")
    text = after[note].decode()
    assert text.startswith("# Accepted on 2026-11-21\n\nRegulation 4 was amended.\n\n## England (blue-badge), from ")
    assert "because of ENG-AUTO-PIP-MA8" in text
    assert "Wales" not in text
    assert after[f"blue-badge/accepted/{LAW}"] == after[f"blue-badge/{LAW}"] != before[f"blue-badge/accepted/{LAW}"]
    assert accept(app, folder, "--check").exit_code == 0
    again = accept(app, folder, "--because", "Nothing")
    assert (again.exit_code, again.stdout) == (0, "There is nothing to accept: these are the rules last accepted.\n")
    assert snapshot(folder) == after


def test_notes_of_one_day_are_numbered(app: Flask, folder: Path) -> None:
    shutil.rmtree(folder / "blue-badge/changes")
    (folder / "blue-badge/changes").mkdir()
    (folder / "blue-badge/changes/2026-11-21-1.md").write_text("# Accepted earlier that day")
    edit(folder, "checked: 2026-11-21", "checked: 2026-11-20")
    assert accept(app, folder, "--because", "Checked").exit_code == 0
    note = (folder / "blue-badge/changes/2026-11-21-2.md").read_text()
    assert "This edit changes nothing" in note
    assert "Only words or sources differ." in note


@pytest.mark.parametrize(
    ("right", "other", "code"),
    [
        ("checked: 2026-11-21", "checked: 2026-11-20", 0),
        ("provision: regulation 4(2)(d)\n", "provision: regulation 4\n", 0),
        ("{question: drives_regularly, is: ['yes']}", "{question: drives_regularly, is: ['yes', 'no']}", 1),
    ],
)
def test_only_edits_that_move_people_have_to_be_accepted(
    app: Flask, folder: Path, right: str, other: str, code: int
) -> None:
    edit(folder, right, other)
    assert accept(app, folder, "--check").exit_code == code


def test_a_swap_that_leaves_every_count_as_it_was_is_caught(app: Flask, folder: Path) -> None:
    edit(folder, "is: [higher], open: [dont_know]", "is: [lower], open: [dont_know]")
    service = load_rulebook(folder)["blue-badge"]
    found = compare(read_accepted(service.folder)[0], service.laws["england"][-1])
    assert all(old == new for old, new in found.outcomes.values())
    result = accept(app, folder, "--check")
    assert result.exit_code == 1
    assert "because of ENG-AUTO-DLA-HRM" in result.stdout


def test_a_new_law_and_a_dropped_one_are_accepted_like_any_edit(app: Flask, folder: Path) -> None:
    text = (folder / "blue-badge" / LAW).read_text().replace("from: 2019-08-30", "from: 2027-01-01")
    (folder / "blue-badge/england/2027-01-01.yaml").write_text(text.replace(*POINTS))
    take_law_away(folder, "wales")
    result = accept(app, folder, "--check")
    assert result.exit_code == 1
    assert "## England (blue-badge), from 2027-01-01" in result.stdout
    assert "The law was dropped." in result.stdout
    assert accept(app, folder, "--because", "A new law").exit_code == 0
    copies = {path.parent.name for path in (folder / "blue-badge/accepted").glob("*/*.yaml")}
    assert copies == {"england", "scotland", "northern_ireland"}
    assert accept(app, folder, "--check").exit_code == 0


def test_rules_never_accepted_have_to_be(app: Flask, folder: Path) -> None:
    shutil.rmtree(folder / "blue-badge/accepted")
    result = accept(app, folder, "--check")
    assert result.exit_code == 1
    assert "the law is new" in result.stdout


@pytest.mark.parametrize("how", ["edited", "gone", "added", "vocabulary"])
def test_an_accepted_copy_altered_by_hand_is_a_problem(app: Flask, folder: Path, how: str) -> None:
    accepted = folder / "blue-badge/accepted"
    path = {"added": accepted / "wales/2030-01-01.yaml", "vocabulary": accepted / "service.yaml"}.get(
        how, accepted / LAW
    )
    if how == "gone":
        path.unlink()
    else:
        path.write_text((path.read_text() if path.exists() else "") + "\n# mine\n")
    for args in (["--check"], ["--because", "Mine"]):
        result = accept(app, folder, *args)
        assert result.exit_code == 1
        assert f"{path}:1: lock-altered: " in result.stdout
        assert "bring back the folder as it was committed" in result.stdout


def test_accepted_rules_that_can_no_longer_be_read_come_with_a_remedy(app: Flask, folder: Path) -> None:
    accepted = folder / "blue-badge/accepted"
    lock = (accepted / "lock.yaml").read_text()
    (accepted / "lock.yaml").write_text(lock.replace("vocabulary:", "old: "))
    assert "missing-key" in accept(app, folder, "--check").stdout
    edit(folder, "route: automatic", "route: certain", f"accepted/{LAW}")
    digest = digest_of(accepted / LAW)
    [old] = [each["digest"] for each in yaml.safe_load(lock)["laws"] if each["nation"] == "england"]
    (accepted / "lock.yaml").write_text(lock.replace(old, digest))
    result = accept(app, folder, "--check")
    assert result.exit_code == 1
    assert "lock-unreadable: what was accepted can no longer be read; take this folder away" in result.stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--because", "  "], "--because is blank"),
        ([], "say why with --because"),
        (["--check", "--because", "x"], "say why with --because"),
    ],
)
def test_a_reason_is_asked_for(app: Flask, folder: Path, args: list[str], said: str) -> None:
    before = snapshot(folder)
    result = accept(app, folder, *args)
    assert result.exit_code == 2
    assert said in result.stderr
    assert snapshot(folder) == before


def test_rules_with_faults_are_told_and_not_accepted(app: Flask, folder: Path) -> None:
    edit(folder, "route: automatic", "route: certain")
    result = accept(app, folder, "--because", "x")
    assert result.exit_code == 1
    assert "unknown-reference: there is no route 'certain'" in result.stdout


def test_the_accepted_copies_are_no_service_and_no_nation_of_their_own() -> None:
    services = load_rulebook(ROOT / "rules")
    assert list(services) == ["blue-badge"]
    for laws in services["blue-badge"].laws.values():
        assert all("accepted" not in law.law.path.parts for law in laws)


def test_an_impact_is_kept_beside_the_comparison_if_it_is_of_what_is_accepted(
    app: Flask, folder: Path, tmp_path: Path
) -> None:
    edit(folder, *POINTS)
    version = load_rulebook(folder)["blue-badge"].laws["england"][0].version
    impact = tmp_path / "impact.json"
    for wrong in ("[]", "no JSON", '{"new": "0123456789ab"}'):
        impact.write_text(wrong)
        before = snapshot(folder)
        assert accept(app, folder, "--because", "the award", "--impact", impact).exit_code == 2
        assert snapshot(folder) == before
    impact.write_text(f'{{"new": "{version}"}}')
    assert accept(app, folder, "--check", "--impact", impact).exit_code == 2
    result = accept(app, folder, "--because", "the award", "--impact", impact)
    assert result.exit_code == 0, result.output
    [kept] = (folder / "blue-badge/changes").glob("*.impact.json")
    assert kept.read_bytes() == impact.read_bytes()
    assert kept.with_name(kept.name.replace(".impact.json", ".md")).exists()

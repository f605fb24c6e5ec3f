"""What is kept on the disk, whatever happens to it or to who writes it."""

from __future__ import annotations

import fcntl
import json
import os
import signal
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet

from app.tallies import spool as module
from app.tallies.spool import LARGEST_BYTES, Spool
from tests.tallies.child import child, told
from tests.tallies.entries import entry

KEY, OTHER_KEY, LOST_KEY = (Fernet.generate_key().decode() for _ in range(3))
SEALED_BYTES = 250
"""More than one entry sealed, and less than two."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "var" / "spool"


def taken(spool: Spool) -> list[str]:
    """The keys of what the spool hands over, which is then deleted."""
    found = []
    for batch in spool.batches():
        found += [key for each in batch.entries for _, key in each.things]
        batch.delete()
    return sorted(found)


def left_behind(folder: Path, key: str, *keys: str) -> None:
    """Files of processes that have ended, each with one entry."""
    for each in keys:
        spool = Spool(folder, [key])
        spool.append(entry(each))
        spool.close()


def files(folder: Path) -> list[str]:
    return sorted(path.suffix for path in folder.iterdir())


def test_what_is_appended_is_handed_over_once(folder: Path) -> None:
    spool = Spool(folder, [KEY])
    spool.append(entry("a", ["mark"]))
    spool.append(entry("b"))
    (batch,) = spool.batches()
    assert batch.entries == (entry("a", ["mark"]), entry("b"))
    batch.delete()
    assert (list(spool.batches()), files(folder)) == ([], [])


def test_nobody_takes_a_file_whose_owner_lives_and_everybody_that_of_one_who_was_killed(folder: Path) -> None:
    with child("appends", folder, KEY, 3) as process:
        assert taken(Spool(folder, [KEY])) == []
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert taken(Spool(folder, [KEY])) == ["question:0", "question:1", "question:2"]


def test_a_line_that_was_cut_off_is_left_out_and_those_before_it_are_not(folder: Path) -> None:
    with child("appends", folder, KEY, 2) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
    (path,) = folder.iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole + whole[: len(whole) // 3])
    (batch,) = Spool(folder, [KEY]).batches()
    assert (len(batch.entries), batch.unreadable) == (2, 0)


def test_what_does_not_fit_on_the_disk_waits_in_memory_and_spoils_nothing(folder: Path) -> None:
    with child("appends_what_fits", folder, KEY, SEALED_BYTES) as process:
        assert told(process).splitlines() == ["1 OSError", "1 None"]
    assert taken(Spool(folder, [KEY])) == ["question:first", "question:third"]


def test_a_folder_that_may_not_be_written_to_is_no_reason_to_fail(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with child("appends_where_it_may_not", closed / "spool", KEY) as process:
        assert told(process) == "1 PermissionError"
    assert files(closed) == []


def test_what_waits_in_memory_is_handed_over_and_the_disk_is_used_again_once_it_can_be(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where the folder should be")
    spool = Spool(tmp_path / "var" / "spool", [KEY])
    spool.append(entry("a"))
    assert (spool.waiting, type(spool.unwritable)) == (1, NotADirectoryError)
    (tmp_path / "var").unlink()
    spool.append(entry("b"))
    assert spool.unwritable is None
    assert taken(spool) == ["a", "b"]


def test_what_was_handed_over_from_memory_stays_one_batch_until_it_is_counted(tmp_path: Path) -> None:
    (tmp_path / "spool").write_text("")
    spool = Spool(tmp_path / "spool", [KEY])
    spool.append(entry("a"))
    first = next(spool.batches())
    spool.append(entry("b"))
    again = next(spool.batches())
    assert (again.id, again.entries, spool.waiting) == (first.id, first.entries, 2)
    again.delete()
    second = next(spool.batches())
    assert second.id != first.id
    assert second.entries == (entry("b"),)


def test_a_line_that_no_key_opens_is_kept_until_its_key_is_back(folder: Path) -> None:
    left_behind(folder, LOST_KEY, "lost", "lost too")
    spool = Spool(folder, [KEY])
    for _ in range(2):  # not counted in between
        assert [(batch.entries, batch.unreadable) for batch in spool.batches()] == [((), 1)] * 2
    assert taken(spool) == []
    assert files(folder) == [".unreadable"] * 2
    assert (spool.left().size, spool.left().unreadable) == (0, 2)
    for path in folder.iterdir():
        path.rename(path.with_suffix(".spool"))
    assert taken(Spool(folder, [KEY, LOST_KEY])) == ["lost", "lost too"]


def test_it_says_how_many_lines_need_an_older_key(folder: Path) -> None:
    spools = [Spool(folder, keys) for keys in ([OTHER_KEY], [KEY, OTHER_KEY])]
    for spool in spools:
        spool.append(entry("a"))
    assert [spool.left().older for spool in spools] == [1, 1]
    assert taken(spools[1]) == ["a"]  # its own
    assert spools[1].left().older == 1
    spools[0].close()
    assert taken(spools[1]) == ["a"]
    assert (spools[1].left().older, spools[1].left().size) == (0, 0)


def test_two_that_count_at_the_same_moment_never_hold_the_same_file(folder: Path) -> None:
    left_behind(folder, KEY, "a", "b", "c")
    one, two = Spool(folder, [KEY]).batches(), Spool(folder, [KEY]).batches()
    held = next(one)
    others = list(two)
    assert held.id not in {batch.id for batch in others}
    assert len(others) == 2


def test_an_empty_file_of_one_that_died_as_it_made_it_is_deleted(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / f"{uuid4().hex}.spool").touch()
    assert taken(Spool(folder, [KEY])) == []
    assert files(folder) == []


def test_a_file_that_another_takes_before_it_is_locked_is_made_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, gone = fcntl.flock, list[Path]()

    def lock_late(descriptor: int, operation: int) -> None:
        if not gone:
            gone.extend(folder.iterdir())
            gone[0].unlink()
        lock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", lock_late)
    spool = Spool(folder, [KEY])
    spool.append(entry("a"))
    assert (files(folder), spool.waiting, len(gone)) == ([".spool"], 0, 1)
    assert taken(spool) == ["a"]


def test_a_forked_process_has_nothing_of_its_parents(folder: Path) -> None:
    with child("forks", folder, KEY) as process:
        assert process.stdout
        handed_over, waiting, grandchild = json.loads(process.stdout.readline())
        try:
            assert (handed_over, waiting) == (0, 0)
            process.send_signal(signal.SIGKILL)
            process.wait()
            # Its child lives and has a file of its own: one is free, and one is not.
            assert taken(Spool(folder, [KEY])) == ["question:parent"]
        finally:
            os.kill(grandchild, signal.SIGKILL)


def test_any_number_of_files_is_opened_one_at_a_time(folder: Path) -> None:
    left_behind(folder, KEY, *map(str, range(50)))
    spool, open_before, most = Spool(folder, [KEY]), len(list(Path("/proc/self/fd").iterdir())), 0
    for batch in spool.batches():
        most = max(most, len(list(Path("/proc/self/fd").iterdir())) - open_before)
        batch.delete()
    assert most == 1
    assert files(folder) == []


def test_a_file_does_not_grow_for_ever(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert LARGEST_BYTES < 10_000_000
    monkeypatch.setattr(module, "LARGEST_BYTES", SEALED_BYTES)
    spool = Spool(folder, [KEY])
    for number in range(6):
        spool.append(entry(str(number)))
    assert len(files(folder)) == 3
    assert taken(spool) == [str(number) for number in range(6)]


def test_what_was_in_a_file_that_somebody_deleted_is_not_lost_while_its_owner_lives(folder: Path) -> None:
    spool = Spool(folder, [KEY])
    spool.append(entry("a"))
    for path in folder.iterdir():
        path.unlink()
    spool.append(entry("b"))
    assert taken(spool) == ["a", "b"]


def test_nothing_in_it_can_be_read_or_is_open_to_others(folder: Path) -> None:
    Spool(folder, [KEY]).append(entry())
    (path,) = folder.iterdir()
    assert not [word for word in (b"kent", b"sight", b"2026") if word in path.read_bytes()]
    assert (folder.stat().st_mode & 0o077, path.stat().st_mode & 0o077) == (0, 0)

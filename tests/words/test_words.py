"""Every published English text passes the gate, and the reviewed list holds nothing that it need not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.engine.rulebook import Service
from app.settings import ROOT
from tests.words.gate import HIGHEST_MEAN, faults, mixed_voices
from tests.words.published import NOT_READ, Pair, Published, pairs, rules_texts, site_texts, tool_texts
from tests.words.reading import read, together
from tests.words.reviewed import Reviewed, load_reviewed

FILES = {
    "rules": ROOT / "rules/blue-badge/words/en.yaml",
    "site": ROOT / "templates/words/en.yaml",
    "tools": ROOT / "templates/words/tools/en.yaml",
}


@pytest.fixture(scope="module")
def texts(service: Service) -> list[Published]:
    return [*rules_texts(service.words["en"]), *site_texts(ROOT, "en"), *tool_texts(ROOT)]


@pytest.fixture(scope="module")
def voices(service: Service) -> list[Pair]:
    return list(pairs(service.words["en"]))


@pytest.fixture(scope="module")
def reviewed() -> Reviewed:
    return load_reviewed()


def test_every_text_can_be_read_by_a_child_of_eleven_and_is_worded_with_care(
    texts: list[Published], reviewed: Reviewed
) -> None:
    found = [fault for text in texts for fault in faults(text, reviewed)]
    assert found == [], "\n".join(found)


def test_a_helper_is_never_spoken_to_as_if_they_were_the_person(voices: list[Pair], reviewed: Reviewed) -> None:
    found = [fault for pair in voices for fault in mixed_voices(pair, reviewed)]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("file", ["rules", "site"])
def test_sentences_are_short_on_the_whole(file: str, texts: list[Published], reviewed: Reviewed) -> None:
    found = [read(text.text, reviewed.pattern) for text in texts if text.file == file and not text.staff]
    assert together(reading for reading in found if reading).mean <= HIGHEST_MEAN


@pytest.mark.parametrize("file", FILES)
def test_no_text_of_a_file_is_passed_over(file: str, texts: list[Published]) -> None:
    written = set(_texts(FILES[file]))
    assert len(written) > 100
    assert written - {text.text for text in texts if text.file == file} == set()


@pytest.mark.parametrize("entry", load_reviewed().names)
def test_every_name_is_needed(entry: str, texts: list[Published], reviewed: Reviewed) -> None:
    fewer = reviewed.without("names", entry)
    assert any(entry.lower() in " ".join(text.text.lower().split()) and faults(text, fewer) for text in texts)


@pytest.mark.parametrize("entry", load_reviewed().prescribed)
def test_every_prescribed_text_would_fail_otherwise(entry: str, texts: list[Published], reviewed: Reviewed) -> None:
    fewer = reviewed.without("prescribed", entry)
    assert any(text.key == entry and faults(text, fewer) for text in texts)


@pytest.mark.parametrize("entry", load_reviewed().helper)
def test_every_phrase_that_speaks_to_whoever_reads_is_needed(
    entry: str, voices: list[Pair], reviewed: Reviewed
) -> None:
    fewer = reviewed.without("helper", entry)
    assert any(mixed_voices(pair, fewer) for pair in voices)


def test_every_entry_of_the_reviewed_list_has_a_reason(reviewed: Reviewed) -> None:
    reasons = [*reviewed.names.values(), *reviewed.prescribed.values(), *reviewed.helper.values()]
    assert all(len(reason.split()) > 1 for reason in reasons)


def _texts(path: Path) -> Iterator[str]:
    def strings(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for name, item in value.items():
                if name not in NOT_READ | {"language", "name", "direction"} or isinstance(item, dict):
                    yield from strings(item)
        elif isinstance(value, str):
            yield value

    content = yaml.safe_load(path.read_text())
    for name, item in content.items():
        yield from strings({name: item})

"""What does harm on a page or in a header is refused in whatever place of a council's file it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.councils.council_file import EMPTY
from app.councils.councils import load_councils
from app.engine.document import read_plain
from app.settings import ROOT
from app.studio.council_text import read_values, write_text
from app.studio.fields import FIELDS
from tests.councils.factory import NATIONS, write_council, write_councils

OF_EXAMPLES = ("example", "nation", "tier")
NORTHFOLD = ROOT / "councils/examples/northfold/council.yaml"
SAID = read_values(read_plain(NORTHFOLD, NORTHFOLD.read_bytes())[0])
OWN_WORDS = ("words.practical", "words.privacy", "words.accessibility")
GOOD = {name: value for name, value in SAID.items() if name not in OF_EXAMPLES} | {
    "links.own_service": "https://www.northfold.example/check",
    "logo_shows_name": "true",
    **{f"{slot}.{code}": "Ask us." for slot in OWN_WORDS for code in ("en", "cy")},
}
"""A file that says everything that a council can."""

HOSTILE = {
    "HTML": "<img src=x onerror=alert(1)>",
    "a script": "<script>alert(1)</script>",
    "a template": "{{7*7}}",
    "a placeholder": "{council}",
    "javascript": "javascript:alert(1)",
    "javascript in a link": "[Ask us](javascript:alert(1))",
    "an override of direction": "abc\u202edef",
    "a mark of direction": "abc\u200fdef",
    "an isolate": "abc\u2067def\u2069",
    "an Arabic mark": "abc\u061cdef",
    "the end of a rule of style": "red; } body { display: none",
}


def test_every_place_is_tried() -> None:
    assert {field.says for field in FIELDS if field.name in GOOD} | {*OF_EXAMPLES} == {field.says for field in FIELDS}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_it_is_refused_in_every_place_and_everybody_else_goes_on(tmp_path: Path, hostile: str) -> None:
    written = write_text(dict.fromkeys(GOOD, hostile))
    folder = write_councils(tmp_path)
    path = write_council(folder, "northshire", written.text)
    write_council(folder, "gwent", "fee: none\n")
    councils = load_councils(folder, NATIONS)
    assert {written.fields.get(problem.line) for problem in councils.problems} == set(GOOD)
    assert all(problem.file == path and str(problem).isprintable() for problem in councils.problems)
    assert councils.councils["northshire"].said == EMPTY
    assert councils.councils["gwent"].said.fee == "none"


def test_the_file_without_any_of_it_is_good(tmp_path: Path) -> None:
    folder = write_councils(tmp_path)
    write_council(folder, "northshire", write_text(GOOD).text)
    councils = load_councils(folder, NATIONS)
    assert councils.problems == ()
    assert councils.councils["northshire"].said != EMPTY

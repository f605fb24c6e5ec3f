from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from app.councils.council_file import CouncilFile
from app.engine.document import load_document, read_plain
from app.settings import ROOT
from app.studio.council_text import read_values, write_text
from app.studio.fields import FIELDS, Field

EXAMPLES = sorted((ROOT / "councils/examples").glob("*/council.yaml"))
PATH = Path("council.yaml")
FREE = [field for field in FIELDS if field.kind in ("line", "prose")]


def leaves(model: type[BaseModel], before: tuple[str, ...] = ()) -> Iterator[str]:
    """Every value of a model, by the keys that lead to it."""
    for name, info in model.model_fields.items():
        place = (*before, info.alias or name)
        models = [each for each in _inside(info.annotation) if isinstance(each, type) and issubclass(each, BaseModel)]
        yield from (leaf for each in models for leaf in leaves(each, place))
        if not models:
            yield ".".join(place)


def _inside(annotation: Any) -> list[Any]:
    if get_origin(annotation) in (Union, UnionType, tuple):
        return [part for each in get_args(annotation) for part in _inside(each)]
    return [annotation]


def test_the_form_has_a_field_for_everything_that_a_file_can_say() -> None:
    assert {field.says for field in FIELDS} == set(leaves(CouncilFile))


def test_fields_stand_in_the_order_of_the_file() -> None:
    keys = list(dict.fromkeys(str(field.place[0]) for field in FIELDS))
    assert keys == [info.alias or name for name, info in CouncilFile.model_fields.items()]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_what_a_folder_says_is_written_as_it_was_read(path: Path) -> None:
    plain, _ = read_plain(path, path.read_bytes())
    written = write_text(read_values(plain))
    assert load_document(PATH, CouncilFile, written.data).content == load_document(path, CouncilFile).content
    assert read_plain(PATH, written.data)[0] == plain


TEXTS = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    ["no", "~", "08", "1.5", "2026-01-01", "<<", "- a", "a: b", "# c", "'\"", "%TAG", "*a", "&a", "!b", "|", "> x",
     "a\n\n b\n", " lead\nx", "\ttab\nx", "\u2028", "\x85y\nz", "\r", "é’£", "\ufeffx", "{{7*7}}", "\U0001f600"]
)  # fmt: skip


@given(st.dictionaries(st.sampled_from([field.name for field in FREE]), TEXTS, max_size=6))
def test_whatever_is_typed_is_read_back_and_nothing_else(values: dict[str, str]) -> None:
    plain, _ = read_plain(PATH, write_text(values).data)
    again = read_values(plain)
    # An empty row is left out, so rows are compared by what stands in them.
    assert sorted(again.values()) == sorted(
        text for field in FREE if (text := _kept(field, values.get(field.name, "")))
    )


def _kept(field: Field, text: str) -> str:
    if field.kind == "line":
        return text.strip()
    text = text.replace("\r\n", "\n")
    return text.rstrip() + ("\n" if "\n" in text else "") if text.strip() else ""


def test_rows_that_are_left_empty_are_not_in_the_file() -> None:
    values = {"footer.5.text.en": "Help", "footer.5.link": "https://www.council.example", "notices.2.text.en": "Shut."}
    written = write_text(values)
    file = load_document(PATH, CouncilFile, written.data).content
    assert [each.text.en for each in file.footer] == ["Help"]
    assert [each.text.en for each in file.notices] == ["Shut."]
    assert set(written.fields.values()) == set(values)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"colours.brand": "#004400"}, "colours.link"),
        ({"name.cy": "Cyngor"}, "name.en"),
        ({"notices.1.until": "2027-01-01"}, "notices.1.text.en"),
        ({"footer.3.text.cy": "Help"}, "footer.3.link"),
    ],
)
def test_what_is_missing_beside_something_else_has_a_line_of_its_own(values: dict[str, str], field: str) -> None:
    written = write_text(values)
    lines = [written.text.splitlines()[number - 1] for number, name in written.fields.items() if name == field]
    assert lines[-1].endswith(": ''")


def test_nothing_typed_is_a_file_that_says_nothing() -> None:
    assert load_document(PATH, CouncilFile, write_text({"fee": "  "}).data).content == CouncilFile()

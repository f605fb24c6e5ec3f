from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.document import read_plain
from app.engine.problem import LoadError

FILE = Path("some.yaml")
LIMIT = 50
PIECES = ("- ", "-\n", "? ", "[", "{a: ", "a:\n", "  ", "    ", "\n", " ", "x", "]", "}", ", ", ": ", "a: ", "? - ")


def depth_of(text: str) -> int:
    depth = most = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        most = max(most, depth)
    return most


TOO_DEEP = {
    **{repr(opening): opening * 50_000 for opening in ("[", "- ", "{a: ", "[a: ", "? ")},
    "indentation": "\n".join(f"{' ' * column}a:" for column in range(99)),
}


@pytest.mark.parametrize("text", TOO_DEEP.values(), ids=TOO_DEEP.keys())
def test_what_is_too_deep_is_refused_before_it_could_harm(text: str) -> None:
    with pytest.raises(LoadError) as caught:
        read_plain(FILE, text.encode())
    assert [problem.code for problem in caught.value.problems] == ["too-deep"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=200).map("".join))
def test_whatever_is_read_is_not_too_deep(text: str) -> None:
    try:
        deep = depth_of(text) > LIMIT
    except yaml.YAMLError:
        return
    try:
        read_plain(FILE, text.encode())
        codes = set()
    except LoadError as error:
        codes = {problem.code for problem in error.problems}
    assert ("too-deep" in codes) is deep

from __future__ import annotations

import pytest

from app.settings import ROOT
from app.tallies.disclosure import NOTHING, Figure
from app.tallies.wording import COLUMNS, HOW, bounds, cells, in_words
from app.web.site_words import load_tool_words

WORDS = load_tool_words(ROOT / "templates/words")


@pytest.mark.parametrize(
    ("figure", "text", "row"),
    [
        (Figure(0, 1, 1), "7 or fewer", ("[c]", 0, 7, 1)),
        (Figure(25, 1, 0), "25", (25, 25, 25, 0)),
        (Figure(40, 5, 3), "40 to 61", ("[c]", 40, 61, 3)),
        (Figure(0, 3, 3), "21 or fewer", ("[c]", 0, 21, 3)),
        (Figure(12_345, 900, 0), "12,345", (12_345, 12_345, 12_345, 0)),
        (Figure(1_000, 400, 399), "1,000 to 3,793", ("[c]", 1_000, 3_793, 399)),
        (NOTHING, "no figures", ("[x]", 0, 0, 0)),
    ],
)
def test_a_figure_on_a_page_and_in_a_file(figure: Figure, text: str, row: tuple[int | str, ...]) -> None:
    assert in_words(figure, WORDS) == text
    assert cells(figure) == row
    assert bounds(figure)._asdict() == dict(zip(COLUMNS[1:], row[1:], strict=True))


def test_the_words_say_how_to_read_a_figure() -> None:
    assert "‘7 or fewer’" in WORDS.prose(HOW)

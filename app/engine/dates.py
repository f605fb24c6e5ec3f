"""Whether the dated files of law leave a day without law, or with two."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.engine.document import Document
    from app.engine.law import Law
    from app.engine.problem import Problem


def check_dates(laws: Iterable[Document[Law]]) -> Iterator[Problem]:
    """The overlaps and gaps between the files of each nation, and the gap after the last of them."""
    in_order = sorted(laws, key=lambda law: (law.content.nation, law.content.in_force.from_))
    for nation, files in groupby(in_order, key=lambda law: law.content.nation):
        dated = tuple(files)
        for earlier, later in pairwise(dated):
            yield from _check_change(earlier, later)
        last = dated[-1]
        if last.content.in_force.until is not None:
            message = (
                f"nobody in {nation} has law after {last.content.in_force.until}; add a file that begins on the day "
                "after, or take until out"
            )
            yield last.problem(("in_force",), "date-gap", message)


def _check_change(earlier: Document[Law], later: Document[Law]) -> Iterator[Problem]:
    begins, until = later.content.in_force.from_, earlier.content.in_force.until
    if earlier.content.in_force.from_ == begins:
        message = f"{earlier.path.name} begins on the same day; give one of them another"
        yield later.problem(("in_force",), "date-overlap", message)
    elif until is not None and until >= begins:
        message = f"{later.path.name} begins on {begins}; end this file on the day before, or take until out"
        yield earlier.problem(("in_force",), "date-overlap", message)
    elif until is not None and until + timedelta(days=1) < begins:
        message = f"no file holds between {until} and {begins}, when {later.path.name} begins; close the gap"
        yield earlier.problem(("in_force",), "date-gap", message)

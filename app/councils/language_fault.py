"""What can be wrong in a council's own file with the languages that its pages can be read in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import BaseModel

from app.councils.slots import Prose
from app.councils.wording import Wording

if TYPE_CHECKING:
    from app.councils.council_file import CouncilFile
    from app.engine.document import Document, Place
    from app.engine.problem import Problem

_INSTEAD = ", or have your pages in English only (languages: [en])"
_NAME = ("name",)
"""The one text that may stand in English alone: a name that has no Welsh form is the same in both."""


def language_faults(document: Document[CouncilFile], *, in_wales: bool) -> Iterator[Problem]:
    """Welsh that is left out where it may not be, texts that are missing in it, and some that nobody would see."""
    said = document.content.languages
    if "cy" not in said and in_wales:
        message = "the pages of a council in Wales are in Welsh too; write [en, cy], or take languages out"
        yield document.problem(("languages",), "no-welsh", message)
    if "cy" in said or in_wales:
        yield from _missing_welsh(document, "" if in_wales else _INSTEAD)
    else:
        yield from _unread_welsh(document)


def _missing_welsh(document: Document[CouncilFile], instead: str) -> Iterator[Problem]:
    for place, text in _texts(document.content, ()):
        if text.cy is None and place != _NAME:
            message = f"your pages are in Welsh too, so write this text in Welsh (cy){instead}"
            yield document.problem(place, "missing-welsh", message)


def _unread_welsh(document: Document[CouncilFile]) -> Iterator[Problem]:
    for place, text in _texts(document.content, ()):
        if text.cy is not None:
            message = "no page shows this text, for languages has no cy; take the text out, or write [en, cy]"
            yield document.problem((*place, "cy"), "unread-welsh", message)


def _texts(value: object, place: Place) -> Iterator[tuple[Place, Wording | Prose]]:
    """Every text that can be in two languages, with where it stands."""
    if isinstance(value, Wording | Prose):
        yield place, value
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            yield from _texts(getattr(value, name), (*place, info.alias or name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts(item, (*place, index))

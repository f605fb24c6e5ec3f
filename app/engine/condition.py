"""How a condition is written in a file: ``all``, ``any``, ``not``, a comparison, or the name of another condition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Discriminator, Field, Tag

from app.engine.document import Strict
from app.engine.formula import Comparison, Formula, every, negate, some

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.engine.document import Place


class Compared(Strict):
    """``question: sight, is: [severely_registered], open: [dont_know]``."""

    question: str
    is_: tuple[str, ...] = Field(alias="is", min_length=1)
    open: tuple[str, ...] = ()


class Named(Strict):
    """``condition: over_two``: the condition of that name."""

    condition: str


class Every(Strict):
    """``all: [...]``: met when every part is."""

    all: tuple[Condition, ...] = Field(min_length=1)


class Some(Strict):
    """``any: [...]``: met when some part is."""

    any: tuple[Condition, ...] = Field(min_length=1)


class Negated(Strict):
    """``not: {...}``: met when the part is not."""

    not_: Condition = Field(alias="not")


_FORMS = {"question": "compared", "condition": "named", "all": "every", "any": "some", "not": "negated"}


def _form(value: Any) -> str | None:  # noqa: ANN401 - whatever the file holds, or what was read of it
    if isinstance(value, Strict):
        return type(value).__name__.lower()
    if not isinstance(value, Mapping):
        return None
    found = [form for key, form in _FORMS.items() if key in value]
    return found[0] if len(found) == 1 else None


Condition = Annotated[
    Annotated[Compared, Tag("compared")]
    | Annotated[Named, Tag("named")]
    | Annotated[Every, Tag("every")]
    | Annotated[Some, Tag("some")]
    | Annotated[Negated, Tag("negated")],
    Discriminator(_form),
]
Every.model_rebuild()
Some.model_rebuild()
Negated.model_rebuild()


def compile_condition(condition: Condition, named: Mapping[str, Formula]) -> Formula:
    """The condition as a formula; ``named`` holds the conditions that it may refer to."""
    match condition:
        case Compared():
            return Comparison(condition.question, frozenset(condition.is_), frozenset(condition.open))
        case Named():
            return named[condition.condition]
        case Every():
            return every(compile_condition(part, named) for part in condition.all)
        case Some():
            return some(compile_condition(part, named) for part in condition.any)
        case Negated():
            return negate(compile_condition(condition.not_, named))


def leaves(condition: Condition, place: Place) -> Iterator[tuple[Compared | Named, Place]]:
    """Every comparison and reference in the condition, with its place in the file."""
    match condition:
        case Compared() | Named():
            yield condition, place
        case Every():
            yield from _parts(condition.all, (*place, "all"))
        case Some():
            yield from _parts(condition.any, (*place, "any"))
        case Negated():
            yield from leaves(condition.not_, (*place, "not"))


def _parts(parts: tuple[Condition, ...], place: Place) -> Iterator[tuple[Compared | Named, Place]]:
    for index, part in enumerate(parts):
        yield from leaves(part, (*place, index))

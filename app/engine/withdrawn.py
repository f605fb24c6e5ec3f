"""Versions of the rules that were found wrong and taken back, kept so that whoever was told something else can know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, StringConstraints

from app.engine.document import Strict
from app.engine.law import Day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.engine.document import Document, Place
    from app.engine.problem import Problem
    from app.engine.rules import Rules
    from app.engine.vocabulary import Vocabulary


class WithdrawnVersion(Strict):
    """A version of a nation's rules, as outcome pages print it, and the day on which it was withdrawn.

    ``id`` leads to its words.
    """

    id: str
    nation: str
    version: Annotated[str, StringConstraints(pattern="^[0-9a-f]{12}$")]
    withdrawn: Day


class WithdrawnVersions(Strict):
    """The file ``withdrawn.yaml``, which a service has once it has withdrawn a version."""

    versions: tuple[WithdrawnVersion, ...] = Field(min_length=1)


def check_withdrawn(
    document: Document[WithdrawnVersions], vocabulary: Vocabulary, laws: Iterable[Rules]
) -> Iterator[Problem]:
    """The faults of the file, among them a version that the folder still holds as law."""
    held = {rules.version: rules.law.path.name for rules in laws}
    ids: set[str] = set()
    versions: set[str] = set()
    for index, gone in enumerate(document.content.versions):
        place: Place = ("versions", index)
        if gone.nation not in vocabulary.nations:
            message = f"{gone.nation!r} is not one of {', '.join(vocabulary.nations)}"
            yield document.problem((*place, "nation"), "unknown-reference", message)
        if gone.version in held:
            message = (
                f"{gone.version} is still in force: it is what {held[gone.version]} comes to; correct that file, which "
                "gives it a new version, or take this entry out"
            )
            yield document.problem((*place, "version"), "withdrawn-in-force", message)
        for key, value, met in (("id", gone.id, ids), ("version", gone.version, versions)):
            if value in met:
                yield document.problem((*place, key), "duplicate-id", f"{value!r} stands twice; keep one entry")
            met.add(value)

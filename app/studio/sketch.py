"""What somebody has typed and sent, held to what councils' folders are held to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.councils.colour import check_colour
from app.councils.council import make_council
from app.councils.council_file import check_size
from app.councils.draft import draft_path, read_draft
from app.councils.logo import Logo
from app.councils.palette import NEUTRAL, ROLES, Failure, failure_of, nearest
from app.councils.place import Authority
from app.councils.slug import is_slug
from app.engine.document import read_plain
from app.engine.problem import LoadError, ProblemFound
from app.studio.council_text import CouncilText, read_values, write_text
from app.studio.fields import BY_NAME, TICKED, Values
from app.studio.package import Package

if TYPE_CHECKING:
    from app.councils.council import Council
    from app.councils.councils import Councils

ELSEWHERE = ""
"""In place of a field's name, for problems that are about no field."""

_ROUNDS = 4
_MOST_PROBLEMS = 100
_LONGEST_MESSAGE = 400


@dataclass(frozen=True, slots=True)
class Sketch:
    """A council's folder on its way: whose it is, what was typed, and the logo."""

    slug: str
    values: Values
    logo: Logo | None = None

    def known(self, councils: Councils) -> bool:
        """Whether there is such a council, in the register or invented."""
        if not is_slug(self.slug):
            return False
        return isinstance(councils.register.councils.get(self.slug), Authority) or self.values.get("example") == TICKED

    def mended(self, role: str) -> Sketch:
        """With a colour that failed replaced by the nearest that passes."""
        colour = _colour(self.values, role)
        return replace(self, values={**self.values, f"colours.{role}": nearest(role, colour)}) if colour else self


@dataclass(frozen=True, slots=True)
class Review:
    """What is to be said of a sketch: its file, problems by field, colours that fail by role, what to show of it.

    ``in_wales`` says that its pages are always in Welsh too.
    """

    written: CouncilText
    problems: Mapping[str, tuple[str, ...]]
    failures: Mapping[str, Failure]
    shown: Council
    in_wales: bool

    @property
    def fit(self) -> bool:
        """Whether the service would take the folder as it is."""
        return not self.problems


def review(sketch: Sketch, councils: Councils) -> Review:
    """Everything about a sketch of a known council."""
    written = write_text(sketch.values)
    draft = read_draft(councils, sketch.slug, written.data, sketch.logo)
    failures = {
        role: failure
        for role in ROLES
        if (colour := _colour(sketch.values, role)) and (failure := failure_of(role, colour))
    }
    told: dict[str, list[str]] = defaultdict(list)
    for problem in draft.problems[:_MOST_PROBLEMS]:
        name = written.field_at(problem.line, problem.code) or ELSEWHERE
        key = BY_NAME[name].place[-1] if name else ""
        told[name].append(_sentence(problem.message.removeprefix(f"{key}: ")))  # the field says which it is
    for role, failure in failures.items():  # named even while something else keeps the file from being read
        if _sentence(str(failure)) not in told[f"colours.{role}"]:
            told[f"colours.{role}"].append(_sentence(str(failure)))
    shown = draft.council if draft.council and not told else _shown(sketch, councils)
    problems = {name: tuple(messages) for name, messages in told.items()}
    return Review(written, problems, failures, shown, shown.nation in councils.bounds.bilingual)


def opened(package: Package, logo: Logo | None, councils: Councils) -> Sketch:
    """The sketch of a folder that was sent; raises LoadError where something is wrong that no field could show."""
    path = draft_path(package.slug)
    check_size(path, package.text)
    plain, _ = read_plain(path, package.text)
    sketch = Sketch(package.slug, read_values(plain), logo)
    problems = read_draft(councils, package.slug, package.text).problems
    if problems and read_plain(path, write_text(sketch.values).data)[0] != plain:
        raise LoadError(list(problems))
    return sketch


def current(council: Council) -> Sketch:
    """The sketch of what a council says today; one that has no colours begins with the neutral ones."""
    values = read_values(council.said.model_dump(mode="json", by_alias=True, exclude_unset=True))
    neutral = {} if council.said.colours else {f"colours.{role}": getattr(NEUTRAL, role) for role in ROLES}
    return Sketch(council.slug, values | neutral, council.logo)


def _colour(values: Values, role: str) -> str | None:
    """The colour typed for a role; None if it is none."""
    try:
        return check_colour(values.get(f"colours.{role}", "").strip())
    except ProblemFound:
        return None


def _shown(sketch: Sketch, councils: Councils) -> Council:
    """The council to look at: with every colour that fails mended, and without what cannot be used."""
    values = dict(sketch.values)
    if any(BY_NAME[f"colours.{role}"].filled(values) for role in ROLES):
        for role in ROLES:
            values[f"colours.{role}"] = nearest(role, _colour(values, role) or getattr(NEUTRAL, role))
    for _ in range(_ROUNDS):
        written = write_text(values)
        draft = read_draft(councils, sketch.slug, written.data, sketch.logo)
        if draft.council and draft.council.nation in councils.bounds.nations:
            return draft.council
        wrong = {written.field_at(problem.line, problem.code) for problem in draft.problems}
        groups = {BY_NAME[name].group or (name,) for name in wrong if name}
        values = {name: text for name, text in values.items() if (BY_NAME[name].group or (name,)) not in groups}
    listed = councils.register.councils.get(sketch.slug)
    nameless = Authority(sketch.slug, sketch.slug, None, min(councils.bounds.nations), None, "")
    return make_council(listed if isinstance(listed, Authority) else nameless, logo=sketch.logo)


def _sentence(message: str) -> str:
    if len(message) > _LONGEST_MESSAGE:  # it quotes what was typed, however long
        message = f"{message[: _LONGEST_MESSAGE // 2]} … {message[-_LONGEST_MESSAGE // 2 :]}"
    return message[:1].upper() + message[1:]

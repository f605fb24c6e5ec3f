"""A comparison as text that reads well at a terminal and is Markdown too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from app.engine.joint_paths import Kind

if TYPE_CHECKING:
    from app.cli.names import Names
    from app.cli.versions import Pair
    from app.engine.comparison import Cause, Change, Comparison, Difference, Person
    from app.engine.revision import Edits, Revision

MOST_CAUSES = 5
"""How many causes of one move are listed; the rest are summed up."""

PATHS = "Counted are paths: ways of answering every question that either version asks. They are not numbers of people."
SAME = "This edit changes nothing: every outcome, every reason and every question stay the same."

_STANDINGS = {
    "met": "met",
    "open": "left open",
    "not_met": "not met",
    "not_considered": "not considered",
    "missing": "not in the law",
}
_STAYING = {
    Kind.REASONS: "keeps its outcome, for other reasons",
    Kind.QUESTIONS: "keeps its outcome and reasons, with other questions or options",
}


def pair_lines(pair: Pair, found: Comparison | None, names: Names) -> Iterator[str]:
    """The comparison of one nation's law from one day on; without one, the law is new or was dropped."""
    service, nation = pair.nation
    yield f"## {names.nation(nation)} ({service}), from {pair.day}"
    yield ""
    if found is None:
        yield "There were no rules before: the law is new." if pair.old is None else "The law was dropped."
    elif pair.old is not None and pair.new is not None:
        old, new = pair.old, pair.new
        yield f"From version {old.version} (in force from {old.in_force}) to {new.version} (from {new.in_force})."
        yield ""
        yield from _comparison_lines(found, names)
    yield ""


def _comparison_lines(found: Comparison, names: Names) -> Iterator[str]:
    if found.old.digests == found.new.digests:
        yield f"{SAME} The files are the same."
        return
    yield from _revision_lines(found.revision)
    if not found.changes:
        yield f"{SAME} Only words or sources differ." if found.revision.words_only else SAME
        return
    yield f"{counted(found.moved, found.paths)} of {found.paths:,} have another outcome. {PATHS}"
    if not found.combined:
        yield "There are too many combinations of causes to tell them apart, so each criterion is counted by itself:"
        yield "paths on which several bear are in the count of each."
    for change in found.changes:
        yield ""
        yield from _change_lines(change, found, names)


def _revision_lines(revision: Revision) -> Iterator[str]:
    lines = [*_edit_lines("Criteria", revision.criteria), *_edit_lines("Questions", revision.questions)]
    if revision.questions_reordered:
        lines.append("The order of the questions differs; both versions were followed in the new order.")
    if revision.routes_changed:
        lines.append("The routes, or their order, differ.")
    yield from (f"- {line}" for line in lines)
    if lines:
        yield ""


def _edit_lines(what: str, edits: Edits) -> Iterator[str]:
    for how, names in (("added", edits.added), ("taken out", edits.dropped), ("written otherwise", edits.edited)):
        if names:
            yield f"{what} {how}: {', '.join(names)}"


def _change_lines(change: Change, found: Comparison, names: Names) -> Iterator[str]:
    if change.kind is Kind.OUTCOME:
        yield f"### {change.old} to {change.new}: {counted(change.paths, found.paths)}"
        yield ""
        yield f"“{names.outcome(change.old)}” becomes “{names.outcome(change.new)}”."
    else:
        yield f"### {change.old} {_STAYING[change.kind]}: {counted(change.paths, found.paths)}"
        yield ""
        yield from _person_lines(change.example, change.kind)
    for cause in change.causes[:MOST_CAUSES]:
        yield from _cause_lines(cause, found, names)
    rest = change.causes[MOST_CAUSES:]
    if rest:
        more = f"; together {counted(sum(cause.paths for cause in rest), found.paths)}" if found.combined else ""
        yield f"- and {len(rest)} causes more{more}. `--json` lists them all."


def _cause_lines(cause: Cause, found: Comparison, names: Names) -> Iterator[str]:
    criteria = " and ".join(f"{name} ({names.criterion(name)})" for name in cause.criteria)
    yield f"- because of {criteria or 'the order of the routes'}: {counted(cause.paths, found.paths)}"
    yield f"  - for example: {in_short(cause.example)}"


def _person_lines(person: Person, kind: Kind) -> Iterator[str]:
    yield f"- for example: {in_short(person)}"
    if kind is Kind.REASONS:
        yield from (f"- for them: {line}" for line in map(difference_in_words, person.differences))
    for how, questions in (("newly asked", person.newly_asked), ("no longer asked", person.no_longer_asked)):
        if questions:
            yield f"- {how}: {', '.join(questions)}"


def difference_in_words(difference: Difference) -> str:
    """How a person stands under a criterion before and after."""
    if difference.old == difference.new:
        return f"{difference.criterion} is {_STANDINGS[difference.old]}, now on another route"
    return f"{difference.criterion} was {_STANDINGS[difference.old]}, is {_STANDINGS[difference.new]}"


def in_short(person: Person) -> str:
    """A person's answers on one line, by their ids."""
    return "; ".join(f"{question}: {_ticked(ticked)}" for question, ticked in person.answers.items())


def _ticked(ticked: Iterable[str]) -> str:
    return ", ".join(sorted(ticked)) or "none of them"


def counted(paths: int, of: int) -> str:
    """A number of paths, and which share of all it is."""
    return f"{paths:,} {'path' if paths == 1 else 'paths'} ({share(paths, of)})"


def share(part: int, of: int) -> str:
    """In per cent, with what is too small to show said to be so."""
    hundredth = 10_000 * part // of
    if part > 0 and hundredth == 0:
        return "under 0.01%"
    return f"{hundredth // 100}.{hundredth % 100:02d}%"

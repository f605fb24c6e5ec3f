"""What an edit of the law does, in people: whom it moves from which outcome to which, and because of what.

Every path that a person can take through both versions is counted once (see ``joint_paths``), exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from app.engine.couple import Couple, couple
from app.engine.decision import outcome_ids
from app.engine.difference import differs
from app.engine.formula import Value
from app.engine.graph import explore
from app.engine.joint_paths import End, JointPaths, Kind, Paths, Steps, TooManyStatesError, joint_paths
from app.engine.revision import Revision, revision

if TYPE_CHECKING:
    from app.engine.answers import Answers
    from app.engine.formula import Ticked
    from app.engine.rules import Rules
    from app.engine.side import Standing

MOST_STATES = 20_000
"""Beyond this the causes are no longer told apart in combination, so that an edit of everything ends in time too."""

Word = Literal["met", "open", "not_met", "not_considered", "missing"]
"""How a person stands under a criterion: ``missing`` where the version has none of that id."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A criterion under which a person stands otherwise than before."""

    criterion: str
    old: Word
    new: Word


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody's answers, complete under both versions; what differs for them; what only one version asks them."""

    answers: Answers
    differences: tuple[Difference, ...]
    no_longer_asked: tuple[str, ...]
    newly_asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """The criteria that bear on a change together, on how many paths, and the shortest of those."""

    criteria: tuple[str, ...]
    paths: int
    example: Person


@dataclass(frozen=True, slots=True)
class Change:
    """Paths with the same old and new outcome, with the shortest of them.

    Of ``kind`` ``reasons`` and ``questions`` the outcome stays: the person is given other reasons, or only asked other
    questions or offered other options. Only a change of outcome has causes, largest first.
    """

    kind: Kind
    old: str
    new: str
    paths: int
    example: Person
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes between two versions, of outcome first; ``paths`` counts all joint paths, changed or not.

    ``combined`` says that each path counts under one cause, the whole set of its criteria. Else there were too many
    such sets, and each cause is a single criterion with all the paths on which it bears, among others.
    """

    old: Rules
    new: Rules
    revision: Revision
    paths: int
    outcomes: Mapping[str, tuple[int, int]]
    changes: tuple[Change, ...]
    combined: bool
    states: int

    @property
    def moved(self) -> int:
        """The paths whose outcome changes."""
        return sum(change.paths for change in self.changes if change.kind is Kind.OUTCOME)


def compare(old: Rules, new: Rules, most_states: int = MOST_STATES) -> Comparison:
    """Compares two versions of one nation's law; raises NotComparableError where one person cannot walk both."""
    both = couple(old, new)
    edits = revision(old, new)
    if not edits.decides:
        return _unchanged(old, new, edits)
    try:
        found = joint_paths(both, {twin.id for twin in both.criteria}, most_states)
        single: dict[End, list[Cause]] | None = None
    except TooManyStatesError:
        found = joint_paths(both, ())
        single = _one_by_one(both, found)
    changes = _changes(both, found, single)
    return Comparison(
        old=old,
        new=new,
        revision=edits,
        paths=sum(paths.count for paths in found.ends.values()),
        outcomes=_outcomes(both, found),
        changes=tuple(sorted(changes, key=lambda change: (list(Kind).index(change.kind), -change.paths))),
        combined=single is None,
        states=found.states,
    )


def _unchanged(old: Rules, new: Rules, edits: Revision) -> Comparison:
    """Of versions that ask and decide alike: one graph says how many paths there are."""
    graph = explore(new, everybody=True)
    counts = graph.outcomes()
    return Comparison(
        old=old,
        new=new,
        revision=edits,
        paths=counts.total(),
        outcomes={outcome: (counts[outcome], counts[outcome]) for outcome in outcome_ids(new)},
        changes=(),
        combined=True,
        states=len(graph.states),
    )


def _one_by_one(both: Couple, found: JointPaths) -> dict[End, list[Cause]]:
    """Each criterion that may be a cause by itself, in a pass of its own."""
    causes: dict[End, list[Cause]] = {}
    for name in (twin.id for twin in both.criteria if twin.id in found.suspects):
        for end, paths in joint_paths(both, {name}).ends.items():
            if end.causes:
                cause = Cause(end.causes, paths.count, _person(both, paths.shortest))
                causes.setdefault(replace(end, causes=()), []).append(cause)
    return causes


def _changes(both: Couple, found: JointPaths, single: dict[End, list[Cause]] | None) -> Iterator[Change]:
    groups: dict[End, Paths] = {}
    causes = single or {}
    for end, paths in found.ends.items():
        group = replace(end, causes=())
        groups[group] = paths.and_also(groups.get(group))
        if single is None and end.kind is Kind.OUTCOME:
            causes.setdefault(group, []).append(Cause(end.causes, paths.count, _person(both, paths.shortest)))
    for end, paths in groups.items():
        if end.kind is not Kind.NOTHING:
            largest = sorted(causes.get(end, []), key=lambda cause: (-cause.paths, cause.criteria))
            example = _person(both, paths.shortest)
            yield Change(end.kind, end.old, end.new, paths.count, example, tuple(largest))


def _outcomes(both: Couple, found: JointPaths) -> dict[str, tuple[int, int]]:
    """The paths that end in each outcome, under the old version and under the new, best first."""
    counts: dict[str, tuple[int, int]] = dict.fromkeys((*outcome_ids(both.new), *outcome_ids(both.old)), (0, 0))
    for end, paths in found.ends.items():
        counts[end.old] = (counts[end.old][0] + paths.count, counts[end.old][1])
        counts[end.new] = (counts[end.new][0], counts[end.new][1] + paths.count)
    return counts


def _person(both: Couple, steps: Steps) -> Person:
    """Walks the steps once more, to tell what differs."""
    old, new = both.begin()
    answers: dict[str, Ticked] = {}
    no_longer: list[str] = []
    newly: list[str] = []
    for place, _, options in steps:
        topic = both.topics[place]
        answers[topic.id] = frozenset(topic.options[option] for option in options)
        if not new.asks_for(topic.id):
            no_longer.append(topic.id)
        if not old.asks_for(topic.id):
            newly.append(topic.id)
        old, new = (side.given(topic.id, answers[topic.id]) for side in (old, new))
    differences = []
    for twin in both.criteria:
        before, after = twin.standings(old, new)
        if differs(before, after, same_route=twin.same_route):
            differences.append(Difference(twin.id, _word(before), _word(after)))
    return Person(answers, tuple(differences), tuple(no_longer), tuple(newly))


def _word(standing: Standing) -> Word:
    if standing is None:
        return "missing"
    words: dict[Value, Word] = {Value.MET: "met", Value.OPEN: "open", Value.NOT_MET: "not_met"}
    return words[standing] if isinstance(standing, Value) else "not_considered"

"""A comparison as plain data, for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.cli.versions import Pair
    from app.engine.comparison import Change, Comparison, Person
    from app.engine.revision import Edits, Revision
    from app.engine.rules import Rules

Plain = dict[str, Any]


def pair_as_data(pair: Pair, found: Comparison | None) -> Plain:
    """The comparison of one nation's law; ``comparison`` is null where the law is new or was dropped."""
    service, nation = pair.nation
    return {
        "service": service,
        "nation": nation,
        "from": pair.day.isoformat(),
        "old": _rules(pair.old),
        "new": _rules(pair.new),
        "comparison": _comparison(found) if found else None,
    }


def _rules(rules: Rules | None) -> Plain | None:
    return {"version": rules.version, "in_force": rules.in_force.isoformat()} if rules else None


def _comparison(found: Comparison) -> Plain:
    return {
        "paths": found.paths,
        "moved": found.moved,
        "outcomes": {outcome: {"old": old, "new": new} for outcome, (old, new) in found.outcomes.items()},
        "changes": list(map(_change, found.changes)),
        "causes_combined": found.combined,
        "revision": _revision(found.revision),
        "states": found.states,
    }


def _change(change: Change) -> Plain:
    return {
        "kind": change.kind.value,
        "old": change.old,
        "new": change.new,
        "paths": change.paths,
        "example": _person(change.example),
        "causes": [
            {"criteria": list(cause.criteria), "paths": cause.paths, "example": _person(cause.example)}
            for cause in change.causes
        ],
    }


def _person(person: Person) -> Plain:
    return {
        "answers": {question: sorted(ticked) for question, ticked in person.answers.items()},
        "differences": [{"criterion": each.criterion, "old": each.old, "new": each.new} for each in person.differences],
        "no_longer_asked": list(person.no_longer_asked),
        "newly_asked": list(person.newly_asked),
    }


def _revision(revision: Revision) -> Plain:
    return {
        "criteria": _edits(revision.criteria),
        "questions": _edits(revision.questions),
        "questions_reordered": revision.questions_reordered,
        "routes_changed": revision.routes_changed,
        "words_only": revision.words_only,
    }


def _edits(edits: Edits) -> Plain:
    return {"added": list(edits.added), "dropped": list(edits.dropped), "edited": list(edits.edited)}

"""The comparison of two versions, held against brute force over everybody, and shown on edits of one kind each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.comparison import Comparison, compare
from app.engine.couple import NotComparableError
from app.engine.decision import DEPENDS, UNLIKELY
from app.engine.formula import Formula, Value, answered, can_be_met, substitute
from app.engine.joint_paths import Kind
from app.engine.journey import advance, offered, start
from app.engine.rules import Rules
from tests.engine.small_rules import small_rules

Person = dict[str, frozenset[str]]


def without(rules: Rules, question: str) -> Rules:
    """The rules as they would be if nobody were asked the question, or anything that hangs on it."""

    def left(formula: Formula) -> Formula:
        return substitute(formula, question, answered(None))

    return replace(
        rules,
        questions=tuple(
            replace(each, ask_when=left(each.ask_when), offers={name: left(when) for name, when in each.offers.items()})
            for each in rules.questions
            if each.id != question
        ),
        criteria=tuple(replace(each, test=left(each.test)) for each in rules.criteria),
    )


def offering(rules: Rules, question: str, options: tuple[str, ...]) -> Rules:
    """The rules with other options for a question."""
    questions = (
        replace(each, offers={option: each.offers.get(option, Value.MET) for option in options})
        if each.id == question
        else each
        for each in rules.questions
    )
    return replace(rules, questions=tuple(questions))


@st.composite
def versions(draw: st.DrawFn) -> tuple[Rules, Rules]:
    """Two versions: other criteria, one criterion edited or moved, a question or option more or less, another order."""
    old, other = draw(small_rules()), draw(small_rules())
    keep = draw(st.integers(0, len(old.criteria)))
    renamed = draw(st.booleans())
    tail = [replace(each, id=f"N{each.id}") if renamed else each for each in other.criteria[keep:]]
    new = replace(old, criteria=(*old.criteria[:keep], *tail) or other.criteria)
    if draw(st.booleans()):
        new = replace(new, questions=other.questions)
    if draw(st.booleans()):
        new = replace(new, routes=tuple(draw(st.permutations(new.routes))))
    for changed in draw(st.lists(st.sampled_from(["ab", "fewer", "more", "lost", "found"]), max_size=2)):
        match changed:
            case "ab":
                first, second, *rest = new.questions
                conditions = [
                    when
                    for each in (*old.questions, second)
                    if each.id == "b"
                    for when in (each.ask_when, *each.offers.values())
                ]
                if (first.id, second.id) == ("a", "b") and set(conditions) == {Value.MET}:
                    new = replace(new, questions=(second, first, *rest))
            case "fewer":
                new = offering(offering(new, "a", ("1", "?")), "c", ("2", "none"))
            case "more":
                new = offering(offering(new, "a", ("4", "1", "2", "?")), "c", ("1", "3", "2", "none"))
            case "lost":
                new = without(new, "b")
            case "found":
                old = without(old, "b")
    return old, new


@dataclass(frozen=True)
class Walked:
    """One version's view of one person, found by itself."""

    asked: dict[str, frozenset[str]]
    values: dict[str, tuple[str, Value | None, bool]]
    outcome: str


def walk(rules: Rules, person: Person) -> Walked:
    asked: dict[str, frozenset[str]] = {}
    ahead = advance(rules, start(rules))
    while ahead.position < len(rules.questions):
        question = rules.questions[ahead.position]
        asked[question.id] = frozenset(offered(rules, ahead)) - {question.exclusive}
        usable = person[question.id] & asked[question.id]
        ahead = advance(rules, ahead.known(question.id, answered(usable if question.many or usable else None)).past())
    values: dict[str, tuple[str, Value | None, bool]] = {
        each.id: (each.route, part, False) if isinstance(part, Value) else (each.route, None, can_be_met(part))
        for each, part in zip(rules.criteria, ahead.criteria, strict=True)
    }
    met = {route for route, value, _ in values.values() if value is Value.MET}
    found = [value for _, value, _ in values.values()]
    none_met = DEPENDS if Value.OPEN in found else UNLIKELY
    return Walked(asked, values, next((each.id for each in rules.routes if each.id in met), none_met))


def everybody(old: Rules, new: Rules) -> Iterator[Person]:
    """Every set of answers to every question of either."""
    ways: dict[str, set[frozenset[str]]] = {}
    options: dict[str, set[str]] = {}
    for question in (*old.questions, *new.questions):
        options.setdefault(question.id, set()).update(set(question.offers) - {question.exclusive})
        several = range(len(options[question.id]) + 1) if question.many else (1,)
        sets = chain.from_iterable(combinations(sorted(options[question.id]), size) for size in several)
        ways[question.id] = set(map(frozenset, sets))
    for answers in product(*ways.values()):
        yield dict(zip(ways, answers, strict=True))


def joint_path(person: Person, one: Walked, two: Walked) -> tuple[tuple[str, frozenset[str]], ...] | None:
    """What this person is asked and answers; None for an answer that nobody offers them."""
    path = {}
    for question in one.asked.keys() | two.asked.keys():
        offers = one.asked.get(question, frozenset()) | two.asked.get(question, frozenset())
        path[question] = person[question] & offers
        if question != "c" and not path[question]:
            return None
    return tuple(sorted(path.items()))


def bearing(giving: Walked, other: Walked) -> set[str]:
    """The criteria that give an outcome of which the other version knows better."""
    found = set()
    for name, (route, value, _) in giving.values.items():
        if (value, route) != (Value.MET, giving.outcome) and (value, giving.outcome) != (Value.OPEN, DEPENDS):
            continue
        if name in other.values:
            other_route, other_value, could = other.values[name]
            if other_value is None and (could or value is Value.OPEN):
                continue
            if other_value is value and (value is Value.OPEN or other_route == route):
                continue
        found.add(name)
    return found


def other_reasons(one: Walked, two: Walked) -> bool:
    for name in one.values.keys() | two.values.keys():
        if name not in one.values or name not in two.values:
            _, value, _ = one.values.get(name) or two.values[name]
            if value in (Value.MET, Value.OPEN):
                return True
            continue
        (route, value, _), (route_two, value_two, _) = one.values[name], two.values[name]
        if value is not value_two or (value is Value.MET and route != route_two):
            return True
    return False


End = tuple[Kind, str, str, frozenset[str]]


def brute_force(old: Rules, new: Rules) -> tuple[Counter[End], dict[End, int]]:
    """Every joint path once, by where it ends; and the fewest questions on a path to each end."""
    paths: dict[object, End] = {}
    shortest: dict[End, int] = {}
    in_order = replace(old, questions=tuple(sorted(old.questions, key=lambda each: order_of(old, new).index(each.id))))
    for person in everybody(old, new):
        one, two = walk(in_order, person), walk(new, person)
        path = joint_path(person, one, two)
        if path is None:
            continue
        causes: set[str] = set()
        if one.outcome != two.outcome:
            kind, causes = Kind.OUTCOME, bearing(one, two) | bearing(two, one)
        elif other_reasons(one, two):
            kind = Kind.REASONS
        else:
            kind = Kind.NOTHING if one.asked == two.asked else Kind.QUESTIONS
        end = (kind, one.outcome, two.outcome, frozenset(causes))
        assert paths.setdefault(path, end) == end
        shortest[end] = min(len(path), shortest.get(end, len(path)))
    return Counter(paths.values()), shortest


def order_of(old: Rules, new: Rules) -> list[str]:
    """These small rules lose at most ``b``, which stands second."""
    names = [each.id for each in new.questions]
    return names if "b" in names else [names[0], "b", *names[1:]]


def as_found(found: Comparison) -> Counter[End]:
    counts: Counter[End] = Counter()
    for change in found.changes:
        for cause in change.causes:
            counts[change.kind, change.old, change.new, frozenset(cause.criteria)] += cause.paths
        if not change.causes:
            counts[change.kind, change.old, change.new, frozenset()] += change.paths
    return counts


@settings(max_examples=80, deadline=None)
@given(versions())
def test_the_comparison_agrees_with_brute_force_on_every_move_its_cause_and_its_shortest_person(
    pair: tuple[Rules, Rules],
) -> None:
    old, new = pair
    expected, shortest = brute_force(old, new)
    found = compare(old, new)
    assert found.combined
    assert found.paths == sum(expected.values())
    assert as_found(found) == Counter({end: count for end, count in expected.items() if end[0] is not Kind.NOTHING})
    for change in found.changes:
        assert change.paths == sum(cause.paths for cause in change.causes) or not change.causes
        for causes, example in [(each.criteria, each.example) for each in change.causes] or [((), change.example)]:
            assert len(example.answers) == shortest[change.kind, change.old, change.new, frozenset(causes)]


@settings(max_examples=40, deadline=None)
@given(versions())
def test_with_few_states_allowed_each_criterion_is_counted_by_itself_and_exactly(pair: tuple[Rules, Rules]) -> None:
    old, new = pair
    expected, _ = brute_force(old, new)
    found = compare(old, new, most_states=0)
    assert found.combined is not found.revision.decides
    alone: Counter[tuple[str, str, str]] = Counter()
    for (kind, before, after, causes), count in expected.items():
        if kind is Kind.OUTCOME:
            for name in causes:
                alone[before, after, name] += count
    counted = {
        (change.old, change.new, cause.criteria[0]): cause.paths for change in found.changes for cause in change.causes
    }
    assert counted == alone
    assert sum(change.paths for change in found.changes) == sum(
        count for (kind, *_), count in expected.items() if kind is not Kind.NOTHING
    )


@settings(max_examples=40, deadline=None)
@given(small_rules())
def test_a_version_changes_nothing_against_itself(rules: Rules) -> None:
    found = compare(rules, replace(rules))
    assert found.changes == ()
    assert found.moved == 0
    assert all(before == after for before, after in found.outcomes.values())


def reordered(rules: Rules, *first: str) -> Rules:
    """The rules with these questions before all others."""
    last = [each for each in rules.questions if each.id not in first]
    return replace(rules, questions=(*(rules.question(name) for name in first), *last))


def other_kind(rules: Rules, name: str) -> Rules:
    """The rules with a question that takes several answers where it took one, or the reverse."""
    questions = (replace(each, many=not each.many) if each.id == name else each for each in rules.questions)
    return replace(rules, questions=tuple(questions))


def test_versions_that_no_one_person_can_walk_are_refused_with_a_remedy(england: Rules) -> None:
    for new, code, remedy in (
        (replace(england, nation="mercia"), "other-nation", "compare two versions of one"),
        (other_kind(england, "sight"), "kind-changed", "give the new one another id"),
    ):
        with pytest.raises(NotComparableError, match=remedy) as caught:
            compare(england, new)
        assert caught.value.code == code
    asked_of_all = (
        replace(each, ask_when=Value.MET) if each.id == "pip_moving_around" else each for each in england.questions
    )
    with pytest.raises(NotComparableError, match="compare in two steps") as caught:
        compare(england, reordered(replace(england, questions=tuple(asked_of_all)), "pip_moving_around"))
    assert caught.value.code == "order-changed"


def test_another_order_of_questions_is_told_as_such(england: Rules) -> None:
    found = compare(england, reordered(england, "who", "sight", "age"))
    assert found.revision.questions_reordered
    assert found.changes == ()


def test_a_criterion_under_another_id_is_told_though_it_moves_nobody(england: Rules) -> None:
    anew = (replace(each, id=f"NEW-{each.id}") if each.id.endswith("BLIND") else each for each in england.criteria)
    found = compare(england, replace(england, criteria=tuple(anew)))
    assert found.combined
    assert found.moved == 0
    assert found.revision.criteria.added == ("NEW-ENG-AUTO-BLIND",)
    assert found.revision.criteria.dropped == ("ENG-AUTO-BLIND",)
    assert {change.kind for change in found.changes} == {Kind.REASONS}

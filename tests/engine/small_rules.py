"""Rule sets made up at random, small enough to try everybody on them, and faulty as often as not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, combinations, product
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from app.engine.document import Document
from app.engine.formula import Comparison, Formula, Ticked, Value, every, negate, some
from app.engine.law import Intended
from app.engine.rules import Asked, Criterion, Rules
from app.engine.vocabulary import Route

SOME_FILE: Any = Document(Path("some.yaml"), None, "", {})
ROUTES = (Route(id="sure", ends=True), Route(id="special", ends=True), Route(id="maybe"))
OPTIONS = {"a": ("1", "2", "?"), "b": ("1", "2"), "c": ("1", "2", "3", "none"), "d": ("?", "1")}
ABOUT = {
    "C0 C1 C2": ("contradiction", "always-true", "unsound-skip", "unlikely-with-open", "unreachable-criterion"),
    "a b c d": ("useless-question", "unreachable-question"),
    "sure maybe depends unlikely": ("unreachable-outcome",),
    "n": ("journey-too-long",),
}


def is_one_of(question: str, *options: str) -> Comparison:
    """The comparison with one question that these options meet."""
    return Comparison(question, frozenset(options))


A1, A2, B1, C1 = is_one_of("a", "1"), is_one_of("a", "2"), is_one_of("b", "1"), is_one_of("c", "1")
NARROWINGS = {
    "b": (A1, A2, negate(A1), Comparison("a", frozenset({"1"}), frozenset({"?"}))),
    "c": (A1, A2, B1, some([A1, B1])),
    "d": (A1, B1, C1, negate(C1), every([A2, C1])),
}

DEAD_ENDS = tuple(
    every([before, is_one_of(question, *OPTIONS[question])]) for question in ("b", "d") for before in (A1, A2)
)
"""Each leaves some people no answer to a question, if they are asked it."""


def _comparisons(question: str) -> Iterator[Formula]:
    usable = [option for option in OPTIONS[question] if option != "none"]
    for met in chain.from_iterable(combinations(usable, size) for size in range(1, len(usable) + 1)):
        for maybe in ("", *(set(usable) - set(met))):
            yield Comparison(question, frozenset(met), frozenset(maybe))


COMPARISONS = tuple(each for question in OPTIONS for each in _comparisons(question))


def conditions() -> st.SearchStrategy[Formula]:
    return st.recursive(
        st.sampled_from(COMPARISONS),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(every),
            st.lists(inner, min_size=1, max_size=3).map(some),
            inner.map(negate),
        ),
        max_leaves=4,
    )


def plain(question: str, ask_when: Formula = Value.MET, **offers: Formula) -> Asked:
    """The question asked of those named, with everything on offer but what ``offers`` says otherwise of."""
    many = "none" in OPTIONS[question]
    all_offers: dict[str, Formula] = {**dict.fromkeys(OPTIONS[question], Value.MET), **offers}
    return Asked(question, many, "none" if many else None, ask_when, all_offers)


def _asked(question: str) -> st.SearchStrategy[Asked]:
    """The question asked of everybody or of some, with one of its options withheld from some."""
    narrowings = NARROWINGS.get(question, ())
    ways = product(
        (Value.MET, Value.MET, *narrowings),
        (Value.MET, Value.MET, Value.MET, *narrowings),
        (frozenset[str](), frozenset(OPTIONS[question]) & {"?", "3"}),
        (None, None, "special", "maybe"),
    )
    second = OPTIONS[question][1]
    return st.sampled_from(
        [
            replace(plain(question, asking, **{second: offer}), unsure=unsure, ceiling=ceiling)
            for asking, offer, unsure, ceiling in ways
        ]
    )


def _intended() -> st.SearchStrategy[Intended]:
    pairs = [(code, about) for abouts, codes in ABOUT.items() for code in codes for about in abouts.split()]
    return st.sampled_from(pairs).map(lambda pair: Intended(code=pair[0], about=pair[1], reason="It is meant."))


def small_rules() -> st.SearchStrategy[Rules]:
    applies = st.one_of(st.sampled_from((Value.MET, Value.MET, A1, A2)), conditions())
    criterion = st.tuples(st.sampled_from([route.id for route in ROUTES]), applies, conditions())
    assumed = st.lists(st.sampled_from(COMPARISONS), min_size=1, max_size=2).map(every)
    impossible = st.lists(st.one_of(assumed, st.sampled_from(DEAD_ENDS)), max_size=2)
    return st.builds(
        rules_of,
        st.tuples(*(_asked(question) for question in OPTIONS)),
        st.lists(criterion, min_size=1, max_size=4),
        impossible.map(tuple),
        st.sampled_from((2, 3, 9)),
        st.lists(_intended(), max_size=2).map(tuple),
    )


def rules_for_all() -> st.SearchStrategy[Rules]:
    """Small rules under which everybody is possible, and can answer whatever they are asked."""

    def for_all(rules: Rules) -> Rules:
        questions = (
            each if each.many else replace(each, offers=dict.fromkeys(each.offers, Value.MET))
            for each in rules.questions
        )
        return replace(rules, questions=tuple(questions), impossible=())

    return small_rules().map(for_all)


def rules_of(
    questions: tuple[Asked, ...],
    criteria: Sequence[tuple[str, Formula, Formula]],
    impossible: tuple[Formula, ...] = (),
    longest: int = 9,
    intended: tuple[Intended, ...] = (),
) -> Rules:
    """Rules whose criteria are each a route, to whom it applies, and a test."""
    return Rules(
        service="s", nation="n", version="v", in_force=date(2026, 1, 1), checked=date(2026, 1, 1), routes=ROUTES,
        longest_journey=longest,
        vocabulary=SOME_FILE,
        law=SOME_FILE,
        voice_question="a", voices={}, questions=questions, remarks=(),
        criteria=tuple(
            Criterion(f"C{index}", route, applies, test, (), ("letter",), True, False)
            for index, (route, applies, test) in enumerate(criteria)
        ),
        impossible=impossible,
        intended=intended,
    )  # fmt: skip


def everybody(rules: Rules) -> Iterator[dict[str, Ticked]]:
    """Every set of answers to every question, of options on offer or not."""
    people: list[dict[str, Ticked]] = [{}]
    for question in rules.questions:
        answers = all_answers(question, [option for option in question.offers if option != question.exclusive])
        people = [{**person, question.id: ticked} for person in people for ticked in answers]
    yield from people


def all_answers(question: Asked, options: list[str]) -> list[Ticked]:
    """Every way to answer with these options, of which none is the exclusive one."""
    sizes = range(len(options) + 1) if question.many else (1,)
    return [frozenset(each) for each in chain.from_iterable(combinations(options, size) for size in sizes)]

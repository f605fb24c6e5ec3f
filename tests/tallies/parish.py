"""Rules that nobody will ever change, so that codes made under them stay as they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from app.engine.document import Document
from app.engine.formula import Comparison, Value, every, negate, some
from app.engine.rules import Asked, Criterion, Rules
from app.engine.vocabulary import Route

_NO_FILE: Any = Document(Path("parish.yaml"), None, "", {})
ROUTES = (Route(id="sure", ends=True), Route(id="perhaps"))


def given(question: str, *met: str, unsure: tuple[str, ...] = ()) -> Comparison:
    """Met by some options, left open by others."""
    return Comparison(question, frozenset(met), frozenset(unsure))


def _asked(question: str, *options: str, many: bool = False) -> Asked:
    return Asked(question, many, "nothing" if many else None, Value.MET, dict.fromkeys(options, Value.MET))


_OLD = given("age", "old")
QUESTIONS = (
    _asked("age", "young", "old", "unsaid"),
    Asked("carer", False, None, negate(_OLD), {"yes": Value.MET, "no": Value.MET}),
    Asked(
        "help",
        True,
        "nothing",
        Value.MET,
        {"stairs": Value.MET, "wheels": Value.MET, "school": negate(_OLD), "nothing": Value.MET},
    ),
    _asked("letter", "yes", "no", "lost"),
    _asked("distance", "near", "far"),
)
CRITERIA = (
    ("sure", every([_OLD, given("letter", "yes", unsure=("lost",)), given("help", "stairs", "wheels")])),
    ("sure", every([given("carer", "yes"), given("help", "school")])),
    ("perhaps", every([some([given("help", "stairs"), given("carer", "yes")]), given("distance", "far")])),
    ("perhaps", every([given("help", "wheels"), negate(given("age", "young", unsure=("unsaid",)))])),
)


def parish_rules(questions: tuple[Asked, ...] = QUESTIONS) -> Rules:
    """The rules of a parish, or the same with other questions."""
    return Rules(
        service="bins",
        nation="parish",
        version="0123456789ab",
        in_force=date(2020, 1, 1),
        checked=date(2026, 1, 1),
        routes=ROUTES,
        voice_question="age",
        voices={},
        questions=questions,
        criteria=tuple(
            Criterion(f"P{number}", route, Value.MET, test, (), (), True, False)
            for number, (route, test) in enumerate(CRITERIA)
        ),
        remarks=(),
        longest_journey=5,
        vocabulary=_NO_FILE,
        law=_NO_FILE,
    )


PARISH = parish_rules()

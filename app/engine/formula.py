"""Conditions as formulas with three values, and what is left of them once some answers are known.

A comparison with a question that was passed over is open, not false: what nobody was asked is not known. So a rule
that hangs on it can never turn into a no.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Ticked = frozenset[str]
"""The options given in answer to one question; the empty set is "none of these"."""


class Value(IntEnum):
    """How far a criterion is met, worst first."""

    NOT_MET = 0
    OPEN = 1
    MET = 2

    __hash__ = int.__hash__  # an enumeration's own hashes its name, which takes longer than most of what is asked here


@dataclass(frozen=True, slots=True)
class Comparison:
    """Met by any option of ``met``; otherwise left open by any of ``open``; otherwise not met."""

    question: str
    met: frozenset[str]
    open: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class All:
    """As good as its worst part."""

    parts: frozenset[Formula]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """As good as its best part."""

    parts: frozenset[Formula]


@dataclass(frozen=True, slots=True)
class Not:
    """Met turned to not met and back; open stays open."""

    part: Formula


Formula = Value | Comparison | All | AnyOf | Not

_KEPT = 1 << 16
"""How many results each function remembers: the same formulas come up again and again, in checks and in proofs."""


def every(parts: Iterable[Formula]) -> Formula:
    """``All`` of the parts, simplified."""
    return _join(parts, All, Value.MET, Value.NOT_MET)


def some(parts: Iterable[Formula]) -> Formula:
    """``AnyOf`` the parts, simplified."""
    return _join(parts, AnyOf, Value.NOT_MET, Value.MET)


def negate(part: Formula) -> Formula:
    """``Not`` the part, simplified."""
    if isinstance(part, Value):
        return Value(Value.MET - part)
    return part.part if isinstance(part, Not) else Not(part)


def _join(parts: Iterable[Formula], kind: type[All | AnyOf], neutral: Value, decisive: Value) -> Formula:
    kept: set[Formula] = set()
    for part in parts:
        if part is decisive:
            return decisive
        if isinstance(part, kind):
            kept |= part.parts
        elif part is not neutral:
            kept.add(part)
    if len(kept) > 1:
        return kind(frozenset(kept))
    return kept.pop() if kept else neutral


@lru_cache(maxsize=_KEPT)
def substitute(formula: Formula, question: str, replace: Callable[[Comparison], Formula]) -> Formula:
    """What is left of ``formula`` when every comparison with ``question`` is replaced.

    ``replace`` is made by ``answered`` or ``option_known``.
    """
    match formula:
        case Value():
            return formula
        case Comparison():
            return replace(formula) if formula.question == question else formula
        case Not(part):
            left = substitute(part, question, replace)
            return formula if left is part else negate(left)
        case All(parts) | AnyOf(parts):
            kept = [substitute(part, question, replace) for part in parts]
            if all(new is old for new, old in zip(kept, parts, strict=True)):
                return formula
            return every(kept) if isinstance(formula, All) else some(kept)


@lru_cache(maxsize=_KEPT)
def answered(ticked: Ticked | None) -> Callable[[Comparison], Formula]:
    """The replacement for a question that was answered, or passed over (``None``)."""
    return lambda comparison: compare(comparison, ticked)


def compare(comparison: Comparison, ticked: Ticked | None) -> Value:
    """How far an answer, or none (``None``), meets a comparison."""
    if ticked is None:
        return Value.OPEN
    if ticked & comparison.met:
        return Value.MET
    return Value.OPEN if ticked & comparison.open else Value.NOT_MET


@lru_cache(maxsize=_KEPT)
def option_known(option: str, *, ticked: bool) -> Callable[[Comparison], Formula]:
    """The replacement when, of a question with several answers, one option is known and the others not yet."""

    def replace(comparison: Comparison) -> Formula:
        met, unsure = comparison.met - {option}, comparison.open - {option}
        if ticked and option in comparison.met:
            return Value.MET
        if ticked and option in comparison.open:
            rest = Comparison(comparison.question, met) if met else Value.NOT_MET
            return some([Value.OPEN, rest])
        return Comparison(comparison.question, met, unsure) if met | unsure else Value.NOT_MET

    return replace


@lru_cache(maxsize=_KEPT)
def comparisons(formula: Formula) -> frozenset[Comparison]:
    """Every comparison in the formula."""
    match formula:
        case Comparison():
            return frozenset({formula})
        case All(parts) | AnyOf(parts):
            return frozenset().union(*map(comparisons, parts))
        case Not(part):
            return comparisons(part)
        case _:
            return frozenset()


@lru_cache(maxsize=_KEPT)
def options_told_apart(formula: Formula, question: str) -> frozenset[str]:
    """The options of a question that would meet some comparison in the formula, or leave it open."""
    found = (each.met | each.open for each in comparisons(formula) if each.question == question)
    return frozenset().union(*found)


@lru_cache(maxsize=_KEPT)
def can_be_met(formula: Formula) -> bool:
    """Whether some answers to what is left would meet it, each comparison taken by itself."""
    return _best(formula) is Value.MET


def _best(formula: Formula) -> Value:
    match formula:
        case Value():
            return formula
        case Comparison(met=met):
            return Value.MET if met else Value.OPEN
        case All(parts):
            return min(map(_best, parts))
        case AnyOf(parts):
            return max(map(_best, parts))
        case Not():
            return Value.MET

"""Two versions of a nation's law made ready to be walked side by side, by one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.engine.formula import comparisons
from app.engine.journey import start
from app.engine.side import Side, Standing, side_at

if TYPE_CHECKING:
    from app.engine.rules import Asked, Rules


class NotComparableError(ValueError):
    """Two versions that no one person can be led through. ``code`` is stable; the text says what to do instead."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Twin:
    """A criterion by id, with its place in each version (None where it is missing)."""

    id: str
    old: int | None
    new: int | None
    same_route: bool

    def standings(self, old: Side, new: Side) -> tuple[Standing, Standing]:
        """What is left of it in each."""
        return (
            None if self.old is None else old.standings[self.old],
            None if self.new is None else new.standings[self.new],
        )


@dataclass(frozen=True, slots=True)
class Topic:
    """A question by id, with the options that either version may offer, but for those that stand for none of them."""

    id: str
    many: bool
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Couple:
    """Both versions, their questions in the new file's order; what only the old one asks stays after its neighbour."""

    old: Rules
    new: Rules
    topics: tuple[Topic, ...]
    criteria: tuple[Twin, ...]

    def begin(self) -> tuple[Side, Side]:
        """Both before anything is known."""
        return side_at(self.old, start(self.old)), side_at(self.new, start(self.new))

    def next(self, old: Side, new: Side) -> int | None:
        """The place of the topic that comes next, None when both checks have ended."""
        asked = [side.asks.id for side in (old, new) if side.asks is not None]
        return next((place for place, topic in enumerate(self.topics) if topic.id in asked), None)


def couple(old: Rules, new: Rules) -> Couple:
    """Raises NotComparableError for two nations, and for questions that changed their kind or crossed over."""
    if (old.service, old.nation) != (new.service, new.nation):
        message = (
            f"{old.service} {old.nation} and {new.service} {new.nation} are different laws; compare two versions of one"
        )
        raise NotComparableError("other-nation", message)
    order = _merged([each.id for each in old.questions], [each.id for each in new.questions])
    _check_kinds(old, new)
    in_order = replace(old, questions=tuple(sorted(old.questions, key=lambda question: order.index(question.id))))
    _check_order(in_order)
    return Couple(in_order, new, tuple(_topic(name, old, new) for name in order), tuple(_twins(old, new)))


def _merged(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The new order, with what only the old has after what came before it there."""
    merged = list(new)
    for index, item in enumerate(old):
        if item not in new:
            merged.insert(merged.index(old[index - 1]) + 1 if index else 0, item)
    return merged


def _topic(name: str, old: Rules, new: Rules) -> Topic:
    before, after = ([each for each in rules.questions if each.id == name] for rules in (old, new))
    options = _merged(_options(before), _options(after))
    return Topic(name, any(each.many for each in (*before, *after)), tuple(options))


def _options(questions: list[Asked]) -> list[str]:
    return [option for question in questions for option in question.offers if option != question.exclusive]


def _twins(old: Rules, new: Rules) -> list[Twin]:
    before = {criterion.id: index for index, criterion in enumerate(old.criteria)}
    after = {criterion.id: index for index, criterion in enumerate(new.criteria)}
    return [
        Twin(
            name,
            before.get(name),
            after.get(name),
            name in before and name in after and old.criteria[before[name]].route == new.criteria[after[name]].route,
        )
        for name in _merged(list(before), list(after))
    ]


def _check_kinds(old: Rules, new: Rules) -> None:
    before = {question.id: question.many for question in old.questions}
    for question in new.questions:
        if before.get(question.id, question.many) is not question.many:
            message = (
                f"{question.id!r} takes one answer in one version, several in the other; give the new one another id"
            )
            raise NotComparableError("kind-changed", message)


def _check_order(rules: Rules) -> None:
    """Whether each question of the old version still comes after those on which asking or offering it hangs."""
    earlier: set[str] = set()
    for question in rules.questions:
        needed = {
            each.question for when in (question.ask_when, *question.offers.values()) for each in comparisons(when)
        }
        if not needed <= earlier:
            other = min(needed - earlier)
            message = (
                f"{question.id!r} now comes before {other!r}, on which asking it used to hang; "
                "compare in two steps: first the new conditions in the old order, then the new order"
            )
            raise NotComparableError("order-changed", message)
        earlier.add(question.id)

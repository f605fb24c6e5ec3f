"""The page of every way through the check, in words: as nested lists, or as a table with a row for each way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from app.engine.forks import Ticks
from app.engine.path_tree import PathTree, Step, Way

if TYPE_CHECKING:
    from app.engine.rules import Rules
    from app.engine.vocabulary import Voice
    from app.engine.words import Words
    from app.web.site_words import SiteWords


@dataclass(frozen=True, slots=True)
class Named:
    """Something by its name in words and by its id."""

    name: str
    id: str


@dataclass(frozen=True, slots=True)
class WayShown:
    """Which answers go this way, and where to: ``inside`` is a step written out here, ``number`` one elsewhere."""

    condition: Markup
    paths: str
    outcome: Named | None
    number: int | None
    inside: StepShown | None


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step with its ways."""

    number: int
    question: Named
    comes_from: tuple[int, ...]
    ways: tuple[WayShown, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The steps that put the same question, without those that stand within others."""

    question: Named
    steps: tuple[StepShown, ...]


class PathsPage:
    """Puts a tree of paths in words, as somebody is asked who checks for another person, or for an organisation."""

    def __init__(self, rules: Rules, tree: PathTree, words: Words, site_words: SiteWords) -> None:
        self.rules = rules
        self.tree = tree
        self.words = words
        self.site_words = site_words
        self.voices = _voices(rules, tree)

    def chapters(self) -> tuple[Chapter, ...]:
        """The steps to be read as lists, by question."""
        begun = (step for step in self.tree.steps if step.level == 1)
        return tuple(
            Chapter(shown[0].question, shown)
            for _, steps in groupby(begun, lambda step: step.question)
            if (shown := tuple(map(self._step, steps)))
        )

    def rows(self) -> tuple[StepShown, ...]:
        """The steps to be read as a table, none within another."""
        return tuple(self._step(step) for step in self.tree.steps)

    def outcomes(self) -> tuple[Named, ...]:
        """The outcomes that some path ends in."""
        ends = {way.to for step in self.tree.steps for way in step.ways}
        return tuple(self._outcome(outcome, "they") for outcome in self.words.outcomes if outcome in ends)

    def _step(self, step: Step) -> StepShown:
        named = list(dict.fromkeys(option for way in step.ways for option in _options(way)))
        ways = tuple(self._way(step, way, named) for way in step.ways)
        question = Named(self.words.questions[step.question].title.to(self.voices[step.number]), step.question)
        return StepShown(step.number, question, step.comes_from, ways)

    def _way(self, step: Step, way: Way, named: list[str]) -> WayShown:
        condition = self._condition(step, way, named)
        paths = f"{way.paths:,}"
        if isinstance(way.to, str):
            return WayShown(
                condition, paths, self._outcome(way.to, _voice(self.rules, step, way, self.voices)), None, None
            )
        after = self.tree.step(way.to)
        return WayShown(condition, paths, None, after.number, self._step(after) if after.level > 1 else None)

    def _outcome(self, outcome: str, voice: Voice) -> Named:
        return Named(self.words.outcomes[outcome].title.to(voice), outcome)

    def _condition(self, step: Step, way: Way, named: list[str]) -> Markup:
        if len(step.ways) == 1:
            return self.site_words.inline("paths.if_any")
        if not self.several(step):
            return self.site_words.inline("paths.if_answer", options=self._or(step, way.when[0].some[0]))
        return self._join("paths.either", [self._ticks(step, each, named) for each in way.when])

    def several(self, step: Step) -> bool:
        """Whether several options of the step's question can be ticked."""
        return self.words.questions[step.question].conflict is not None

    def _ticks(self, step: Step, ticks: Ticks, named: list[str]) -> Markup:
        text = self.site_words.inline
        rest = set(named) - {option for group in ticks.some for option in group}
        alone = len(ticks.none) > 1 and set(ticks.none) == rest
        none = self._or(step, ticks.none)
        if not ticks.some:
            return text("paths.if_none") if alone else text("paths.if_not", options=none)
        groups = [
            text("paths.at_least_one", options=self._or(step, group)) if len(group) > 1 else self._or(step, group)
            for group in ticks.some
        ]
        ticked = text("paths.if_ticked", options=self._join("paths.and", groups))
        if alone:
            return text("paths.no_other", ticked=ticked)
        return text("paths.but_not", ticked=ticked, options=none) if ticks.none else ticked

    def _or(self, step: Step, options: Sequence[str]) -> Markup:
        words = self.words.questions[step.question].options
        return self._join(
            "paths.or",
            [self.site_words.inline("paths.option", label=words[option].label.they, id=option) for option in options],
        )

    def _join(self, key: str, parts: Sequence[Markup]) -> Markup:
        """The parts as a list in a sentence; ``key`` puts the last to the others."""
        if len(parts) < 2:  # noqa: PLR2004 - nothing to put together
            return Markup("").join(parts)
        return self.site_words.inline(key, first=Markup(", ").join(parts[:-1]), last=parts[-1])


def _voices(rules: Rules, tree: PathTree) -> Mapping[int, Voice]:
    """The voice of each step, by its number: that of an organisation where nobody else comes."""
    voices: dict[int, Voice] = {}
    for step in tree.steps:
        before = [(tree.step(number), way) for number in step.comes_from for way in tree.step(number).ways]
        coming = {_voice(rules, earlier, way, voices) for earlier, way in before if way.to == step.number}
        voices[step.number] = "organisation" if coming == {"organisation"} else "they"
    return voices


def _voice(rules: Rules, step: Step, way: Way, voices: Mapping[int, Voice]) -> Voice:
    if step.question != rules.voice_question:
        return voices[step.number]
    heard = {rules.voices[option] for option in _options(way)}
    return "organisation" if heard == {"organisation"} else "they"


def _options(way: Way) -> Iterable[str]:
    for ticks in way.when:
        for group in (*ticks.some, ticks.none):
            yield from group

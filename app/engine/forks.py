"""Where each answer to a question with several options leads: a fork for each option that makes a difference."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fork:
    """Two ways on, without this option and with it; what they lead to differs."""

    option: str
    without: Forks
    ticked: Forks


Forks = Fork | int
"""Forks, one option at a time in the order of the question, that end in the numbers of places."""


@dataclass(frozen=True, slots=True)
class Ticks:
    """The answers that tick one option or more of each group of ``some``, and no option of ``none``.

    Whatever is in neither may be ticked or not.
    """

    some: tuple[tuple[str, ...], ...]
    none: tuple[str, ...] = ()

    def count(self, options: int) -> int:
        """How many answers these are where that many options can be ticked."""
        answers = 1
        for group in self.some:
            answers *= (1 << len(group)) - 1
        free = options - len(self.none) - sum(map(len, self.some))
        return answers << free


def fork(option: str, without: Forks, ticked: Forks) -> Forks:
    """A fork, or no fork where the option makes no difference."""
    return without if without == ticked else Fork(option, without, ticked)


def ticks(forks: Forks) -> dict[int, list[Ticks]]:
    """The answers that lead to each place, each answer in exactly one of them.

    Options that stand for one another are a group, so that nine signs of one difficulty are one condition.
    """
    groups = _groups(forks)
    for group in groups:
        for option in group[1:]:
            forks = _given(forks, option, ticked=False)
    found: dict[int, list[Ticks]] = {}
    _gather(forks, {group[0]: group for group in groups}, Ticks(()), found)
    return found


def _gather(forks: Forks, groups: dict[str, tuple[str, ...]], so_far: Ticks, found: dict[int, list[Ticks]]) -> None:
    if isinstance(forks, int):
        found.setdefault(forks, []).append(so_far)
        return
    option = _deciding(forks)
    group = groups[option]
    ticked, without = (_given(forks, option, ticked=ticked) for ticked in (True, False))
    _gather(ticked, groups, Ticks((*so_far.some, group), so_far.none), found)
    _gather(without, groups, Ticks(so_far.some, (*so_far.none, *group)), found)


def _deciding(forks: Fork) -> str:
    """The option to tell of first: one that alone settles where to go on, if there is one."""
    for option in _options(forks):
        if any(isinstance(_given(forks, option, ticked=ticked), int) for ticked in (True, False)):
            return option
    return forks.option


def _groups(forks: Forks) -> list[tuple[str, ...]]:
    """The options that make a difference, those together of which it only matters whether any is ticked."""
    groups: list[list[str]] = []
    for option in _options(forks):
        for group in groups:
            if _alike(forks, group[0], option):
                group.append(option)
                break
        else:
            groups.append([option])
    return [tuple(group) for group in groups]


def _alike(forks: Forks, one: str, other: str) -> bool:
    with_one, without = (_given(forks, one, ticked=ticked) for ticked in (True, False))
    first, both = (_given(with_one, other, ticked=ticked) for ticked in (False, True))
    return first == both == _given(without, other, ticked=True)


def _options(forks: Forks) -> list[str]:
    """Every option in the forks. One that is reached later can stand earlier in the question, which is harmless."""
    if isinstance(forks, int):
        return []
    return list(dict.fromkeys([forks.option, *_options(forks.ticked), *_options(forks.without)]))


def _given(forks: Forks, option: str, *, ticked: bool) -> Forks:
    if isinstance(forks, int):
        return forks
    if forks.option == option:
        return forks.ticked if ticked else forks.without
    without, with_it = (_given(part, option, ticked=ticked) for part in (forks.without, forks.ticked))
    return fork(forks.option, without, with_it)

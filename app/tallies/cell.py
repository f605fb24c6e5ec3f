"""What is counted: cells, each of a council, a month and a version of the rules, one thing at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Family(StrEnum):
    """The cells that count the same kind of thing.

    BEGUN and FINISHED count checks. Those named after BEGUN count them by something, and OUTCOME, LANGUAGE, CHANNEL and
    TIME each count every finished check once. CRITERION, EVIDENCE and OPTION count what finished checks had. QUESTION
    counts what was sent: somebody who goes back and sends an answer again is in it twice.
    """

    BEGUN = "begun"
    BEGUN_LANGUAGE = "begun_language"
    BEGUN_CHANNEL = "begun_channel"
    FINISHED = "finished"
    OUTCOME = "outcome"
    LANGUAGE = "language"
    CHANNEL = "channel"
    TIME = "time"
    CRITERION = "criterion"
    EVIDENCE = "evidence"
    OPTION = "option"
    QUESTION = "question"


CHECKS = "checks"
"""The one key of BEGUN and of FINISHED."""

CHANNELS = ("own", "embed", "phone")
"""The council's page here, a frame in its website, and its staff at the phone."""

REACHED, ANSWERED, REFUSED, CHANGED, UNSURE = "reached", "answered", "refused", "changed", "unsure"
QUESTION_EVENTS = (REACHED, ANSWERED, REFUSED, CHANGED, UNSURE)
"""Of a question: shown after another one's answer, answered, sent with an error, changed later, "I do not know"."""

MINUTES = (2, 5, 10, 30)
"""Where the bands of the time taken are cut."""

BANDS = (f"under_{MINUTES[0]}", *(f"from_{minutes}" for minutes in MINUTES))
"""The bands of the time from the first page of a check to its outcome, in minutes."""

Thing = tuple[Family, str]
"""A family, and a key within it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is counted; ``month`` is written 2026-11, and there is no finer time."""

    council: str
    service: str
    month: str
    version: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Things that happened together, to be counted once each.

    An entry with ``marks`` is counted only if none of them has been met before; all are kept.
    """

    place: Place
    things: tuple[Thing, ...]
    marks: tuple[str, ...] = ()


def month_of(day: date) -> str:
    """The month of a day, as places name it."""
    return f"{day:%Y-%m}"


def part(key: str, *parts: str) -> str:
    """The key of a part of something: an option of a question, a value of a criterion."""
    return ":".join((key, *parts))


def band(seconds: int) -> str:
    """The band of a time taken."""
    return BANDS[sum(seconds >= 60 * minutes for minutes in MINUTES)]

"""Changes of England's law, as files for a later day beside today's, and withdrawn versions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

LAW = "england/2019-08-30.yaml"
CHANGE_DAY = date(2027, 1, 1)

Change = tuple[str, str]

SHORTER_COUNTS: Change = (
    "is: [three_years_or_more, dont_know]",
    "is: [three_years_or_more, one_to_three_years, dont_know]",
)
PAIN_NO_LONGER_COUNTS: Change = ("            - severe_pain\n", "")
TARIFF_NO_LONGER_ASKED: Change = ("        - {question: afcs_tariff_1_to_8, is: ['yes'], open: [dont_know]}\n", "")
ARMS_ARE_ASKED_OF_MORE: Change = (
    "{question: difficulties, is: [arms]}",
    "{question: difficulties, is: [arms, walking]}",
)
REGISTRATION_IS_NOT_ENOUGH: Change = (
    "{question: sight, is: [severely_registered], open: [severely_certificate, dont_know]}",
    "{all: [{question: sight, is: [severely_registered], open: [severely_certificate, dont_know]}, "
    "{question: difficulties, is: [walking, journeys]}]}",
)
NOTHING: Change = ("checked: 2026-11-21", "checked: 2026-11-22")


def change_law(rules: Path, *changes: Change, day: date = CHANGE_DAY) -> Path:
    """Writes England's law for a later day: as it is today, but for the changes."""
    today = rules / "blue-badge" / LAW
    text = today.read_text().replace("from: 2019-08-30", f"from: {day}")
    for right, wrong in changes:
        assert right in text
        text = text.replace(right, wrong, 1)
    path = today.with_name(f"{day}.yaml")
    path.write_text(text)
    return path


def end_law(path: Path, until: date) -> None:
    """Gives a file of law its last day."""
    begins = path.stem
    path.write_text(path.read_text().replace(f"{{from: {begins}}}", f"{{from: {begins}, until: {until}}}"))


def withdraw(rules: Path, *entries: str, words: Iterable[str] = ()) -> Path:
    """Writes withdrawn versions, and words for these ids."""
    path = rules / "blue-badge/withdrawn.yaml"
    path.write_text("versions:\n" + "".join(f"  - {{{entry}}}\n" for entry in entries))
    texts = rules / "blue-badge/words/en.yaml"
    told = "".join(f"\n  {each}: '{each}: ask {{council}} to look again.'" for each in words)
    texts.write_text(f"{texts.read_text()}\nwithdrawn:{told}\n" if told else texts.read_text())
    return path

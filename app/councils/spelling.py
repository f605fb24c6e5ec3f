"""Names of councils as people type, sort and shorten them."""

from __future__ import annotations

import unicodedata

# "Kent", "Kent Council" and "Cyngor Kent" name one place, and so do "Tyne & Wear" and "Tyne and Wear".
_IGNORED = frozenset({"and", "council", "cyngor"})
_APOSTROPHES = str.maketrans("", "", "'’‘`")

# As they read once the ignored words are gone; a longer form stands before a shorter one that begins it.
_TITLES_BEFORE = (
    "the",
    "of the",
    "city county of",
    "city of",
    "london borough of",
    "royal borough of",
    "borough of",
    "comhairle nan",
    "comhairle na",
    "comhairle",
    "bwrdeistref sirol",
    "dinas a sir",
    "dinas",
    "sir",
)
_TITLES_AFTER = (
    "metropolitan borough",
    "metropolitan district",
    "county borough",
    "city district",
    "borough",
    "district",
    "county",
    "city",
    "corporation",
)


def plain(text: str) -> str:
    """The telling words of a name: without case, accents, punctuation, "council" and "and"."""
    letters = unicodedata.normalize("NFKD", text.casefold()).translate(_APOSTROPHES)
    kept = (letter for letter in letters if not unicodedata.combining(letter))
    words = "".join(letter if letter.isalnum() else " " for letter in kept).split()
    return " ".join(word for word in words if word not in _IGNORED)


def short(text: str) -> str:
    """The bare name: "kent" for "Kent County Council", "bradford" for "City of Bradford Council"."""
    name = plain(text)
    for title in _TITLES_BEFORE:
        if name.startswith(f"{title} "):
            name = name.removeprefix(f"{title} ")
            break
    for title in _TITLES_AFTER:
        if name.endswith(f" {title}"):
            return name.removesuffix(f" {title}")
    return name

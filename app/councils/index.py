"""Places found by what somebody types."""

from __future__ import annotations

from dataclasses import dataclass

from app.councils.place import Place
from app.councils.spelling import plain, short

_OTHER_NAME = 4
"""Added to the rank of a find by another name: all finds by a name of their own come first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place and every way its name, or another name that it is known by, may be typed."""

    place: Place
    keys: tuple[str, ...]
    also: tuple[str, ...]

    def rank(self, typed: str) -> int | None:
        """How well it fits, the best being 0; None if it does not. A name of its own counts before any other."""
        own = _rank(typed, self.keys)
        if own is not None:
            return own
        other = _rank(typed, self.also)
        return None if other is None else _OTHER_NAME + other


@dataclass(frozen=True, slots=True)
class Index:
    """Every place, in the order in which equally good finds are shown."""

    entries: tuple[Entry, ...]

    def search(self, typed: str) -> tuple[Place, ...]:
        """The exact name first, then names that begin so, whose words begin so, and that hold it.

        Where nothing fits, titles such as "city of" or "county council" are taken off what was typed.
        """
        return self._find(plain(typed)) or self._find(short(typed))

    def named(self, typed: str) -> tuple[Place, ...]:
        """Only the places whose whole name was typed; if there are none, those with such another name."""
        name = plain(typed)
        own = tuple(entry.place for entry in self.entries if name in entry.keys)
        return own or tuple(entry.place for entry in self.entries if name in entry.also)

    def _find(self, typed: str) -> tuple[Place, ...]:
        if not typed:
            return ()
        ranked = ((entry.rank(typed), entry.place) for entry in self.entries)
        found = [(rank, place) for rank, place in ranked if rank is not None]
        return tuple(place for _, place in sorted(found, key=lambda each: each[0]))


def make_index(places: tuple[Place, ...]) -> Index:
    """An index that keeps the order of the places."""
    # The slug too, since it is often the everyday name: kingston-upon-hull, northern-ireland.
    return Index(
        tuple(
            Entry(place, _keys((place.name("en"), place.name("cy"), place.slug)), _keys(place.also)) for place in places
        )
    )


def _keys(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for text in texts for key in (short(text), plain(text))))


def _rank(typed: str, keys: tuple[str, ...]) -> int | None:
    if typed in keys:
        return 0
    if any(key.startswith(typed) for key in keys):
        return 1
    if any(_begins_words(typed, key) for key in keys):
        return 2
    return 3 if any(typed in key for key in keys) else None


def _begins_words(typed: str, key: str) -> bool:
    words = key.split()
    return all(any(word.startswith(part) for word in words) for part in typed.split())

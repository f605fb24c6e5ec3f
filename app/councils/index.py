"""Places found by what somebody types."""

from __future__ import annotations

from dataclasses import dataclass

from app.councils.place import Place
from app.councils.spelling import plain, short


@dataclass(frozen=True, slots=True)
class Entry:
    """A place and every way its name may be typed."""

    place: Place
    keys: tuple[str, ...]

    def rank(self, typed: str) -> int | None:
        """How well it fits, the best being 0; None if it does not."""
        if typed in self.keys:
            return 0
        if any(key.startswith(typed) for key in self.keys):
            return 1
        if any(_begins_words(typed, key) for key in self.keys):
            return 2
        return 3 if any(typed in key for key in self.keys) else None


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
        """Only the places whose whole name was typed."""
        return tuple(entry.place for entry in self.entries if entry.rank(plain(typed)) == 0)

    def _find(self, typed: str) -> tuple[Place, ...]:
        if not typed:
            return ()
        ranked = ((entry.rank(typed), entry.place) for entry in self.entries)
        found = [(rank, place) for rank, place in ranked if rank is not None]
        return tuple(place for _, place in sorted(found, key=lambda each: each[0]))


def make_index(places: tuple[Place, ...]) -> Index:
    """An index that keeps the order of the places."""
    return Index(tuple(Entry(place, _keys(place)) for place in places))


def _keys(place: Place) -> tuple[str, ...]:
    # The slug too, since it is often the everyday name: kingston-upon-hull, northern-ireland.
    texts = dict.fromkeys((place.name("en"), place.name("cy"), place.slug))
    return tuple(dict.fromkeys(key for text in texts for key in (short(text), plain(text))))


def _begins_words(typed: str, key: str) -> bool:
    words = key.split()
    return all(any(word.startswith(part) for word in words) for part in typed.split())

"""The register of councils: who issues Blue Badges where, and from when until when."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.councils.listing import Listing, as_place, make_listing
from app.councils.place import Authority, District, Place
from app.councils.succession import Instead, former_names, has_ended, heirs, instead_of


@dataclass(frozen=True, slots=True)
class Register:
    """Every council, past and to come; there is one listing for each stretch of days between two changes."""

    councils: Mapping[str, Authority | District]
    changes: tuple[date, ...]
    listings: tuple[Listing, ...]

    @property
    def bilingual(self) -> frozenset[str]:
        """The nations that have councils with a Welsh name: there, every council speaks Welsh too."""
        councils = (each for each in self.councils.values() if isinstance(each, Authority))
        return frozenset(each.nation for each in councils if each.name_cy)

    def on(self, today: date) -> Listing:
        """The councils of that day; made beforehand, so asking costs nothing."""
        return self.listings[bisect_right(self.changes, today)]

    def successors(self, slug: str, today: date) -> tuple[Place, ...]:
        """Who has taken over, at last, from a council that is no more; nobody while it exists."""
        council = self.councils.get(slug)
        if council is None or not has_ended(council, today):
            return ()
        return tuple(as_place(self.councils[heir]) for heir in heirs(self.councils, slug, today))

    def instead_of(self, slug: str, today: date) -> tuple[Instead, ...]:
        """Whom to turn to instead of an authority that is no more, or not yet, on the day."""
        return instead_of(self.councils, slug, today)


def make_register(authorities: tuple[Authority, ...], districts: tuple[District, ...]) -> Register:
    """The register of councils that have been checked against each other."""
    councils: tuple[Authority | District, ...] = (*authorities, *districts)
    bounds = {bound for council in councils for bound in (council.span.start, council.span.end)}
    changes = tuple(sorted(bound for bound in bounds if bound is not None))
    by_slug = {each.slug: each for each in councils}
    listings = tuple(
        make_listing(
            tuple(each for each in authorities if each.span.holds(day)),
            tuple(each for each in districts if each.span.holds(day)),
            former_names(by_slug, day),
        )
        for day in (date.min, *changes)
    )
    return Register(by_slug, changes, listings)

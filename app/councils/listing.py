"""The register as it stands on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.councils.index import Index, make_index
from app.councils.place import Authority, District, Place
from app.councils.spelling import short
from app.councils.wording import LANGUAGES, Wording


@dataclass(frozen=True, slots=True)
class Listing:
    """The councils of a day, ready to be listed, looked up and searched."""

    authorities: Mapping[str, Authority]
    places: Mapping[str, Place]
    in_order: Mapping[str, tuple[Place, ...]]
    index: Index

    def authority(self, slug: str) -> Authority | None:
        """The issuing authority of that slug; None for a district or a slug that is nobody's on the day."""
        return self.authorities.get(slug)

    def place(self, slug: str) -> Place | None:
        """The issuing authority or district of that slug."""
        return self.places.get(slug)

    def listed(self, language: str) -> tuple[Place, ...]:
        """Every place, by its bare name in that language: "City of York Council" stands under Y."""
        return self.in_order[language]

    def named(self, typed: str) -> tuple[Place, ...]:
        """The places whose whole name was typed."""
        return self.index.named(typed)

    def search(self, typed: str) -> tuple[Place, ...]:
        """The places that fit what was typed, the best first."""
        return self.index.search(typed)


def make_listing(
    authorities: tuple[Authority, ...], districts: tuple[District, ...], former: Mapping[str, tuple[str, ...]]
) -> Listing:
    """The listing of exactly these councils; ``former`` are names of those that they took over from, by slug."""
    councils: tuple[Authority | District, ...] = (*authorities, *districts)
    places = tuple(as_place(each, former.get(each.slug, ())) for each in councils)
    in_order: dict[str, tuple[Place, ...]] = {language: _sorted(places, language) for language in LANGUAGES}
    return Listing(
        authorities={each.slug: each for each in authorities},
        places={each.slug: each for each in places},
        in_order=in_order,
        index=make_index(in_order["en"]),
    )


def as_place(council: Authority | District, former: tuple[str, ...] = ()) -> Place:
    """What is shown of a council in a list."""
    also = (*council.other_names, *former)
    if isinstance(council, District):
        return Place(council.slug, Wording(en=council.name), council.issuer, also)
    return Place(council.slug, Wording(en=council.name, cy=council.name_cy), council.slug, also)


def _sorted(places: tuple[Place, ...], language: str) -> tuple[Place, ...]:
    return tuple(sorted(places, key=lambda place: (short(place.name(language)), place.name(language))))

"""Who takes over from whom, followed through every change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.councils.listing import as_place
from app.councils.place import Authority, District, Place

Councils = Mapping[str, Authority | District]


@dataclass(frozen=True, slots=True)
class Area:
    """The area of a district that there is no more, or soon will not be; ``whole`` unless it is divided."""

    name: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Instead:
    """A council to turn to instead of one that issues no badges on the day, and for which areas."""

    place: Place
    areas: tuple[Area, ...]


def has_ended(council: Authority | District, today: date) -> bool:
    """Whether the council is no more on the day."""
    return council.span.end is not None and council.span.end <= today


def heirs(councils: Councils, slug: str, today: date) -> tuple[str, ...]:
    """Who serves the area of a council on the day: itself, until it ends, and then those who took over, at last.

    The residents of a district that names nobody stay with whoever issued badges to them.
    """
    council = councils[slug]
    if not has_ended(council, today):
        return (slug,)
    after = council.replaced_by or ((council.issuer,) if isinstance(council, District) else ())
    return tuple(dict.fromkeys(last for heir in after for last in heirs(councils, heir, today)))


def former_names(councils: Councils, today: date) -> Mapping[str, tuple[str, ...]]:
    """By the slug of each council of the day, the names of those that it took over from."""
    names: dict[str, tuple[str, ...]] = {}
    for each in councils.values():
        if has_ended(each, today):
            welsh = each.name_cy if isinstance(each, Authority) else None
            for heir in heirs(councils, each.slug, today):
                known = (each.name, *([welsh] if welsh else []), *each.other_names)
                names[heir] = (*names.get(heir, ()), *known)
    return names


def instead_of(councils: Councils, slug: str, today: date) -> tuple[Instead, ...]:
    """Whom to turn to instead of an authority that is no more, or not yet, on the day; nobody while it issues."""
    council = councils[slug]
    if has_ended(council, today):
        after = heirs(councils, slug, today)
        return tuple(Instead(as_place(councils[heir]), _areas(councils, slug, heir, today)) for heir in after)
    start = council.span.start
    if start is None or start <= today:
        return ()
    return tuple(
        Instead(as_place(each), _areas(councils, each.slug, slug, start))
        for each in councils.values()
        if isinstance(each, Authority) and each.span.holds(today) and slug in heirs(councils, each.slug, start)
    )


def _areas(councils: Councils, issuer: str, heir: str, day: date) -> tuple[Area, ...]:
    """The districts of an issuer, all or part of which go to an heir by the day."""
    districts = [each for each in councils.values() if isinstance(each, District) and each.issuer == issuer]
    after = ((each.name, heirs(councils, each.slug, day)) for each in districts)
    return tuple(Area(name, whole=last == (heir,)) for name, last in after if heir in last)

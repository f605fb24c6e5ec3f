"""Whether a case that was drawn from shared answers may still be seen: for as long as its group may.

A case that the rules alone would give as well stays, as one that was made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask import g

from app.desk.desk import database, site
from app.desk.pool import made_up
from app.desk.shared_cases import shared_cases

if TYPE_CHECKING:
    from app.engine.rules import Rules


def people_now(case_id: str, people: int, place: str, rules: Rules) -> int | None:
    """How many, rounded, share the answers of a case today, of which so many did when it was drawn for a place.

    0 for a case that is made up; None for one that may be seen no more.
    """
    if not people:
        return 0
    return _shared(place, rules).get(case_id) or (0 if case_id in made_up(rules) else None)


def _shared(place: str, rules: Rules) -> Mapping[str, int]:
    """By the ids of their cases, the sizes of the groups that may be seen; looked up once for a page."""
    known: dict[tuple[str, str], Mapping[str, int]] = g.setdefault("desk_still_shared", {})
    key = (place, rules.version)
    if key not in known:
        service = site().services[rules.service]
        found = shared_cases(database(), service, rules, place, site().today())
        known[key] = {case.id: people for case, people in found}
    return known[key]

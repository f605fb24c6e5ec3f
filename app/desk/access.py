"""Who may do what at the desk. Nothing else decides it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.desk.member import Member

NATIONAL = "national"
"""Where those stand who work for no council: in the place of a council's slug. No council may have it as its own."""


class Role(Enum):
    """What somebody is at the desk, from the least to the most that they may do."""

    VIEWER = "viewer"
    ASSESSOR = "assessor"
    MANAGER = "manager"
    NATIONAL = "national"


COUNCIL_ROLES = (Role.VIEWER, Role.ASSESSOR, Role.MANAGER)
"""The roles in a council; the other is of nobody's council."""


class Action(Enum):
    """What can be done at the desk."""

    SEE = "see"
    EXPORT = "export"
    REVIEW = "review"
    SEE_LOG = "see_log"
    INVITE = "invite"
    SEE_NATIONAL = "see_national"


ALLOWED: Mapping[Action, frozenset[Role]] = MappingProxyType(
    {
        Action.SEE: frozenset(COUNCIL_ROLES),
        Action.EXPORT: frozenset({Role.ASSESSOR, Role.MANAGER, Role.NATIONAL}),
        Action.REVIEW: frozenset({Role.ASSESSOR, Role.MANAGER}),
        Action.SEE_LOG: frozenset({Role.MANAGER}),
        Action.INVITE: frozenset({Role.MANAGER}),
        Action.SEE_NATIONAL: frozenset({Role.NATIONAL}),
    }
)
"""By action, who may do it in the place that is theirs."""


class Answer(Enum):
    """What somebody is told who asks for something."""

    YES = "yes"
    SIGN_IN = "sign_in"
    NOT_FOR_ROLE = "not_for_role"
    NOT_THERE = "not_there"


def ask(member: Member | None, action: Action, place: str) -> Answer:
    """Whether somebody, or nobody that we know, may do this in a council or in ``NATIONAL``.

    To the member of another council, no council but their own is there, so that nobody learns which ones use the desk.
    """
    if member is None:
        return Answer.SIGN_IN
    if place not in (member.place, NATIONAL):
        return Answer.NOT_THERE
    allowed = place == member.place and member.role in ALLOWED[action]
    return Answer.YES if allowed else Answer.NOT_FOR_ROLE


def fits(role: Role, place: str) -> bool:
    """Whether somebody in that place can have the role."""
    return (role is Role.NATIONAL) == (place == NATIONAL)

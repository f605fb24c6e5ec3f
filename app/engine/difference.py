"""What makes one person's standing under a criterion differ between two versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.engine.formula import Value
from app.engine.side import Unreached

if TYPE_CHECKING:
    from app.engine.side import Standing


def is_settled(standing: Standing) -> bool:
    """Whether no further answer changes it."""
    return standing is None or isinstance(standing, Value | Unreached)


def differs(old: Standing, new: Standing, *, same_route: bool) -> bool:
    """Whether the person is given another reason. A criterion that is not there is as good as one not met."""
    if old is None or new is None:
        return old in (Value.MET, Value.OPEN) or new in (Value.MET, Value.OPEN)
    if isinstance(old, Unreached) or isinstance(new, Unreached):
        return not (isinstance(old, Unreached) and isinstance(new, Unreached))
    return old is not new or (old is Value.MET and not same_route)


def lacks(giver: Standing, other: Standing, *, same_route: bool) -> bool:
    """Whether a criterion that gives an outcome under one version does not stand so under the other.

    One that the other never considered lacks nothing, unless it could not have been met any more.
    """
    if isinstance(other, Unreached):
        return giver is Value.MET and not other.could_be_met
    return other is not giver or (giver is Value.MET and not same_route)

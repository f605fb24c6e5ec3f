"""What can keep somebody from signing in."""

from __future__ import annotations

from enum import Enum


class Trouble(Enum):
    """What is told to whoever tried."""

    UNREACHABLE = "unreachable"
    NOT_TRUSTED = "not_trusted"
    STALE = "stale"
    DECLINED = "declined"
    NOT_INVITED = "not_invited"
    REMOVED = "removed"
    NO_PROVIDER = "no_provider"

    @property
    def status(self) -> int:
        """Of the page that tells it."""
        return 503 if self is Trouble.UNREACHABLE else 403


class TroubleError(Exception):
    """Nobody is let in. ``where`` says for the log at which step; it holds nothing that anybody sent."""

    def __init__(self, trouble: Trouble, where: str = "") -> None:
        self.trouble = trouble
        self.where = where
        super().__init__(f"{trouble.value}: {where}")

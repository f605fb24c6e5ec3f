"""What every page of the checker works with, made once when the application starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from app.councils.councils import Councils
    from app.engine.rulebook import Service
    from app.web.sealed_state import StateSealer


@dataclass(frozen=True, slots=True)
class Site:
    """The services, the councils, the sealer of states, and the clock."""

    services: Mapping[str, Service]
    councils: Councils
    sealer: StateSealer
    now: Callable[[], datetime]

    def today(self) -> date:
        """The day whose rules and councils hold."""
        return self.now().date()

    def seconds(self) -> int:
        """The time in seconds since 1970."""
        return int(self.now().timestamp())


def site() -> Site:
    """The site of this application."""
    found: Site = current_app.extensions["site"]
    return found

"""What a council says about itself in ``council.yaml``."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from app.councils.origin import Origin
from app.councils.wording import Line, Wording
from app.engine.document import Link, Strict
from app.engine.problem import ProblemFound

_RELAY_PREFIX = "18001"


def _check_phone(text: str) -> str:
    digits = text.replace(" ", "")
    if not (text.isascii() and digits.isdigit() and digits.startswith("0") and len(digits) in (10, 11)):
        raise ProblemFound("bad-phone", f"{text!r} is not a number to dial in the UK; write it as '01632 960001'")
    return text


Phone = Annotated[Line, AfterValidator(_check_phone)]
Email = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")]


class Links(Strict):
    """The council's own pages."""

    website: Link | None = None
    blue_badge: Link | None = None
    apply: Link | None = None
    complaints: Link | None = None


class Contacts(Strict):
    """How to reach the team that handles badges."""

    phone: Phone | None = None
    email: Email | None = None
    address: tuple[Line, ...] = ()
    opening_hours: Wording | None = None

    @property
    def relay(self) -> str | None:
        """The number to dial with Relay UK, by people who cannot hear or speak on the phone."""
        return f"{_RELAY_PREFIX} {self.phone}" if self.phone else None


class CouncilFile(Strict):
    """A file ``council.yaml``. Only an example has a nation and a tier here; the register has the others'."""

    example: bool = False
    nation: str | None = None
    tier: str | None = None
    name: Wording | None = None
    links: Links = Links()
    contacts: Contacts | None = None
    embedders: tuple[Origin, ...] = ()

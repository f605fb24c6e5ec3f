"""The operations of the API: where each is, what it takes, what it answers. The description is made of these."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel

from app.api.check_model import CheckAnswered, CheckSent
from app.api.council_model import CouncilSaid
from app.api.service_model import ServiceSaid

BASE = "/api/v1"


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation. ``path`` is written as in OpenAPI; ``statuses`` are those that a problem can have."""

    id: str
    method: str
    path: str
    answers: type[BaseModel] | None
    statuses: tuple[int, ...]
    takes: type[BaseModel] | None = None

    @property
    def rule(self) -> str:
        """The path as Flask writes it, below BASE."""
        return self.path.replace("{", "<").replace("}", ">")


_ALWAYS = (500, 503)
_DESK = "/councils/{council}/{service}/{language}"

COUNCIL = Operation("council", "GET", "/councils/{council}", CouncilSaid, (404, *_ALWAYS))
SERVICE = Operation("service", "GET", _DESK, ServiceSaid, (404, *_ALWAYS))
CHECK = Operation(
    "check", "POST", f"{_DESK}/check", CheckAnswered, (400, 403, 404, 409, 413, 415, 422, *_ALWAYS), CheckSent
)
DESCRIPTION = Operation("description", "GET", "/openapi.json", None, _ALWAYS)

OPERATIONS = (COUNCIL, SERVICE, CHECK, DESCRIPTION)

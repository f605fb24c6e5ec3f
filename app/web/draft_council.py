"""A council as it would look, shown in place of the one that it has the name of, for one request made by ourselves.

No header or address can bring one: only code of this process writes into the environment of a request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

if TYPE_CHECKING:
    from app.councils.council import Council

DRAFT = "checker.draft_council"
"""Where in the environment of a request the council is. Nothing about such a request may be counted or logged."""


def draft_council() -> Council | None:
    """The council that this request is to show as it would look; None for everybody's requests."""
    found: Council | None = request.environ.get(DRAFT)
    return found

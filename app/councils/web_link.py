"""Addresses of web pages that a council may send people to."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from app.engine.problem import ProblemFound

HTTPS = re.compile(
    r"https://([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(:[0-9]{1,5})?([/?#][!#-;=?-\[\]_a-z~%]*)?", re.IGNORECASE
)
"""A whole address in plain letters: no user name, no quotes, no brackets of code, nothing that cannot be seen."""


def check_link(text: str) -> str:
    """The text itself, if a link can lead there; raises ProblemFound otherwise."""
    if len(text) > 500 or not HTTPS.fullmatch(text):  # noqa: PLR2004 - longer than any page that people are sent to
        message = f"{text!r} is not a page to send people to; write its whole address, which begins with https://"
        raise ProblemFound("bad-link", message)
    return text


WebLink = Annotated[str, AfterValidator(check_link)]

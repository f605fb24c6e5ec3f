"""The check as contact centres do it on the phone: the same pages, which say what is read out and what is for staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, g, request

from app.web.pages import words

if TYPE_CHECKING:
    from app.engine.formula import Ticked
    from app.engine.put import Put

PHONE = "phone"
"""The name under which the checker's pages are registered once more, in the layout for phones."""

PHONE_PREFIX = "/phone"
"""What stands before the address of a page in that layout."""


def phone_pages(app: Flask) -> None:
    """Gives the pages for phones their layout."""
    app.before_request(_mark)


def staff_error(put: Put, sent: Ticked | None) -> str:
    """What is wrong with what was sent, told to whoever asks the caller."""
    if not sent or not put.question.many or put.question.exclusive is None:
        return words().text("phone.missing")
    return words().text("phone.conflict", option=put.label(put.question.exclusive))


def _mark() -> None:
    g.phone = request.blueprint == PHONE

"""The code that somebody quoted: the card of the answers that it holds. It is shown, and neither kept nor noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, make_response, request

from app.desk.access import Action
from app.desk.card import card_of
from app.desk.case import Case
from app.desk.desk import site
from app.desk.log import Event, record
from app.desk.pages import allows, desk_page, desk_pages
from app.tallies.receipt import ReceiptError
from app.web.pages import words

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

_LONGEST = 100


@desk_pages.get("/<council>/receipt")
@allows(Action.REVIEW)
def ask_for_receipt(council: str) -> ResponseReturnValue:
    """The form for a code."""
    return _ask(council)


@desk_pages.post("/<council>/receipt")
@allows(Action.REVIEW)
def open_receipt(council: str) -> ResponseReturnValue:
    """The card, with the day of issue; or, where the code does not open, which part of it to look at."""
    typed = request.form.get("code", "")[:_LONGEST]
    if not _has_keys():
        return make_response(_ask(council), 503)
    if not typed.strip():
        return make_response(_ask(council, words().text("desk.receipt.missing")), 422)
    try:
        receipt = site().receipts.open(typed, site().today())
    except ReceiptError as error:
        return make_response(_ask(council, _sentence(str(error)), typed), 422)
    rules = receipt.rules
    card = card_of(rules, Case(rules.service, rules.nation, rules.version, receipt.answers), council)
    record(Event.RECEIPT_OPENED)
    return desk_page("desk/receipt_opened.html", place=council, card=card, issued=receipt.issued)


def _ask(council: str, error: str | None = None, typed: str = "") -> str:
    return desk_page("desk/receipt.html", place=council, error=error, typed=typed, keys=_has_keys())


def _has_keys() -> bool:
    """Whether the service has keys of its own; otherwise each start makes new ones, and no code opens after it."""
    return bool(current_app.extensions["settings"].receipt_keys)


def _sentence(message: str) -> str:
    return f"{message[:1].upper()}{message[1:]}"

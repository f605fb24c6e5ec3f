"""Sharing answers with those who decide about badges, by choice at the outcome, and taking them back as easily."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Blueprint, abort, current_app, g, redirect, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from app.checker.check import OUTCOME, CannotContinueError, Check
from app.checker.site import site
from app.checker.visit import visit
from app.tallies.cell import Place, month_of
from app.tallies.readable_code import MistypedError, read_code
from app.tallies.share import KEPT_DAYS, Shares, code_of

if TYPE_CHECKING:
    from sqlalchemy import Engine

UNAVAILABLE = 503

LONGEST_CODE = 100
"""Characters of what was typed that come back with the error."""


def share_pages(pages: Blueprint) -> None:
    """Adds the pages to a blueprint of the check."""
    pages.add_url_rule("/share", view_func=share, methods=["POST"])
    pages.add_url_rule("/shared", view_func=shared)
    pages.add_url_rule("/take-back", view_func=take_back, methods=["GET", "POST"])
    pages.add_url_rule("/taken-back", view_func=taken_back)
    pages.register_error_handler(SQLAlchemyError, _not_now)


def can_share(check: Check) -> bool:
    """Whether the answers of a check can be shared: they are somebody's own, and there is where to keep them."""
    return shares() is not None and not check.visit.preview and not g.get("phone")


def shares() -> Shares | None:
    """The shared answers of this application, if it keeps any."""
    engine: Engine | None = current_app.extensions["database"]
    return Shares(engine) if engine is not None else None


def share() -> Response:
    """Shares the answers of a finished check, once."""
    check, kept = _finished(request.form.get("s", "")), shares()
    if check is None or kept is None or not can_share(check):
        abort(404)
    today, here = site().today(), check.visit
    place = Place(here.here.slug, here.service.id, month_of(today), check.rules.version)
    kept.share(check.state.number, place, check.rules.nation, check.journey.answers, today)
    return redirect(f"shared?s={check.token}", 303)


def shared() -> Response | str:
    """That the answers are shared, with the code that takes them back; after that, that they are not."""
    check, kept = _finished(request.args.get("s", "")), shares()
    if check is None or kept is None:
        return redirect("start", 303)
    code = code_of(check.state.number)
    return check.visit.page(
        "check/shared.html",
        code=code if kept.holds(code, site().today()) else None,
        back=f"check?s={check.token}",
        days=str(KEPT_DAYS),
    )


def take_back() -> Response | str:
    """Takes answers back by their code. One that takes nothing back comes again with its error, as it was typed."""
    kept = shares()
    if kept is None:
        abort(404)
    if request.method == "POST":
        typed = request.form.get("code", "")
        if _fault(typed) is None and kept.take_back(typed):
            return redirect("taken-back", 303)
        return redirect(f"take-back?code={quote(typed[:LONGEST_CODE])}", 303)
    asked = request.args.get("code")
    error = None if asked is None else _fault(asked) or "unknown"
    return visit().page("check/take_back.html", typed=asked or "", error=error, days=str(KEPT_DAYS), back="start")


def taken_back() -> str:
    """That answers were taken back."""
    return visit().page("check/taken_back.html", back="start")


def _fault(typed: str) -> str | None:
    """What is wrong with what was typed as a code; None if it is one."""
    if not typed.strip():
        return "missing"
    try:
        read_code(typed)
    except MistypedError:
        return "mistyped"
    return None


def _finished(token: str) -> Check | None:
    """The check of a token that stands at its outcome."""
    try:
        check = Check.resume(visit(), token)
    except CannotContinueError:
        return None
    return check if check.step == OUTCOME and check.journey.complete else None


def _not_now(_error: SQLAlchemyError) -> tuple[str, int]:
    """The database cannot be reached: nothing was shared or taken back, and the outcome is where it was."""
    check = _finished(request.values.get("s", ""))
    back = f"check?s={check.token}" if check else "start"
    return visit().page("check/not_now.html", back=back), UNAVAILABLE

"""What was done at the desk of a council, for its managers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from app.desk import log
from app.desk.access import Action
from app.desk.desk import database, place_name
from app.desk.pages import allows, desk_page, desk_pages

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@desk_pages.get("/<council>/log")
@allows(Action.SEE_LOG)
def show_log(council: str) -> ResponseReturnValue:
    """A page of the log, the newest first."""
    with database().connect().execution_options(reads=True) as connection:
        found = log.read(connection, council, request.args.get("page", 1, type=int))
    return desk_page("desk/log.html", place=council, title_place=place_name(council), log=found)

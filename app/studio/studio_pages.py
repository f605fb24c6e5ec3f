"""The brand studio: one page that is sent to itself until the folder is as its council wants it.

A post is answered by a page here, and not by an address to go on to: what was typed is too much for an address, and
there is nowhere else that it could be, for nothing is kept on the server, in a cookie or in the browser. Going back to
such a page, a browser may ask whether to send it again. Nothing would come of that, since nothing is done but shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from flask import Blueprint, Response, current_app, g, request

from app.councils.logo import LARGEST_FILE, read_logo
from app.councils.slots import LONGEST
from app.engine.problem import LoadError, ProblemFound
from app.studio.form_page import FormPage, in_rows
from app.studio.package import Package, pack, unpack
from app.studio.previews import Site as Shown
from app.studio.previews import languages_shown, previews
from app.studio.sent import read_form, read_upload, widen
from app.studio.sketch import Sketch, current, opened, review
from app.web.languages import languages
from app.web.pages import page, tool_words, words
from app.web.security import allow
from app.web.site_words import FIRST

if TYPE_CHECKING:
    from app.councils.councils import Councils

studio_pages = Blueprint("studio", __name__)

_MEND = "mend."
_MOST_TOLD = 20


class Site(Shown, Protocol):
    """What the studio works with."""

    @property
    def councils(self) -> Councils:
        """The councils that can be chosen."""


@studio_pages.before_request
def open_studio() -> None:
    """English, since what is wrong is told in English; room for a logo; logos and previews that are in the page."""
    g.words = tool_words()
    widen(request)
    allow("img-src", "'self'", "data:")
    allow("connect-src", "'self'")


@studio_pages.get("/studio")
def studio() -> str:
    """Which council, or a folder to open; with a council, what it says today."""
    slug = request.args.get("council")
    if slug is None:
        return _choose()
    council = _site().councils.get(slug, _site().today())
    if council is None:
        return _choose(council_error=words().text("studio.error.council"))
    return _show(current(council))


@studio_pages.post("/studio")
def work() -> Response | str:
    """Whatever the button says that sent the form: show, mend a colour, take out the logo, open or download."""
    act = request.form.get("act", "")
    if act == "open":
        return _open()
    sent = read_form(request)
    sketch = sent.sketch
    if not sketch.known(_site().councils):
        return _choose(council_error=words().text("studio.error.council"))
    if act.startswith(_MEND):
        return _show(sketch.mended(act.removeprefix(_MEND)), sent.logo_error)
    if act == "remove-logo":
        return _show(Sketch(sketch.slug, sketch.values))
    if act == "download" and not sent.logo_error:
        found = review(sketch, _site().councils)
        if found.fit:
            return _download(sketch, found.written.data)
    return _show(sketch, sent.logo_error)


def _open() -> str:
    data = read_upload(request)
    if not data:
        return _choose(folder_errors=[words().text("studio.error.no_folder")])
    try:
        package = unpack(data)
        logo = read_logo(package.logo[1], package.logo[0]) if package.logo else None
        sketch = opened(package, logo, _site().councils)
    except ProblemFound as found:
        return _choose(folder_errors=[str(found)])
    except LoadError as error:
        return _choose(folder_errors=[str(problem) for problem in error.problems[:_MOST_TOLD]])
    if not sketch.known(_site().councils):
        return _choose(folder_errors=[words().text("studio.error.unknown_folder", slug=package.slug[:80])])
    return _show(sketch)


def _download(sketch: Sketch, text: bytes) -> Response:
    logo = (f"logo.{sketch.logo.extension}", sketch.logo.data) if sketch.logo else None
    response = Response(pack(Package(sketch.slug, text, logo)), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{sketch.slug}.zip"'
    return response


def _choose(council_error: str | None = None, folder_errors: list[str] | None = None) -> str:
    return page(
        "studio/choose.html",
        places=[place for place in _site().councils.listed(_site().today(), words().language) if place.issues],
        council_error=council_error,
        folder_errors=folder_errors or [],
        service=next(iter(_site().services)),
    )


def _show(sketch: Sketch, logo_error: str | None = None) -> str:
    found = review(sketch, _site().councils)
    spoken = request.form.get("spoken", FIRST)
    form = FormPage(sketch, found, previews(found.shown, _site(), spoken), logo_error)
    return page(
        "studio/studio.html",
        form=form,
        in_rows=in_rows,
        longest=LONGEST,
        largest_logo=LARGEST_FILE,
        shown=found.shown,
        view=request.form.get("view", "start"),
        spoken=spoken,
        languages=[each for each in languages().values() if each.language in languages_shown(found.shown, _site())],
        width=request.form.get("width", "wide"),
        service=next(iter(_site().services)),
    )


def _site() -> Site:
    found: Site = current_app.extensions["site"]
    return found

"""What a form of the studio sends: the fields, and the logo, which travels in the page since nothing is kept here."""

from __future__ import annotations

import binascii
from base64 import b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.councils.logo import LARGEST_FILE, Logo, read_logo
from app.engine.problem import ProblemFound
from app.studio.fields import FIELDS
from app.studio.package import LARGEST_PACKAGE
from app.studio.sketch import Sketch

if TYPE_CHECKING:
    from flask import Request

LARGEST_POST = 500_000
"""Bytes of a form: the largest logo in letters, another beside it, and the words. All of it is read in memory; of more,
a part would be put into a file meanwhile.
"""
LARGEST_FIELD = 300_000
MOST_FIELDS = 150

_NAMES = {"image/svg+xml": "logo.svg", "image/png": "logo.png"}


@dataclass(frozen=True, slots=True)
class Sent:
    """A sketch as it was sent, and what is wrong with the logo that was sent with it."""

    sketch: Sketch
    logo_error: str | None


def widen(request: Request) -> None:
    """Lets a request bring what a form of the studio can hold; to be called before its body is read."""
    request.max_content_length = LARGEST_POST
    request.max_form_memory_size = LARGEST_FIELD
    request.max_form_parts = MOST_FIELDS


def read_form(request: Request) -> Sent:
    """The sketch in a form. A logo that cannot be used leaves the one before it in place."""
    values = {field.name: request.form[field.name] for field in FIELDS if request.form.get(field.name)}
    kept, error = None, None
    try:
        kept = _carried(request.form.get("logo_kept", ""))
        kept = _uploaded(request) or kept
    except ProblemFound as found:
        error = str(found)
    return Sent(Sketch(request.form.get("council", ""), values, kept), error)


def read_upload(request: Request) -> bytes:
    """The zip that was sent, cut off a little after what is too large; empty if there is none."""
    file = request.files.get("folder")
    return file.stream.read(LARGEST_PACKAGE + 1) if file else b""


def _uploaded(request: Request) -> Logo | None:
    file = request.files.get("logo")
    if not file or not file.filename:
        return None
    ending = file.filename.rpartition(".")[2].lower()
    return read_logo(file.stream.read(LARGEST_FILE + 1), f"logo.{ending}"[:40])


def _carried(text: str) -> Logo | None:
    """The logo that the page has carried, looked at again as if it were new."""
    if not text:
        return None
    media_type, _, letters = text.partition(";base64,")
    try:
        return read_logo(b64decode(letters, validate=True), _NAMES.get(media_type, "logo"))
    except (binascii.Error, ValueError) as error:
        if isinstance(error, ProblemFound):
            raise
        raise ProblemFound("bad-logo", "the logo was damaged on its way; choose its file again") from error

"""What a council's brand adds to its pages: a stylesheet of its colours, and its logo.

Both are at addresses made from what they hold, so they can be kept for ever, and say nothing of whose they are.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, current_app

from app.councils.palette import palette_of
from app.web.draft_council import draft_council

if TYPE_CHECKING:
    from app.councils.councils import Councils
    from app.councils.logo import Logo

brand_files = Blueprint("brand", __name__, url_prefix="/brand")

_LOGO_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""So that a logo which is opened by itself does nothing, whatever it holds."""


@brand_files.get("/<key>.css")
def colours(key: str) -> Response:
    """The stylesheet of the colours that its own address names."""
    palette = palette_of(key)
    if palette is None:
        abort(404)
    return _kept(Response(palette.stylesheet, mimetype="text/css"))


@brand_files.get("/logos/<name>")
def logo(name: str) -> Response:
    """A logo, by the digest of what it holds."""
    councils: Councils = current_app.extensions["councils"]
    found = councils.logos.get(name)
    if found is None:
        abort(404)
    response = _kept(Response(found.data, content_type=found.media_type))
    response.headers["Content-Security-Policy"] = _LOGO_POLICY
    # It is the council's own, which may show it on its website too.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def logo_address(shown: Logo) -> str:
    """Where a logo is; one that is only a draft is nowhere, so its address holds it whole."""
    if draft_council():
        return f"data:{shown.media_type};base64,{b64encode(shown.data).decode()}"
    return f"/brand/logos/{shown.name}"


def _kept(response: Response) -> Response:
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response

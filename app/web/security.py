"""The headers that every response carries, and the guard against posts from other sites."""

from __future__ import annotations

from flask import Flask, Request, Response, abort, g, request

THEME_SCRIPT_HASH = "sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw="
"""Of the one inline script, GOV.UK Frontend's, which marks the page as having JavaScript. A test computes it again."""

OURSELVES = "'self'"
NOBODY = "'none'"
"""How a policy names the origin of the page itself, and how it names no origin at all."""

_POLICY = (
    "default-src 'none'",
    f"script-src 'self' '{THEME_SCRIPT_HASH}'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'none'",
    "connect-src 'none'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "manifest-src 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    "frame-src 'none'",
)

_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
}


def secure(app: Flask) -> None:
    """Adds the headers to every response, and refuses posts that another site's page makes."""
    app.before_request(refuse_foreign_posts)
    app.after_request(add_headers)


def allow_framing(origins: tuple[str, ...]) -> None:
    """Lets pages of these origins frame the response to this request."""
    g.framing_origins = origins


def allow_reading(origins: tuple[str, ...]) -> None:
    """Lets scripts of pages of these origins, and of no others, send this request and read the response to it."""
    g.reading_origins = origins


def reader(incoming: Request) -> str | None:
    """The origin of the page that made the request, if ``allow_reading`` named it."""
    origin = incoming.headers.get("Origin")
    return origin if origin in g.get("reading_origins", ()) else None


def allow(directive: str, *sources: str) -> None:
    """Sets a directive of the policy of the response to this request."""
    g.setdefault("allowed_sources", {})[directive] = " ".join(sources)


def add_headers(response: Response) -> Response:
    """Sets the headers that the view has not set; who may frame a page is decided by request, by default nobody."""
    origins: tuple[str, ...] = g.get("framing_origins", ())
    ancestors = " ".join(origins) or NOBODY
    allowed: dict[str, str] = g.get("allowed_sources", {})
    policy = [f"{name} {allowed.get(name, sources)}" for name, _, sources in (each.partition(" ") for each in _POLICY)]
    response.headers.setdefault("Content-Security-Policy", "; ".join((*policy, f"frame-ancestors {ancestors}")))
    readable = _open_to_readers(response)
    used_elsewhere = readable or {*origins} - {OURSELVES}
    response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if used_elsewhere else "same-origin")
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _open_to_readers(response: Response) -> bool:
    if "reading_origins" not in g:
        return False
    response.vary.add("Origin")
    origin = reader(request)
    if origin is not None:
        response.headers["Access-Control-Allow-Origin"] = origin
    return origin is not None


def refuse_foreign_posts() -> None:
    """Answers 403 to a post from a page of another site, unless ``allow_reading`` named it.

    Public pages keep nothing that a forged post could spend, so this is a second lock. A browser that sends neither
    header, or hides its origin because we ask it to send no referrer, is let through.
    """
    if request.method == "POST" and is_foreign(request) and reader(request) is None:
        abort(403)


def is_foreign(incoming: Request) -> bool:
    """Whether the browser says that another site's page made the request."""
    site = incoming.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = incoming.headers.get("Origin")
    return origin not in (None, "null", incoming.host_url.rstrip("/"))

"""Which host a request came to: the service's own, a council's own, or one that nobody has set up.

Only the ``Host`` header counts, and only whole: ``X-Forwarded-Host`` is not listened to, since anybody can send it. On
a council's own host the first segment of every address falls away, and no other council is reached.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING

from flask import request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

UNKNOWN_HOST = "/unknown-host"
"""The path to which every request to a host that nobody has set up is led; its view answers with a page of its own."""

_OWN = "checker.own_host"
_LAYOUTS = ("/embed", "/phone")
"""What stands before a council's address where its pages have another layout."""

_SHARED = re.compile(r"/static/.*|/brand/.*|/healthz(/host)?|/embed/v1\.js", re.DOTALL)
"""What is the same on every host, and says nothing of any council."""

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^:\[\]@/?#\s]+?)\.?(?::[0-9]{1,5})?")


class HostRouter:
    """Puts the council of a host in front of the path, before anything else looks at it."""

    def __init__(
        self, application: WSGIApplication, service_hosts: Collection[str], council_of: Callable[[str], str | None]
    ) -> None:
        self._application = application
        self._service_hosts = frozenset(service_hosts)
        self._council_of = council_of

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Passes the request on, with its path as it would be on the service's own host."""
        host, path = exact_host(environ.get("HTTP_HOST", "")), environ.get("PATH_INFO", "")
        if host not in self._service_hosts and not _SHARED.fullmatch(path):
            slug = self._council_of(host)
            environ["PATH_INFO"] = with_council(slug, path) if slug and path.startswith("/") else UNKNOWN_HOST
            environ[_OWN] = slug
        return self._application(environ, start_response)


def exact_host(header: str) -> str:
    """The host of a Host header as the register writes it: in small letters, without port and final dot.

    Empty for a header that names no host.
    """
    found = _HOST.fullmatch(header.lower())
    return found[1] if found else ""


def with_council(slug: str, path: str) -> str:
    """A path on a council's own host as it is on the service's: after the layout, where it begins with one."""
    layout = next((each for each in _LAYOUTS if path.startswith(f"{each}/")), "")
    return f"{layout}/{slug}{path.removeprefix(layout)}"


def address_here(slug: str, path: str, *, layout: str = "") -> str:
    """The path of a council's page as it is on the host of this request; ``path`` begins with the service.

    ``layout`` is what stands before addresses of pages in another layout.
    """
    council = "" if on_own_host() else f"/{slug}"
    return f"{layout}{council}{path}"


def on_own_host() -> bool:
    """Whether this request came to a council's own host."""
    return bool(request.environ.get(_OWN))

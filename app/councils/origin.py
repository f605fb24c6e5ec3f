"""Exact origins of the websites that may frame a council's pages, and exact hosts that are a council's own."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

from app.engine.problem import ProblemFound

_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"({_LABEL}\.)+[a-z]([a-z0-9-]{{0,61}}[a-z0-9])?")
_LONGEST_HOST = 253
_DEFAULT_PORTS = {"https": 443, "http": 80}
_GENERAL = (
    "write one exact origin such as https://www.council.example or https://www.council.example:8443: https, "
    "the whole name of the host, a port only if the address has one; no *, user name, path or numeric host"
)


def check_origin(text: str) -> str:
    """The text itself, if it is safe and the origin as browsers write it; raises ProblemFound otherwise."""
    exact = _exact(text)
    if exact is None:
        raise ProblemFound("bad-embedder", f"{text!r} cannot frame the service; {_GENERAL}")
    if exact != text:
        why = "no path, capitals or usual port; plain http only for names never on the public internet"
        raise ProblemFound("bad-embedder", f"{text!r} is not an exact origin; write {exact} ({why})")
    return text


Origin = Annotated[str, AfterValidator(check_origin)]


def check_host(text: str) -> str:
    """The text itself, if it is the exact name of one host as browsers send it; raises ProblemFound otherwise."""
    if is_host(text) and text == text.lower():
        return text
    raise ProblemFound(
        "bad-host",
        f"{text!r} is not the name of a host; write one whole name in small letters, such as "
        "blue-badge.council.example: no https://, port, path, * or final dot",
    )


Host = Annotated[str, AfterValidator(check_host)]


def _exact(text: str) -> str | None:
    """The safe origin that was probably meant; None if that cannot be told."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").removesuffix(".")
    if parts.scheme not in _DEFAULT_PORTS or "@" in parts.netloc or not is_host(host) or port == 0:
        return None
    scheme = parts.scheme if _is_private(host) else "https"
    usual = port is None or port in (_DEFAULT_PORTS[scheme], _DEFAULT_PORTS[parts.scheme])
    return f"{scheme}://{host}" if usual else f"{scheme}://{host}:{port}"


def is_host(host: str) -> bool:
    """Whether it is the whole name of a host in small letters, without a port."""
    return _is_private(host) or (len(host) <= _LONGEST_HOST and _HOST.fullmatch(host) is not None)


def _is_private(host: str) -> bool:
    # RFC 6761 keeps these names from ever being registered.
    if host in ("localhost", "127.0.0.1"):
        return True
    return host.endswith((".localhost", ".test")) and _HOST.fullmatch(host) is not None

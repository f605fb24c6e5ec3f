"""The file that says where the staff of which council sign in, read as strictly as the law."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints

from app.desk.access import NATIONAL, Role, fits
from app.engine.document import Strict, load_document
from app.engine.problem import LoadError, ProblemFound

if TYPE_CHECKING:
    from pathlib import Path

    from app.engine.document import Document
    from app.engine.problem import Problem

LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""Where a provider may be reached without encryption: on this machine."""

_ENTRA = (
    "login.microsoftonline.com",
    "login.microsoftonline.us",
    "login.partner.microsoftonline.cn",
    "sts.windows.net",
)
_ANYBODY = ("common", "organizations", "consumers", "")


def is_safe(address: str) -> bool:
    """Whether what is sent to that address can be read by nobody on the way."""
    try:
        parts = urlsplit(address)
        return (parts.scheme == "https" and bool(parts.hostname)) or (
            parts.scheme == "http" and parts.hostname in LOOPBACK
        )
    except ValueError:
        return False


def _check_issuer(text: str) -> str:
    if not is_safe(text) or not re.fullmatch(r"[a-z]+://[^\s?#@]+", text):
        message = (
            f"{text!r} is no issuer; write the address that your provider gives, such as https://id.council.example"
        )
        raise ProblemFound("bad-issuer", message)
    host, directory = _directory(text)
    if host in _ENTRA and directory in _ANYBODY:
        message = (
            f"{text!r} lets in people of every organisation; write that of your own, "
            f"https://{host}/DIRECTORY-ID/v2.0, with the directory (tenant) ID of your council"
        )
        raise ProblemFound("shared-issuer", message)
    return text


def _directory(issuer: str) -> tuple[str, str]:
    """The host of an issuer, and what its path begins with, which in Entra ID is the directory."""
    parts = urlsplit(issuer)
    return parts.hostname or "", parts.path.strip("/").partition("/")[0].lower()


_Text = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class Provider(Strict):
    """Where one council's staff sign in, and what of it makes somebody what at the desk.

    ``tenant`` is what Entra ID calls the directory (tenant) ID. ``roles`` are by value of the claim of that name.
    """

    issuer: Annotated[str, AfterValidator(_check_issuer)]
    client_id: _Text
    client_secret: Annotated[_Text, Field(repr=False)]
    tenant: _Text | None = None
    roles: Mapping[_Text, str] = Field(default_factory=dict)

    def role_of(self, values: Collection[str]) -> Role | None:
        """What somebody of these values is: the most that any of them gives; None if they give nothing."""
        found = {self.roles[value] for value in values if value in self.roles}
        return next((role for role in reversed(Role) if role.value in found), None)


class ProvidersFile(Strict):
    """The file: a provider for each council, by its slug, and perhaps one for those who work for none."""

    councils: Mapping[str, Provider] = Field(default_factory=dict)
    national: Provider | None = None


def load_providers(path: Path, councils: Collection[str]) -> Mapping[str, Provider]:
    """The providers by place; raises LoadError with everything that is wrong in the file."""
    document = load_document(path, ProvidersFile)
    problems = list(_faults(document, councils))
    if problems:
        raise LoadError(problems)
    national = document.content.national
    return {**document.content.councils, **({NATIONAL: national} if national else {})}


def _faults(document: Document[ProvidersFile], councils: Collection[str]) -> Iterator[Problem]:
    for slug in document.content.councils:
        if slug not in councils:
            message = f"there is no council {slug!r}; write its short name, as in the addresses of its pages"
            yield document.problem(("councils", slug), "unknown-reference", message)
    places = {slug: ("councils", slug) for slug in document.content.councils}
    for place, steps in {**places, NATIONAL: (NATIONAL,)}.items():
        provider = document.content.councils.get(place) if place != NATIONAL else document.content.national
        if provider is None:
            continue
        yield from (
            document.problem((*steps, "roles", value), "unknown-value", _no_role(role, place))
            for value, role in provider.roles.items()
            if role not in [each.value for each in Role if fits(each, place)]
        )
        if _is_of_another(provider):
            message = "the issuer is that of another directory; write the same ID in both"
            yield document.problem((*steps, "tenant"), "wrong-tenant", message)


def _no_role(role: str, place: str) -> str:
    roles = ", ".join(each.value for each in Role if fits(each, place))
    return f"{role!r} is no role here; write one of {roles}"


def _is_of_another(provider: Provider) -> bool:
    """Whether the issuer, which in Entra ID names its directory, names another than ``tenant``."""
    host, directory = _directory(provider.issuer)
    return provider.tenant is not None and host in _ENTRA and directory != provider.tenant.lower()

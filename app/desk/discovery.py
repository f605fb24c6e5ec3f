"""What a provider says of itself, held to what its council's file says of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from app.desk.channel import Client, fetch, new_client
from app.desk.providers import is_safe
from app.desk.trouble import Trouble, TroubleError

if TYPE_CHECKING:
    from app.desk.providers import Provider

FRESH_SECONDS = 3600
"""How long what a provider said is believed, its keys among it."""

SIGNATURES = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
"""Signatures that nobody can make who knows only what is public."""

_IN_BODY, _IN_HEADER = "client_secret_post", "client_secret_basic"
_SCOPE = "openid profile email"


class Said(BaseModel):
    """The part of the discovery document that matters here."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    id_token_signing_alg_values_supported: tuple[str, ...] = ("RS256",)
    token_endpoint_auth_methods_supported: tuple[str, ...] = (_IN_HEADER,)
    authorization_response_iss_parameter_supported: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A client for a provider that has been looked up, and until when (of this process's steady clock) it is used."""

    client: Client
    names_itself: bool
    until: float


def open_line(place: str, provider: Provider) -> Line:
    """Looks a provider up. Raises TroubleError where it cannot be reached or says what it should not."""
    said = _said(provider)
    signatures = [each for each in said.id_token_signing_alg_values_supported if each in SIGNATURES]
    addresses = (said.authorization_endpoint, said.token_endpoint, said.jwks_uri)
    if said.issuer != provider.issuer or not signatures or not all(map(is_safe, addresses)):
        raise TroubleError(Trouble.NOT_TRUSTED, "discovery")
    methods = said.token_endpoint_auth_methods_supported
    client = new_client(
        place,
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        authorize_url=said.authorization_endpoint,
        access_token_url=said.token_endpoint,
        client_kwargs={
            "scope": _SCOPE,
            "code_challenge_method": "S256",
            "token_endpoint_auth_method": _IN_BODY if _IN_HEADER not in methods and _IN_BODY in methods else _IN_HEADER,
        },
        # What Authlib would otherwise have fetched itself, and believed.
        issuer=said.issuer,
        jwks_uri=said.jwks_uri,
        id_token_signing_alg_values_supported=signatures,
    )
    return Line(client, said.authorization_response_iss_parameter_supported, time.monotonic() + FRESH_SECONDS)


def _said(provider: Provider) -> Said:
    try:
        return Said.model_validate_json(fetch(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration"))
    except ValidationError as error:
        raise TroubleError(Trouble.NOT_TRUSTED, "discovery") from error
    except OSError as error:  # what requests raises is one too
        raise TroubleError(Trouble.UNREACHABLE, "discovery") from error

"""A provider that can be told to lie, to fail and to hang: what it says is the truth but for what a test changes."""

from __future__ import annotations

import hmac
import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "desk-client", "desk-secret"

Claims = dict[str, Any]


class LyingProvider:
    """Signs with a key of its own. ``sign_with``, ``claims``, ``said`` and ``answers`` are what it lies with."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self.issuer = ""
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self.forget()

    def forget(self) -> None:
        """Back to the truth."""
        self.codes.clear()
        self.asked.clear()
        self.claims: Callable[[Claims], Claims] = lambda claims: claims
        self.said: Callable[[Claims], Claims] = lambda said: said
        self.sign_with: Callable[[Claims], str] = self.sign
        self.answers: dict[str, tuple[int, bytes]] = {}
        self.hangs: set[str] = set()
        self.dribbles: set[str] = set()

    def sign(self, claims: Claims) -> str:
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)

    def sign_none(self, claims: Claims) -> str:
        return f"{_signed_part('none', claims)}."

    def sign_with_public_key(self, claims: Claims) -> str:
        signed = _signed_part("HS256", claims)
        signature = hmac.digest(self.key.as_pem(private=False), signed.encode(), "sha256")
        return f"{signed}.{urlsafe_b64encode(signature).decode().rstrip('=')}"

    def sign_with_another(self, claims: Claims) -> str:
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, RSAKey.generate_key(2048))

    def authorize(self, address: str, sub: str = "ada", **given: str) -> str:
        """What the person does there: gives the address to which they are sent back, with a code."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert len(asked["code_challenge"]) == 43
        assert asked["scope"] == "openid profile email"
        code = f"code-{len(self.codes)}"
        self.codes[code] = {**asked, "sub": sub, **given}
        return f"{asked['redirect_uri']}?code={code}&state={asked['state']}"

    def answer(self, path: str, sent: dict[str, str]) -> tuple[int, bytes]:
        self.asked.append(path)
        if path in self.hangs:
            time.sleep(8)
        if path in self.answers:
            return self.answers[path]
        if path == "/token":
            return self._token(sent)
        known: dict[str, Callable[[], object]] = {
            "/.well-known/openid-configuration": lambda: self.said(
                {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": f"{self.issuer}/keys",
                    "id_token_signing_alg_values_supported": ["RS256"],
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            ),
            "/keys": lambda: {"keys": [self.key.as_dict(private=False)]},
        }
        return (200, json.dumps(known[path]()).encode()) if path in known else (404, b"{}")

    def _token(self, sent: dict[str, str]) -> tuple[int, bytes]:
        found = self.codes.pop(sent.get("code", ""), None)
        if found is None or not sent.get("code_verifier") or sent.get("client_secret") != SECRET:
            return 400, b'{"error": "invalid_grant"}'
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": found["sub"],
            "iat": now,
            "exp": now + 300,
            "nonce": found["nonce"],
            "name": "Ada Example",
            "email": "ada@council.example",
        }
        token = self.sign_with(self.claims(claims))
        return 200, json.dumps({"access_token": "x", "token_type": "Bearer", "id_token": token}).encode()


def _signed_part(algorithm: str, claims: Claims) -> str:
    """Head and body of a token, made by hand: the library would refuse to."""
    parts = (json.dumps(each).encode() for each in ({"alg": algorithm, "kid": "one"}, claims))
    return ".".join(urlsafe_b64encode(each).decode().rstrip("=") for each in parts)


@contextmanager
def running(provider: LyingProvider) -> Iterator[LyingProvider]:
    """The provider on a port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer({name: values[0] for name, values in parse_qs(body).items()})

        def _answer(self, sent: dict[str, str]) -> None:
            status, body = provider.answer(urlsplit(self.path).path, sent)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            if status // 100 == 3:
                self.send_header("Location", f"{provider.issuer}/keys")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                if urlsplit(self.path).path in provider.dribbles:
                    for byte in body:
                        self.wfile.write(bytes([byte]))
                        time.sleep(0.1)
                else:
                    self.wfile.write(body)
            except OSError:  # whoever asked has waited long enough
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

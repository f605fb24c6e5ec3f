"""Other people's websites: pages that frame the service, post to it, or keep a cookie."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

ALLOWED = ("http://www.northfold.test:8081", "http://embedder.test:8082")
"""Two websites that the council of Northfold lets frame its pages."""

STRANGER = "http://stranger.test:8083"
"""A website that no council knows."""

KEEPER = "http://localhost:8084"
"""A website that keeps a cookie with whoever shows its page."""

SITES = (*ALLOWED, STRANGER, KEEPER)


def framing(site: str, address: str) -> str:
    """The address of a page of the site that frames an address."""
    return f"{site}/frame?{urlencode({'src': address})}"


def posting(site: str, address: str, token: str) -> str:
    """The address of a page of the site with a form that posts a token to an address."""
    return f"{site}/form?{urlencode({'action': address, 's': token})}"


def resolver_rules(port: int) -> list[str]:
    """Where the browser finds these sites when they are served on that local port."""
    return [f"MAP {urlsplit(site).netloc} 127.0.0.1:{port}" for site in SITES]


@contextmanager
def serve_websites() -> Iterator[int]:
    """Serves all of them on one port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Pages) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        address = urlsplit(self.path)
        asked = {name: escape(values[0]) for name, values in parse_qs(address.query).items()}
        body = ""
        if address.path == "/frame":
            body = f'<iframe title="Check" src="{asked["src"]}" width="800" height="900"></iframe>'
        elif address.path == "/form":
            field = f'<input type="hidden" name="s" value="{asked["s"]}">'
            body = f'<form method="post" action="{asked["action"]}">{field}<button>Send</button></form>'
        page = f'<!DOCTYPE html><html lang="en"><title>Another website</title><link rel="icon" href="data:,">{body}'
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if address.path == "/keep":
            self.send_header("Set-Cookie", "kept=1; SameSite=None; Secure")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test says itself what went wrong."""

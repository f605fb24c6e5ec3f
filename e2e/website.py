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

BEFORE = "<h1>Blue Badges</h1><p>Park closer to where you need to go.</p>"
AFTER = '<p>Contact us.</p><div class="long"></div>'
THEMES = {
    # A grid with the content in two of its three columns, as in councils' Drupal.
    "drupal": (
        f'<div class="grid"><nav>Parking</nav><main>{BEFORE}{{}}{AFTER}</main></div>',
        "* { box-sizing: border-box } .grid { display: grid; grid-template-columns: 1fr 2fr; gap: 2rem }",
    ),
    # Narrow content in a theme with margins of its own for whatever is pasted, as in WordPress.
    "wordpress": (
        f'<main class="entry-content">{BEFORE}{{}}{AFTER}</main>',
        ".entry-content { max-width: 640px; margin: auto } .entry-content > * { margin-block: 1.75rem }"
        " iframe { max-width: 100%; border: 3px solid }",
    ),
    "280 pixels": (f'<main class="slim">{BEFORE}{{}}{AFTER}</main>', ".slim { width: 280px }"),
}
"""How a page is laid out around what is pasted into it: markup, and the styles that the website serves beside it."""

STYLES = "body { margin: 0; font-family: serif } .long { height: 1500px }"


def framing(site: str, address: str) -> str:
    """The address of a page of the site that frames an address."""
    return f"{site}/frame?{urlencode({'src': address})}"


def posting(site: str, address: str, token: str) -> str:
    """The address of a page of the site with a form that posts a token to an address."""
    return f"{site}/form?{urlencode({'action': address, 's': token})}"


def pasting(site: str, theme: str, html: str, allowing: str = "") -> str:
    """The address of a page of the site with this HTML in it.

    With an origin to allow, the page has a policy that allows frames and scripts from there, and hardly anything else.
    """
    return f"{site}/page?{urlencode({'theme': theme, 'html': html, 'allowing': allowing})}"


def resolver_rules(port: int) -> list[str]:
    """Where the browser finds these sites when they are served on that local port."""
    return [f"MAP {urlsplit(site).netloc} 127.0.0.1:{port}" for site in SITES]


@contextmanager
def serve_websites() -> Iterator[int]:
    """Serves all of them on one port, which is also a proxy to them."""
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
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        if address.path == "/theme.css":
            self._send("text/css", STYLES + THEMES[asked["theme"]][1])
            return
        headers = {"Set-Cookie": "kept=1; SameSite=None; Secure"} if address.path == "/keep" else {}
        if allowed := asked.get("allowing"):
            headers["Content-Security-Policy"] = (
                f"default-src 'none'; script-src {allowed}; frame-src {allowed}; style-src 'self'; img-src data:"
            )
        head = '<!DOCTYPE html><html lang="en"><title>Another website</title><link rel="icon" href="data:,">'
        self._send("text/html; charset=utf-8", head + _body(address.path, asked), **headers)

    def _send(self, kind: str, content: str, **headers: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test says itself what went wrong."""


def _body(path: str, asked: dict[str, str]) -> str:
    if path == "/page":
        sheet = f'<link rel="stylesheet" href="/theme.css?{escape(urlencode({"theme": asked["theme"]}))}">'
        return sheet + THEMES[asked["theme"]][0].format(asked["html"])
    if path == "/frame":
        return f'<iframe title="Check" src="{escape(asked["src"])}" width="800" height="900"></iframe>'
    if path == "/form":
        field = f'<input type="hidden" name="s" value="{escape(asked["s"])}">'
        return f'<form method="post" action="{escape(asked["action"])}">{field}<button>Send</button></form>'
    return ""

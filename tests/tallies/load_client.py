"""Finishes checks at a steady rate, whatever the service does meanwhile: a program of its own.

Reads a plan as JSON, and writes what became of each check. What was cut off is sent again once it is told that the
service is well, by a line of input.
"""

from __future__ import annotations

import http.client
import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from urllib.parse import urlencode, urlsplit

LONGEST_ANSWER_SECONDS = 30
THREADS = 256
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Sent:
    """One sending of one check: what was answered, and after how long from when it was due. 0 is no answer."""

    check: int
    due: float
    post: int = 0
    post_ms: float = 0
    page: int = 0
    page_ms: float = 0
    again: bool = False


@dataclass
class Client:
    url: str
    path: str
    tokens: list[str]
    open: threading.local = field(default_factory=threading.local)

    def finish(self, sent: Sent, begin: float) -> None:
        """Sends "check your answers", and looks at the outcome."""
        due = begin + sent.due
        time.sleep(max(0.0, due - time.monotonic()))
        body = urlencode({"s": self.tokens[sent.check]})
        sent.post, location, _ = self._ask("POST", self.path, body)
        sent.post_ms = (time.monotonic() - due) * 1000
        if sent.post == http.HTTPStatus.SEE_OTHER:
            before = time.monotonic()
            status, _, html = self._ask("GET", f"{self.path.removesuffix('check')}{location}")
            sent.page = status if b"data-outcome" in html else 0
            sent.page_ms = (time.monotonic() - before) * 1000

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str, bytes]:
        where = urlsplit(self.url)
        assert where.hostname
        connection = http.client.HTTPConnection(where.hostname, where.port, timeout=LONGEST_ANSWER_SECONDS)
        try:
            connection.request(method, path, body, FORM if body else {})
            response = connection.getresponse()
            return response.status, response.headers.get("Location") or "", response.read()
        except (OSError, http.client.HTTPException):
            return 0, "", b""
        finally:
            connection.close()


def main() -> None:
    plan = json.loads(sys.stdin.readline())
    client = Client(plan["url"], plan["path"], plan["tokens"])
    sendings = [Sent(check, check / plan["rate"]) for check in range(len(client.tokens))]
    sendings += [Sent(each.check, each.due) for each in sendings if each.check % 4 == 0]
    sendings.sort(key=lambda each: each.due)
    begin = time.monotonic()
    with ThreadPoolExecutor(THREADS) as pool:
        for each in sendings:
            time.sleep(max(0.0, begin + each.due - time.monotonic()))
            pool.submit(client.finish, each, begin)
    print("sent", flush=True)
    sys.stdin.readline()
    again = [Sent(each.check, 0, again=True) for each in sendings if (each.post, each.page) != (303, 200)]
    for each in again:
        client.finish(each, time.monotonic())
    print(json.dumps([asdict(each) for each in (*sendings, *again)]))


if __name__ == "__main__":
    main()

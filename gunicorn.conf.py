"""How gunicorn serves the application, in development and in production.

`PORT`, `HOST` and `WEB_CONCURRENCY` (processes) set what differs between places. gunicorn's own
`FORWARDED_ALLOW_IPS` names the proxies to trust (by default only one on the same machine), and
`GUNICORN_CMD_ARGS` overrides anything here.
"""

import logging
import os
import re

from gunicorn.arbiter import Arbiter

_address = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"

bind = [_address]
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
worker_class = "gthread"
threads = 4
preload_app = True  # rules and councils are read and checked once, before anything listens

timeout = 30
graceful_timeout = 20
keepalive = 5

limit_request_line = 4094  # bytes; addresses that carry a sealed state reach about 2,000

# No header may say what is cut off the path: a council's own host rests on it.
forwarder_headers = ""

accesslog = None  # the application logs requests itself, without query, address or user agent
loglevel = "warning"

# The control socket has one path for each user: a second server would take over the first one's.
control_socket_disable = True

# Shared ports spread connections better, but drop those queued for a worker that stops, and let a
# second server join the first unnoticed.
reuse_port = False


class WithoutPeople(logging.Filter):
    """Takes the sender's address, the query, and what came broken, out of the server's own messages."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrites the message; every record is kept."""
        message = re.sub(r"\bip=\S+?(?=:?(?:\s|$))", "ip=-", record.getMessage())
        message = re.sub(r"(Invalid request from ip=-: [A-Za-z ]+).*", r"\1", message, flags=re.DOTALL)
        record.msg, record.args = re.sub(r"\?\S*", "?-", message), ()
        return True


def on_starting(server: Arbiter) -> None:
    """Before any worker is made, so that all of them inherit it."""
    server.log.error_log.addFilter(WithoutPeople())


def when_ready(server: Arbiter) -> None:  # noqa: ARG001 - gunicorn passes it
    """Say where the service is, once it listens."""
    print(f"Blue Badge eligibility checker: http://{_address}", flush=True)

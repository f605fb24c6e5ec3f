"""The application for a server. It does not start without keys of its own for the citizen's state and for receipts.

A preview needs none, and starts only where nobody else can come: on this machine.
"""

from __future__ import annotations

import logging
import os

from app import create_app
from app.settings import Settings, SettingsError

LOOPBACK = ("127.0.0.1", "localhost")

try:
    _settings = Settings.from_environment(os.environ)
except SettingsError as error:
    raise SystemExit(str(error)) from error
if _settings.preview and (os.environ.get("HOST") or LOOPBACK[0]) not in LOOPBACK:
    message = f"PREVIEW=1 is for your own machine: take it out, or set HOST to {' or '.join(LOOPBACK)}"
    raise SystemExit(message)
for _name, _keys in {"STATE_KEYS": _settings.state_keys, "RECEIPT_KEYS": _settings.receipt_keys}.items():
    if not _keys and not _settings.preview:
        message = f"{_name} is not set: give one or more Fernet keys, newest first, separated by commas"
        raise SystemExit(message)
if not os.environ.get("SERVICE_HOSTS") and not _settings.preview:
    message = "SERVICE_HOSTS is not set: give the hosts that this service is reached at, such as checker.example"
    raise SystemExit(message)

if not _settings.operator and not _settings.preview:
    logging.getLogger("checker.settings").warning(
        "OPERATOR is not set: the privacy notice cannot name those that run the service"
    )

app = create_app(_settings, warm=True)

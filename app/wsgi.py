"""The application for a server. It does not start without keys of its own for the citizen's state and for receipts."""

from __future__ import annotations

import os

from app import create_app
from app.settings import Settings, SettingsError

try:
    _settings = Settings.from_environment(os.environ)
except SettingsError as error:
    raise SystemExit(str(error)) from error
for _name, _keys in {"STATE_KEYS": _settings.state_keys, "RECEIPT_KEYS": _settings.receipt_keys}.items():
    if not _keys:
        message = f"{_name} is not set: give one or more Fernet keys, newest first, separated by commas"
        raise SystemExit(message)

app = create_app(_settings, warm=True)

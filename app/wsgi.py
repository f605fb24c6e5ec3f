"""The application for a server. It does not start without keys of its own to seal the citizen's state with."""

from __future__ import annotations

import os

from app import create_app
from app.settings import Settings, SettingsError

try:
    _settings = Settings.from_environment(os.environ)
except SettingsError as error:
    raise SystemExit(str(error)) from error
if not _settings.state_keys:
    message = "STATE_KEYS is not set: give one or more Fernet keys, newest first, separated by commas"
    raise SystemExit(message)

app = create_app(_settings)

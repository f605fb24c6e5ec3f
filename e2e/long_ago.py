"""The service as it was 45 days ago by its own clock, so that what is counted now is of a month that is over."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app import create_app
from app.settings import Settings

AGO = timedelta(days=45)

app = create_app(Settings.from_environment(os.environ))
app.extensions["site"] = replace(app.extensions["site"], now=lambda: datetime.now(UTC) - AGO)

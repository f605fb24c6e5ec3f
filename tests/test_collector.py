from __future__ import annotations

import gc
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet

from app.collector import resting
from app.settings import ROOT

KEYS = {name: Fernet.generate_key().decode() for name in ("STATE_KEYS", "RECEIPT_KEYS")}


def test_what_a_server_makes_once_is_never_looked_through_again() -> None:
    told = "import gc, app.wsgi; print(gc.isenabled(), gc.get_freeze_count() > len(gc.get_objects()))"
    environment = {**KEYS, "SERVICE_HOSTS": "checker.example", "OPERATOR": "Somebody"}
    result = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, env=environment, cwd=ROOT)
    assert (result.stdout, result.stderr) == ("True True\n", "")


def test_a_start_that_fails_leaves_the_collector_as_it_was() -> None:
    @resting()
    def start() -> None:
        assert not gc.isenabled()
        raise LookupError

    before = gc.get_freeze_count()
    with pytest.raises(LookupError):
        start()
    assert (gc.isenabled(), gc.get_freeze_count()) == (True, before)

"""A few seconds of ``make failures``: the real service, while much goes wrong."""

from __future__ import annotations

import pytest

from tests.tallies.databases import KINDS
from tests.tallies.load import put_through

SECONDS = 6.0
RATE = 30


@pytest.mark.parametrize("kind", KINDS)
def test_each_check_is_shown_and_counted_once_whatever_goes_wrong(kind: str) -> None:
    run = put_through(kind, SECONDS, RATE)
    assert len({each.check for each in run.sent}) == SECONDS * RATE
    assert {"kill -9 of a worker", "kill -9 of the whole service, and start"} <= {name for _, name in run.done}
    assert run.refused

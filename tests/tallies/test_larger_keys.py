"""What was counted when keys were smaller keeps a blur: else all of it would be shown as it is."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import Engine, select, text

from app.tallies import schema
from app.tallies.blur import CHANCES, KEYS, blur
from app.tallies.tables import TALLY

SMALLER = 4096


def test_counts_of_smaller_keys_keep_a_blur_as_likely_as_any(engine: Engine) -> None:
    row = {"council": "kent", "service": "blue-badge", "month": "2026-10", "family": "outcome", "key": "assessed"}
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0005'"))
        connection.execute(
            TALLY.insert(), [{**row, "version": str(key), "n": 9, "blur": key} for key in range(SMALLER)]
        )
    schema.upgrade(engine)
    with engine.connect() as connection:
        found = connection.scalars(select(TALLY.c.blur)).all()
    assert max(found) < KEYS
    blurs = Counter(map(blur, found))
    for number in range(-4, 5):
        assert blurs[number] / SMALLER == pytest.approx(CHANCES[number], abs=1 / SMALLER)

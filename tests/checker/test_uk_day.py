from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.checker.uk_day import uk_day


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-12-31T23:59:59", "2026-12-31"),
        ("2027-01-01T00:00:00", "2027-01-01"),
        ("2027-03-27T23:59:59", "2027-03-27"),  # the clocks go forward on the 28th
        ("2027-03-31T22:59:59", "2027-03-31"),
        ("2027-03-31T23:00:00", "2027-04-01"),
        ("2027-10-30T23:00:00", "2027-10-31"),  # and back on the 31st
        ("2027-10-31T23:59:59", "2027-10-31"),
        ("2030-03-30T23:30:00", "2030-03-30"),  # in 2030 the 31st of March is itself the Sunday
        ("2030-03-31T23:30:00", "2030-04-01"),
    ],
)
def test_a_day_begins_at_midnight_in_the_united_kingdom(moment: str, day: str) -> None:
    assert uk_day(datetime.fromisoformat(moment).replace(tzinfo=UTC)).isoformat() == day


def test_the_time_zone_of_the_machine_does_not_matter() -> None:
    moment = datetime(2027, 4, 1, 8, 30, tzinfo=timezone(timedelta(hours=9)))
    assert uk_day(moment).isoformat() == "2027-04-01"

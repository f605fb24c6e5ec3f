from __future__ import annotations

from datetime import date

import pytest

from app.desk.period import NoPeriodError, named_months, read_period, release_day

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("choice", "months", "before", "trend"),
    [
        ("month", ("2026-10", "2026-10", 1), ("2026-09", "2026-09", 1), ("2025-11", "2026-10", 12)),
        ("quarter", ("2026-08", "2026-10", 3), ("2026-05", "2026-07", 3), ("2025-11", "2026-10", 12)),
        ("year", ("2025-11", "2026-10", 12), ("2024-11", "2025-10", 12), ("2025-11", "2026-10", 12)),
        ("all", ("2023-11", "2026-10", 36), None, ("2023-11", "2026-10", 36)),
        ("2026-10", ("2026-10", "2026-10", 1), ("2026-09", "2026-09", 1), ("2025-11", "2026-10", 12)),
        ("2026-01", ("2026-01", "2026-01", 1), ("2025-12", "2025-12", 1), ("2025-02", "2026-01", 12)),
        ("2023-11", ("2023-11", "2023-11", 1), None, ("2023-11", "2023-11", 1)),
        ("2024-02", ("2024-02", "2024-02", 1), ("2024-01", "2024-01", 1), ("2023-11", "2024-02", 4)),
    ],
)
def test_a_period_has_its_months_and_as_many_before(
    choice: str, months: tuple[str, str, int], before: tuple[str, str, int] | None, trend: tuple[str, str, int]
) -> None:
    period = read_period(choice, TODAY)
    found = [(each[0], each[-1], len(each)) if each else None for each in (period.months, period.before, period.trend)]
    assert found == [months, before, trend]
    assert period.needed == tuple(sorted({*period.months, *period.before, *period.trend}))


@pytest.mark.parametrize(
    ("choice", "today", "month", "from_"),
    [
        ("2026-11", TODAY, "2026-11", date(2026, 12, 2)),
        ("2026-12", TODAY, "2026-12", date(2027, 1, 2)),
        ("2026-10", date(2026, 11, 1), "2026-10", date(2026, 11, 2)),
        ("2023-10", TODAY, "2023-10", None),
        *(
            (choice, TODAY, None, None)
            for choice in ("", "week", "2026-13", "2026-1", "2026-10-01", "2026-\uff11\uff10", "ALL")
        ),
    ],
)
def test_what_is_not_finished_or_not_kept_is_no_period(
    choice: str, today: date, month: str | None, from_: date | None
) -> None:
    with pytest.raises(NoPeriodError) as found:
        read_period(choice, today)
    assert (found.value.month, found.value.from_) == (month, from_)


@pytest.mark.parametrize("month", ["2026-10", "2026-12", "2024-02"])
def test_a_month_can_be_seen_from_the_day_of_its_release(month: str) -> None:
    day = release_day(month)
    assert read_period(month, day).months == (month,)
    with pytest.raises(NoPeriodError):
        read_period(month, date.fromordinal(day.toordinal() - 1))


def test_every_month_that_is_offered_can_be_chosen() -> None:
    offered = named_months(TODAY)
    assert (offered[0], offered[-1], len(offered)) == ("2026-10", "2023-11", 36)
    assert all(read_period(month, TODAY).months == (month,) for month in offered)

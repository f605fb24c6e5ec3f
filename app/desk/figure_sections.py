"""The sections of the figures: what came of checks, in which language and by which way they came."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.desk.naming import Named
from app.desk.period import month_in_words
from app.desk.sums import Sums, make_row
from app.tallies.cell import BANDS, CHANNELS, CHECKS, Family, part

if TYPE_CHECKING:
    from app.desk.report import Section

FAMILIES = (
    Family.BEGUN,
    Family.BEGUN_LANGUAGE,
    Family.BEGUN_CHANNEL,
    Family.FINISHED,
    Family.OUTCOME,
    Family.LANGUAGE,
    Family.CHANNEL,
    Family.TIME,
    Family.CRITERION,
    Family.EVIDENCE,
)
"""What has to be read for them."""

BEGUN, FINISHED = "begun", "finished"


def series(sums: Sums) -> tuple[Named, ...]:
    """What can be seen month by month."""
    names = (Named(each, sums.words.text(f"desk.report.series.{each}")) for each in (BEGUN, FINISHED))
    return (*names, *sums.outcomes)


def figure_sections(sums: Sums, chosen: str, languages: tuple[Named, ...]) -> Iterator[Section]:
    """Every section, in order; ``chosen`` is what is shown month by month."""
    yield _checks(sums)
    yield _parts(sums, "outcomes", Family.OUTCOME, sums.outcomes)
    criteria = sums.naming.with_gone(sums.naming.criteria, _counted_criteria(sums))
    if criteria:
        for value in ("met", "open"):
            rows = (sums.row(each, Family.CRITERION, [part(each.id, value)], sums.finished) for each in criteria)
            yield sums.section(f"criteria_{value}", rows, sums.finished, FINISHED)
    evidence = sums.naming.with_gone(sums.naming.evidence, sums.counted.keys(Family.EVIDENCE))
    yield _parts(sums, "evidence", Family.EVIDENCE, evidence)
    yield _parts(sums, "time", Family.TIME, _said(sums, "time", BANDS))
    channels = _said(sums, "channel", CHANNELS)
    yield _parts(sums, "languages_begun", Family.BEGUN_LANGUAGE, languages)
    yield _parts(sums, "languages_finished", Family.LANGUAGE, languages)
    yield _parts(sums, "channels_begun", Family.BEGUN_CHANNEL, channels)
    yield _parts(sums, "channels_finished", Family.CHANNEL, channels)
    yield _by_month(sums, chosen)


def _checks(sums: Sums) -> Section:
    begun, finished = (Named(each, sums.words.text(f"desk.report.series.{each}")) for each in (BEGUN, FINISHED))
    rows = (
        make_row(begun, sums.begun, sums.begun, sums.before(Family.BEGUN, [CHECKS]), part=False),
        sums.row(finished, Family.FINISHED, [CHECKS], sums.begun),
    )
    return sums.section("checks", rows, sums.begun, BEGUN)


def _parts(sums: Sums, name: str, family: Family, things: tuple[Named, ...]) -> Section:
    begun = family in (Family.BEGUN_LANGUAGE, Family.BEGUN_CHANNEL)
    of = sums.begun if begun else sums.finished
    rows = (sums.row(each, family, [each.id], of) for each in things)
    return sums.section(name, rows, of, BEGUN if begun else FINISHED)


def _by_month(sums: Sums, chosen: str) -> Section:
    whole = {BEGUN: Family.BEGUN, FINISHED: Family.FINISHED}
    family, keys = (whole[chosen], (CHECKS,)) if chosen in whole else (Family.OUTCOME, (chosen,))
    name = next(each.name for each in series(sums) if each.id == chosen)
    of = sums.of_months(family, keys, sums.period.trend)
    rows = (
        make_row(
            Named(month, month_in_words(month, sums.words)), sums.of_months(family, keys, [month]), of, None, part=False
        )
        for month in sums.period.trend
    )
    return sums.section("months", rows, of, "months", sums.period.trend, series=name)


def _counted_criteria(sums: Sums) -> set[str]:
    shown = (key.rpartition(":") for key in sums.counted.keys(Family.CRITERION))
    return {criterion for criterion, _, value in shown if value in ("met", "open")}


def _said(sums: Sums, kind: str, ids: tuple[str, ...]) -> tuple[Named, ...]:
    return tuple(Named(each, sums.words.text(f"desk.report.{kind}.{each}")) for each in ids)

"""The chart of a section, where it has anything to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from app.desk.chart import Point, bars, columns
from app.tallies.wording import in_words

if TYPE_CHECKING:
    from app.desk.report import Section
    from app.web.site_words import SiteWords

BY_MONTH = "months"
_FEWEST = 2


def illustrate(section: Section, words: SiteWords) -> Markup:
    """The chart, with a name that tells what it shows; empty where there is nothing to compare."""
    if len(section.rows) < _FEWEST or not any(row.now.low for row in section.rows):
        return Markup()
    points = [Point(row.name, row.now.low, row.now.high, in_words(row.now, words)) for row in section.rows]
    most = max(points, key=lambda point: (point.low, point.high))
    key = "desk.report.chart.months" if section.id == BY_MONTH else "desk.report.chart"
    name = words.text(key, title=section.title, period=section.period.text, most=most.label, figure=most.text)
    return columns(points, name) if section.id == BY_MONTH else bars(points, name)

"""Makes reports: reads the figures that one needs, and gives each its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.desk import figure_sections, question_sections
from app.desk.access import NATIONAL
from app.desk.desk import database, site
from app.desk.naming import Named, make_naming
from app.desk.period import LENGTHS, Period, first_days, read_period
from app.desk.report import SHARE_FROM, Coverage, Kind, Place, Report
from app.desk.sums import Sums, make_months
from app.tallies.figures import Figures
from app.tallies.wording import HOW
from app.web.languages import languages
from app.web.pages import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.councils.council import Council
    from app.desk.sums import Counted
    from app.engine.rulebook import Service
    from app.tallies.cell import Family

FAMILIES: Mapping[Kind, tuple[Family, ...]] = {
    "figures": figure_sections.FAMILIES,
    "questions": question_sections.FAMILIES,
}
EVERYWHERE = ""
"""In the place of a nation: the whole United Kingdom."""


class NoSeriesError(LookupError):
    """There is nothing of that name to see month by month, or no such nation."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see; ``series`` is what is shown month by month."""

    kind: Kind
    period: Period
    series: str


@dataclass(frozen=True, slots=True)
class Found:
    """A report, with what else could be seen month by month."""

    report: Report
    series: tuple[Named, ...]


def service() -> Service:
    """The service that the desk is about."""
    return next(iter(site().services.values()))


def of_council(council: Council, asked: Asked) -> Found:
    """The report of a council, by the rules of its nation."""
    today = site().today()
    families = FAMILIES[asked.kind]
    counted = Figures(database()).of_council(council.slug, service().id, asked.period.needed, families, today)
    place = Place(id=council.slug, name=council.name("en"), nation=council.nation)
    return _found(asked, place, counted, (council.nation,), None)


def of_nation(nation: str, asked: Asked) -> Found:
    """The report of all councils of a nation, or of ``EVERYWHERE``; raises NoSeriesError where there is no such nation.

    A council counts with them if it issued badges at the start of any of the months. Invented ones do not.
    """
    nations = tuple(service().vocabulary.nations)
    if nation not in (EVERYWHERE, *nations):
        raise NoSeriesError
    chosen, period = (nation,) if nation else nations, asked.period
    families, today = FAMILIES[asked.kind], site().today()
    counted = Figures(database()).national(
        _councils(chosen, period), service().id, period.needed, families, today, covering=period.months
    )
    name = service().words["en"].nations[nation] if nation else words().text("desk.report.everywhere")
    place = Place(id=NATIONAL, name=name, nation=nation)
    return _found(asked, place, counted, chosen, Coverage(councils=counted.councils, counted=counted.counted))


def add_up() -> None:
    """Adds up what councils of each nation, and all of them, come to together, so that nobody waits for it later."""
    today, nations = site().today(), tuple(service().vocabulary.nations)
    for choice in LENGTHS:
        period = read_period(choice, today)
        for chosen in (nations, *((nation,) for nation in nations)):
            Figures(database()).national(_councils(chosen, period), service().id, period.needed, (), today)


def _councils(nations: tuple[str, ...], period: Period) -> set[str]:
    """Those of the register that issued badges there at the start of any of the months."""
    register = site().councils.register
    return {
        authority.slug
        for day in first_days(period.needed)
        for authority in register.on(day).authorities.values()
        if authority.nation in nations
    }


def _found(asked: Asked, place: Place, counted: Counted, nations: tuple[str, ...], coverage: Coverage | None) -> Found:
    council = words().text("desk.report.the_council") if coverage else place.name
    naming = make_naming(service(), nations, site().today(), words(), council)
    sums = Sums(counted, asked.period, naming, words())
    if asked.kind == "figures":
        offered = figure_sections.series(sums)
        if asked.series not in {each.id for each in offered}:
            raise NoSeriesError
        spoken = tuple(Named(each.language, each.name) for each in languages().values())
        sections = tuple(figure_sections.figure_sections(sums, asked.series, spoken))
    else:
        offered, sections = (), tuple(question_sections.question_sections(sums))
    report = Report(
        kind=asked.kind,
        service=service().id,
        place=place,
        period=make_months(asked.period.months, words()),
        before=make_months(asked.period.before, words()) if asked.period.before else None,
        coverage=coverage,
        how=tuple(line.removeprefix("- ") for line in words().words[HOW].splitlines() if line.strip()),
        notes=tuple(_notes(asked.kind, nations, coverage)),
        sections=sections,
    )
    return Found(report, offered)


def _notes(kind: Kind, nations: tuple[str, ...], coverage: Coverage | None) -> Iterator[str]:
    """What else there is to say of a report, beside how to read any figure."""
    yield words().text("desk.report.note.share", least=SHARE_FROM)
    yield words().text(f"desk.report.note.{kind}")
    if coverage:
        yield words().text("desk.report.coverage", councils=coverage.councils, counted=coverage.counted)
    if len(nations) > 1:
        yield words().text("desk.report.note.common")

"""The figures and questions of a council, or of councils together, as pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, make_response, request

from app.desk.access import Action, Answer, ask
from app.desk.desk import site
from app.desk.figure_sections import BEGUN
from app.desk.illustration import illustrate
from app.desk.log import Event, record
from app.desk.pages import allows, desk_page, desk_pages
from app.desk.period import DEFAULT, LENGTHS, NoPeriodError, month_in_words, named_months, read_period
from app.desk.reports import EVERYWHERE, Asked, NoSeriesError, of_council, of_nation, service
from app.desk.session import member
from app.tallies.wording import HOW, in_words
from app.web.pages import words

if TYPE_CHECKING:
    from app.councils.council import Council
    from app.desk.report import Kind, Report, Share
    from app.desk.reports import Found

FORMS = ("csv", "ods", "json")


@desk_pages.get("/<council>/figures")
@allows(Action.SEE)
def show_figures(council: str) -> str:
    """What came of the checks of a council."""
    return _page(found_of_council(council, "figures"))


@desk_pages.get("/<council>/questions")
@allows(Action.SEE)
def show_questions(council: str) -> str:
    """What was sent to a council for each question."""
    return _page(found_of_council(council, "questions"))


@desk_pages.get("/national/figures")
@allows(Action.SEE_NATIONAL)
def show_national_figures() -> str:
    """What came of the checks of councils together."""
    return _page(found_of_nation("figures"))


@desk_pages.get("/national/questions")
@allows(Action.SEE_NATIONAL)
def show_national_questions() -> str:
    """What was sent to councils together for each question."""
    return _page(found_of_nation("questions"))


@desk_pages.errorhandler(NoPeriodError)
def without_figures(error: NoPeriodError) -> Response:
    """There are no figures for what was asked, or not yet."""
    month = month_in_words(error.month, words()) if error.month else ""
    from_ = words().day(error.from_) if error.from_ else ""
    return make_response(desk_page("desk/no_figures.html", month=month, from_=from_, here=_page_address()), 404)


@desk_pages.errorhandler(NoSeriesError)
def without_series(_error: NoSeriesError) -> Response:
    """There is no such nation, or nothing of that name to see month by month."""
    return make_response(desk_page("desk/no_figures.html", month="", from_="", here=_page_address()), 404)


def found_of_council(council: str, kind: Kind) -> Found:
    """The report that this request asks for, of a council, which may have ended."""
    known = site().councils.known(council)
    if known is None:
        abort(404)
    return of_council(known, _asked(kind))


def found_of_nation(kind: Kind) -> Found:
    """The report that this request asks for, of councils together."""
    return of_nation(request.args.get("nation", EVERYWHERE), _asked(kind))


def named(report: Report) -> str:
    """Which place, what and when; nothing that anybody wrote freely."""
    months = dict.fromkeys((report.period.first, report.period.last))
    place = "-".join(filter(None, (report.place.id, report.place.nation if report.coverage else "")))
    return f"{place}-{report.kind}-{'-to-'.join(months)}"


def ended(council: Council) -> bool:
    """Whether a council issues no badges any more."""
    return site().councils.get(council.slug, site().today()) is None


def _asked(kind: Kind) -> Asked:
    period = read_period(request.args.get("period", DEFAULT), site().today())
    return Asked(kind, period, request.args.get("series", BEGUN))


def _page(found: Found) -> str:
    report, today = found.report, site().today()
    record(Event.LOOKED, named(report))
    council = site().councils.known(report.place.id)
    return desk_page(
        "desk/figures.html",
        report=report,
        illustrate=lambda section: illustrate(section, words()),
        figure=lambda shown: in_words(shown, words()),
        share=_share,
        how=HOW,
        ended=council is not None and ended(council),
        nations=None if council else service().vocabulary.nations,
        nation_names=service().words["en"].nations,
        lengths={choice: read_period(choice, today) for choice in LENGTHS},
        months={month: month_in_words(month, words()) for month in named_months(today)},
        choice=request.args.get("period", DEFAULT),
        series=found.series,
        chosen_series=request.args.get("series", BEGUN),
        exports=ask(member(), Action.EXPORT, report.place.id) is Answer.YES,
        forms=FORMS,
        query=request.query_string.decode("ascii", "replace"),
    )


def _share(share: Share) -> str:
    if share.low == share.high:
        return words().text("desk.report.share", share=share.low)
    return words().text("desk.report.share_between", least=share.low, most=share.high)


def _page_address() -> str:
    """Of the page whose file or period was asked for, with the period that it begins with."""
    return request.path.partition(".")[0]

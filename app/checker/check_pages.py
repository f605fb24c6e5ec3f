"""The check itself: start page, questions, "check your answers" and the outcome, all after the first at one address."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, g, redirect, request
from flask import Response as AnyResponse
from werkzeug.wrappers import Response

from app.checker.check import ANSWERS, OUTCOME, WITHDRAWN, CannotContinueError, Check
from app.checker.counting import count_answered, count_finished, count_refused
from app.checker.criteria_page import cited_texts, criteria_sections
from app.checker.other_days import lead_on
from app.checker.outcome_page import outcome_context
from app.checker.phone import staff_error
from app.checker.preview import preview_pages
from app.checker.question_form import QuestionForm
from app.checker.share_pages import can_share, share_pages
from app.checker.statement_pages import add_statements
from app.checker.visit import Visit, keep_to_languages, read_address, visit
from app.checker.withdrawals import Withdrawal, withdrawals
from app.web.hosts import address_here
from app.web.pages import words

check_pages = Blueprint("check", __name__)
check_pages.url_value_preprocessor(read_address)
keep_to_languages(check_pages)
add_statements(check_pages)
preview_pages(check_pages)
share_pages(check_pages)
lead_on(check_pages)  # after the preview has said which day it shows

NOTICES = ("expired", "unreadable", "other-council", "rules-changed")

MOST_NAMED = 6
"""Rules named where a question says why it is asked: more would tell nobody anything."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question with the answers given, and the link that changes them."""

    question: str
    given: tuple[str, ...]
    change: str | None = None


@check_pages.get("/start")
def start() -> str:
    """What the check is for, and what it is not; where the nation has no rules yet, where to apply instead."""
    here = visit()
    if instead := _instead():
        return instead
    notice = request.args.get("because")
    return here.page(
        "check/start.html",
        start=here.words.start,
        notice=notice if notice in NOTICES else None,
        withdrawal=_withdrawal(here) if notice == WITHDRAWN else None,
        phone_script=address_here(here.here.slug, f"/{here.service.id}/{here.language}/phone-script"),
    )


@check_pages.get("/criteria")
def criteria() -> str:
    """All the rules, written out."""
    here = visit()
    rules = here.rules
    if rules is None:
        return _elsewhere()
    return here.page(
        "criteria.html",
        nation=here.words.nations[rules.nation],
        sections=criteria_sections(here, rules),
        texts=cited_texts(here, rules),
        in_force=words().day(rules.in_force),
        checked=words().day(rules.checked),
        withdrawals=withdrawals(here),
        back="start",
    )


@check_pages.after_request
def keep_out_of_searches(response: AnyResponse) -> AnyResponse:
    """Asks search engines to leave out whatever may carry a state, and what is for staff."""
    if request.path.endswith(("/check", "/shared", "/take-back")) or g.get("phone"):
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@check_pages.get("/check")
def show() -> Response | str:
    """The step that the sealed state stands at; without a state, a new check."""
    here = visit()
    if (instead := _instead()) or here.rules is None:
        return instead or _elsewhere()
    if "s" not in request.args:
        return _to(Check.begin(here, here.rules))
    try:
        check = Check.resume(here, request.args["s"])
    except CannotContinueError as error:
        return _restart(error)
    if check.step not in (ANSWERS, OUTCOME):
        return _question(check)
    if not check.journey.complete:
        return _to(check.current())
    return _answers(check) if check.step == ANSWERS else _outcome(check)


@check_pages.post("/check")
def submit() -> Response:
    """Takes an answer and moves on; one that cannot be used comes back with its error.

    Nothing is shown here, so that the browser's Back and Refresh never ask to send anything again.
    """
    try:
        check = Check.resume(visit(), request.form.get("s", ""))
    except CannotContinueError as error:
        return _restart(error)
    if check.step == ANSWERS and check.journey.complete:
        count_finished(check)
        return _to(check.at(OUTCOME))
    put = check.put(check.step)
    if put is None:
        return _to(check.current())
    asked = QuestionForm(put)
    form = asked.form(request.form)
    sent = asked.submitted(form)
    if not form.validate():
        count_refused(check)
        return _to(check.refused(sent))
    ticked = sent - {put.question.exclusive or ""}
    after = check.answered(ticked)
    count_answered(check, ticked, after)
    return _to(after)


def _question(check: Check) -> Response | str:
    put = check.put(check.step)
    if put is None:
        return _to(check.current())
    sent = check.sent
    asked = QuestionForm(put)
    form = asked.form(ticked=check.answers.get(check.step)) if sent is None else asked.again(sent)
    field = form[put.question.id]
    if field.errors and g.get("phone"):
        field.errors = (staff_error(put, sent),)
    before = check.previous()
    return check.visit.page(
        "check/question.html",
        title=put.title,
        why=put.why,
        counts_for=_few(check.counts_for(put.question.id)),
        look_up=put.look_up,
        sets_voice=put.question.id == check.rules.voice_question,
        field=field,
        many=put.question.many,
        params=asked.params(form, words().text("question.or"), words().text("layout.error")),
        error=field.errors[0] if field.errors else None,
        token=check.token,
        back=_link(before) if before else "start",
    )


def _few(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names, if they are few enough to help."""
    return names if len(names) <= MOST_NAMED else ()


def _answers(check: Check) -> str:
    before = check.previous()
    rows = _rows(check, changing=True)
    back = _link(before) if before else "start"
    return check.visit.page("check/answers.html", rows=rows, token=check.token, back=back)


def _outcome(check: Check) -> str:
    return check.visit.page(
        "check/outcome.html",
        rows=_rows(check, changing=False),
        change=_link(check.at(ANSWERS)),
        back=_link(check.at(ANSWERS)),
        share=check.token if can_share(check) else None,
        **outcome_context(check),
    )


def _rows(check: Check, *, changing: bool) -> list[Row]:
    rows, puts = [], check.puts
    for step in check.journey.asked:
        put = puts[step.question]
        change = _link(check.at(step.question, changing=True)) if changing else None
        rows.append(Row(put.title, put.labels(step.ticked), change))
    return rows


def _withdrawal(here: Visit) -> Withdrawal | None:
    return next((gone for gone in withdrawals(here) if gone.version == request.args.get("version")), None)


def _instead() -> str | None:
    """The page shown instead of the check, where the council has a service of its own or the nation no rules."""
    here = visit()
    if here.here.said.links.own_service:
        return here.page("check/own_service.html", link=here.here.said.links.own_service)
    return _elsewhere() if here.rules is None else None


def _elsewhere() -> str:
    here = visit()
    nation = here.here.nation
    name = here.words.nations[nation]
    return here.page(
        "check/elsewhere.html",
        nation=name,
        text=here.words.elsewhere.get(nation) or words().text("elsewhere.not_then", nation=name),
        apply_link=here.service.vocabulary.nations[nation].apply,
    )


def _link(check: Check) -> str:
    """Relative, so that the print stylesheet, which writes out absolute links, leaves the state off the paper."""
    return f"?s={check.token}"


def _to(check: Check) -> Response:
    return redirect(f"check{_link(check)}", 303)


def _restart(error: CannotContinueError) -> Response:
    version = f"&version={error.version}" if error.version else ""
    return redirect(f"start?because={error.reason}{version}", 303)

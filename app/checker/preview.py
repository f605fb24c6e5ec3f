"""Preview: the checker on another day, and a check opened with a person's answers. Only where the settings allow it.

A preview is marked by the day in its address, ``?as_of=2027-01-01``; every link and form of such a page carries the day
on. ``?person=who=self,benefits=pip+dla`` opens a check with these answers.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Blueprint, Response, current_app, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.checker.check import ANSWERS, OUTCOME, Check
from app.checker.site import site
from app.checker.visit import visit
from app.engine.answers import AnswerError, Answers, parse_answers

if TYPE_CHECKING:
    from app.engine.rules import Rules
    from app.engine.vocabulary import Question, Vocabulary

_RELATIVE = re.compile(r'(?<=\s)((?:href|action)=")(?![#/]|[a-z]+:)([^"#]*)')


class PreviewError(ValueError):
    """A day or a person that cannot be read; ``wrong`` is ``day`` or ``person``, the text says what is wrong."""

    def __init__(self, wrong: str, message: str) -> None:
        self.wrong = wrong
        super().__init__(message)


def preview_pages(pages: Blueprint) -> None:
    """Lets the pages of a blueprint be previewed."""
    pages.before_request(_open)
    pages.after_request(_carry)
    pages.register_error_handler(PreviewError, _refuse)


def preview_query(vocabulary: Vocabulary, rules: Rules, answers: Answers) -> str:
    """What to write after the address of a council's start page to open these answers under these rules."""
    return f"?as_of={rules.in_force}&person={quote(write_person(vocabulary, answers), safe='=,+')}"


def write_person(vocabulary: Vocabulary, answers: Answers) -> str:
    """Answers in a line that can be typed: ``who=self,benefits=pip+dla``."""
    return ",".join(
        f"{question.id}={'+'.join(_ticked(question, answers))}"
        for question in vocabulary.questions
        if question.id in answers
    )


def read_person(vocabulary: Vocabulary, text: str) -> Answers:
    """The answers of such a line, in any order; raises PreviewError. An unquoted + reaches us as a space."""
    several = {question.id for question in vocabulary.questions if question.kind == "many"}
    given: dict[str, str | list[str]] = {}
    for part in filter(None, text.split(",")):
        question, equals, options = part.partition("=")
        if not equals or question in given:
            message = f"{part!r} is not an answer" if not equals else f"{question!r} stands twice"
            raise PreviewError("person", message)
        given[question] = options.replace("+", " ").split() if question in several else options
    try:
        return parse_answers(vocabulary, given)
    except AnswerError as error:
        raise PreviewError("person", str(error)) from error


def read_day(text: str) -> date:
    """The day written as 2027-01-01; raises PreviewError."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise PreviewError("day", f"{text!r} is not a day") from error


def _ticked(question: Question, answers: Answers) -> list[str]:
    ticked = answers[question.id] or {question.exclusive}
    return [option for option in question.option_ids if option in ticked]


def _open() -> AnyResponse | None:
    """Marks the visit as a preview of the day asked for; opens the check of a person asked for."""
    asked = {"as_of", "person"} & request.args.keys()
    if not asked or not current_app.extensions["settings"].preview:
        return None
    g.visit = here = replace(visit(), as_of=site().today())
    if "as_of" in asked:
        g.visit = here = replace(here, as_of=read_day(request.args["as_of"]))
    if "person" not in asked or here.rules is None:
        return None
    check = Check.begin(here, here.rules, read_person(here.service.vocabulary, request.args["person"]))
    token = (check.at(OUTCOME) if check.step == ANSWERS else check).token
    return redirect(f"check?s={token}", 303)


def _carry(response: Response) -> Response:
    """Takes the day on through every link, form and redirect within the checker."""
    here = g.get("visit")
    if here is None or here.as_of is None:
        return response

    def with_day(link: str, joint: str = "&") -> str:
        if "as_of=" in link:  # the way to this page in another language has all that the address has
            return link
        return f"{link}{joint if '?' in link else '?'}as_of={here.as_of}"

    if "Location" in response.headers:
        response.headers["Location"] = with_day(response.headers["Location"])
    elif response.mimetype == "text/html":
        page = response.get_data(as_text=True)
        response.set_data(_RELATIVE.sub(lambda found: found[1] + with_day(found[2], "&amp;"), page))
    return response


def _refuse(error: PreviewError) -> tuple[str, int]:
    here = visit()
    example = write_person(
        here.service.vocabulary,
        {question.id: frozenset(question.option_ids[:1]) for question in here.service.vocabulary.questions[:2]},
    )
    return here.page("preview_error.html", wrong=error.wrong, said=str(error), example=example), 400

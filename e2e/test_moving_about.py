"""Back, refresh, several tabs and changed answers: the check always follows the page that the person is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from app.checker.check import ANSWERS, OUTCOME
from e2e import law
from e2e.check import answer, asked, choose, finish, given, heading, press

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from app.engine.answers import Answers
    from e2e.conftest import OpenBrowser, Visitor

CONTINUE = law.site_words.text("question.continue")
PERSON = law.person("self", "assessed")
FULLEST = law.FULLEST[0]


@pytest.mark.parametrize("scripts", [True, False], ids=["with a script", "without a script"])
def test_going_back_three_times_and_answering_otherwise(scripts: bool, open_browser: OpenBrowser) -> None:
    page = open_browser(java_script_enabled=scripts).page
    page.goto(law.path("check"))
    questions = list(FULLEST.answers)
    upto = dict(list(FULLEST.answers.items())[:6])
    known: dict[str, frozenset[str]] = {}
    for question, ticked in upto.items():
        choose(page, question, ticked, known)
        press(page, CONTINUE)
        known[question] = ticked
    for _ in range(3):
        page.go_back()
    assert asked(page) == questions[3] == "benefits"

    # The page is as it was sent, ticks and all, or empty; either way what stands there now is what counts.
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    otherwise = {**law.person("self", "unlikely").answers, "sight": FULLEST.answers["sight"]}
    before = {question: FULLEST.answers[question] for question in questions[:3]}
    answers = {**before, "benefits": frozenset[str](), "terminal_illness": otherwise["terminal_illness"]}
    answers |= {"difficulties": otherwise["difficulties"]}
    assert answer(page, answers, before) == ["benefits", "terminal_illness", "difficulties"]
    assert given(page) == titles(answers)
    finish(page, answers)


REFRESHED = {
    "list of councils": law.path("find-your-council", None),
    "list of councils with an error": law.path("confirm-your-council", None),
    "choice of council": f"{law.path('confirm-your-council', None)}?council=kent",
    "start": law.path("start"),
    "criteria": law.path("criteria"),
    "check your answers": law.path("check", token=law.token(PERSON.answers, ANSWERS)),
}


@pytest.mark.parametrize("path", REFRESHED.values(), ids=REFRESHED.keys())
def test_a_page_can_be_refreshed(path: str, visitor: Visitor) -> None:
    visitor.page.goto(path)
    refresh(visitor)


def test_pages_that_answers_led_to_can_be_refreshed(visitor: Visitor) -> None:
    page = visitor.page
    page.goto(law.path("check"))
    refresh(visitor)
    press(page, CONTINUE)
    expect(page.get_by_role("alert")).to_be_visible()
    refresh(visitor)
    answer(page, PERSON.answers)
    refresh(visitor)
    finish(page, PERSON.answers)
    refresh(visitor)


def test_two_tabs_stay_apart(visitor: Visitor) -> None:
    first = visitor.page
    first.goto(law.path("check"))
    second = first.context.new_page()
    second.goto(first.url)
    one, other = law.person("self", "assessed"), law.person("organisation", "special_route")
    for page, person in ((first, one), (second, other)):
        question = next(iter(person.answers))
        choose(page, question, person.answers[question], {})
        press(page, CONTINUE)
    for page, person in ((second, other), (first, one)):
        question = next(iter(person.answers))
        answer(page, person.answers, {question: person.answers[question]})
    for page, person in ((first, one), (second, other)):
        finish(page, person.answers)
        assert given(page) == titles(person.answers)


CHANGES = {
    "to another difficulty": (law.person("self", "assessed"), law.given(difficulties=("walking",))),
    "to no difficulty": (FULLEST, law.given(difficulties=())),
    "to more benefits": (law.person("self", "unlikely"), law.given(benefits=("pip", "dla"))),
    "to an organisation": (FULLEST, law.given(who="organisation")),
    "to a certain yes": (FULLEST, law.given(sight="severely_registered")),
    "to the same answer": (FULLEST, law.given(lasting="dont_know")),
}


@pytest.mark.parametrize(("person", "change"), CHANGES.values(), ids=CHANGES.keys())
def test_a_changed_answer_asks_only_what_it_makes_relevant(person: law.Person, change: Answers, page: Page) -> None:
    page.goto(law.path("check", token=law.token(person.answers, ANSWERS)))
    (question,) = change
    wanted = fill({**person.answers, **change})
    new = [each for each in wanted if each not in person.answers]

    link = page.get_by_role("link", name=law.put(question, person.answers).title)
    with page.expect_navigation():
        link.click()
    assert asked(page) == question
    if law.ENGLAND.question(question).many:
        for box in page.get_by_role("checkbox").all():
            box.uncheck()
    assert answer(page, wanted, person.answers) == [question, *new]
    assert given(page) == titles(wanted)
    finish(page, wanted)


def test_a_change_not_made_leads_back_to_the_answers(page: Page) -> None:
    page.goto(law.path("check", token=law.token(FULLEST.answers, ANSWERS)))
    press(page, law.put("sight", FULLEST.answers).title, role="link")
    press(page, law.site_words.text("layout.back"), role="link")
    assert heading(page) == law.site_words.text("answers.title")


def test_the_back_link_walks_the_whole_way_back(page: Page) -> None:
    page.goto(law.path("check", token=law.token(FULLEST.answers, OUTCOME)))
    seen: list[str | None] = []
    for _ in range(len(FULLEST.answers) + 2):
        press(page, law.site_words.text("layout.back"), role="link")
        seen.append(asked(page))
    assert seen == [None, *reversed(list(FULLEST.answers)), None]
    assert heading(page) == law.words.start.title


def fill(answers: Answers) -> Answers:
    """The answers that are asked for, with the least of each that is still missing."""
    filled = dict(answers)
    while (ahead := law.journey(filled).next) is not None:
        filled[ahead.id] = frozenset() if ahead.many else frozenset({law.journey(filled).next_offers[-1]})
    return law.journey(filled).answers


def titles(answers: Answers) -> list[str]:
    """The questions that these answers lead through, in the words of the page."""
    return [law.put(step.question, answers).title for step in law.journey(answers).asked]


def refresh(visitor: Visitor) -> None:
    """Reloads the page: it is asked for, never sent, again, and is the same."""
    page, before = visitor.page, heading(visitor.page)
    address, already = page.url, len(visitor.watch.requests)
    page.reload()
    again = [request for request in visitor.watch.requests[already:] if request.is_navigation_request()]
    assert [request.method for request in again] == ["GET"]
    assert (page.url, heading(page)) == (address, before)

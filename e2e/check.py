"""A check as a person does it: reading the page, choosing by what it says, pressing its buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from playwright.sync_api import expect

from app.engine.decision import decide
from e2e import law

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Frame, Locator, Page

    from app.engine.answers import Answers
    from app.engine.formula import Ticked

FIELD = "main form fieldset input"


def press(where: Page | Frame, name: str, role: Literal["button", "link"] = "button") -> None:
    """Presses a button or follows a link, and waits for the page that follows; within a frame by keyboard.

    A frame may still move in the page around it, away from under a pointer.
    """
    target = where.get_by_role(role, name=name)
    with where.expect_navigation():
        if hasattr(where, "parent_frame"):
            target.press("Enter")
        else:
            target.click()


def heading(where: Page | Frame) -> str:
    """The main heading."""
    return where.locator("h1").inner_text()


def asked(where: Page | Frame) -> str | None:
    """The id of the question that the page asks; None where it asks none."""
    field = where.locator(FIELD)
    return field.first.get_attribute("name") if field.count() else None


def option(
    where: Page | Frame, question: str, chosen: str, before: Answers, language: law.Language = law.FIRST
) -> Locator:
    """The button of an option, found by its words."""
    put = language.put(question, before)
    role = where.get_by_role("checkbox" if put.question.many else "radio", name=put.label(chosen), exact=True)
    expect(role).to_have_value(chosen)
    return role


def choose(where: Page | Frame, question: str, ticked: Ticked, before: Answers) -> None:
    """Ticks the options, or the one that stands for none of them."""
    exclusive = law.ENGLAND.question(question).exclusive
    for chosen in sorted(ticked) or ([exclusive] if exclusive else []):
        option(where, question, chosen, before).check()


def answer(
    where: Page | Frame,
    answers: Answers,
    before: Answers | None = None,
    each: Callable[[], object] = lambda: None,
) -> list[str]:
    """Answers whatever is asked until nothing more is; returns the questions seen, in order.

    ``before`` is what was answered already; ``each`` is called after each answer.
    """
    seen: list[str] = []
    known = dict(before or {})
    while (question := asked(where)) is not None:
        choose(where, question, answers[question], known)
        press(where, law.site_words.text("question.continue"))
        each()
        known[question] = answers[question]
        seen.append(question)
    return seen


def finish(where: Page | Frame, answers: Answers) -> None:
    """From "check your answers" to the outcome, which has to be the right one, with its reasons."""
    expect(where.locator("h1")).to_have_text(law.site_words.text("answers.title"))
    press(where, law.site_words.text("answers.continue"))
    decision = decide(law.ENGLAND, answers)
    expect(where.locator("[data-outcome]")).to_have_attribute("data-outcome", decision.outcome)
    for reason in (*decision.because, *decision.also_met):
        name = law.words.criteria[reason.criterion.id].name
        expect(where.get_by_role("heading", name=name, exact=True)).to_be_visible()


def given(where: Page | Frame) -> list[str]:
    """The questions that "check your answers" or the outcome page lists."""
    return where.locator(".govuk-summary-list__key").all_inner_texts()

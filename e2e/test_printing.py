"""The outcome can be kept on paper: one page with everything that matters, and nothing that opens the answers again."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from app.checker.check import ANSWERS, OUTCOME
from app.checker.sheet import POINTS
from app.engine.decision import decide
from app.engine.graph import explore
from e2e import law
from e2e.printout import page_count, printed_state_faults, runs_into_margin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from app.councils.council import Council
    from app.engine.answers import Answers
    from app.engine.rules import Rules
    from e2e.conftest import OpenBrowser

BARE = "argleton"
COUNCILS = {
    "england": (law.COUNCIL, BARE),
    "wales": ("aberwennol",),
    "scotland": ("strathorran",),
    "northern_ireland": ("northern-ireland",),
}
"""In England both a council that says all that a council can, and one that says only its name."""

ALWAYS = ("evidence", "contact", "cost", "receipt", "challenge", "rules")
"""The parts of paper that never give way."""

SMALLEST = """() => Math.min(...[...document.querySelectorAll(
        ".app-outcome p, .app-paper :is(p, li):not(.app-paper__small)")]
    .filter((each) => each.checkVisibility())
    .map((each) => parseFloat(getComputedStyle(each).fontSize))) * 72 / 96"""
"""The size of the smallest letters on paper but for small print, in points."""

COLOURS = """() => [...document.querySelectorAll("main *")]
    .filter((each) => each.checkVisibility())
    .map((each) => getComputedStyle(each).color)"""
"""The colours of everything on paper."""


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody's outcome in a nation."""

    rules: Rules
    name: str
    answers: Answers


def said(slug: str) -> Council:
    """The council of that name, today."""
    found = law.site.councils.get(slug, law.site.today())
    if found is None:
        raise KeyError(slug)
    return found


def outcomes(nation: str) -> Iterator[Case]:
    """Somebody for each outcome in each voice, and those with the most to read."""
    rules = law.rules_of(nation)
    for who in rules.question(law.VOICE).offers:
        asked = (
            replace(each, offers={who: each.offers[who]}) if each.id == law.VOICE else each for each in rules.questions
        )
        for outcome, given in explore(replace(rules, questions=tuple(asked))).witnesses()[1].items():
            yield Case(rules, f"{who}-{outcome}", decide(rules, given).journey.answers)
    if rules is law.ENGLAND:
        for person in law.FULLEST:
            yield Case(rules, person.name, person.answers)


def address(case: Case, council: str, language: str = law.LANGUAGE, *, layout: str = law.OWN_PAGE) -> str:
    """The outcome page of somebody."""
    token = law.token(case.answers, OUTCOME, council=council, rules=case.rules)
    return law.path("check", council, layout=layout, language=language, token=token)


@pytest.mark.covering(1)
@pytest.mark.parametrize(
    ("nation", "council", "language"),
    [
        (nation, council, language)
        for nation, councils in COUNCILS.items()
        for council in councils
        for language in said(council).languages
    ],
)
def test_every_outcome_is_one_page(nation: str, council: str, language: str, page: Page) -> None:
    page.emulate_media(media="print")
    for case in outcomes(nation):
        page.goto(address(case, council, language))
        assert page_count(page, "A4") == 1, case.name
        assert page_count(page, "Letter") <= 2, case.name
        assert round(page.evaluate(SMALLEST), 2) >= min(POINTS), case.name
        for part in ALWAYS:
            for each in page.locator(f"[data-paper='{part}']").all():
                expect(each, case.name).to_be_visible()


@pytest.mark.parametrize("person", [*law.people(), *law.FULLEST], ids=lambda person: person.name)
def test_paper_has_what_people_take_along(person: law.Person, page: Page) -> None:
    page.emulate_media(media="print")
    page.goto(law.path("check", token=law.token(person.answers, OUTCOME)))
    decision = decide(law.ENGLAND, person.answers)
    council = said(law.COUNCIL)
    paper = page.locator("body").inner_text()
    assert paper.count(council.name(law.LANGUAGE)) > 1
    assert law.site_words.day(law.site.today()) in paper
    assert page.locator("h1").inner_text() == page.title().split(" – ")[0]
    for contact in (council.contacts.phone, council.contacts.email, "www.northfold.example/blue-badge"):
        assert str(contact) in paper
    receipt = page.locator("[data-paper='receipt']").inner_text()
    shown = page.locator("[data-receipt]").text_content()
    assert shown is not None
    assert re.search(r"\b(\w{4}-){4}\w{4}\b", receipt)
    assert shown in receipt
    proof = page.locator("[data-paper='evidence'] li")
    assert proof.all_inner_texts() == [
        " ".join(each.split()) for each in page.locator(".app-evidence__item").all_text_contents()
    ]
    why = page.locator("[data-paper='why']")
    if why.count():
        names = [
            law.words.criteria[each.criterion.id].name
            for each in (*decision.because, *decision.also_met, *decision.open)
        ]
        assert why.locator("li").all_inner_texts() == names
    if page.locator("[data-paper='answers']").count():
        expect(page.locator("[data-paper='answers'] p")).to_have_count(len(person.answers))


@pytest.mark.parametrize("layout", [law.OWN_PAGE, law.FRAMED], ids=["own page", "framed"])
def test_paper_has_nothing_of_the_screen(page: Page, *, layout: str) -> None:
    page.goto(address(Case(law.ENGLAND, "", law.FULLEST[0].answers), law.COUNCIL, layout=layout))
    shown = page.locator("main, header, footer, nav, body > section")
    expect(page.locator(".app-paper, .app-paper__head")).to_have_count(2)
    for paper in page.locator(".app-paper, .app-paper__head").all():
        expect(paper).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_visible()
    for screen in (
        ".app-reasons",
        ".app-evidence",
        "[data-receipt]",
        "nav",
        "button",
        ".govuk-back-link",
        ".app-header",
        ".app-footer",
    ):
        for each in page.locator(screen).all():
            expect(each).to_be_hidden()
    assert shown.count() > 0
    assert page_count(page, "A4") == 1
    assert printed_state_faults(page) == []
    assert not runs_into_margin(page)


def test_what_gives_way_has_an_order(page: Page) -> None:
    page.emulate_media(media="print")
    page.goto(address(Case(law.ENGLAND, "", law.person("self", "automatic").answers), law.COUNCIL))
    for part in ("why", "help", "answers"):
        expect(page.locator(f"[data-paper='{part}']")).to_be_visible()
    page.goto(address(Case(law.ENGLAND, "", law.FULLEST[0].answers), law.COUNCIL, "cy"))
    expect(page.locator("[data-paper='evidence'] li")).not_to_have_count(0)
    for part in ("answers", "changes"):
        expect(page.locator(f"[data-paper='{part}']")).to_have_count(0)


def test_the_dark_brand_prints_black_on_white(page: Page) -> None:
    page.emulate_media(media="print")
    page.goto(address(Case(law.ENGLAND, "", law.FULLEST[0].answers), "brackwater"))
    assert set(page.evaluate(COLOURS)) == {"rgb(0, 0, 0)"}


def test_the_page_offers_to_print(page: Page, open_browser: OpenBrowser) -> None:
    case = Case(law.ENGLAND, "", law.FULLEST[0].answers)
    page.goto(address(case, law.COUNCIL))
    page.evaluate("() => { window.print = () => { document.title = 'printed'; }; }")
    page.get_by_role("button", name=law.site_words.text("paper.button")).click()
    expect(page).to_have_title("printed")
    plain = open_browser(java_script_enabled=False).page
    plain.goto(address(case, law.COUNCIL))
    expect(plain.get_by_text(law.site_words.text("paper.offer"))).to_be_visible()
    expect(plain.get_by_role("button", name=law.site_words.text("paper.button"))).to_have_count(0)


@pytest.mark.parametrize("layout", [law.OWN_PAGE, law.FRAMED], ids=["own page", "framed"])
@pytest.mark.parametrize("step", [ANSWERS, law.VOICE])
def test_steps_before_the_outcome_print_without_their_link(step: str, page: Page, *, layout: str) -> None:
    answers = law.FULLEST[0].answers
    page.goto(law.path("check", layout=layout, token=law.token(answers, step)))
    assert printed_state_faults(page) == []
    assert not runs_into_margin(page)
    if step == ANSWERS:
        expect(page.locator(".govuk-summary-list__row")).to_have_count(len(answers))


def test_a_margin_with_an_address_would_be_seen(page: Page) -> None:
    page.goto(law.path("start"))
    assert runs_into_margin(page)

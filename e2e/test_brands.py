"""The neutral look, a dark brand, and the faintest colours that are let through: each can be used by everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from app.checker.check import ANSWERS, OUTCOME
from app.councils.palette import NEUTRAL, ROLES, Palette, hovered, pairs
from app.engine.decision import decide
from app.engine.graph import explore
from e2e import law
from e2e.checkers import CHECKERS
from e2e.keyboard import keyboard_faults
from e2e.screens import Screen

if TYPE_CHECKING:
    from app.councils.council import Council
    from e2e.conftest import Visitor

BRANDS = {"neutral": "argleton", "dark": "brackwater", "faintest": "aberwennol"}
PAGES = ("start", "question", "error", "answers", "assessed", "automatic")

# Every colour of text on its background, and of each edge and mark on what is behind it. What is transparent shows what
# is under it; the browser's own colours of focus are not the council's.
_SHOWN = """() => {
    const hex = (value) => {
        const parts = value.match(/[\\d.]+/g);
        if (!parts || (parts.length > 3 && Number(parts[3]) === 0)) return null;
        return "#" + parts.slice(0, 3).map((part) => Number(part).toString(16).padStart(2, "0")).join("");
    };
    const behind = (element) => {
        for (let each = element; each; each = each.parentElement) {
            const colour = hex(getComputedStyle(each).backgroundColor);
            if (colour) return colour;
        }
        return "#ffffff";
    };
    const found = new Set();
    const own = (element) => [...element.childNodes].some((each) => each.nodeType === 3 && each.data.trim());
    for (const element of document.querySelectorAll("body, body *")) {
        if (!element.checkVisibility()) continue;
        const style = getComputedStyle(element);
        if (own(element)) found.add(`text ${hex(style.color)} ${behind(element)}`);
        if (element.matches(".govuk-button")) {
            found.add(`shape ${hex(style.backgroundColor)} ${behind(element.parentElement)}`);
        }
        for (const part of [null, "::before", "::after"]) {
            const drawn = getComputedStyle(element, part);
            if (part && drawn.content === "none") continue;
            for (const side of ["Top", "Right", "Bottom", "Left"]) {
                if (parseFloat(drawn[`border${side}Width`]) === 0 || drawn[`border${side}Style`] === "none") continue;
                const colour = hex(drawn[`border${side}Color`]);
                if (colour) found.add(`shape ${colour} ${part ? behind(element) : behind(element.parentElement)}`);
            }
        }
    }
    return [...found];
}"""


@dataclass(frozen=True, slots=True)
class Branded:
    """Pages of one council."""

    council: Council

    @property
    def palette(self) -> Palette:
        return self.council.said.colours or NEUTRAL

    def path(self, page: str) -> str:
        if page == "start":
            return law.path("start", self.council.slug)
        rules = law.rules_of(self.council.nation)
        questions, outcomes = explore(rules).witnesses()
        if page in ("question", "error"):
            question = next(each.id for each in rules.questions if each.many and each.id in questions)
            sent = frozenset[str]() if page == "error" else None
            token = law.token(questions[question], question, council=self.council.slug, rules=rules, sent=sent)
        else:
            answers = decide(rules, outcomes["assessed" if page == "answers" else page]).journey.answers
            step = ANSWERS if page == "answers" else OUTCOME
            token = law.token(answers, step, council=self.council.slug, rules=rules)
        return law.path("check", self.council.slug, token=token)


@pytest.fixture(params=list(BRANDS.values()), ids=list(BRANDS))
def branded(request: pytest.FixtureRequest) -> Branded:
    council = law.site.councils.get(request.param, law.site.today())
    assert council is not None
    return Branded(council)


@pytest.mark.parametrize("page_name", PAGES)
def test_a_branded_page_holds_to_every_rule(branded: Branded, page_name: str, visitor: Visitor) -> None:
    page = visitor.page
    screen = Screen(page_name, branded.council.slug, branded.path(page_name), None, error=page_name == "error")
    page.goto(screen.path)
    found = {name: checker(page, screen) for name, checker in CHECKERS.items()}
    assert {name: faults for name, faults in found.items() if faults} == {}
    shown = page.evaluate(_SHOWN)
    assert any(getattr(branded.palette, role) in each for role in ROLES for each in shown)
    assert _unknown_pairs(shown, branded.palette) == []


def _unknown_pairs(shown: list[str], palette: Palette) -> list[str]:
    """Pairs that a page shows because of the council's colours and that are not among those that were checked."""
    checked = {(pair.colour, pair.on) for role in ROLES for pair in pairs(role, getattr(palette, role)) if pair.passes}
    own = {getattr(palette, role) for role in ROLES} | {hovered(palette.link), hovered(palette.button)}
    unknown = []
    for each in shown:
        kind, colour, on = each.split()
        if colour == on or not own & {colour, on} or (colour, on) in checked:
            continue
        if kind == "shape" and on == palette.header:  # the line under the bar at the top, which tells nothing
            continue
        unknown.append(each)
    return unknown


@pytest.mark.parametrize("page_name", ["start", "error", "automatic"])
def test_a_branded_page_works_in_the_persons_own_colours(branded: Branded, page_name: str, visitor: Visitor) -> None:
    page = visitor.page
    page.emulate_media(forced_colors="active")
    page.goto(branded.path(page_name))
    assert page.evaluate("() => matchMedia('(forced-colors: active)').matches")
    own = {getattr(branded.palette, role) for role in ROLES}
    assert [each for each in page.evaluate(_SHOWN) if own & set(each.split())] == []
    assert keyboard_faults(page) == []
    page.emulate_media(forced_colors="none")


def test_the_council_is_told_by_its_logo_and_its_name(branded: Branded, visitor: Visitor) -> None:
    visitor.page.goto(branded.path("start"))
    logo = visitor.page.locator(".app-header__logo")
    assert logo.count() == (1 if branded.council.logo else 0)
    if branded.council.logo:
        assert logo.evaluate("(image) => image.complete && image.naturalWidth > 0")
        assert logo.bounding_box() is not None
    assert visitor.page.get_by_role("link", name=branded.council.name("en"), exact=True).is_visible()

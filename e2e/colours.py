"""The colours that a page shows, held against those that its council may bring, and what is left in a person's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.councils.palette import NEUTRAL, ROLES, Palette, hovered, pairs
from e2e import law
from e2e.keyboard import LOOK, WANTED

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Every colour of text on its background, and of each edge and mark on what is behind it. What is transparent shows what
# is under it; the browser's own colours of focus are not the council's.
SHOWN = """() => {
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

# With the person's own colours (backgrounds and shadows of ours are gone): does the focus show, does it show what is
# chosen where our styles draw the box, and has each button an edge? Only to be asked after a key has been pressed.
_FORCED = f"""() => {{ {LOOK} {WANTED}
    const found = [];
    const name = (element) => element.outerHTML.slice(0, 120);
    const pause = document.createElement("button");
    document.body.append(pause);
    pause.focus();
    const before = wanted.map(look);
    wanted.forEach((element, place) => {{
        element.focus();
        if (document.activeElement === element && look(element) === before[place]) {{
            found.push(`the focus does not show on ${{name(element)}}`);
        }}
    }});
    pause.focus();
    for (const field of document.querySelectorAll("input[type=radio], input[type=checkbox]")) {{
        const style = getComputedStyle(field);
        const drawnByBrowser = style.opacity !== "0" && style.appearance !== "none";
        if (drawnByBrowser || !(field.labels ?? []).length) continue;
        const chosen = document.querySelector(`[name="${{CSS.escape(field.name)}}"]:checked`);
        field.checked = false;
        const empty = look(field);
        field.checked = true;
        if (look(field) === empty) found.push(`it does not show whether this is chosen: ${{name(field)}}`);
        field.checked = false;
        if (chosen) chosen.checked = true;
    }}
    pause.remove();
    for (const button of document.querySelectorAll("button, .govuk-button")) {{
        const {{ appearance, borderTopStyle, borderTopWidth }} = getComputedStyle(button);
        const edge = appearance === "auto" || (borderTopStyle !== "none" && parseFloat(borderTopWidth) > 0);
        if (button.checkVisibility() && !edge) found.push(`no edge shows of ${{name(button)}}`);
    }}
    return found;
}}"""

_MOVING = """() => {
    const LONGEST = 0.01;
    const seconds = (value) => Math.max(...value.split(",").map((each) => parseFloat(each)));
    const moves = (style) => (style.transitionProperty !== "none" && seconds(style.transitionDuration) > LONGEST)
        || (style.animationName !== "none" && seconds(style.animationDuration) > LONGEST);
    const found = [...document.querySelectorAll("body *")]
        .filter((element) => moves(getComputedStyle(element)))
        .map((element) => `${element.localName}.${element.className} still moves`);
    const running = document.getAnimations().map((each) => `an animation runs: ${each.animationName ?? ""}`);
    const glides = getComputedStyle(document.documentElement).scrollBehavior === "smooth";
    return [...found, ...running, ...(glides ? ["the page glides"] : [])];
}"""


EVERYBODYS = {"#ffffff", "#000000"}
"""Colours that a council may choose and that pages show all the same without it."""


def palette_of(council: str | None) -> Palette:
    """The colours of a council's pages, or the neutral ones."""
    found = law.council_of(council)
    return (found and found.said.colours) or NEUTRAL


def brand_faults(page: Page, council: str | None) -> list[str]:
    """Pairs of colours that the page shows because of the council and that were not checked when its file was read."""
    palette, shown = palette_of(council), page.evaluate(SHOWN)
    checked = {(pair.colour, pair.on) for role in ROLES for pair in pairs(role, getattr(palette, role)) if pair.passes}
    own = {*_colours(palette), hovered(palette.link), hovered(palette.button)} - EVERYBODYS
    found = []
    for each in shown:
        kind, colour, on = each.split()
        if colour == on or not own & {colour, on} or (colour, on) in checked:
            continue
        if kind == "shape" and on == palette.header:  # the line under the bar at the top, which tells nothing
            continue
        found.append(f"nobody has checked {each}")
    if council and not any(colour in each for colour in _colours(palette) for each in shown):
        found.append("the page shows no colour of the council")
    return found


def preference_faults(page: Page, council: str | None) -> dict[str, list[str]]:
    """By the name of the check, what a page does wrong for a person who wants their own colours, or no movement."""
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    own = _colours(palette_of(council)) - EVERYBODYS
    found = {
        "forced colours": [
            *page.evaluate(_FORCED),
            *(f"a colour of the council is left: {each}" for each in page.evaluate(SHOWN) if own & set(each.split())),
        ],
        "reduced motion": page.evaluate(_MOVING),
    }
    page.emulate_media(forced_colors="none", reduced_motion="no-preference")
    return found


def _colours(palette: Palette) -> set[str]:
    return {getattr(palette, role) for role in ROLES}

"""What a person meets who walks through a page with the Tab key."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Everything that Tab should reach, in order; of a group of radios, the chosen one or the first.
_PREPARE = """() => {
    const reachable = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled
        && element.tabIndex >= 0 && element.type !== "hidden";
    const standsForGroup = (element) => {
        if (element.type !== "radio") return true;
        const group = [...document.getElementsByName(element.name)];
        return element === (group.find((radio) => radio.checked) ?? group[0]);
    };
    const style = (element, part) => {
        const { outline, boxShadow, backgroundColor, border, color, clipPath } = getComputedStyle(element, part);
        return [outline, boxShadow, backgroundColor, border, color, clipPath].join();
    };
    const all = "a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]";
    const wanted = [...document.querySelectorAll(all)].filter(reachable).filter(standsForGroup);
    const look = (element) => [element, ...(element.labels ?? [])]
        .flatMap((each) => [style(each), style(each, "::before"), style(each, "::after")]).join("|");
    window.walk = { wanted, look, before: [] };
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    window.walk.before = wanted.map(look);
    return wanted.map((element) => element.outerHTML.slice(0, 120));
}"""

_WHERE = """() => {
    const element = document.activeElement;
    const { wanted, look, before } = window.walk;
    const place = wanted.indexOf(element);
    if (place < 0) return { place, shown: true, free: true, name: element.outerHTML.slice(0, 120) };
    const box = element.getClientRects()[0];
    const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const own = [element, ...(element.labels ?? [])];
    return {
        place,
        shown: look(element) !== before[place],
        free: hit !== null && own.some((each) => each.contains(hit)),
        name: element.outerHTML.slice(0, 120),
    };
}"""


def keyboard_faults(page: Page) -> list[str]:
    """What Tab does not reach, or reaches out of order, without showing where it is, or underneath something else."""
    wanted: list[str] = page.evaluate(_PREPARE)
    found: list[str] = []
    for expected in range(len(wanted)):
        page.keyboard.press("Tab")
        where = page.evaluate(_WHERE)
        if where["place"] != expected:
            return [*found, f"Tab should come to {wanted[expected]} and came to {where['name']}"]
        if not where["shown"]:
            found.append(f"the focus does not show on {where['name']}")
        if not where["free"]:
            found.append(f"something covers {where['name']} while it has the focus")
    page.keyboard.press("Tab")
    if (left := page.evaluate(_WHERE))["name"].startswith("<body"):
        return found
    return [*found, f"Tab does not leave the page, but comes to {left['name']}"]

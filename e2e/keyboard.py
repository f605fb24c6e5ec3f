"""What a person meets who walks through a page with the Tab key."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

# How an element looks, with its labels and what styles add to each, in whatever shows where the focus or a choice is.
LOOK = """
    const style = (element, part) => {
        const all = getComputedStyle(element, part);
        const { outlineStyle, boxShadow, backgroundColor, border, color, clipPath, opacity } = all;
        const ring = outlineStyle === "none" ? "" : all.outline;
        return [ring, boxShadow, backgroundColor, border, color, clipPath, opacity].join();
    };
    const look = (element) => [element, ...(element.labels ?? [])]
        .flatMap((each) => [style(each), style(each, "::before"), style(each, "::after")]).join("|");
"""

# Everything that Tab should reach, in order; of a group of radios, the chosen one or the first.
WANTED = """
    const reachable = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled
        && element.tabIndex >= 0 && element.type !== "hidden";
    const standsForGroup = (element) => {
        if (element.type !== "radio") return true;
        const group = [...document.getElementsByName(element.name)];
        return element === (group.find((radio) => radio.checked) ?? group[0]);
    };
    const all = "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]";
    const wanted = [...document.querySelectorAll(all)].filter(reachable).filter(standsForGroup);
"""

_PREPARE = f"""() => {{ {LOOK} {WANTED}
    window.walk = {{ wanted, look, before: [], seen: [] }};
    // What a frame shows is a page of its own, and walked as such.
    document.querySelectorAll("iframe").forEach((frame) => {{ frame.tabIndex = -1; }});
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    window.walk.before = wanted.map(look);
    return wanted.map((element) => element.outerHTML.slice(0, 120));
}}"""

# Where the focus is each time that Tab is let go, and how it looks there.
_RECORD = """() => {
    const { wanted, look, before, seen } = window.walk;
    const record = () => {
        const element = document.activeElement;
        const place = wanted.indexOf(element);
        const name = element.outerHTML.slice(0, 120);
        if (place < 0) return { place, shown: true, free: true, name };
        const box = element.getClientRects()[0];
        const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        const own = [element, ...(element.labels ?? [])];
        const free = hit !== null && own.some((each) => each.contains(hit));
        return { place, shown: look(element) !== before[place], free, name };
    };
    addEventListener("keyup", () => seen.push(record()), true);
}"""

_SEEN = "() => ({ seen: window.walk.seen, left: document.activeElement.outerHTML.slice(0, 120) })"


def keyboard_faults(page: Page) -> list[str]:
    """What Tab does not reach, or reaches out of order, without showing where it is, or underneath something else."""
    page.bring_to_front()  # where another walk in this tab has left the page, the browser's own buttons have the focus
    wanted: list[str] = page.evaluate(_PREPARE)
    page.evaluate(_RECORD)
    for _ in range(len(wanted) + 1):
        page.keyboard.press("Tab")
    walk = page.evaluate(_SEEN)
    found: list[str] = []
    for expected, where in enumerate(walk["seen"][: len(wanted)]):
        if where["place"] != expected:
            return [*found, f"Tab should come to {wanted[expected]} and came to {where['name']}"]
        if not where["shown"]:
            found.append(f"the focus does not show on {where['name']}")
        if not where["free"]:
            found.append(f"something covers {where['name']} while it has the focus")
    if len(walk["seen"]) < len(wanted):
        return [*found, f"Tab should come to {wanted[len(walk['seen'])]} and left the page"]
    if walk["left"].startswith("<body"):
        return found
    return [*found, f"Tab does not leave the page, but comes to {walk['left']}"]

"""What is left of a page without scripts, without styles, and without pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

# What can be seen of the words. What a script adds besides (a list of matches, buttons to copy or print) is left out.
_SAID = """() => [...document.querySelectorAll("main :is(h1, h2, h3, h4, p, li, dt, dd, label, legend, a, button)")]
    .filter((element) => element.checkVisibility())
    .filter((element) => !element.closest("[role=listbox], [role=status], button[type=button]"))
    .map((element) => element.innerText.trim().replace(/\\s+/g, " "))
    .filter((text) => text !== "")"""

_FORMS = """() => {
    const found = [];
    const shown = (element) => element.checkVisibility({ visibilityProperty: true });
    for (const form of document.forms) {
        if (!form.getAttribute("action")) found.push("a form leads nowhere");
        const button = [...form.elements].find((each) => each.type === "submit" && shown(each));
        if (!button) found.push("a form has no button to send it");
        for (const field of form.elements) {
            if (["hidden", "submit", "fieldset", "button"].includes(field.type)) continue;
            if (field.closest("details:not([open])")) continue;  // which opens without a script
            if (!field.name) found.push(`a field is not sent: ${field.outerHTML.slice(0, 120)}`);
            if (!shown(field)) found.push(`a field cannot be reached: ${field.outerHTML.slice(0, 120)}`);
        }
    }
    return found;
}"""

# What can be seen with styles can be seen without, in the same order, and styles say nothing of their own.
_STYLES = """() => {
    const found = [];
    const name = (element) => element.outerHTML.slice(0, 120);
    const parts = "h1, h2, h3, h4, p, li, dt, dd, th, td, label, legend, input, select, button, a, summary, img";
    const shown = [...document.querySelectorAll(parts)]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }));
    for (const element of document.querySelectorAll("body *")) {
        for (const part of ["::before", "::after"]) {
            const { content } = getComputedStyle(element, part);
            if (/^".*[\\p{L}\\p{N}].*"$/u.test(content)) found.push(`only styles say ${content}`);
        }
        const { order, flexDirection } = getComputedStyle(element);
        if (order !== "0" || flexDirection.endsWith("reverse")) found.push(`styles reorder ${name(element)}`);
    }
    const blocks = shown.filter((element) => element.matches("main :is(h1, h2, h3, h4, p, legend)"))
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 1 && box.height > 1);
    for (const [place, { element, box }] of blocks.entries()) {
        const before = blocks[place - 1]?.box;
        const above = before && box.bottom <= before.top && box.left < before.right && before.left < box.right;
        if (above) found.push(`styles lift ${name(element)} above what comes before it`);
    }
    const sheets = [...document.styleSheets];
    sheets.forEach((sheet) => { sheet.disabled = true; });
    found.push(...shown.filter((element) => !element.checkVisibility({ visibilityProperty: true }))
        .map((element) => `cannot be seen without styles: ${name(element)}`));
    sheets.forEach((sheet) => { sheet.disabled = false; });
    for (const field of document.querySelectorAll("main :is(input:not([type=hidden]), select, textarea)")) {
        if (!field.checkVisibility()) continue;
        const known = (field.labels ?? []).length || field.ariaLabel || field.getAttribute("aria-labelledby");
        if (!known) found.push(`a field without a label: ${name(field)}`);
    }
    for (const set of document.querySelectorAll("fieldset")) {
        if (set.firstElementChild?.localName !== "legend") found.push(`a group without its name first: ${name(set)}`);
    }
    for (const error of document.querySelectorAll(".govuk-error-message")) {
        const field = error.closest(".govuk-form-group")?.querySelector("input, select, textarea");
        const first = field && error.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING;
        if (!first) found.push("an error is not before its field");
    }
    return found;
}"""

# Nothing is said by a picture alone: what leads somewhere has a name in words, and so has the council at the head.
_PICTURES = """(council) => {
    const found = [];
    const name = (element) => element.outerHTML.slice(0, 120);
    const words = (element) => [
        element.textContent, element.ariaLabel ?? "", element.title ?? "",
        ...[...element.querySelectorAll("img")].map((image) => image.alt),
    ].join(" ").replace(/\\s+/g, " ").trim();
    for (const image of document.images) {
        if (!image.hasAttribute("alt")) found.push(`no words stand for ${name(image)}`);
    }
    for (const link of document.querySelectorAll("a[href], button")) {
        const named = words(link) || (link.getAttribute("aria-labelledby") ?? "");
        if (!named) found.push(`only a picture says where this leads: ${name(link)}`);
    }
    for (const element of document.querySelectorAll("body *")) {
        const { backgroundImage, textIndent, fontSize } = getComputedStyle(element);
        const moved = Math.abs(parseFloat(textIndent)) > 99 || fontSize === "0px";
        if (backgroundImage.includes("url(") && moved) found.push(`a picture stands for the words of ${name(element)}`);
    }
    const header = document.querySelector(".app-header");
    if (council && header && !words(header).includes(council)) found.push(`the head does not say ${council}`);
    return found;
}"""


def script_faults(page: Page, bare: Page) -> list[str]:
    """What the page, as it opened, says with scripts and not without; and forms that need a script."""
    said, bare_said = page.evaluate(_SAID), page_words(bare)
    missing = [each for each in dict.fromkeys(said) if each not in bare_said]
    return [*(f"not said without scripts: {each[:120]}" for each in missing), *bare.evaluate(_FORMS)]


def page_words(page: Page) -> set[str]:
    """Everything that a page says in its main content, by paragraph."""
    return set(page.evaluate(_SAID))


def style_faults(page: Page) -> list[str]:
    """What only styles say, order or show; a field without its label, or with its error after it."""
    found: list[str] = page.evaluate(_STYLES)
    return found


def picture_faults(page: Page, council: str | None) -> list[str]:
    """What only a picture says; ``council`` is the name that stands at the head of the page."""
    found: list[str] = page.evaluate(_PICTURES, council)
    return found

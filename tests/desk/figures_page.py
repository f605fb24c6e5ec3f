"""A page of figures as tests read it."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from tests.page_client import parse, text_of

CHART = ".//*[@role='img']"
KINDS = pytest.mark.parametrize("kind", ["figures", "questions"])


def tables(page: str) -> dict[str, ET.Element]:
    """The sections of a page that have a table, by id."""
    return {
        str(section.get("aria-labelledby")): section
        for section in parse(page).iter("section")
        if section.find(".//table") is not None
    }


def table(page: str, section: str) -> dict[str, list[str]]:
    """The cells of a section's rows, by what stands at the head of each row."""
    return rows_of(tables(page)[section])


def rows_of(section: ET.Element) -> dict[str, list[str]]:
    """The same of a section that has been found."""
    found = {}
    for row in section.iter("tr"):
        head, cells = row.find("th[@scope='row']"), row.findall("td")
        if head is not None:
            name = (head.text or "").strip()
            found[name] = [text_of(cell) for cell in cells]
    return found

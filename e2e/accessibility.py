"""What axe finds wrong with a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LET_THROUGH = ("region", ".govuk-back-link")
"""The back link stands between header and main content, in no landmark, on purpose: GOV.UK Frontend's own tests switch
the rule `region` off for it. Here the rule stays on for everything else.
"""

_axe = Axe()
_OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}


def axe_faults(page: Page) -> list[str]:
    """Each rule broken, with the place."""
    results = _axe.run(page, options=_OPTIONS).response
    found = []
    for violation in results["violations"]:
        places = [" ".join(map(str, node["target"])) for node in violation["nodes"]]
        found += [f"{violation['id']} at {place}" for place in places if (violation["id"], place) != LET_THROUGH]
    return found

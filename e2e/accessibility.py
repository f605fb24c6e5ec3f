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
# Of all that axe tells, what was found wrong: the rest takes longer to carry here than most rules take.
_RUN = """async (options) => (await axe.run(options)).violations
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => [id, target]))"""


def axe_faults(page: Page) -> list[str]:
    """Each rule broken, with the place."""
    page.evaluate(_axe.axe_script)
    broken = [(rule, " ".join(map(str, target))) for rule, target in page.evaluate(_RUN, _OPTIONS)]
    return [f"{rule} at {place}" for rule, place in broken if (rule, place) != LET_THROUGH]

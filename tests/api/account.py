"""What a finished check says, read from an outcome page and from the API, to hold one against the other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from app.web.markdown import inline

OUTCOME = re.compile(r'data-outcome="(\w+)"')
_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_REASON = re.compile(
    r'app-reason--([a-z-]+)">\s*<h\d class="app-reason__name">(.*?)</h\d>.*?<p class="app-reason__why">(.*?)</p>',
    re.DOTALL,
)
_EVIDENCE = re.compile(r'<li class="app-evidence__item">(.*?)</li>', re.DOTALL)
_SHOWS_NOT_MET = ("depends", "unlikely")


@dataclass(frozen=True)
class Account:
    """Which outcome, why, and which proof to find. Reasons are status, name and why, in the order shown."""

    outcome: str
    title: str
    reasons: tuple[tuple[str, str, str], ...]
    evidence: tuple[str, ...]


def account_of_page(html: str) -> Account:
    """From an outcome page, framed or not."""
    return Account(
        OUTCOME.findall(html)[0],
        unescape(_TITLE.findall(html)[0].strip()),
        tuple((status, unescape(name), unescape(why)) for status, name, why in _REASON.findall(html)),
        tuple(unescape(item) for item in _EVIDENCE.findall(html)),
    )


def account_of_api(answered: dict[str, Any]) -> Account:
    """From a response with an outcome; what our pages leave out of it is left out here too."""
    said = answered["outcome"]
    shown = {"because": "met", "also_met": "met", "open": "open"}
    if said["id"] in _SHOWS_NOT_MET:
        shown["not_met"] = "not-met"
    return Account(
        said["id"],
        said["title"],
        tuple(
            (status, reason["name"], unescape(inline(reason["why"])))
            for part, status in shown.items()
            for reason in said["reasons"][part]
        ),
        tuple(unescape(inline(text)) for text in said["evidence"]),
    )

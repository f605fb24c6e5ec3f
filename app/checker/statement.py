"""What a council's privacy notice, accessibility statement and impact assessment say of that council."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from app.engine.formula import comparisons
from app.tallies.receipt import LIFETIME
from app.web.sealed_state import LIFETIME_SECONDS, CheckState

if TYPE_CHECKING:
    from app.councils.council import Council
    from app.engine.rulebook import Service
    from app.engine.rules import Rules
    from app.web.site_words import SiteWords

TITLES = {
    "privacy": "privacy.title",
    "cookies": "cookies.title",
    "accessibility": "accessibility.title",
    "data-protection": "dpia.title",
    "documents": "documents.title",
    "phone-script": "script.title",
}
"""The statements by the last part of their addresses, with the keys of their headings."""

HOURS = LIFETIME_SECONDS // 3600
"""For how long the address of a page opens."""

MONTHS = LIFETIME.days * 12 // 366
"""For how long a code opens."""

STATE = tuple(field.name for field in fields(CheckState))
"""What the address of a page holds; the words have a line for each."""


@dataclass(frozen=True, slots=True)
class AskedOf:
    """A question that people of a nation can be asked, and the answers that they can choose from."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk to the people who check, with the levels that we propose. The words have its name and its measures."""

    name: str
    likelihood: str
    severity: str
    overall: str
    effect: str
    residual: str


RISKS = (
    Risk("link", "possible", "significant", "medium", "reduced", "low"),
    Risk("log", "remote", "significant", "medium", "reduced", "low"),
    Risk("wrong", "possible", "significant", "medium", "reduced", "low"),
    Risk("code", "possible", "minimal", "low", "accepted", "low"),
    Risk("totals", "remote", "significant", "low", "reduced", "low"),
    Risk("calls", "possible", "significant", "medium", "reduced", "low"),
    Risk("around", "possible", "minimal", "low", "reduced", "low"),
    Risk("imitation", "remote", "significant", "low", "reduced", "low"),
    Risk("takeover", "remote", "significant", "medium", "reduced", "low"),
    Risk("intrusion", "remote", "severe", "medium", "reduced", "low"),
)


def key_in(nation: str, key: str, words: SiteWords) -> str:
    """The key of what is said in a nation: one of its own, where its acts or regulators are others, or the usual."""
    own = f"{key}_{nation}"
    return own if own in words.words else key


def enforcement(nations: Iterable[str], words: SiteWords) -> tuple[str, ...]:
    """The keys of who enforces the accessibility regulations in these nations."""
    return tuple(dict.fromkeys(key_in(nation, "accessibility.regulator", words) for nation in nations))


def statement(council: Council, service: Service, words: SiteWords, day: date, address: str) -> dict[str, Any]:
    """What the templates of a council's statements need; ``address`` is that of its start page, whole."""
    language = words.language
    rules = service.rules(council.nation, day)
    return {
        "council": council,
        "contact": council.name(language),
        "address": address,
        "page_address": partial(urljoin, address),
        "regulators": enforcement((council.nation,), words),
        "act": words.text(key_in(council.nation, "dpia.act", words)),
        "nation": service.words[language].nations[council.nation],
        "asked": tuple(_asked(rules, service, language)) if rules else (),
        "hours": str(HOURS),
        "months": str(MONTHS),
        "state": STATE,
        "risks": RISKS,
    }


def _asked(rules: Rules, service: Service, language: str) -> Iterator[AskedOf]:
    hung_on = {each.question for criterion in rules.criteria for each in comparisons(criterion.whole)}
    words = service.words[language].questions
    for question in rules.questions:
        if question.id in hung_on:
            said = words[question.id]
            labels = tuple(said.options[option].label.they for option in question.offers)
            yield AskedOf(said.title.they, labels)

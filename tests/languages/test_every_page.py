"""Every page in every state, in each language: nothing on it but words of that language, and the same page in both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import unescape
from itertools import islice
from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from pydantic import BaseModel
from werkzeug.test import TestResponse

from app import create_app
from app.checker.site import Site
from app.councils.slots import Prose
from app.councils.wording import Wording
from app.engine.answers import parse_answers
from app.settings import ROOT, Settings
from app.tallies import schema
from tests.conftest import Clock
from tests.engine.change_of_law import (
    PAIN_NO_LONGER_COUNTS,
    REGISTRATION_IS_NOT_ENOUGH,
    SHORTER_COUNTS,
    TARIFF_NO_LONGER_ASKED,
    change_law,
    withdraw,
)
from tests.engine.test_outlook import FORMER_SOLDIER
from tests.languages.addresses import SERVICE, Address, Addresses
from tests.languages.pseudo import Pseudo, latin, make_pseudo
from tests.tallies.databases import sqlite

KEPT = re.compile(
    r"https?://\S+|[\w.+%-]+@[\w.-]+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?|councils/\S+|/\S+"  # addresses
    r"|\{\w+\}|\b[0-9a-f]{12}\b|\b\d*[A-Z]\b"  # fillings, versions, rows of a sheet
    r"|\b(GOV\.UK|Relay UK|English|embedders|sandbox|scroll-margin-top|iframe|script|integrity|north|zzz)\b"
)
"""What stands on a page in any language: addresses, what was typed, names that have no other form, code to copy."""

FUNCTION_WORDS = frozenset(
    {
        *("about", "and", "answer", "ask", "back", "badge", "check", "council", "error", "for", "from", "have"),
        *("how", "not", "of", "question", "select", "should", "that", "the", "their", "them", "these", "they"),
        *("this", "those", "were", "what", "when", "where", "which", "why", "with", "you", "your"),
    }
)
"""English words that are no Welsh ones, one of which stands in nearly every English sentence."""


ALIKE = 5
"""Pages with one name that are held beside each other in both languages."""


UNSEEN = {
    *(f"date.month.{month}" for month in range(1, 13)),
    *("script.and", "script.not", "script.or", "script.stop_unless", "script.unasked", "script.yes_any"),
    *("letter.begin", "letter.met", "letter.open", "letter.not_met", "letter.source"),
    *("letter.find", "letter.change", "letter.no_change", "letter.if_changed"),
    *("change.gone.one", "change.not_yet.areas", "change.not_yet.several", "change.part"),
    *("dpia.level.high", "dpia.level.probable", "find.english_only", "outcome.also_met", "outcome.week"),
}
"""What only other laws, other changes of the register, other levels of risk or councils would show, or the desk."""


@dataclass(frozen=True)
class Spoken:
    """An application with the language that nobody speaks, and the texts of it that were seen."""

    app: Flask
    pseudo: Pseudo
    seen: set[str]

    def look(self, path: str, client: FlaskClient | None = None) -> TestResponse:
        """Fetches a page, and notes the texts that it shows."""
        response = (client or browser(self.app)).get(path)
        self.seen.update(self.pseudo.seen(response.text))
        return response


def browser(app: Flask) -> FlaskClient:
    """Without the checks of every page, which need their time."""
    return FlaskClient(app, app.response_class)


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Spoken:
    folder = tmp_path_factory.mktemp("pseudo")
    pseudo = make_pseudo(folder, ROOT)
    database = sqlite(folder)
    app = create_app(Settings(rules=folder / "rules", words=folder / "words", examples=True, database=database))
    schema.upgrade(app.extensions["database"])
    return Spoken(app, pseudo, set())


def shown(html: str) -> Iterator[str]:
    """Every piece of text that a page shows or says: between tags, and in attributes that are read out or shown.

    Without what the page itself says is in another language, or is no language at all.
    """
    html = re.sub(r"(?s)<script.*?</script>|<style.*?</style>", "", html)
    html = re.sub(r'(?s)<(\w+)[^>]*(?:\bnotranslate\b|\slang="en")[^>]*>.*?</\1>', "", html)
    for attribute in ("alt", "aria-label", "data-label-[a-z-]+", "placeholder", "title"):
        yield from (unescape(each) for each in re.findall(rf'\s{attribute}="([^"]*)"', html))
    yield from (unescape(each) for each in re.findall(r'<meta name="description" content="([^"]*)"', html))
    yield from (unescape(each) for each in re.sub(r"<[^>]*>", "\n", html).split("\n") if each.strip())


class Names:
    """What stands on a page in any language: names of places, and what councils say of themselves in the language."""

    def __init__(self, app: Flask) -> None:
        site: Site = app.extensions["site"]
        today = site.today()
        places = site.councils.listed(today, "cy")
        found = {place.name(language) for place in places for language in ("en", "cy")}
        found |= {other for place in places for other in place.other_names("cy")}
        own: list[str] = []
        for council in site.councils.all(today):
            found |= {council.name("en"), council.name("cy"), *council.contacts.address, *council.hosts}
            own += _welsh(council.said)
        self._names = re.compile("|".join(map(re.escape, sorted(found, key=len, reverse=True))))
        self._own = frozenset(word for text in own for word in latin(text))
        self._known: dict[str, str] = {}

    def without(self, text: str) -> str:
        """The text without them."""
        if text not in self._known:
            self._known[text] = KEPT.sub(" ", self._names.sub(" ", text))
        return self._known[text]

    def unknown(self, text: str) -> list[str]:
        """The words of the text in letters that the language nobody speaks has not."""
        return [word for word in latin(self.without(text)) if word not in self._own]


def _welsh(said: object) -> Iterator[str]:
    if isinstance(said, Wording | Prose):
        yield said.to("cy")
    elif isinstance(said, BaseModel):
        for name in type(said).model_fields:
            yield from _welsh(getattr(said, name))
    elif isinstance(said, tuple):
        for each in said:
            yield from _welsh(each)


@pytest.fixture(scope="module")
def names(spoken: Spoken) -> Names:
    return Names(spoken.app)


def skeleton(html: str) -> list[str]:
    """A page without its words: its elements, what they are called, and where its links lead."""
    html = re.sub(
        r'(?s)<nav class="app-languages.*?</nav>|<select.*?</select>|<meta name="description"[^>]*>', "", html
    )
    # A sheet of paper has room for more in one language than in the other.
    html = re.sub(r'(?s)<div class="app-paper app-.*?<div class="app-paper__foot">.*?</div>\s*</div>', "", html)
    html = re.sub(r"/(?:en|cy)/|/\?language=(?:en|cy)", "/{}/", re.sub(r"\?s=[\w-]+", "?s=", html))
    html = re.sub(r'\s(?:lang|alt|aria-label|title|hreflang|data-label-[a-z-]+|data-copied)="[^"]*"', "", html)
    html = re.sub(r'name="s" value="[^"]*"', "", html)
    return re.findall(r"<[^>]*>", html)


def test_every_page_shows_nothing_but_the_words_of_its_language_and_every_word_is_on_some_page(
    spoken: Spoken, names: Names, tmp_path: Path
) -> None:
    client, count = browser(spoken.app), 0
    found: dict[str, str] = {}
    for address in Addresses(spoken.app).all():
        response = spoken.look(address.to("cy"), client)
        count += 1
        assert response.status_code == address.status, address.name
        assert '<html lang="cy"' in response.text, address.name
        for text in shown(response.text):
            for word in names.unknown(text):
                found.setdefault(word, f"{address.name}: {text.strip()}")
    print(f"{count} pages")
    assert found == {}
    assert count > 1000
    rare = make_rare(tmp_path)
    see_rare(rare, tmp_path / "documents")
    assert set(spoken.pseudo.keys) - spoken.seen - rare.seen <= UNSEEN


def test_every_page_in_welsh_holds_no_english_and_is_the_page_that_it_is_in_english(app: Flask) -> None:
    client, names, count = browser(app), Names(app), 0
    found: dict[str, str] = {}
    for address in _some(Addresses(app).all()):
        welsh, english = (client.get(address.to(language)).text for language in ("cy", "en"))
        count += 1
        assert skeleton(welsh) == skeleton(english), address.name
        for text in shown(welsh):
            for word in re.findall(r"[a-z’]+", names.without(text).lower()):
                if word in FUNCTION_WORDS:
                    found.setdefault(word, f"{address.name}: {text.strip()}")
    print(f"{count} pages in each language")
    assert found == {}
    assert count > 1000


def _some(addresses: Iterator[Address]) -> Iterator[Address]:
    """Of many pages with one name, such as one outcome of many people, a few: the test before saw the words of all."""
    met: Counter[str] = Counter()
    for address in addresses:
        met[address.name] += 1
        if met[address.name] <= ALIKE:
            yield address


def make_rare(folder: Path) -> Spoken:
    """With a law to come, versions taken back, previews, and somebody who runs the service."""
    gone = "id: mistaken, nation: england, version: 'abcdef012341', withdrawn: 2026-11-01"

    def edit(rules: Path) -> None:
        changes = (SHORTER_COUNTS, PAIN_NO_LONGER_COUNTS, TARIFF_NO_LONGER_ASKED, REGISTRATION_IS_NOT_ENOUGH)
        change_law(rules, *changes)
        withdraw(rules, gone, words=["mistaken"])

    pseudo = make_pseudo(folder, ROOT, edit)
    settings = Settings(
        rules=folder / "rules",
        words=folder / "words",
        examples=True,
        preview=True,
        operator="Example Ltd",
        database=sqlite(folder / "nowhere"),
    )
    app = create_app(settings)
    app.add_url_rule("/fail/cy/<int:code>", "fail", abort)
    return Spoken(app, pseudo, set())


def see_rare(rare: Spoken, folder: Path) -> None:
    """Looks at everything that takes another day, another setting or a mistake."""
    clock = Clock()
    rare.app.extensions["site"] = replace(rare.app.extensions["site"], now=clock)
    addresses = Addresses(rare.app)
    kent, surrey = f"/kent/{SERVICE}/cy/", f"/surrey/{SERVICE}/cy/"
    today = addresses.service.rules("england", addresses.site.today())
    assert today is not None
    soldier = parse_answers(addresses.service.vocabulary, FORMER_SOLDIER)
    for path in (
        *(f"{kent}start?as_of={day}" for day in ("2027-06-01", "1999-01-01", "x")),
        f"{kent}start?person=x",
        f"{kent}start?because=rules-withdrawn&version=abcdef012341",
        f"{kent}criteria",
        f"{kent}privacy",
        f"{kent}shared?s={addresses.finished('kent')}",
        f"/east-surrey/{SERVICE}/cy/start",
        *(f"/fail/cy/{status}" for status in (400, 403, 405, 413, 500, 503)),
        *(each.to("cy") for each in addresses.outcomes(today, "kent", soldier)),
        *(each.to("cy") for each in islice(addresses.outcomes(today, "northfold"), 9)),
    ):
        rare.look(path)
    client = browser(rare.app)
    for response in (
        client.get(f"{kent}start", base_url="http://unknown.example", headers={"Accept-Language": "cy"}),
        client.post(f"/embed{kent}check", headers={"Origin": "https://elsewhere.example"}),
    ):
        rare.seen.update(rare.pseudo.seen(response.text))
    for slug in ("northfold", "brackwater", "strathorran", "lough-fenn", "argleton"):
        rare.look(f"/{slug}/{SERVICE}/cy/start")
    made = rare.app.test_cli_runner().invoke(
        args=["councils", "documents", "kent", "--at", "https://a.example", "--into", str(folder)]
    )
    assert made.exit_code == 0, made.output
    for document in folder.glob("*.cy.html"):
        rare.seen.update(rare.pseudo.seen(document.read_text()))
    clock.time = datetime(2027, 4, 2, 12, tzinfo=UTC)
    for path in (
        *(f"{surrey}start{asked}" for asked in ("", "?because=council-gone")),
        f"/{SERVICE}/cy/confirm-your-council?council=surrey",
        *(each.to("cy") for each in addresses.outcomes(today, "kent")),
    ):
        rare.look(path)

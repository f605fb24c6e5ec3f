"""Names and words of councils that nobody expects: a page on the narrowest screen holds them, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from e2e import law
from e2e.layout import fit_faults
from e2e.server import Server, serve
from tests.councils.factory import write_council, write_councils

if TYPE_CHECKING:
    from e2e.conftest import OpenBrowser

NAMES = {
    "northshire": ("Northshire and the Vale of " * 5)[:120].strip(),
    "gwent": "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2 + "Llan",
}
WORDS = {
    "en": "Ask us \U0001f44d\U0001f3fd at the cafe\u0301 \u2764\ufe0f, **a\u0301\u0302\u0303** and 中文 العربية ਪੰਜਾਬੀ.",
    "cy": "Holwch ni \U0001f3f4 yn Nhy\u0302 Gw\u0302yr \u2764\ufe0f, **w\u0302\u0301\u0303** a தமிழ்.",
}
LONGEST_WORD = "W" * 120


@pytest.fixture(scope="module")
def unusual_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The service with two councils whose names and words are as unusual as they may be."""
    folder = write_councils(tmp_path_factory.mktemp("councils") / "councils")
    for slug, name in NAMES.items():
        both = "{" + ", ".join(f'{language}: "{words} {LONGEST_WORD}"' for language, words in WORDS.items()) + "}"
        lines = [
            f'name: {{en: "{name}", cy: "{name[::-1].strip()}"}}',
            "contacts:",
            "  phone: 01632 960199",
            f"  opening_hours: {both}",
            "words:",
            *(f"  {slot}: {both}" for slot in ("start", "practical", "evidence", "apply", "privacy")),
            f"notices: [{{text: {both}}}]",
            f"footer: [{{text: {both}, link: https://a.example}}]",
        ]
        write_council(folder, slug, "\n".join(lines))
    with serve([law.KEY], COUNCILS=str(folder), EXAMPLE_COUNCILS="0") as running:
        yield running


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("slug", NAMES)
def test_names_and_words_as_unusual_as_they_may_be_fit(
    unusual_server: Server, open_browser: OpenBrowser, slug: str, language: str
) -> None:
    page = open_browser(unusual_server.url).page
    base = f"{unusual_server.url}/{slug}/blue-badge/{language}/"
    for address in ("start", "check", "privacy", "criteria", "for-websites"):
        page.goto(base + address)
        assert page.locator("html").get_attribute("lang") == language
        assert (NAMES[slug] if language == "en" else NAMES[slug][::-1].strip()) in page.inner_text("body")
        if address == "start":
            assert page.get_by_text(WORDS[language].partition("**")[0].strip()).count() >= 1
        assert {name: each for name, each in fit_faults(page).items() if each} == {}, address

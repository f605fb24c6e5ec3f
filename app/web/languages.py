"""The languages that a page can be read in, and the way to this page in each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from flask import current_app, g, request
from werkzeug.exceptions import NotFound

from app.web.site_words import FIRST, SiteWords


class NotInThisLanguageError(NotFound):
    """A page asked for in a language in which its council does not have it."""


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A language by its own name, and this page in it: nothing leads to the page as it is now.

    ``link`` is relative, so that the print stylesheet, which writes out other links, leaves the state off the paper.
    """

    code: str
    name: str
    direction: str
    link: str | None


def languages() -> Mapping[str, SiteWords]:
    """The words of every language that there is."""
    found: Mapping[str, SiteWords] = current_app.extensions["languages"]
    return found


def offer(codes: Collection[str]) -> None:
    """Says in which languages the page of this request can be had."""
    g.offered_languages = codes


def language_links(current: str) -> Iterator[LanguageLink]:
    """This page in every language in which it can be had; none where its address names no language.

    What was sent cannot be had by a link.
    """
    code, after = _address()
    if code is None or request.method not in ("GET", "HEAD"):
        return
    offered: Collection[str] = g.get("offered_languages", languages())
    query = request.query_string.decode("ascii", "replace")
    for words in languages().values():
        if words.language in offered:
            up = "../" * len(after) or "./"
            link = f"{up}{'/'.join((words.language, *after))}{'?' if query else ''}{query}"
            yield LanguageLink(words.language, words.name, words.direction, None if words.language == current else link)


def words_asked_for() -> SiteWords:
    """The words of the language in the address, or of the one that the browser asks for where it names none."""
    code, _ = _address()
    return languages()[code or preferred(languages())]


def preferred(offered: Collection[str]) -> str:
    """The language for an address that names none: the one asked for in its query, or else by the browser."""
    accepted = (tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality > 0)
    asked = (request.args.get("language", ""), *accepted)
    return next((code for code in asked if code in offered and code in languages()), FIRST)


def _address() -> tuple[str | None, list[str]]:
    """The language in the path of this request, and what stands after it."""
    parts = request.path.split("/")
    place = next((place for place, part in enumerate(parts) if part in languages()), None)
    return (None, []) if place is None else (parts[place], parts[place + 1 :])

"""``flask translations …``: the words in another language, held against those that they translate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import click
from flask import current_app
from flask.cli import AppGroup

from app.cli.catalogue import Leaf, catalogue
from app.cli.printed import printed
from app.engine.problem import LoadError
from app.web.languages import languages
from app.web.site_words import FIRST

translations = AppGroup("translations", help="See what is to be translated, read again or checked, and note what was.")

_language = click.argument("language")
_keys = click.argument("keys", nargs=-1)


@translations.command("unchecked")
@_language
def unchecked(language: str) -> None:
    """List the texts in LANGUAGE that nobody who speaks it has checked, and the stale ones. Exit 1 if any is stale."""
    leaves = _leaves(language)
    stale = total = count = 0
    for leaf in leaves:
        old = {pair.key for pair in leaf.stale}
        for pair in leaf.checked.unchecked(leaf.pairs):
            count += 1
            click.echo(f"{leaf.name} {pair.key}{' (the English has changed)' if pair.key in old else ''}")
        stale += len(old)
        total += len(leaf.pairs)
    click.echo(f"{count} of {total} texts are not checked, and {stale} are of an English that has changed", err=True)
    if stale:
        raise SystemExit(1)


@translations.command("page")
@_language
@click.option("--all", "every", is_flag=True, help="The texts that are checked too.")
def page(language: str, *, every: bool) -> None:
    """Write a page with the texts that are not checked, in English and LANGUAGE side by side, to read or print."""
    parts = []
    for leaf in _leaves(language):
        stale = {pair.key for pair in leaf.stale}
        shown = leaf.pairs if every else tuple(leaf.checked.unchecked(leaf.pairs))
        parts.append({"name": leaf.name, "pairs": shown, "stale": stale})
    known = languages()
    click.echo(printed("translation.html", parts=parts, first=known[FIRST], other=known[language]))


@translations.command("read")
@_language
@_keys
@click.option("--all", "every", is_flag=True, help="Every text of which the English has changed.")
def read(language: str, keys: tuple[str, ...], *, every: bool) -> None:
    """Note that the texts of KEYS in LANGUAGE were read again, and say what the English says today."""
    _note(language, keys, lambda leaf, chosen: leaf.note_read(chosen), "read again", every=every)


@translations.command("checked")
@_language
@_keys
@click.option("--by", required=True, help="Who has checked them: a name, and what they are.")
@click.option("--all", "every", is_flag=True, help="Every text.")
def checked(language: str, keys: tuple[str, ...], by: str, *, every: bool) -> None:
    """Note that somebody who speaks LANGUAGE has checked the texts of KEYS beside the English."""
    _note(language, keys, lambda leaf, chosen: leaf.note_checked(by, date.today(), chosen), "checked", every=every)


def _note(
    language: str, keys: tuple[str, ...], note: Callable[[Leaf, frozenset[str] | None], int], done: str, *, every: bool
) -> None:
    leaves = _leaves(language)
    if bool(keys) == every:
        raise click.UsageError("name the texts by their keys, or say --all")
    unknown = set(keys) - {pair.key for leaf in leaves for pair in leaf.pairs}
    if unknown:
        raise click.UsageError(f"there is no text {', '.join(sorted(unknown))}; a key is such as words.layout.back")
    chosen = None if every else frozenset(keys)
    click.echo(f"{sum(note(leaf, chosen) for leaf in leaves)} texts noted as {done}")


def _leaves(language: str) -> list[Leaf]:
    known = [code for code in languages() if code != FIRST]
    if language not in known:
        raise click.BadParameter(f"{language!r} is none of {', '.join(known)}", param_hint="LANGUAGE")
    try:
        return list(catalogue(current_app.extensions["settings"], language))
    except LoadError as error:
        raise click.ClickException(str(error)) from error

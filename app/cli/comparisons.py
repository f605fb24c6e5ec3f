"""``flask rules compare``: what an edit of the law does, in people."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from app.checker.site import site
from app.cli.comparison_json import pair_as_data
from app.cli.comparison_text import pair_lines, share
from app.cli.names import Names, names_in
from app.cli.printed import printed
from app.cli.rules import rules
from app.cli.versions import Pair, pairs, read_versions, versions_of
from app.engine.comparison import Comparison, compare
from app.engine.couple import NotComparableError
from app.engine.problem import LoadError

if TYPE_CHECKING:
    from app.cli.versions import Versions


@dataclass(frozen=True, slots=True)
class Compared:
    """A nation's law from a day on, before and after; no comparison where the law is new or was dropped."""

    pair: Pair
    found: Comparison | None

    @property
    def moves(self) -> bool:
        """Whether anybody's outcome changes, or there is law now for people who had none, or the reverse."""
        return self.found is None or self.found.moved > 0


@rules.command("compare")
@click.argument("old")
@click.argument("new")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
@click.option("--page", "as_page", is_flag=True, help="A page of HTML, to print and sign.")
def compare_versions(old: str, new: str, as_json: bool, as_page: bool) -> None:
    """Compare OLD and NEW: each a file of law, a folder of rules, or a date."""
    if as_json and as_page:
        raise click.UsageError("ask for --json or for --page, not for both")
    before, after = read_side(old), read_side(new)
    compared = list(map(compare_pair, pairs(before, after)))
    if not compared:
        raise click.UsageError(f"there are no rules in {old} or in {new}")
    names = names_between(before, after)
    if as_json:
        click.echo(json.dumps({"compared": [pair_as_data(each.pair, each.found) for each in compared]}))
    elif as_page:
        click.echo(printed("comparison.html", old=old, new=new, compared=compared, names=names, share=share))
    else:
        for each in compared:
            for line in pair_lines(each.pair, each.found, names):
                click.echo(line)


def read_side(name: str) -> Versions:
    """One side of a comparison; what is wrong with its files is told before the command ends."""
    try:
        return read_versions(name, site().services)
    except LoadError as error:
        for problem in error.problems:
            click.echo(str(problem))
        raise SystemExit(1) from error


def compare_pair(pair: Pair) -> Compared:
    """The pair, compared; raises UsageError where no one person can walk both."""
    try:
        return Compared(pair, compare(pair.old, pair.new) if pair.old and pair.new else None)
    except NotComparableError as error:
        raise click.UsageError(f"{' '.join(pair.nation)}: {error.code}: {error}") from error


def names_between(old: Versions, new: Versions) -> Names:
    """The names of both sides, and of this application where they brought none."""
    return names_in(new.words, old.words, versions_of("", site().services).words)

"""``flask rules paths`` and ``flask rules pack``: the rules made into what people read, print and sign."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from app.cli.comparisons import compare_pair, names_between, read_side
from app.cli.paths_page import PathsPage
from app.cli.printed import LANGUAGE, printed
from app.cli.rules import rules, rules_in_force
from app.cli.sign_off_sheet import SignOffSheet
from app.cli.versions import Pair
from app.engine.joint_paths import Kind
from app.engine.path_tree import path_tree
from app.engine.sign_off import sign_off
from app.web.pages import tool_words

if TYPE_CHECKING:
    from app.engine.answers import Answers
    from app.engine.rules import Rules

_CHANGES = {Kind.OUTCOME: "pack.outcome", Kind.REASONS: "pack.reasons", Kind.QUESTIONS: "pack.questions"}
DAY = click.DateTime(["%Y-%m-%d"])


@rules.command("paths")
@click.argument("nation")
@click.option("--on", "day", type=DAY, help="The day whose rules to take (today, if none is given).")
@click.option("--service", "service_id", help="The service, where there are several.")
@click.option("--table", "as_table", is_flag=True, help="A table instead of nested lists.")
def paths(nation: str, day: datetime | None, service_id: str | None, as_table: bool) -> None:
    """Write a page with every way through the check of NATION, to read or print."""
    service, law = rules_in_force(nation, day, service_id)
    words = service.words[LANGUAGE]
    tree = path_tree(law)
    page = PathsPage(law, tree, words, tool_words())
    click.echo(
        printed(
            "paths.html",
            service=words.service,
            nation=words.nations[law.nation],
            rules=law,
            total=f"{tree.paths:,}",
            count=len(tree.steps),
            chapters=() if as_table else page.chapters(),
            rows=page.rows() if as_table else (),
            outcomes=page.outcomes(),
        )
    )


@rules.command("pack")
@click.argument("nation")
@click.option("--on", "day", type=DAY, help="The day whose rules to take (today, if none is given).")
@click.option("--service", "service_id", help="The service, where there are several.")
@click.option("--since", help="A file of law, a folder of rules or a date: add people whom the change since moves.")
def pack(nation: str, day: datetime | None, service_id: str | None, since: str | None) -> None:
    """Write a CSV file of people for assessors of NATION to sign: who meets each criterion, and who just misses it."""
    service, law = rules_in_force(nation, day, service_id)
    sheet = SignOffSheet(law, service.words[LANGUAGE], tool_words())
    rows = sign_off(law, _changed(law, since) if since else ())
    # With the mark at its beginning that tells Excel that it is UTF-8; others pass over it.
    click.echo(sheet.csv(rows).encode("utf-8-sig"), nl=False)


def _changed(law: Rules, since: str) -> tuple[tuple[str, Answers], ...]:
    """One person for each kind of change and each cause of it, with what changes for them."""
    before = read_side(since)
    nation = (law.service, law.nation)
    old = before.on(nation, law.in_force)
    if old is None:
        raise click.UsageError(f"{since} has no rules for {' '.join(nation)} to compare with")
    found = compare_pair(Pair(nation, law.in_force, old, law)).found
    text = tool_words().text
    names = names_between(before, before)
    people: list[tuple[str, Answers]] = []
    for change in found.changes if found else ():
        outcomes = {"old": names.outcome(change.old), "new": names.outcome(change.new)}
        for cause in change.causes:
            causes = "; ".join(map(names.criterion, cause.criteria))
            people.append((text("pack.moved", **outcomes, causes=causes), cause.example.answers))
        if not change.causes:
            people.append((text(_CHANGES[change.kind], **outcomes), change.example.answers))
    return tuple(people)

"""``flask rules paths`` and ``flask rules pack``: the rules made into what people read, print and sign."""

from __future__ import annotations

from datetime import datetime

import click
from flask import current_app

from app.cli.paths_page import PathsPage
from app.cli.printed import LANGUAGE, printed
from app.cli.rules import rules, rules_in_force
from app.cli.sign_off_sheet import SignOffSheet
from app.engine.path_tree import path_tree
from app.engine.sign_off import sign_off

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
    page = PathsPage(law, tree, words, current_app.extensions["languages"][LANGUAGE])
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
def pack(nation: str, day: datetime | None, service_id: str | None) -> None:
    """Write a CSV file of people for assessors of NATION to sign: who meets each criterion, and who just misses it."""
    service, law = rules_in_force(nation, day, service_id)
    sheet = SignOffSheet(law, service.words[LANGUAGE], current_app.extensions["languages"][LANGUAGE])
    # With the mark at its beginning that tells Excel that it is UTF-8; others pass over it.
    click.echo(sheet.csv(sign_off(law)).encode("utf-8-sig"), nl=False)

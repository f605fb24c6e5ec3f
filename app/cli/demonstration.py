"""``flask desk demonstrate``: an example council's desk with something to see. What fills it is generated."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from random import Random
from typing import TYPE_CHECKING

import click

from app.checker.site import site
from app.checker.visit import Visit
from app.cli import made_up_reviews
from app.cli.assumptions import SEASONS, SHARES
from app.cli.database import database, fail, told
from app.cli.desk import desk, make_link
from app.cli.made_up_checks import MadeUp, MadeUpChecks
from app.desk.access import Role
from app.desk.invitations import HOURS
from app.tallies import schema
from app.tallies.blur import draw
from app.tallies.calendar import released_months
from app.tallies.cell import CHECKS, Entry, Family, Place
from app.tallies.share import Shares, last_day
from app.tallies.store import Store

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from app.councils.council import Council

MONTHS = 12
COUNCIL = "northfold"
CHECKS_A_YEAR = 4000
NUMBER_BITS = 128
"""As many as to make no two numbers of checks alike."""

Made = tuple[Place, date, MadeUp]
"""A check that was made up, with where and when."""


@desk.command("demonstrate")
@click.argument("council", default=COUNCIL)
@click.option("--checks", default=CHECKS_A_YEAR, show_default=True, help="About how many in a year.")
@click.option("--seed", default=1, show_default=True, help="Another number makes other checks up.")
@click.option("--remove", "only_remove", is_flag=True, help="Take away what is there, and fill in nothing.")
def demonstrate(council: str, checks: int, seed: int, *, only_remove: bool) -> None:
    """Fill the desk of the example COUNCIL (northfold) with what is generated, and print a link that opens it.

    That is a year of checks, answers that were shared, and reviews of cases. Whatever was counted of it and shared with
    it in finished months is replaced; reviews stay, and are made once. Councils that are no examples are refused.
    """
    visit = _visit(_example(council))
    with told():
        engine = database()
        schema.check(engine)
        forget(engine, visit, site().today())
        if only_remove:
            click.echo(f"Nothing is counted for {visit.here.name('en')} in any finished month now. Reviews stay.")
            return
        begun = fill(engine, visit, site().today(), checks, seed)
        opens = made_up_reviews.fill(engine, visit, seed)
    months = released_months(site().today(), MONTHS)
    click.echo(f"{visit.here.name('en')} has {begun} generated checks now, from {months[0]} to {months[-1]}.")
    click.echo(f"To see its desk as a manager, within {HOURS} hours and once:")
    click.echo(make_link(council, Role.MANAGER, opens.known_as, opens.id))


def forget(engine: Engine, visit: Visit, today: date) -> None:
    """Takes away what is counted of an example council, and shared with it, in the months that are released.

    Nobody can take reviews away; those who were made up to give them are let in no more.
    """
    (last,) = released_months(today, 1)
    Store(engine).forget_council(visit.here.slug, visit.service.id, last)
    Shares(engine).forget_council(visit.here.slug, visit.service.id, last)
    made_up_reviews.dismiss(engine, visit.here.slug)


def fill(engine: Engine, visit: Visit, today: date, checks: int, seed: int) -> int:
    """Counts made-up checks in the last months that are released; returns how many were begun.

    A month is filled alike whenever it is done, blur and all, as long as its rules ask and decide as they did.
    """
    made_up, begun = MadeUpChecks(visit), 0
    for month in released_months(today, MONTHS):
        chance = Random(f"{seed} {visit.here.slug} {month}")  # noqa: S311 - nothing here is secret
        made = list(_month(made_up, visit, month, checks, chance))
        entries = [Entry(place, each.things) for place, _, each in made]
        # Counted as if it were still that month: what comes later would count in the month that it comes in.
        Store(engine, partial(draw, chance)).add(entries, date.fromisoformat(f"{month}-01"))
        begun += sum((Family.BEGUN, CHECKS) in entry.things for entry in entries)
        share(Shares(engine), made, today, Random(f"shares {seed} {visit.here.slug} {month}"))  # noqa: S311 - as above
    return begun


def share(shares: Shares, made: Iterable[Made], today: date, chance: Random) -> None:
    """Shares the answers of some who finished, each on the day of the check, if they are still kept today."""
    for place, day, each in made:
        number = chance.getrandbits(NUMBER_BITS)
        if each.finished and chance.random() < SHARES and last_day(day) >= today:
            shares.share(number, place, each.finished.rules.nation, each.finished.journey.answers, day)


def _month(made_up: MadeUpChecks, visit: Visit, month: str, checks: int, chance: Random) -> Iterator[Made]:
    first = date.fromisoformat(f"{month}-01")
    for _ in range(round(checks * SEASONS[first.month - 1] / sum(SEASONS))):
        day = first.replace(day=chance.randint(1, monthrange(first.year, first.month)[1]))
        rules = visit.service.rules(visit.here.nation, day)
        if rules is not None:
            place = Place(visit.here.slug, visit.service.id, month, rules.version)
            yield place, day, made_up.make(rules, chance)


def _example(slug: str) -> Council:
    """The example council of that name; ends the command for any other."""
    council = site().councils.known(slug)
    if council is None:
        fail(f"there is no council {slug!r}; the example councils are there only with EXAMPLE_COUNCILS=1")
    if not council.example:
        fail(f"{council.name('en')} is no example: generated checks are never counted for a council that is real")
    if council.said.links.own_service:
        fail(f"nobody checks with {council.name('en')} here: it has a service of its own")
    return council


def _visit(council: Council) -> Visit:
    return Visit(next(iter(site().services.values())), council.languages[0], council)

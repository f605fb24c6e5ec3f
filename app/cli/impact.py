"""``flask rules impact``: a draft of a law set against what people shared and what was counted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
import yaml

from app.checker.site import site
from app.cli.database import database, told
from app.cli.rules import rules
from app.engine.couple import NotComparableError
from app.engine.problem import LoadError
from app.engine.rulebook import load_draft
from app.tallies import schema
from app.tallies.calendar import released_months
from app.tallies.impact import Impact, council_count, impact_of, months_of, nation_count
from app.tallies.shared_groups import of_council, of_nation

if TYPE_CHECKING:
    from app.engine.rulebook import Service
    from app.engine.traces import Trace
    from app.tallies.bounds import Bound

MONTHS = 12


@rules.command("impact")
@click.argument("draft", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--council", help="Only what may be seen of this council; else of all of the draft's nation.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, which `rules accept --impact` takes.")
def impact(draft: Path, council: str | None, *, as_json: bool) -> None:
    """Show what the law in the file DRAFT would have done to people, as far as what is shown of them can tell."""
    service = next(iter(site().services.values()))
    try:
        with told():
            schema.check(database())
            found = _impact(service, draft.read_bytes(), council)
    except LoadError as error:
        for problem in error.problems:
            click.echo(str(problem))
        raise SystemExit(1) from error
    except NotComparableError as error:
        raise click.UsageError(f"{error.code}: {error}") from error
    if as_json:
        click.echo(json.dumps(found.as_data(), indent=1))
    else:
        for line in lines(found):
            click.echo(line)


def _impact(service: Service, data: bytes, council: str | None) -> Impact:
    today = site().today()
    known = site().councils.known(council) if council else None
    if council and known is None:
        raise click.UsageError(f"there is no council {council}")
    nation = known.nation if known else _nation(service, data)
    old, draft = service.rules(nation, today), load_draft(service, nation, data)
    if old is None:
        raise click.UsageError(f"there are no rules for {nation} today to set it against")
    months = months_of(service, old, released_months(today, MONTHS))
    engine = database()
    if council:
        view = of_council(engine, service, council, today)
        return impact_of(
            service, old, draft, view.groups, (months, council_count(engine, service, council, months, today))
        )
    councils = [each.slug for each in site().councils.all(today) if each.nation == nation and not each.example]
    view = of_nation(engine, service, nation, councils, today)
    return impact_of(service, old, draft, view.groups, (months, nation_count(engine, service, councils, months, today)))


def _nation(service: Service, data: bytes) -> str:
    """The nation that a draft names; the first, where it names none, so that the loader says what is wrong."""
    try:
        plain = yaml.safe_load(data)
    except yaml.YAMLError:
        plain = None
    named = plain.get("nation") if isinstance(plain, dict) else None
    nations = tuple(service.vocabulary.nations)
    return named if named in nations else nations[0]


def _why(bound: Bound) -> str:
    """Which counts the limits come from."""
    if not bound.tells:
        return "the numbers alone cannot tell more"
    found = f"each is counted under {_or(bound.among)}"
    if bound.of is not None:
        but_for = f" but for those counted under {_or(bound.but_for)}" if bound.but_for else ""
        found += f"; all are who are counted under {bound.of}{but_for}"
    return found


def _or(traces: Iterable[Trace]) -> str:
    return " or ".join(map(str, traces))


def lines(found: Impact) -> Iterator[str]:
    """An impact as text that reads well at a terminal and is Markdown too."""
    yield f"Shared answers: about {found.people} people in groups that can be shown."
    for effect, size in found.moved:
        yield f"- about {size} from {effect.old} to {effect.new}, because of {', '.join(effect.causes)}"
    if found.unsure:
        yield f"- about {found.unsure}: it depends on answers that are not shown"
    yield f"Checks counted in {len(found.months)} finished months under these rules:"
    for bound in found.bounds:
        yield f"- from {bound.old} to {bound.new}: at least {bound.least}, at most {bound.most}; {_why(bound)}"
    if found.together:
        yield f"- together: at least {found.together.least}, at most {found.together.most}; {_why(found.together)}"
        yield "These come from counts as they are shown, and hold in all but very few cases: fewer than one in 1,000."
    yield f"Paths: {found.comparison.moved:,} of {found.comparison.paths:,} have another outcome."

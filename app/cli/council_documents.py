"""``flask councils documents``: the papers of a council, as files: notices, the assessment, the phone script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import click
from flask import current_app, render_template

from app.checker.phone_script import PHONE_SCRIPT, script_context
from app.checker.site import site
from app.checker.statement import TITLES, statement
from app.cli.councils import councils
from app.councils.origin import is_host
from app.settings import LOOPBACK
from app.web.languages import languages
from app.web.pages import own_words

if TYPE_CHECKING:
    from app.councils.council import Council
    from app.engine.rulebook import Service

DOCUMENTS = ("privacy", "accessibility", "data-protection", PHONE_SCRIPT)
"""The statements that are written."""


@councils.command("documents")
@click.argument("slug")
@click.option("--into", default=".", type=click.Path(file_okay=False, path_type=Path), help="The folder to write to.")
@click.option(
    "--at", "origin", help="Where the service is, such as https://checker.example, if SERVICE_HOSTS is not set."
)
def documents(slug: str, into: Path, origin: str | None) -> None:
    """Write the notices, the data protection impact assessment and the phone script of the council SLUG.

    Each is one file (HTML) to keep, send or print, in each language of the council. They say what its pages say.
    """
    council = site().councils.get(slug, site().today())
    if council is None:
        raise click.ClickException(f"{slug!r} issues no badges; SLUG is a short name from the register, such as kent")
    service = next(iter(site().services.values()))
    for language in council.languages:
        pages = _pages(council, service, language, origin or _origin(council))
        into.mkdir(parents=True, exist_ok=True)
        for name, text in pages.items():
            path = into / f"{slug}-{name}.{language}.html"
            path.write_text(text, encoding="utf-8")
            click.echo(str(path))


def _origin(council: Council) -> str:
    public = [host for host in current_app.extensions["settings"].service_hosts if host not in LOOPBACK]
    hosts = (*council.hosts, *public)
    if not hosts:
        message = "SERVICE_HOSTS is not set: set it, or say where the service is: --at https://checker.example"
        raise click.ClickException(message)
    return f"https://{hosts[0]}"


def _pages(council: Council, service: Service, language: str, origin: str) -> dict[str, str]:
    parts = urlsplit(origin)
    if parts.scheme not in ("https", "http") or not is_host(parts.hostname or ""):
        raise click.ClickException(f"{origin!r} is not where a service is; write it as https://checker.example")
    own = parts.hostname in council.hosts
    address = urljoin(origin, f"{'' if own else f'/{council.slug}'}/{service.id}/{language}/start")
    words = languages()[language]
    said = statement(council, service, words, site().today(), address)
    operator = current_app.extensions["settings"].operator
    shared: dict[str, Any] = {
        "operator": operator,
        "own_words": own_words(council, language),
        "day": words.day(site().today()),
        **said,
        **script_context(council, service, words, site().today()),
    }
    made = {}
    for name in DOCUMENTS:
        heading = words.text(TITLES[name], council=said["contact"])
        made[name] = render_template("printed/statement.html", w=words, name=name, heading=heading, **shared)
    return made

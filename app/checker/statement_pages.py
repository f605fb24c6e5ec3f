"""Privacy, cookies and accessibility, each naming the council asked about; and papers for those who work there."""

from __future__ import annotations

from urllib.parse import urljoin

from flask import Blueprint, current_app, request

from app.checker.other_days import lead_on
from app.checker.phone import PHONE_PREFIX
from app.checker.phone_script import PHONE_SCRIPT, script_context
from app.checker.statement import TITLES, enforcement, statement
from app.checker.visit import keep_to_languages, read_address, visit
from app.web.hosts import address_here
from app.web.pages import words

STATEMENTS = ("privacy", "cookies", "accessibility")
PAPERS = ("data-protection", "documents", PHONE_SCRIPT)


def add_statements(pages: Blueprint, names: tuple[str, ...] = STATEMENTS) -> None:
    """Gives a blueprint these pages."""
    for name in names:
        pages.add_url_rule(f"/{name}", name, _page, defaults={"name": name})


def _page(name: str) -> str:
    here = visit()
    shared = {"name": name, "title": TITLES[name], "operator": current_app.extensions["settings"].operator}
    if here.council is None:
        nations = here.service.vocabulary.nations
        return here.page("statement.html", regulators=enforcement(nations, words()), **shared)
    path = f"/{here.service.id}/{here.language}/start"
    start = address_here(here.council.slug, path)
    shared["phone_start"] = address_here(here.council.slug, path, layout=PHONE_PREFIX)
    said = statement(here.council, here.service, words(), here.day, urljoin(request.host_url, start))
    said.pop("council")  # every page has it
    if name == PHONE_SCRIPT:
        said |= script_context(here.council, here.service, words(), here.day)
    return here.page("statement.html", **shared, **said)


council_papers = Blueprint("papers", __name__)
"""What a council's staff read, and nobody needs to frame."""
council_papers.url_value_preprocessor(read_address)
keep_to_languages(council_papers)
lead_on(council_papers)
add_statements(council_papers, PAPERS)

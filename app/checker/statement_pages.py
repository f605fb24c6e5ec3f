"""Privacy, cookies and accessibility, each naming the council asked about; and papers for those who work there."""

from __future__ import annotations

from urllib.parse import urljoin

from flask import Blueprint, request

from app.checker.other_days import lead_on
from app.checker.statement import TITLES, statement
from app.checker.visit import read_address, visit
from app.web.hosts import address_here

STATEMENTS = ("privacy", "cookies", "accessibility")

council_papers = Blueprint("papers", __name__)
"""What a council's staff read, and nobody needs to frame."""
council_papers.url_value_preprocessor(read_address)
lead_on(council_papers)


def add_statements(pages: Blueprint) -> None:
    """Gives a blueprint the three pages."""
    for name in STATEMENTS:
        pages.add_url_rule(f"/{name}", name, _page, defaults={"name": name})


council_papers.add_url_rule("/data-protection", "data-protection", lambda: _page("data-protection"))
council_papers.add_url_rule("/documents", "documents", lambda: _page("documents"))


def _page(name: str) -> str:
    here, title = visit(), TITLES[name]
    if here.council is None:
        return here.page("statement.html", name=name, title=title)
    start = address_here(here.council.slug, f"/{here.service.id}/{here.language}/start")
    said = statement(here.council, here.service, here.language, here.day, urljoin(request.host_url, start))
    said.pop("council")  # every page has it
    return here.page("statement.html", name=name, title=title, **said)

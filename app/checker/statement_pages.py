"""Privacy, cookies and accessibility: the same for every council, each naming the one that is asked about."""

from __future__ import annotations

from flask import Blueprint

from app.checker.visit import visit
from app.web.pages import words

STATEMENTS = ("privacy", "cookies", "accessibility")


def add_statements(pages: Blueprint) -> None:
    """Gives a blueprint the three pages."""
    for name in STATEMENTS:
        pages.add_url_rule(f"/{name}", name, _statement, defaults={"name": name})


def _statement(name: str) -> str:
    council = visit().council
    contact = council.name(visit().language) if council else words().text("accessibility.contact_any")
    return visit().page("statement.html", name=name, contact=contact)

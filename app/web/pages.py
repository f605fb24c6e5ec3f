"""How a page is made: the templates, the words of its language, and the static files with their digest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from flask import Flask, current_app, g, render_template
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from markupsafe import Markup
from whitenoise import WhiteNoise

from app.councils.council import Council
from app.councils.slots import Prose
from app.web.brand_files import logo_address
from app.web.languages import language_links
from app.web.markdown import inline, prose
from app.web.site_words import SiteWords

STATIC = "static"


def serve_pages(app: Flask, root: Path, languages: Mapping[str, SiteWords]) -> None:
    """Sets up templates and static files from the folders under ``root``."""
    app.extensions["languages"] = languages
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(root / "templates"),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(prose=prose, inline=inline, logo_address=logo_address)
    folder = root / "static" / "public"
    prefix = f"/{STATIC}/{_digest(folder)}"
    app.jinja_env.globals["static_url"] = prefix
    files = WhiteNoise(
        app.wsgi_app,
        allow_all_origins=False,
        immutable_file_test=lambda _path, url: url.startswith(prefix),
        add_headers_function=_static_headers,
    )
    files.add_files(str(folder), prefix=prefix)
    app.wsgi_app = files  # type: ignore[method-assign]  # the documented way to wrap an application


def words() -> SiteWords:
    """The words of this request's language."""
    found: SiteWords = g.words
    return found


def tool_words() -> SiteWords:
    """The words of tools for those who make and keep the service, with those of the pages in the same language."""
    found: SiteWords = current_app.extensions["tools"]
    return found


def page(template: str, **context: object) -> str:
    """The page of a template in this request's language."""
    language = words().language
    own = own_words(context.get("council"), language)
    links = tuple(language_links(language))
    return render_template(template, w=words(), own_words=own, language_links=links, **context)


def own_words(council: object, language: str) -> Callable[[str], Markup]:
    """For templates: what the council says in a slot, as HTML; nothing where it says nothing."""

    def in_slot(slot: str) -> Markup:
        text: Prose | None = getattr(council.said.words, slot, None) if isinstance(council, Council) else None
        return prose(text.to(language)) if text else Markup()

    return in_slot


def _static_headers(headers: dict[str, str], _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


def _digest(folder: Path) -> str:
    """A digest of every file served, so that an address never changes what it holds."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in (".br", ".gz"):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]

"""The Blue Badge eligibility checker."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from flask import Flask, Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from app.checker.check_pages import check_pages
from app.checker.find_pages import find_pages
from app.checker.site import Site
from app.cli import acceptance as _acceptance  # noqa: F401 - each adds its command to the group
from app.cli import comparisons as _comparisons  # noqa: F401
from app.cli import proofs as _proofs  # noqa: F401
from app.cli.rules import rules as rules_commands
from app.councils.councils import load_councils
from app.embed.frame import FRAMED, frame_pages
from app.engine.problem import LoadError
from app.engine.rulebook import load_rulebook
from app.settings import ROOT, Settings, SettingsError
from app.web.error_pages import show_errors
from app.web.pages import serve_pages
from app.web.request_log import log_requests
from app.web.sealed_state import StateSealer, new_key
from app.web.security import secure
from app.web.site_words import load_site_words

LARGEST_POST_BYTES = 16 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """The application. Files or settings that are wrong stop it here, with the list of all that is wrong in them."""
    try:
        return _create(settings or Settings.from_environment(os.environ))
    except (LoadError, SettingsError) as error:
        raise SystemExit(str(error)) from error


def _create(settings: Settings) -> Flask:
    app = Flask(__name__, static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_POST_BYTES, MAX_FORM_MEMORY_SIZE=LARGEST_POST_BYTES)
    app.url_map.strict_slashes = True
    services = load_rulebook(settings.rules)
    nations = {nation for service in services.values() for nation in service.vocabulary.nations}
    app.extensions["settings"] = settings
    app.extensions["site"] = Site(
        services=services,
        councils=load_councils(settings.councils, nations, tuple(services), examples=settings.examples),
        # A terminal needs no keys, and a server is refused without them before it comes here.
        sealer=StateSealer(settings.state_keys or (new_key(),)),
        now=lambda: datetime.now(UTC),
    )
    app.extensions["site"].check_room()
    serve_pages(app, ROOT, load_site_words(ROOT / "templates" / "words"))
    log_requests(app)
    secure(app)
    show_errors(app, unavailable=settings.unavailable)
    frame_pages(app)
    _route(app, next(iter(services)))
    app.cli.add_command(rules_commands)
    return app


def _route(app: Flask, first_service: str) -> None:
    """The addresses: a service's own pages, each council's, and each council's in the framed layout."""
    app.register_blueprint(find_pages, url_prefix="/<service>/<language>")
    app.register_blueprint(check_pages, url_prefix="/<council>/<service>/<language>")
    app.register_blueprint(check_pages, url_prefix="/embed/<council>/<service>/<language>", name=FRAMED)

    @app.get("/")
    def front() -> AnyResponse:
        return redirect(f"/{first_service}/en/find-your-council", 302)

    @app.get("/healthz")
    def health() -> Response:
        return Response("ok\n", mimetype="text/plain")

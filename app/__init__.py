"""The Blue Badge eligibility checker."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from flask import Flask, Response, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.api.problem import problem_response
from app.api.routes import api
from app.api.source import Source
from app.checker.check_pages import check_pages
from app.checker.find_pages import find_pages
from app.checker.phone import PHONE, PHONE_PREFIX, phone_pages
from app.checker.site import Site, councils_in, site
from app.checker.statement_pages import council_papers
from app.checker.visit import keep_to_languages, read_address, visit
from app.cli.commands import GROUPS
from app.collector import resting
from app.desk.room import open_desk
from app.embed.frame import FRAMED, PREFIX, frame_pages
from app.embed.script import serve_scripts
from app.embed.website_pages import website_pages
from app.engine.problem import LoadError
from app.engine.rulebook import load_rulebook
from app.settings import ROOT, Settings, SettingsError
from app.studio.studio_pages import studio_pages
from app.tallies.counting import Counting
from app.tallies.database import open_database
from app.tallies.mark import Marker
from app.tallies.receipt import Receipts
from app.tallies.spool import Spool
from app.tallies.store import Store
from app.web.brand_files import brand_files
from app.web.error_pages import show_errors, unknown_host
from app.web.hosts import UNKNOWN_HOST, HostRouter, address_here, exact_host
from app.web.languages import languages, preferred
from app.web.pages import serve_pages
from app.web.request_log import log_requests
from app.web.sealed_state import StateSealer, new_key
from app.web.security import secure
from app.web.site_words import load_site_words, load_tool_words

if TYPE_CHECKING:
    from app.councils.councils import Councils
    from app.engine.rulebook import Service
    from app.engine.rules import Rules

_log = logging.getLogger("checker.councils")

EVERY_METHOD = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
LARGEST_POST_BYTES = 16 * 1024


def create_app(settings: Settings | None = None, *, warm: bool = False) -> Flask:
    """The application. Files or settings that are wrong stop it here, with the list of all that is wrong in them.

    With ``warm``, what would keep somebody waiting the first time is done now: a server's workers then share it.
    """
    try:
        return _create_warm(settings) if warm else _create(settings)
    except (LoadError, SettingsError) as error:
        raise SystemExit(str(error)) from error


@resting()
def _create_warm(settings: Settings | None) -> Flask:
    app = _create(settings)
    app.extensions["site"].receipts.check_room()
    return app


def _create(settings: Settings | None) -> Flask:
    settings = settings or Settings.from_environment(os.environ)
    app = Flask(__name__, static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_POST_BYTES, MAX_FORM_MEMORY_SIZE=LARGEST_POST_BYTES)
    app.url_map.strict_slashes = True
    app.url_map.merge_slashes = False  # it would write out the path as it is on the service's own host
    services = load_rulebook(settings.rules)
    app.extensions["settings"] = settings
    councils = app.extensions["councils"] = _councils(settings, services)
    app.extensions["site"] = Site(
        services=services,
        councils=councils,
        # A terminal needs no keys, and a server is refused without them before it comes here.
        sealer=StateSealer(settings.state_keys or (new_key(),)),
        receipts=Receipts(settings.receipt_keys or (new_key(),), _every_version(services)),
        now=lambda: datetime.now(UTC),
    )
    app.extensions["site"].check_room()
    _count(app, settings)
    app.extensions["api"] = Source(services, councils, lambda: _today(app))
    serve_pages(app, ROOT, load_site_words(settings.words))
    app.extensions["tools"] = load_tool_words(settings.words)
    serve_scripts(app, ROOT)
    log_requests(app)
    phone_pages(app)
    frame_pages(app)  # before what may refuse a request, so that a frame can show why
    secure(app)
    show_errors(app, unavailable=settings.unavailable, forms={"/api/": problem_response})
    open_desk(app, settings.desk_keys, settings.providers, councils.slugs)
    _route(app, next(iter(services)))
    app.wsgi_app = HostRouter(app.wsgi_app, settings.service_hosts, _host_reader(app))  # type: ignore[method-assign]
    for group in GROUPS:
        app.cli.add_command(group)
    return app


def _count(app: Flask, settings: Settings) -> None:
    """Sets up what counts, and what is counted in; each of a server's processes begins at its first request."""
    app.extensions["database"] = engine = open_database(settings.database) if settings.database else None
    app.extensions["counting"] = None
    if engine is not None and settings.spool is not None:
        keys = settings.state_keys or (new_key(),)
        counting = Counting(Spool(settings.spool, keys), Store(engine), Marker(keys), lambda: _today(app))
        app.extensions["counting"] = counting
        app.before_request(counting.start)


def _in_language(address: str) -> AnyResponse:
    """Leads to a page in the language that the browser asked for."""
    response = redirect(address, 302)
    response.vary.add("Accept-Language")
    return response


def _today(app: Flask) -> date:
    found: Site = app.extensions["site"]
    return found.today()


def _host_reader(app: Flask) -> Callable[[str], str | None]:
    def council_of(host: str) -> str | None:
        found: Site = app.extensions["site"]
        return found.council_of_host(host)

    return council_of


def _councils(settings: Settings, services: Mapping[str, Service]) -> Councils:
    """The councils. A folder with a fault is told of in the log, and its council goes on without it."""
    councils = councils_in(
        settings.councils, services, service_hosts=settings.service_hosts, examples=settings.examples
    )
    for problem in councils.problems:
        _log.warning("left out, so the council has the neutral look: %s", problem)
    return councils


def _every_version(services: Mapping[str, Service]) -> tuple[Rules, ...]:
    return tuple(rules for service in services.values() for laws in service.laws.values() for rules in laws)


def _route(app: Flask, first_service: str) -> None:
    """The addresses: a service's own pages, each council's, and each council's in a frame and for its phones."""
    app.register_blueprint(brand_files)
    app.register_blueprint(api)
    app.register_blueprint(studio_pages)
    app.register_blueprint(find_pages, url_prefix="/<service>/<language>")
    app.register_blueprint(check_pages, url_prefix="/<council>/<service>/<language>")
    app.register_blueprint(council_papers, url_prefix="/<council>/<service>/<language>")
    app.register_blueprint(check_pages, url_prefix=f"{PREFIX}/<council>/<service>/<language>", name=FRAMED)
    app.register_blueprint(check_pages, url_prefix=f"{PHONE_PREFIX}/<council>/<service>/<language>", name=PHONE)
    # The embedding room knows nothing of the checker, so it is told here how a page of a council is made.
    websites = website_pages(read_address, lambda template, **context: visit().page(template, **context))
    keep_to_languages(websites)
    app.register_blueprint(websites, url_prefix="/<council>/<service>/<language>")

    @app.get("/")
    def front() -> AnyResponse:
        return _in_language(f"/{first_service}/{preferred(languages())}/find-your-council")

    @app.get("/<council>/", strict_slashes=False)
    def front_of_council(council: str) -> AnyResponse:
        known = site().councils.known(council)
        if known is None:
            abort(404)
        language = preferred(known.languages)
        return _in_language(address_here(council, f"/{first_service}/{language}/start"))

    app.add_url_rule(UNKNOWN_HOST, "unknown_host", unknown_host, methods=EVERY_METHOD, provide_automatic_options=False)

    @app.get("/healthz")
    def health() -> Response:
        return Response("ok\n", mimetype="text/plain")

    @app.get("/healthz/host")
    def known_host() -> Response:
        """Whether somebody who makes certificates on demand is to make one for ``domain``: 200 if so, 404 if not."""
        host = exact_host(request.args.get("domain", ""))
        known = host in app.extensions["settings"].service_hosts or site().council_of_host(host) is not None
        return Response("yes\n" if known else "no\n", 200 if known else 404, mimetype="text/plain")

"""The services, the browsers and the watch that every test has."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from e2e import law
from e2e.browser import ADVICE, LAUNCH_ARGS, NO_FIREFOX, find_browser, find_firefox
from e2e.census import Census
from e2e.certificate import make_certificate
from e2e.covering import MARK, take_covering
from e2e.embedding import Embedding
from e2e.server import ROOT, Server, serve
from e2e.watch import Watch
from e2e.website import SITES, resolver_rules, serve_websites

if TYPE_CHECKING:
    from pathlib import Path

SECURE_HOST = "checker.test"
COOKIELESS = {"profile": {"default_content_setting_values": {"cookies": 2}}}
GUARDED = {"profile": {"cookie_controls_mode": 1, "block_third_party_cookies": True}}
"""Chromium's settings "block all cookies" and "block third-party cookies"."""

FIREFOX = find_firefox()
EMBEDDERS = ("chromium", *(("firefox",) if FIREFOX else ()))
"""The browsers in which other websites show the check. Which were found is told at the end of the tests."""

WHOLE = "--whole-matrix"
"""The option that opens every page in every language, layout and brand, and not only those chosen for each run."""

UPDATE_TREES = "--update-trees"
"""The option that writes the accessibility trees anew."""

census = Census()


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser tab with what watches over it."""

    page: Page
    watch: Watch


OpenBrowser = Callable[..., Visitor]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The service itself."""
    with serve([law.KEY]) as running:
        yield running


@pytest.fixture(scope="session")
def failing_server() -> Iterator[Server]:
    """The service with a page that fails as it is asked to."""
    with serve([law.KEY], application="e2e.failing:app") as running:
        yield running


@pytest.fixture(scope="session")
def closed_server() -> Iterator[Server]:
    """The service switched to "unavailable"."""
    with serve([law.KEY], unavailable=True) as running:
        yield running


@pytest.fixture(scope="session")
def secure_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The service over HTTPS, under a name of its own."""
    with serve([law.KEY], certificate=make_certificate(tmp_path_factory.mktemp("https"), SECURE_HOST)) as running:
        yield running


@pytest.fixture(scope="session")
def websites() -> Iterator[int]:
    """The port that serves other people's websites."""
    with serve_websites() as port:
        yield port


@pytest.fixture(scope="session")
def browser_type_launch_args(websites: int) -> dict[str, Any]:
    """A Chromium that finds the invented websites where they are served."""
    return _launch_args(resolver_rules(websites))


@pytest.fixture(scope="session")
def contexts(browser: Browser, server: Server) -> Iterator[Callable[..., BrowserContext]]:
    """Browser contexts, one for each set of options: making one takes longer than most tests.

    Tests can share one since every test ends by seeing that nothing was kept in it.
    """
    made: dict[str, BrowserContext] = {}

    def context(**options: Any) -> BrowserContext:
        key = repr(sorted(options.items()))
        if key not in made:
            made[key] = browser.new_context(base_url=server.url, **options)
        return made[key]

    yield context
    for each in made.values():
        each.close()


@pytest.fixture
def open_browser(browser: Browser, server: Server, contexts: Callable[..., BrowserContext]) -> Iterator[OpenBrowser]:
    """Opens a browser with options of Playwright's; what must never happen fails the test as it ends.

    With ``fresh`` no other test has used it, nor will. Its pages may ask the service and the ``allowed`` origins.
    """
    with ExitStack() as opened:

        def open_one(*allowed: str, fresh: bool = False, **options: Any) -> Visitor:
            if fresh:
                context = browser.new_context(base_url=server.url, **options)
                opened.callback(context.close)
            else:
                context = contexts(**options)
            scripts = options.get("java_script_enabled", True)
            return opened.enter_context(watched(context, {server.url, *allowed}, scripts=scripts))

        yield open_one


@pytest.fixture
def visitor(open_browser: OpenBrowser) -> Visitor:
    """A tab, and what watches over it."""
    return open_browser()


@pytest.fixture
def page(visitor: Visitor) -> Page:
    """A tab."""
    return visitor.page


@pytest.fixture(scope="session")
def cookieless(
    playwright: Playwright, websites: int, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """A browser that refuses every cookie."""
    with _browser(playwright, tmp_path_factory.mktemp("cookieless"), COOKIELESS, resolver_rules(websites)) as context:
        yield context


@pytest.fixture(scope="session")
def secure_rules(websites: int, secure_server: Server) -> list[str]:
    """Where a browser finds the invented websites and the service over HTTPS."""
    return [*resolver_rules(websites), f"MAP {SECURE_HOST}:443 127.0.0.1:{secure_server.port}"]


@pytest.fixture(scope="session")
def guarded(
    playwright: Playwright, secure_rules: list[str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """A browser that refuses cookies of websites inside other websites."""
    with _browser(playwright, tmp_path_factory.mktemp("guarded"), GUARDED, secure_rules) as context:
        yield context


@pytest.fixture
def framed(guarded: BrowserContext) -> Iterator[Visitor]:
    """A tab of that browser, on the way to a page that frames the service."""
    with watched(guarded, {f"https://{SECURE_HOST}", *SITES}) as visitor:
        yield visitor


@pytest.fixture
def framed_without_script(playwright: Playwright, secure_rules: list[str], tmp_path: Path) -> Iterator[Visitor]:
    """The same, in a browser that runs no scripts."""
    with (
        _browser(playwright, tmp_path, GUARDED, secure_rules, java_script_enabled=False) as context,
        watched(context, {f"https://{SECURE_HOST}", *SITES}, scripts=False) as visitor,
    ):
        yield visitor


@pytest.fixture
def framed_without_cookies(playwright: Playwright, secure_rules: list[str], tmp_path: Path) -> Iterator[Visitor]:
    """The same, in a browser that refuses every cookie."""
    with (
        _browser(playwright, tmp_path, COOKIELESS, secure_rules) as context,
        watched(context, {f"https://{SECURE_HOST}", *SITES}, scripts=False) as visitor,
    ):
        yield visitor


@pytest.fixture(scope="session")
def firefox(
    playwright: Playwright, websites: int, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """A Firefox that refuses every cookie, and finds the invented websites where they are served."""
    bridge = tmp_path_factory.mktemp("firefox") / "firefox"
    bridge.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT}/e2e/firefox_bridge.py" "{FIREFOX}" "$@"\n')
    bridge.chmod(0o700)
    preferences: dict[str, str | float | bool] = {
        "network.cookie.cookieBehavior": 2,
        "network.dns.localDomains": SECURE_HOST,
        "network.proxy.type": 1,
        "network.proxy.http": "127.0.0.1",
        "network.proxy.http_port": websites,
        "dom.security.https_first": False,
        # All websites in one process: what drives Firefox can click in no other than the page's own.
        "fission.autostart": False,
    }
    browser = playwright.firefox.launch(channel="moz-firefox", executable_path=bridge, firefox_user_prefs=preferences)
    context = browser.new_context(ignore_https_errors=True)
    yield context
    browser.close()


@pytest.fixture
def embedding(request: pytest.FixtureRequest, secure_server: Server) -> Iterator[Embedding]:
    """A tab of the browser that the test asks for, on the way to a page that shows the check."""
    if request.param == "chromium":
        visitor: Visitor = request.getfixturevalue("framed")
        yield Embedding(visitor.page, f"https://{SECURE_HOST}", watch=visitor.watch)
        return
    service = f"https://{SECURE_HOST}:{secure_server.port}"
    with watched(request.getfixturevalue("firefox"), {service, *SITES}, scripts=False) as visitor:
        yield Embedding(visitor.page, service, watch=visitor.watch)


@contextmanager
def watched(context: BrowserContext, allowed: set[str], *, scripts: bool = True) -> Iterator[Visitor]:
    """A tab, watched to the end of the test; the next one in the same browser finds it as if it were new.

    A new one would cost more than the page it opens: a process of its own. A test that fails leaves none behind.
    """
    watch = Watch(context, allowed, scripts=scripts)
    page = context.pages[0] if context.pages else context.new_page()
    window = page.viewport_size
    try:
        yield Visitor(page, watch)
        assert watch.take() == []
        page.unroute_all()
        page.emulate_media(media="null")
        if window and page.viewport_size != window:
            page.set_viewport_size(window)
    except BaseException:
        page.close()
        raise
    finally:
        watch.leave()
        for each in context.pages:
            if each != page:
                each.close()


def _launch_args(rules: list[str]) -> dict[str, Any]:
    found = find_browser()
    if found is None:
        pytest.exit(ADVICE, returncode=1)
    return {"executable_path": str(found), "args": [*LAUNCH_ARGS, f"--host-resolver-rules={', '.join(rules)}"]}


@contextmanager
def _browser(
    playwright: Playwright, folder: Path, preferences: dict[str, Any], rules: list[str], **options: Any
) -> Iterator[BrowserContext]:
    """A browser of its own with settings that a context cannot have."""
    (folder / "Default").mkdir()
    (folder / "Default" / "Preferences").write_text(json.dumps(preferences))
    options |= {"ignore_https_errors": True, **_launch_args(rules)}
    context = playwright.chromium.launch_persistent_context(folder, **options)
    yield context
    context.close()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds what can be asked of these tests."""
    parser.addoption(WHOLE, action="store_true", help="open every page in every language, layout and brand")
    parser.addoption(UPDATE_TREES, action="store_true", help="keep the accessibility trees as the pages are now")


def pytest_configure(config: pytest.Config) -> None:
    """Tells the census how much it has to expect, and pytest what a mark means."""
    census.whole = config.getoption(WHOLE)
    config.addinivalue_line("markers", f"{MARK}(together): unless {WHOLE} is given, only cells that cover the others")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what is covered, unless all of it is asked for."""
    if not config.getoption(WHOLE):
        config.hook.pytest_deselected(items=take_covering(items))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Counts what each checker saw, in the process that gathers the reports."""
    if report.when == "call":
        census.count(report.user_properties)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fails a whole run in which a checker missed a page."""
    options = session.config.option
    # The whole matrix is asked for by its file alone; any other run that names files is a part.
    part = "::" if census.whole else ".py"
    whole = not (options.keyword or options.lf) and not any(part in argument for argument in session.config.args)
    if not hasattr(session.config, "workerinput") and whole and not census.complete:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says in which browsers other websites showed the check, and what each checker saw."""
    terminalreporter.section("browsers")
    terminalreporter.line(f"Embedded in: {', '.join(EMBEDDERS)}. {'' if FIREFOX else NO_FIREFOX}".strip())
    if lines := census.lines():
        terminalreporter.section("pages checked")
        for line in lines:
            terminalreporter.line(line)
        if not census.complete:
            terminalreporter.line("Some checker did not see every page in every state.")

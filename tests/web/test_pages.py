from __future__ import annotations

import logging
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from gunicorn.http.errors import InvalidChunkSize
from markupsafe import Markup

from app import create_app
from app.settings import ROOT, Settings, SettingsError
from app.web.markdown import inline, prose
from app.web.security import is_foreign
from app.web.site_words import load_tool_words
from tests.conftest import KEY, RECEIPT_KEY
from tests.page_client import PageClient, header_faults, page_faults

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
KEYS = {"STATE_KEYS": KEY, "RECEIPT_KEYS": RECEIPT_KEY}
CHECK = "/kent/blue-badge/en/check"


@pytest.mark.parametrize(
    ("headers", "foreign"),
    [
        ({}, False),
        ({"Sec-Fetch-Site": "same-origin"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Sec-Fetch-Site": "same-site"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, False),
        ({"Origin": "http://localhost"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "https://localhost"}, True),
        ({"Origin": "http://elsewhere.example"}, True),
    ],
)
def test_a_post_from_another_site_is_refused(
    app: Flask, client: PageClient, headers: dict[str, str], foreign: bool
) -> None:
    with app.test_request_context("/", headers=headers) as context:
        assert is_foreign(context.request) is foreign
    assert client.post(CHECK, headers=headers).status_code == (403 if foreign else 303)


@pytest.mark.parametrize(
    ("council", "page", "ancestors"),
    [
        ("/northfold", "start", "'none'"),
        ("/embed/argleton", "start", "'none'"),
        ("/embed/kent", "start", "'none'"),
        ("/embed/brackwater", "start", "https://www.brackwater.example"),
        ("/embed/brackwater", "privacy", "https://www.brackwater.example"),
    ],
)
def test_only_a_councils_own_websites_may_frame_its_framed_pages(
    client: PageClient, council: str, page: str, ancestors: str
) -> None:
    response = client.get(f"{council}/blue-badge/en/{page}")
    assert response.headers["Content-Security-Policy"].endswith(f"; frame-ancestors {ancestors}")
    framed = ancestors != "'none'"
    assert response.headers["Cross-Origin-Resource-Policy"] == ("cross-origin" if framed else "same-origin")
    assert ('class="app-footer"' in response.text) is not council.startswith("/embed")


def test_the_whole_policy_is_as_it_was_reviewed(client: PageClient) -> None:
    redirected = client.get(f"{CHECK}?s=x")
    assert (redirected.status_code, redirected.headers["X-Robots-Tag"]) == (303, "noindex")
    assert client.get("/kent/blue-badge/en/start").headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self' 'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='; "
        "style-src 'self'; img-src 'self'; font-src 'none'; "
        "connect-src 'none'; form-action 'self'; base-uri 'none'; object-src 'none'; "
        "manifest-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'; "
        "frame-src 'none'; frame-ancestors 'none'"
    )


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/kent/blue-badge/xx/start", 404),
        ("GET", "/kent/green-badge/en/start", 404),
        ("GET", "/nowhere/blue-badge/en/start", 404),
        ("GET", "/adur/blue-badge/en/start", 404),
        ("GET", "/kent/blue-badge/en/nothing", 404),
        ("GET", "/embed/nowhere/blue-badge/en/start", 404),
        ("GET", "/%ff%fe/blue-badge/en/start", 404),
        ("GET", "/kent%00/blue-badge/en/start", 404),
        ("GET", "/../../etc/passwd", 404),
        ("POST", "/kent/blue-badge/en/start", 405),
        ("DELETE", CHECK, 405),
        ("PUT", CHECK, 405),
    ],
)
def test_what_is_not_there_gets_a_page_that_says_what_to_do(
    client: PageClient, method: str, path: str, status: int
) -> None:
    response = client.open(path, method=method)
    assert response.status_code == status
    assert "Page not found" in response.text
    assert "find-your-council" in response.text or 'href="/?language=en"' in response.text


def test_a_body_that_is_too_big_is_refused_politely(client: PageClient) -> None:
    response = client.post(CHECK, data={"s": "x" * 20_000})
    assert response.status_code == 413
    assert "too big" in response.text


def test_a_crash_shows_the_problem_page_and_no_trace(caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(Settings())
    app.test_client_class = PageClient

    def crash() -> str:
        message = "secret detail"
        raise RuntimeError(message)

    app.add_url_rule("/crash", "crash", crash)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    response = app.test_client().get("/crash")
    assert response.status_code == 500
    assert "Sorry, there is a problem with the service" in response.text
    assert "secret" not in response.text
    assert "Traceback" not in response.text


def test_what_a_crash_says_stays_out_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(Settings())

    def crash() -> str:
        message = "somebody's answers"
        raise RuntimeError(message)

    app.add_url_rule("/crash", "crash", crash)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.test_client().get("/crash")
    assert "RuntimeError" in caplog.text
    assert "in crash" in caplog.text
    assert "answers" not in caplog.text


def test_a_body_that_comes_broken_is_no_fault_of_ours_and_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(Settings())

    def read() -> str:
        raise InvalidChunkSize(b'{"answers"}')

    app.add_url_rule("/broken", "broken", read)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    assert app.test_client().get("/broken").status_code == 400
    assert "answers" not in caplog.text


def test_while_it_is_unavailable_every_page_says_so_and_the_health_check_answers() -> None:
    app = create_app(Settings(unavailable=True))
    app.test_client_class = PageClient
    client = app.test_client()
    for path in ("/", "/kent/blue-badge/en/start", "/nowhere"):
        response = client.get(path)
        assert response.status_code == 503
        assert "Sorry, the service is unavailable" in response.text
    assert client.get("/healthz").status_code == 200


def test_a_log_line_says_nothing_about_the_person(client: PageClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "checker.requests"):
        client.get(
            f"{CHECK}?s=secret-token", headers={"User-Agent": "agent-x"}, environ_base={"REMOTE_ADDR": "192.0.2.1"}
        )
        client.get("/blue-badge/en/confirm-your-council?typed=my+name")
        client.get("/someone%0Ainvented/line")
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) == 3
    assert re.fullmatch(r"[0-9a-f]{12} GET /<council>/<service>/<language>/check kent 303 \d+ms", lines[0])
    assert not re.search(r"secret|agent|192\.0|typed|name|invented|\n", "".join(lines))


@pytest.mark.parametrize(
    ("message", "arguments", "kept"),
    [
        ("Invalid request from ip=192.0.2.7: bad line", (), "Invalid request from ip=-: bad line"),
        ("Error handling request %s %s", ("GET", "/kent/blue-badge/en/check?s=secret"),
         "Error handling request GET /kent/blue-badge/en/check?-"),
        ("Worker exiting (pid: %s)", (7,), "Worker exiting (pid: 7)"),
        ("Invalid request from ip=%s: Invalid HTTP request line: %s", ("192.0.2.7", '{"answers":\n{"who"}}'),
         "Invalid request from ip=-: Invalid HTTP request line"),
    ],
)  # fmt: skip
def test_the_servers_own_messages_name_no_sender_and_no_query(
    message: str, arguments: tuple[object, ...], kept: str
) -> None:
    keep_people_out = runpy.run_path(str(ROOT / "gunicorn.conf.py"))["WithoutPeople"]()
    record = logging.LogRecord("gunicorn.error", logging.WARNING, "", 1, message, arguments, None)
    assert keep_people_out.filter(record)
    assert record.getMessage() == kept


def test_static_files_are_kept_for_ever_under_an_address_that_changes_with_them(client: PageClient) -> None:
    page = client.get("/kent/blue-badge/en/start").text
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(addresses) == 5
    plain = FlaskClient(client.application, Response)
    for address in addresses:
        assert re.match(r"/static/[0-9a-f]{12}/", address)
        response = plain.open(address, buffered=True)
        assert response.status_code == 200
        assert "immutable" in response.headers["Cache-Control"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in response.headers


def test_compiled_files_are_those_that_their_sources_make_and_hold_no_brand_but_ours() -> None:
    result = subprocess.run(
        [sys.executable, ROOT / "static/source/build.py", "--check"], capture_output=True, text=True
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_key_of_the_site_words_is_used_and_every_one_used_exists() -> None:
    sources = [*TEMPLATES, *sorted((ROOT / "app").rglob("*.py"))]
    text = "\n".join(path.read_text() for path in sources)
    known = set(load_tool_words(ROOT / "templates/words").words)
    made = (
        "start.notice.",
        "error.",
        "privacy.",
        "cookies.",
        "accessibility.",
        "outcome.tag.",
        "date.month.",
        "compare.standing.",
        "change.gone.",
        "change.not_yet.",
        "api.operation.",
        "api.problem.",
        "api.parameter.",
        "api.example.",
        "dpia.act",
        "dpia.level.",
        "dpia.risk.",
        "dpia.state.",
        "studio.hint.",
        "desk.log.event.",
        "desk.report.about.",
        "desk.report.channel.",
        "desk.report.note.",
        "desk.report.period.",
        "desk.report.save_as.",
        "desk.report.section.",
        "desk.report.series.",
        "desk.report.time.",
        "desk.report.title.",
        "desk.report.unit.",
        "desk.role.",
        "desk.role_hint.",
        "desk.front.in.",
        "desk.signed_out.",
        "desk.trouble.",
        "desk.card.reasons.",
        "desk.agreement.",
        "desk.bank.",
        "desk.reviews.state.",
        "desk.reviews.gone.",
        "desk.reviews.gone_body.",
        "desk.shared.criteria.",
        "desk.examples.way.",
        "translation.voice.",
        "studio.label.",
        "studio.page.",
        "studio.row.",
        "studio.section.",
        "studio.section_body.",
    )
    used = set(re.findall(r'"([a-z]+\.[a-z_.]+)"', text))
    asked = set(re.findall(r'w(?:ords\(\))?\.(?:text|prose|inline)\(\s*"([a-z_.]+)"\s*[,)]', text))
    asked |= set(re.findall(r'w\.words\["([a-z_.]+)"\]', text))
    assert asked <= known
    assert [key for key in known - used if not key.startswith(made)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_templates_hold_no_words_of_their_own(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text(), flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", " ", text)
    assert re.findall(r"[A-Za-z]{2,}", text) == []


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        (
            "One\n\n- two",
            '<p class="govuk-body">One</p>\n<ul class="govuk-list govuk-list--bullet">\n<li>two</li>\n</ul>\n',
        ),
        ("## Head", '<h2 class="govuk-heading-m">Head</h2>\n'),
        ("<b>x</b>", '<p class="govuk-body">&lt;b&gt;x&lt;/b&gt;</p>\n'),
        ("![a](https://x.example/a.png)", None),
        ("[a](javascript:alert)", '<p class="govuk-body">[a](javascript:alert)</p>\n'),
    ],
)
def test_prose_is_a_small_and_safe_part_of_markdown(markdown: str, html: str | None) -> None:
    made = prose(markdown)
    assert "<img" not in made
    if html is not None:
        assert made == Markup(html)


def test_links_out_leave_a_frame_and_links_within_do_not() -> None:
    assert inline("[a](https://x.example)") == '<a href="https://x.example" class="govuk-link" target="_top">a</a>'
    assert inline("[a](criteria)") == '<a href="criteria" class="govuk-link">a</a>'


def test_a_value_cannot_be_markup() -> None:
    assert inline("To {council}", council="<i>[x](https://x.example)</i>") == (
        "To &lt;i&gt;[x](https://x.example)&lt;/i&gt;"
    )
    assert inline("{council}, {phone}", council="{phone}", phone="7") == "{phone}, 7"


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"STATE_KEYS": "short"}, "STATE_KEYS: key 1 is not a Fernet key"),
        ({"RECEIPT_KEYS": f"{KEY},short"}, "RECEIPT_KEYS: key 2 is not a Fernet key"),
        ({"RECEIPT_KEYS": f"{KEY}, {KEY}"}, "RECEIPT_KEYS: a key stands twice"),
        ({"STATE_KEYS": KEY, "RECEIPT_KEYS": KEY}, "RECEIPT_KEYS: a key of STATE_KEYS stands here too"),
        ({"EXAMPLE_COUNCILS": "yes"}, "EXAMPLE_COUNCILS is 0 or 1"),
        ({"UNAVAILABLE": "maybe"}, "UNAVAILABLE is 0 or 1"),
        ({"OPERATOR": "<b>us</b>"}, "OPERATOR: "),
    ],
)
def test_a_setting_that_cannot_be_used_stops_the_start(environment: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        Settings.from_environment(environment)


@pytest.mark.parametrize(
    ("environment", "missing"),
    [({}, "STATE_KEYS"), ({"STATE_KEYS": KEY}, "RECEIPT_KEYS"), (KEYS, "SERVICE_HOSTS")],
    ids=["none", "state only", "keys only"],
)
def test_a_server_without_keys_and_hosts_of_its_own_does_not_start(environment: dict[str, str], missing: str) -> None:
    command = [sys.executable, "-c", "import app.wsgi"]
    result = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT)
    assert result.returncode == 1
    assert result.stderr.startswith(f"{missing} is not set")


def test_a_server_that_does_not_say_who_runs_it_is_reminded() -> None:
    command = [sys.executable, "-c", "import app.wsgi"]
    hosts = {"SERVICE_HOSTS": "checker.example"}
    result = subprocess.run(command, capture_output=True, text=True, env=KEYS | hosts, cwd=ROOT)
    assert (result.returncode, result.stderr.startswith("OPERATOR is not set")) == (0, True)


def test_rules_that_are_wrong_stop_the_start_with_all_that_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        create_app(Settings(rules=tmp_path))
    assert "unreadable" in str(caught.value)


GOOD = (
    '<!DOCTYPE html><html lang="en"><head><title>Hello</title></head><body>'
    "<script>document.body.className += ' js-enabled' + ('noModule' in HTMLScriptElement.prototype ? "
    "' govuk-frontend-supported' : '');</script><main><h1>Hello</h1><p id=\"a\">x</p></main></body></html>"
)


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("<h1>Hello</h1>", "<h2>Hello</h2>", "0 h1"),
        ("<h1>Hello</h1>", "<h1>Hello</h1><h3>x</h3>", "level 3 follows"),
        ("<title>Hello</title>", "<title>Error: Hello</title>", "disagree"),
        ("<title>Hello</title>", "<title>Bye</title>", "does not hold the heading"),
        ('lang="en"', "", "no language"),
        ('<p id="a">x</p>', '<p id="a">x</p><p id="a">x</p>', "stands 2 times"),
        ('<p id="a">x</p>', '<label for="b">x</label>', "names 'b'"),
        ('<p id="a">x</p>', '<a href="#b">x</a>', "leads to #b"),
        ('<p id="a">x</p>', '<p style="color:red">x</p>', "a style"),
        ('<p id="a">x</p>', '<p onclick="x()">x</p>', "handler"),
        ('<p id="a">x</p>', '<a href="/check?s=abc">x</a>', "would be printed"),
        ('<p id="a">x</p>', "<script>x</script>", "inline script"),
        ('<p id="a">x</p>', '<a href="y"></a>', "no text"),
        ('<p id="a">x</p>', "<p>x</div>", "not valid HTML"),
        ('<p id="a">x</p>', "<form></form>", "no action"),
        ('<p id="a">x</p>', "<p>{council}</p>", "placeholder"),
        ('<p id="a">x</p>', '<a href="%7Blink%7D">x</a>', "placeholder"),
    ],
)
def test_the_page_checker_finds_a_planted_fault(right: str, wrong: str, fault: str) -> None:
    assert page_faults(GOOD) == []
    assert any(fault in found for found in page_faults(GOOD.replace(right, wrong)))


@pytest.mark.parametrize(
    ("header", "value", "fault"),
    [
        ("Set-Cookie", "a=b", "sets a cookie"),
        ("Vary", "Cookie", "varies by cookie"),
        ("Content-Security-Policy", "default-src 'self'", "too weak"),
        ("Content-Security-Policy", "default-src 'none'; script-src 'unsafe-inline'", "too weak"),
        ("Content-Security-Policy", "default-src 'none'; img-src *", "too weak"),
        ("Cache-Control", "private", "stored"),
        ("Referrer-Policy", "same-origin", "leak"),
        ("Strict-Transport-Security", "max-age=0", "without HTTPS"),
        ("X-Content-Type-Options", "sniff", "sniffed"),
        ("Cross-Origin-Opener-Policy", "same-origin https://checker.example", "reach into it"),
        ("Cross-Origin-Resource-Policy", "https://checker.example", "may use it"),
        ("Permissions-Policy", "camera=(), geolocation", "a camera"),
        ("Permissions-Policy", "camera 'none'", "a camera"),
        ("Permissions-Policy", None, "a camera"),
    ],
)
def test_the_page_checker_finds_a_header_that_is_missing_or_not_as_browsers_read_it(
    app: Flask, header: str, value: str | None, fault: str
) -> None:
    response = FlaskClient(app, Response).get("/kent/blue-badge/en/start")
    assert header_faults(response) == []
    response.headers.pop(header, None)
    if value is not None:
        response.headers[header] = value
    assert [found for found in header_faults(response) if fault not in found] == []
    assert header_faults(response) != []

"""Preview: the checker on another day or at a person's answers, marked on every page, and nowhere that people use."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from app import create_app
from app.checker.preview import preview_query, read_person, write_person
from app.checker.visit import visit
from app.engine.answers import parse_answers
from app.engine.rulebook import Service
from app.settings import ROOT, Settings, SettingsError
from tests.checker.walk import KENT, Screen, follow, walk
from tests.conftest import KEY
from tests.engine.change_of_law import SHORTER_COUNTS, change_law
from tests.engine.people import anybody
from tests.engine.test_outlook import IN_PAIN, RECOVERING
from tests.engine.untranslated import copy_untranslated
from tests.page_client import PageClient, parse

NEW_YEAR = "as_of=2027-01-01"
IN_WORDS = (
    "who=self,age=16_or_over,sight=partially,benefits=none,terminal_illness=no,difficulties=walking,"
    "walking=severe_pain+short_distance,lasting=one_to_three_years"
)


@pytest.fixture(scope="module")
def previewing(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    rules = tmp_path_factory.mktemp("preview") / "rules"
    copy_untranslated(rules)
    change_law(rules, SHORTER_COUNTS)
    app = create_app(Settings(rules=rules, examples=True, preview=True))
    app.test_client_class = PageClient
    return app


@pytest.fixture
def previewer(previewing: Flask) -> PageClient:
    client = previewing.test_client()
    assert isinstance(client, PageClient)
    return client


def marked(screen: Screen) -> bool:
    title = next(screen.root.iter("title")).text or ""
    marks = (
        "Preview: " in title,
        any(each.get("aria-label") == "Preview" for each in screen.root.iter("section")),
        any(each.get("content") == "noindex" for each in screen.root.iter("meta")),
    )
    assert all(marks) or not any(marks[:2])
    return all(marks)


def at(client: PageClient, address: str) -> Screen:
    return follow(client, KENT, client.get(KENT + address))


@pytest.mark.parametrize("page", ["start", "criteria", "check", "privacy"])
def test_every_page_of_a_preview_says_that_it_is_one(previewer: PageClient, page: str) -> None:
    screen = at(previewer, f"{page}?{NEW_YEAR}")
    assert marked(screen)
    assert "this check as it is on 1 January 2027" in screen.html
    assert not marked(at(previewer, page))
    assert marked(follow(previewer, KENT, previewer.get(f"/embed{KENT}{page}?{NEW_YEAR}")))


def test_the_rules_of_the_day_are_shown(previewer: PageClient) -> None:
    assert "have been in force since 1 January 2027" in at(previewer, f"criteria?{NEW_YEAR}").html
    assert "have been in force since 30 August 2019" in at(previewer, "criteria?as_of=2026-12-31").html
    assert "have been in force since 30 August 2019" in at(previewer, "criteria").html


def test_the_day_goes_with_the_whole_check(previewer: PageClient) -> None:
    screen = at(previewer, f"start?{NEW_YEAR}").link("Start now")
    while screen.question is not None:
        assert marked(screen)
        assert marked(screen.send())
        screen = screen.answer(RECOVERING[screen.question])
    assert marked(screen)
    assert marked(screen.link("Change"))
    outcome = screen.send()
    assert (outcome.outcome, marked(outcome)) == ("assessed", True)
    assert "in force since 1 January 2027" in outcome.html
    assert "in force since 1 January 2027" in outcome.link("all the rules in full").html
    assert marked(outcome.link("Start again").link("Start now"))
    assert marked(outcome.back())


def test_links_out_and_within_the_page_do_not_carry_the_day(previewer: PageClient) -> None:
    root = parse(at(previewer, f"check?{NEW_YEAR}&person={IN_WORDS}").html)
    links = [each.get("href", "") for each in root.iter("a")]
    carried = {link for link in links if NEW_YEAR in link}
    assert carried >= {f"start?{NEW_YEAR}", f"criteria?{NEW_YEAR}", f"privacy?{NEW_YEAR}"}
    assert all(not link.startswith(("http", "/", "#")) for link in carried)
    assert all(link.startswith(("http", "/", "#")) for link in set(links) - carried)
    assert "https://www.gov.uk/apply-blue-badge" in links


@pytest.mark.parametrize("page", ["check", "start", "criteria"])
@pytest.mark.parametrize(
    ("query", "outcome"), [("", "unlikely"), ("&as_of=2026-11-21", "unlikely"), (f"&{NEW_YEAR}", "assessed")]
)
def test_a_whole_person_opens_at_the_outcome(previewer: PageClient, page: str, query: str, outcome: str) -> None:
    screen = at(previewer, f"{page}?person={IN_WORDS}{query}")
    assert (screen.outcome, marked(screen)) == (outcome, True)


@pytest.mark.parametrize(
    ("person", "question"),
    [("", "who"), ("who=self", "age"), ("age=16_or_over,who=self", "sight"), ("age=16_or_over", "who"),
     ("who=self,age=16_or_over,sight=no,benefits=pip+dla", "pip_moving_around"),
     ("who=self,age=16_or_over,sight=no,benefits=pip%2Bdla,pip_moving_around=4", "pip_planning_journeys"),
     ("who=self,age=16_or_over,sight=no,benefits=none", "terminal_illness")],
)  # fmt: skip
def test_a_person_opens_at_the_next_question(previewer: PageClient, person: str, question: str) -> None:
    screen = at(previewer, f"check?person={person}")
    assert (screen.question, marked(screen)) == (question, True)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("as_of=", "&#39;&#39; is not a day"),
        ("as_of=tomorrow", "as_of=2027-01-01"),
        ("as_of=2027-02-30", "is not a day"),
        ("as_of=<b>", "&lt;b&gt;"),
        ("as_of=2027-01-01%00", "is not a day"),
        (f"as_of=x&person={IN_WORDS}", "is not a day"),
        ("person=self", "&#39;self&#39; is not an answer"),
        ("person=who=self,who=self", "&#39;who&#39; stands twice"),
        ("person=height=tall", "there is no question"),
        ("person=who=me", "who has no option &#39;me&#39;; it has self"),
        ("person=who=self+someone_else", "who has no option"),
        ("person=benefits=pip+none", "cannot stand beside other options"),
        ("person=<script>=x", "&lt;script&gt;"),
        ("person=who=", "person=who=self,age=under_2"),
    ],
)
@pytest.mark.parametrize("page", ["start", "check"])
def test_a_preview_that_cannot_be_read_says_what_to_write(
    previewer: PageClient, page: str, query: str, said: str
) -> None:
    response = previewer.get(f"{KENT}{page}?{query}")
    assert response.status_code == 400
    assert "This preview cannot be opened" in response.text
    assert said in response.text
    assert marked(Screen(previewer, KENT, response.text, parse(response.text)))


@pytest.mark.parametrize("day", ["2019-08-29", "0001-01-01"])
@pytest.mark.parametrize("page", ["start", "criteria", "check", f"check?person={IN_WORDS}"])
def test_a_day_before_any_law_says_so(previewer: PageClient, day: str, page: str) -> None:
    screen = at(previewer, f"{page}{'&' if '?' in page else '?'}as_of={day}")
    assert "This check has no rules for England on this day" in screen.html
    assert marked(screen)


@pytest.mark.parametrize("page", ["start", "criteria", "check"])
@pytest.mark.parametrize("query", [NEW_YEAR, "as_of=x", f"person={IN_WORDS}", "person=x", "as_of=1&person=2"])
def test_without_the_setting_the_parameters_are_ignored(client: PageClient, page: str, query: str) -> None:
    def seen(address: str) -> str:
        return re.sub(r'value="[^"]+"|\?s=[\w-]+|href="\.\./cy/[^"]*"', "", at(client, address).html)

    assert seen(f"{page}?{query}") == seen(page)
    assert not marked(at(client, f"{page}?{query}"))


@pytest.mark.parametrize(("query", "preview"), [("", False), (f"?{NEW_YEAR}", True), ("?person=who=self", True)])
def test_a_visit_knows_whether_it_is_a_preview(previewing: Flask, query: str, preview: bool) -> None:
    with previewing.test_request_context(f"{KENT}start{query}"):
        previewing.preprocess_request()
        assert visit().preview is preview


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_person_is_read_as_written(service: Service, data: st.DataObject) -> None:
    answers = parse_answers(service.vocabulary, data.draw(anybody(service.vocabulary)))
    known = data.draw(st.sets(st.sampled_from(sorted(answers))))
    some = {question: answers[question] for question in known}
    assert read_person(service.vocabulary, write_person(service.vocabulary, some)) == some


def test_the_query_printed_for_a_person_opens_them(previewer: PageClient) -> None:
    service: Service = previewer.application.extensions["site"].services["blue-badge"]
    answers = parse_answers(service.vocabulary, RECOVERING)
    old, new = (preview_query(service.vocabulary, rules, answers) for rules in service.laws["england"])
    assert new.startswith("?as_of=2027-01-01&person=who=self,age=16_or_over,sight=partially,benefits=none,")
    assert (at(previewer, f"start{old}").outcome, at(previewer, f"start{new}").outcome) == ("unlikely", "assessed")


def test_an_ordinary_check_on_a_previewing_server_is_none(previewer: PageClient) -> None:
    screen = walk(previewer, IN_PAIN)[1]
    assert screen.outcome == "assessed"
    assert not marked(screen)


def why_not_started(environment: Mapping[str, str], patch: pytest.MonkeyPatch) -> str | None:
    """Why a server's application ends its process; None if it does not."""
    for name in (*os.environ, *environment):
        patch.delenv(name, raising=False)
    for name, value in environment.items():
        patch.setenv(name, value)
    try:
        runpy.run_module("app.wsgi")
    except SystemExit as ended:
        return str(ended)
    return None


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"PREVIEW": "1", "STATE_KEYS": KEY}, "PREVIEW=1 is not for a service that people use"),
        ({"PREVIEW": "1", "STATE_KEYS": KEY, "HOST": "127.0.0.1"}, "PREVIEW=1 is not for a service that people use"),
        ({"PREVIEW": "1", "HOST": "0.0.0.0"}, "PREVIEW=1 is for your own machine"),  # noqa: S104 - what is refused
        ({"PREVIEW": "1", "HOST": "192.0.2.1"}, "PREVIEW=1 is for your own machine"),
        ({"PREVIEW": "yes"}, "PREVIEW is 0 or 1"),
        ({"PREVIEW": "0"}, "STATE_KEYS is not set"),
        ({"PREVIEW": "1"}, None),
        ({"PREVIEW": "1", "HOST": "localhost"}, None),
    ],
)
def test_a_server_that_others_can_use_does_not_start_with_previews(
    environment: dict[str, str], said: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = why_not_started(environment, monkeypatch)
    assert told == said if said is None else str(told).startswith(said)


def test_a_server_that_is_refused_ends_with_the_reason() -> None:
    environment = {"PATH": os.environ["PATH"], "PREVIEW": "1", "STATE_KEYS": KEY}
    ended = subprocess.run(
        [sys.executable, "-c", "import app.wsgi"], capture_output=True, text=True, env=environment, cwd=ROOT
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("PREVIEW=1 is not for a service that people use")


def test_keys_and_previews_exclude_each_other_whoever_starts_the_application(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="PREVIEW=1 is not for a service that people use"):
        Settings(state_keys=(KEY,), preview=True)


def test_a_preview_gives_no_receipt(previewer: PageClient) -> None:
    assert "data-receipt" not in at(previewer, f"check?{NEW_YEAR}&person={IN_WORDS}").html

"""What people see of a change of the law that is to come, that comes during their check, or that was a mistake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import create_app
from app.settings import Settings
from tests.checker.walk import KENT, Screen, begin, walk
from tests.conftest import KEY, Clock
from tests.engine.change_of_law import (
    LAW,
    NOTHING,
    PAIN_NO_LONGER_COUNTS,
    REGISTRATION_IS_NOT_ENOUGH,
    SHORTER_COUNTS,
    TARIFF_NO_LONGER_ASKED,
    Change,
    change_law,
    withdraw,
)
from tests.engine.people import RawAnswers
from tests.engine.test_outlook import FORMER_SOLDIER, IN_PAIN, RECOVERING, REGISTERED
from tests.engine.untranslated import copy_untranslated
from tests.page_client import PageClient, text_of

Serve = Callable[[], PageClient]
FIFE = "/fife/blue-badge/en/"
API = "/api/v1/councils/kent/blue-badge/en/check"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy_untranslated(tmp_path / "rules")
    return tmp_path / "rules"


@pytest.fixture
def serve(folder: Path, clock: Clock) -> Serve:
    def start() -> PageClient:
        """The service on the folder as it is now, on the test's clock."""
        app = create_app(Settings(state_keys=(KEY,), rules=folder))
        app.extensions["site"] = replace(app.extensions["site"], now=clock)
        app.test_client_class = PageClient
        client = app.test_client()
        assert isinstance(client, PageClient)
        return client

    return start


def notices(screen: Screen) -> list[str]:
    return [text_of(each) for each in screen.root.iter("section") if each.get("class") == "govuk-inset-text"]


@pytest.mark.parametrize(
    ("change", "person", "outcome", "said"),
    [
        (SHORTER_COUNTS, RECOVERING, "unlikely", [
            "The rules change on 1 January 2027", "lead to another result: You may be able to get a Blue Badge",
            "the answers fit these rules: Great difficulty with walking",
            "Do this check again on or after 1 January 2027",
            "If there is a badge already, ask Kent County Council",
        ]),
        (PAIN_NO_LONGER_COUNTS, IN_PAIN, "assessed", [
            "another result: These answers do not show that you can get a Blue Badge",
            "these rules no longer fit: Great difficulty with walking",
            "You can apply now", "Ask Kent County Council which rules it uses if it has not decided by 1 January 2027",
        ]),
        (TARIFF_NO_LONGER_ASKED, FORMER_SOLDIER, "unlikely", [
            "but it depends on something not settled yet", "because it depends on these rules: Armed Forces",
        ]),
        (REGISTRATION_IS_NOT_ENOUGH, REGISTERED, "automatic", [
            "The rules change on 1 January 2027 The new rules ask about things that this check did not ask",
            "Do this check again on or after 1 January 2027",
        ]),
    ],
)  # fmt: skip
def test_the_outcome_tells_of_a_change_that_matters_to_these_answers(
    folder: Path, serve: Serve, change: Change, person: RawAnswers, outcome: str, said: list[str]
) -> None:
    change_law(folder, change)
    client = serve()
    _, screen = walk(client, person)
    assert screen.outcome == outcome
    [notice] = notices(screen)
    for words in said:
        assert words in notice
    [later] = client.post(API, json={"answers": person}).get_json()["outcome"]["later_rules"]
    assert later["in_force"] == "2027-01-01"
    for words in (later["title"] or "", *later["met"], *later["open"], *later["lost"]):
        assert words in notice


def test_a_program_is_told_to_start_again_when_the_law_changes_during_a_check(
    folder: Path, serve: Serve, clock: Clock
) -> None:
    change_law(folder, SHORTER_COUNTS)
    client = serve()
    before = client.post(API, json={"answers": RECOVERING}).get_json()
    clock.time = datetime(2027, 1, 1, tzinfo=UTC)
    refused = client.post(API, json={"answers": before["answers"], "version": before["rules"]["version"]})
    assert (refused.status_code, refused.get_json()["code"]) == (409, "rules-changed")
    after = client.post(API, json={"answers": before["answers"]}).get_json()
    assert after["rules"]["version"] != before["rules"]["version"]
    assert (before["outcome"]["id"], after["outcome"]["id"]) == ("unlikely", "assessed")


def test_a_helper_is_told_of_the_person_they_help(folder: Path, serve: Serve) -> None:
    change_law(folder, SHORTER_COUNTS)
    [notice] = notices(walk(serve(), {**RECOVERING, "who": "someone_else"})[1])
    assert "They may be able to get a Blue Badge" in notice


@pytest.mark.parametrize(
    ("change", "person", "base"),
    [
        (NOTHING, IN_PAIN, KENT),
        (SHORTER_COUNTS, IN_PAIN, KENT),
        (SHORTER_COUNTS, {**RECOVERING, "former_dla": "no"}, FIFE),
    ],
)
def test_nothing_is_told_where_nothing_changes_for_the_person(
    folder: Path, serve: Serve, change: Change, person: RawAnswers, base: str
) -> None:
    change_law(folder, change)
    screen = walk(serve(), person, base)[1]
    assert screen.outcome
    assert notices(screen) == []
    assert "The rules change" not in screen.html


def test_a_nation_whose_first_law_is_still_to_come_gets_an_honest_page(folder: Path, serve: Serve) -> None:
    change_law(folder)
    (folder / "blue-badge" / LAW).unlink()
    client = serve()
    for page in ("start", "check", "criteria"):
        html = client.get(KENT + page).text
        assert "This check has no rules for England on this day." in html
        assert "https://www.gov.uk/apply-blue-badge" in html


def test_a_check_finishes_under_the_rules_it_began_under_and_a_new_one_has_the_new(
    folder: Path, serve: Serve, clock: Clock
) -> None:
    change_law(folder, SHORTER_COUNTS)
    clock.time = datetime(2026, 12, 31, 23, 50, tzinfo=UTC)
    client = serve()
    screen = begin(client)
    while screen.question != "lasting":
        screen = screen.answer(RECOVERING[screen.question or ""])
    clock.pass_by(minutes=20)
    screen = screen.answer("one_to_three_years").send()
    assert screen.outcome == "unlikely"
    [notice] = notices(screen)
    assert "The rules changed on 1 January 2027" in notice
    assert "This check began before that day" in notice
    assert "You can apply now" not in notice
    again = walk(client, RECOVERING)[1]
    assert again.outcome == "assessed"
    assert notices(again) == []
    assert screen.link("Start again").heading == "Check if you can get a Blue Badge"


def test_a_check_under_rules_since_withdrawn_says_so_and_starts_again(folder: Path, serve: Serve) -> None:
    client = serve()
    screen = begin(client).answer("self")
    [old] = client.application.extensions["site"].services["blue-badge"].laws["england"]
    law = folder / "blue-badge" / LAW
    law.write_text(law.read_text().replace(*PAIN_NO_LONGER_COUNTS))
    withdraw(folder, f"id: pain, nation: england, version: '{old.version}', withdrawn: 2026-11-20", words=["pain"])
    screen = replace(screen, client=serve())
    for after in (screen.answer("16_or_over"), screen.link("Back")):
        [banner] = [
            each for each in after.root.iter("div") if "govuk-notification-banner" in each.get("class", "").split()
        ]
        told = text_of(banner)
        assert "found to be wrong. We stopped using them on 20 November 2026" in told
        assert "pain: ask Kent County Council to look again." in told
        assert "You can start again under the right rules" in told
        assert after.link("Start now").question == "who"


@pytest.mark.parametrize("version", ["", "&version=", "&version=000000000000", "&version=<b>", "&version=abcdef012342"])
def test_a_link_to_a_withdrawal_that_is_none_of_this_nation_shows_none(
    folder: Path, serve: Serve, version: str
) -> None:
    withdraw(folder, "id: x, nation: wales, version: 'abcdef012342', withdrawn: 2026-11-20", words=["x"])
    client = serve()
    response = client.get(f"{KENT}start?because=rules-withdrawn{version}")
    assert response.status_code == 200
    assert "govuk-notification-banner" not in response.text
    told = client.get("/cardiff/blue-badge/en/start?because=rules-withdrawn&version=abcdef012342").text
    assert "x: ask Cardiff Council to look again." in told


def test_the_criteria_page_lists_the_withdrawn_versions_of_its_nation_newest_first(folder: Path, serve: Serve) -> None:
    entries = [
        f"id: {name}, nation: {nation}, version: 'abcdef01234{number}', withdrawn: 2026-11-0{number}"
        for number, (name, nation) in enumerate([("old", "england"), ("new", "england"), ("other", "wales")], start=1)
    ]
    withdraw(folder, *entries, words=["old", "new", "other"])
    client = serve()
    html = client.get(f"{KENT}criteria").text
    first, second = (
        "Version abcdef012342, withdrawn on 2 November 2026",
        "Version abcdef012341, withdrawn on 1 November",
    )
    assert 0 < html.index("Rules that we withdrew") < html.index(first) < html.index(second)
    assert "new: ask Kent County Council to look again." in html
    assert "abcdef012343" not in html
    assert "Rules that we withdrew" not in client.get(f"{FIFE}criteria").text

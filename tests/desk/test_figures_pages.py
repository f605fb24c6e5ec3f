from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, event

from app.desk.access import Role
from app.desk.period import read_period
from app.engine.rulebook import Service
from app.tallies.cell import CHECKS, Family, part
from tests.conftest import TODAY, Clock
from tests.desk.conftest import Staff
from tests.desk.desk_client import DeskClient
from tests.desk.figures_page import CHART, KINDS, table, tables
from tests.desk.tallied import DLA, Tallied
from tests.page_client import parse, text_of


def said(bounds: tuple[int, int]) -> str:
    low, high = bounds
    if low == high:
        return f"{low:,}"
    return f"{low:,} to {high:,}" if low else f"{high:,} or fewer"


def test_figures_are_what_the_rule_makes_of_the_counts(manager: DeskClient, tallied: Tallied) -> None:
    page = manager.get("/desk/northfold/figures?period=quarter").text
    period = read_period("quarter", TODAY)

    def expected(family: Family, *keys: str) -> tuple[str, str]:
        now, before = (tallied.bounds(["northfold"], each, family, keys) for each in (period.months, period.before))
        return said(now), said(before)

    wanted = {
        ("checks", "Checks begun"): expected(Family.BEGUN, CHECKS),
        ("checks", "Checks finished"): expected(Family.FINISHED, CHECKS),
        ("outcomes", "They may be able to get a Blue Badge"): expected(Family.OUTCOME, "assessed"),
        ("outcomes", "They may be able to get a Blue Badge by a fast track"): expected(Family.OUTCOME, "special_route"),
        ("criteria_met", "DLA with the higher rate for mobility"): expected(Family.CRITERION, part(DLA, "met")),
        ("criteria_open", "DLA with the higher rate for mobility"): expected(Family.CRITERION, part(DLA, "open")),
        ("time", "2 minutes to under 5"): expected(Family.TIME, "from_2"),
        ("languages_begun", "English"): expected(Family.BEGUN_LANGUAGE, "en"),
        ("languages_begun", "Cymraeg"): expected(Family.BEGUN_LANGUAGE, "cy"),
        ("channels_begun", "The council’s page here"): expected(Family.BEGUN_CHANNEL, "own"),
        ("channels_finished", "On the phone, with staff"): expected(Family.CHANNEL, "phone"),
    }
    for (section, name), (now, before) in wanted.items():
        cells = table(page, section)[name]
        assert re.fullmatch(rf"{now}( \d+%( to \d+%)?)?", cells[0]), (section, name, cells)
        assert cells[1] == before


def test_what_was_sent_for_each_question(manager: DeskClient, tallied: Tallied) -> None:
    page = manager.get("/desk/northfold/questions").text
    age, who = "How old is the person you are checking for?", "Who are you checking for?"
    assert table(page, "reached")[age][0] == "210"
    assert table(page, "answered")[age][0] == "180"
    assert table(page, "left")[age][0] == "30 14% of 210"
    assert table(page, "refused")[age][0] == "15 8% of 195"
    assert table(page, "unsure")["Are they blind or sight impaired?"][0] == "20 12% of 170"
    assert who in table(page, "answered")
    assert who not in table(page, "reached")
    assert who not in table(page, "left")
    assert who not in table(page, "unsure")
    assert "count what was sent, not people" in text_of(parse(page))


@pytest.mark.parametrize("period", ["month", "quarter", "year", "all", "2026-09"])
@KINDS
def test_every_section_says_its_number_and_its_period(
    kind: str, period: str, manager: DeskClient, tallied: Tallied
) -> None:
    assert tallied.counts
    page = manager.get(f"/desk/northfold/{kind}?period={period}").text
    found = tables(page)
    assert len(found) == (11 if kind == "figures" else 6)
    for section in found.values():
        heading, caption = section.find("h2"), section.find(".//caption")
        assert heading is not None
        assert caption is not None
        assert re.fullmatch(
            rf"{re.escape(text_of(heading))}, \w+ 202\d( to \w+ 202\d)? ?"
            r"n( = [\d,]+( to [\d,]+| or fewer)?|, in each row:) .+",
            text_of(caption),
        ), text_of(caption)
        columns = [each.get("scope") for each in section.findall(".//thead//th")]
        assert columns in (["col"] * 2, ["col"] * 3)


def test_every_chart_is_named_and_stands_by_its_table(manager: DeskClient, tallied: Tallied) -> None:
    assert tallied.counts
    found = tables(manager.get("/desk/northfold/figures").text)
    outcomes = found["outcomes"].find(CHART)
    assert outcomes is not None
    most = "They should be able to get a Blue Badge without a further assessment"
    assert outcomes.get("aria-label") == f"What people were told, October 2026. The most: {most}, 65."
    months = found["months"].find(CHART)
    assert months is not None
    name = "Month by month: Checks begun, November 2025 to October 2026. The most was in October 2026: 225."
    assert months.get("aria-label") == name


def test_criteria_stand_under_their_route_with_their_source(
    manager: DeskClient, tallied: Tallied, service: Service
) -> None:
    assert tallied.counts
    section = tables(manager.get("/desk/northfold/figures").text)["criteria_met"]
    groups = [text_of(each) for each in section.findall(".//th[@scope='rowgroup']")]
    assert groups == [route.title for route in service.words["en"].routes.values()]
    link = section.find(".//th[@scope='row']/a")
    assert link is not None
    assert str(link.get("href")).startswith("https://www.legislation.gov.uk/")
    assert len(section.findall(".//th[@scope='row']")) == len(service.laws["england"][-1].criteria)


@pytest.mark.parametrize(
    ("series", "heading", "october"),
    [
        ("begun", "Checks begun", "225"),
        ("finished", "Checks finished", "155"),
        ("assessed", "They may be able to get a Blue Badge", "50"),
        ("special_route", "They may be able to get a Blue Badge by a fast track", "7 or fewer"),
    ],
)
def test_one_thing_is_shown_month_by_month(
    series: str, heading: str, october: str, manager: DeskClient, tallied: Tallied
) -> None:
    assert tallied.counts
    page = manager.get(f"/desk/northfold/figures?series={series}").text
    assert f"Month by month: {heading}" in page
    rows = table(page, "months")
    assert len(rows) == 12
    assert rows["October 2026"] == [october]
    assert rows["November 2025"] == ["7 or fewer"]


@pytest.mark.parametrize("place", ["northfold", "national"])
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("period=2026-11", ("The figures for November 2026 are not here yet", "from 2 December 2026")),
        ("period=2030-01", ("The figures for January 2030 are not here yet", "from 2 February 2030")),
        ("period=2020-01", ("There are no figures for this", "kept for 36 months")),
        ("period=soon", ("There are no figures for this", "Choose a period on the page")),
        ("period=", ("There are no figures for this", "Choose a period on the page")),
        ("series=secret", ("There are no figures for this", "Choose a period on the page")),
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(
    query: str, expected: tuple[str, ...], place: str, staff: Staff
) -> None:
    client = staff.signed_in(Role.NATIONAL if place == "national" else Role.MANAGER)
    before = staff.log()
    for form in ("", ".csv", ".ods", ".json", ".csv-metadata.json"):
        answer = client.get(f"/desk/{place}/figures{form}?{query}")
        assert answer.status_code == 404
        text = text_of(parse(answer.text))
        assert all(each in text for each in expected)
        assert f'href="/desk/{place}/figures"' in answer.text
    assert staff.log() == before


@pytest.mark.parametrize("path", ["/desk/nowhere/figures", "/desk/kent/figures", "/desk/kent/questions.csv"])
def test_no_other_council_is_there(path: str, manager: DeskClient) -> None:
    assert manager.get(path).status_code == 404


def test_an_unknown_nation_is_not_there(national: DeskClient) -> None:
    assert national.get("/desk/national/figures?nation=narnia").status_code == 404


@KINDS
@pytest.mark.parametrize("period", ["month", "all"])
def test_a_database_with_nothing_in_it_hides_everything(kind: str, period: str, staff: Staff) -> None:
    page = staff.signed_in(Role.VIEWER).get(f"/desk/northfold/{kind}?period={period}").text
    for section, content in tables(page).items():
        assert content.find(CHART) is None
        for cells in table(page, section).values():
            assert all(re.fullmatch(r"[\d,]+ or fewer( of [\d,]+ or fewer)?", cell) for cell in cells), cells


def test_what_the_rules_no_longer_have_is_shown_under_its_id(manager: DeskClient, tallied: Tallied) -> None:
    counts = {
        (Family.CRITERION, part("ENG-OLD-RULE", "met")): 20,
        (Family.CRITERION, part("ENG-OLD-RARE", "met")): 3,
        (Family.OUTCOME, "maybe"): 15,
        (Family.EVIDENCE, "old_letter"): 25,
        (Family.QUESTION, part("old_question", "answered")): 30,
    }
    tallied.add("northfold", "2026-10", counts)
    page = manager.get("/desk/northfold/figures").text
    assert table(page, "criteria_met")["ENG-OLD-RULE"] == ["20 13%", "7 or fewer"]
    assert table(page, "evidence")["old_letter"][0].startswith("25")
    assert table(page, "outcomes")["maybe"][0].startswith("15")
    assert table(page, "checks")["Checks finished"][0].startswith("155")
    assert "ENG-OLD-RARE" not in page
    assert [text_of(each) for each in parse(page).iter("th")].count("No longer in the rules") == 4
    questions = manager.get("/desk/northfold/questions").text
    assert table(questions, "answered")["old_question"][0] == "30"


def test_a_council_that_ended_keeps_its_months(staff: Staff, clock: Clock, tallied: Tallied) -> None:
    tallied.add("surrey", "2027-03", {(Family.BEGUN, CHECKS): 40})
    clock.time = datetime(2027, 5, 20, 12, tzinfo=UTC)
    page = staff.signed_in(Role.VIEWER, "surrey").get("/desk/surrey/figures?period=2027-03").text
    assert "gives out no badges now" in page
    assert table(page, "checks")["Checks begun"][0] == "40"


def test_councils_together_are_the_sum_of_what_is_shown_of_each(national: DeskClient, tallied: Tallied) -> None:
    tallied.add("cardiff", "2026-10", {(Family.BEGUN, CHECKS): 31, (Family.OUTCOME, "assessed"): 12})
    tallied.add("swansea", "2026-10", {(Family.BEGUN, CHECKS): 5})
    page = national.get("/desk/national/figures?nation=wales").text
    councils = 22
    assert f"Of {councils} councils, 1 had more than 7 checks begun in some month." in page
    assert table(page, "checks")["Checks begun"][0] == said((30, 30 + 7 * (councils - 1)))
    assert "Figures: Wales" in page
    whole = national.get("/desk/national/figures").text
    assert re.search(r"Of 20\d councils, 2 had more than 7 checks begun in some month\.", whole)
    assert table(whole, "checks")["Checks begun"][0].startswith("255 to ")  # Kent and Cardiff, not invented Northfold


@KINDS
def test_no_council_is_named_where_they_are_together(kind: str, national: DeskClient, tallied: Tallied) -> None:
    assert tallied.counts
    for nation in ("", "england"):
        page = national.get(f"/desk/national/{kind}?nation={nation}&period=quarter").text
        assert "Kent" not in page
        assert "Northfold" not in page


def test_nations_together_show_what_they_share(national: DeskClient, tallied: Tallied) -> None:
    assert tallied.counts
    figures = national.get("/desk/national/figures").text
    assert "criteria_met" not in tables(figures)
    assert "Each nation has its own rules" in figures
    assert "criteria_met" in tables(national.get("/desk/national/figures?nation=scotland").text)
    questions = table(national.get("/desk/national/questions").text, "answered")
    scottish = table(national.get("/desk/national/questions?nation=scotland").text, "answered")
    assert questions.keys() < scottish.keys()


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        (Role.VIEWER, "/desk/northfold/figures", 200),
        (Role.VIEWER, "/desk/northfold/questions", 200),
        (Role.VIEWER, "/desk/northfold/figures.csv", 403),
        (Role.VIEWER, "/desk/northfold/questions.csv-metadata.json", 403),
        (Role.VIEWER, "/desk/national/figures", 403),
        (Role.ASSESSOR, "/desk/northfold/questions.ods", 200),
        (Role.MANAGER, "/desk/national/figures.csv", 403),
        (Role.MANAGER, "/desk/national/questions", 403),
        (Role.NATIONAL, "/desk/national/questions.json", 200),
        (Role.NATIONAL, "/desk/national/figures", 200),
        (Role.NATIONAL, "/desk/northfold/figures", 404),
        (None, "/desk/northfold/figures", 303),
        (None, "/desk/national/figures.csv", 303),
        (None, "/desk/figures.schema.json", 200),
    ],
)
def test_who_sees_what(role: Role | None, path: str, status: int, staff: Staff, desk_client: DeskClient) -> None:
    client = staff.signed_in(role) if role else desk_client
    assert client.get(path).status_code == status


@pytest.mark.parametrize(("role", "offered"), [(Role.VIEWER, False), (Role.ASSESSOR, True)])
def test_files_are_offered_to_those_who_may_have_them(role: Role, offered: bool, staff: Staff) -> None:
    page = staff.signed_in(role).get("/desk/northfold/figures?period=year").text
    assert ('href="/desk/northfold/figures.csv?period=year"' in page) is offered


def test_looking_and_taking_away_are_noted(staff: Staff) -> None:
    staff.signed_in(Role.MANAGER).get("/desk/northfold/figures?period=quarter")
    staff.signed_in(Role.ASSESSOR, name="Bea Example").get("/desk/northfold/questions.ods")
    staff.signed_in(Role.NATIONAL, name="Cy Example").get("/desk/national/figures.json?nation=wales")
    noted = [entry for entry in staff.log() if entry[2] in ("looked", "exported")]
    assert noted == [
        ("Ada Example", "northfold", "looked", "northfold-figures-2026-08-to-2026-10"),
        ("Bea Example", "northfold", "exported", "northfold-questions-2026-10.ods"),
        ("Cy Example", "national", "exported", "national-wales-figures-2026-10.json"),
    ]


@pytest.fixture
def reads(engine: Engine) -> Iterator[list[str]]:
    """The statements that read tallies."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "FROM tally" in statement or "FROM together" in statement:
            found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


@KINDS
def test_a_council_is_read_with_one_statement(kind: str, manager: DeskClient, reads: list[str]) -> None:
    manager.get(f"/desk/northfold/{kind}?period=all")
    assert len(reads) == 1


def test_councils_together_are_counted_once_for_each_month(national: DeskClient, reads: list[str]) -> None:
    national.get("/desk/national/figures?period=quarter")
    reads.clear()
    national.get("/desk/national/figures?period=quarter&series=finished")
    assert len(reads) == 2

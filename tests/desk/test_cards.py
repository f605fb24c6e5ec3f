"""Cards, examples and receipts: who may see them, what they say, and where nothing of them is left."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import Engine, MetaData, select

from app.checker.site import Site
from app.desk.access import Role
from app.desk.card import card_of
from app.desk.case import Case, case_of
from app.desk.examples import examples
from app.desk.letter import plain
from app.desk.others import others
from app.engine.decision import decide, outcome_ids
from app.engine.formula import Value
from app.engine.rulebook import Service
from app.engine.rules import Rules
from tests.conftest import TODAY
from tests.desk.conftest import Staff, new_client
from tests.desk.desk_client import address_of

NATIONS = {
    "england": "northfold",
    "wales": "aberwennol",
    "scotland": "strathorran",
    "northern_ireland": "lough-fenn",
}


def rules_of(service: Service, nation: str) -> Rules:
    found = service.rules(nation, TODAY)
    assert found is not None
    return found


def one_of_each_outcome(rules: Rules) -> dict[str, Case]:
    found: dict[str, Case] = {}
    for case in examples(rules).cases.values():
        found.setdefault(case.decision(rules).outcome, case)
    return found


def an_example(service: Service) -> Case:
    return next(iter(examples(rules_of(service, "england")).cases.values()))


@pytest.mark.parametrize("page", ["examples", "examples/rule/{rule}", "examples/{id}", "receipt"])
@pytest.mark.parametrize(
    ("role", "place", "status"),
    [
        (Role.MANAGER, "northfold", 200),
        (Role.ASSESSOR, "northfold", 200),
        (Role.VIEWER, "northfold", 403),
        (Role.ASSESSOR, "kent", 404),
        (Role.ASSESSOR, "nowhere", 404),
        (Role.ASSESSOR, "national", 403),
        (Role.NATIONAL, "northfold", 404),
        (Role.NATIONAL, "national", 403),
    ],
)
def test_those_who_review_in_their_own_council_alone_may_look(
    staff: Staff, service: Service, page: str, role: Role, place: str, status: int
) -> None:
    rule = rules_of(service, "england").criteria[0].id
    address = f"/desk/{place}/{page.format(id=an_example(service).id, rule=rule)}"
    assert staff.signed_in(role).get(address).status_code == status
    assert address_of(new_client(staff.app).get(address)) == "https://checker.example/desk/"


@pytest.mark.parametrize(
    ("role", "place", "status"),
    [(Role.VIEWER, "northfold", 403), (Role.ASSESSOR, "kent", 404), (Role.NATIONAL, "northfold", 404)],
)
def test_nobody_else_can_send_a_code(staff: Staff, role: Role, place: str, status: int) -> None:
    client = staff.signed_in(role)
    answer = client.send(f"/desk/{place}/receipt", page="/desk/", code="x")
    assert answer.status_code == status
    assert "receipt_opened" not in {action for _, _, action, _ in staff.log()}


@pytest.mark.parametrize("nation", NATIONS)
def test_everybody_in_the_list_has_a_card_that_says_what_is_decided(
    staff: Staff, service: Service, nation: str
) -> None:
    rules, place = rules_of(service, nation), NATIONS[nation]
    client = staff.signed_in(Role.ASSESSOR, place)
    rows = client.get(f"/desk/{place}/examples").text.split("<li id=")[1:]
    assert len(rows) == len(rules.criteria)
    listed = set()
    for row, about in zip(rows, examples(rules).by_criterion, strict=True):
        address = f"/desk/{place}/examples/rule/{about.criterion.id}"
        assert row.startswith(f'"{about.criterion.id}"><a class="govuk-link" href="{address}">')
        assert f"Examples: {len(about.people)}<" in row
        page = client.get(address).text
        assert len(re.findall(r'<li id="person-\d+">', page)) == len(about.people)
        assert set(re.findall(r'href="#(person-\d+)"', page)) <= set(re.findall(r'id="(person-\d+)"', page))
        listed |= set(re.findall(rf'/desk/{place}/examples/([0-9a-f]{{16}})"', page))
    assert listed == set(examples(rules).cases)
    cases = one_of_each_outcome(rules)
    assert set(cases) == set(outcome_ids(rules))
    for outcome, case in cases.items():
        page = client.get(f"/desk/{place}/examples/{case.id}").text
        assert f'data-card="{case.id}" data-outcome="{outcome}"' in page
        assert rules.version in page
        for reason in (*case.decision(rules).because, *case.decision(rules).open, *case.decision(rules).considered):
            assert html.escape(service.words["en"].criteria[reason.criterion.id].name) in page
            for source in reason.criterion.sources:
                assert f'href="{html.escape(source.url)}"' in page


def test_no_two_people_of_a_rule_are_told_alike(staff: Staff, service: Service) -> None:
    client = staff.signed_in(Role.ASSESSOR)
    for about in examples(rules_of(service, "england")).by_criterion:
        page = client.get(f"/desk/northfold/examples/rule/{about.criterion.id}").text
        people = [text.partition("</a>:")[2].partition("</li>")[0] for text in page.split('<li id="person-')[1:]]
        assert len({*people}) == len(people) == len(about.people)


@pytest.mark.parametrize("nation", NATIONS)
def test_every_criterion_has_somebody_who_meets_it_and_somebody_who_misses_it(service: Service, nation: str) -> None:
    rules = rules_of(service, nation)
    told = {about.criterion.id: {each.way for each in about.people} for about in examples(rules).by_criterion}
    assert set(told) == {criterion.id for criterion in rules.criteria}
    assert all({"met", "missed"} <= ways for ways in told.values())
    assert any("open" in ways for ways in told.values())


def test_examples_are_found_once_for_a_version(england: Rules) -> None:
    assert examples(england) is examples(england)


@pytest.mark.parametrize("case_id", ["0" * 16, "x", "%3Cb%3Ebold", "rule/ENG-NO-SUCH", "rule/%3Cb%3Ebold"])
def test_who_is_not_of_the_rules_in_force_is_not_there(staff: Staff, case_id: str) -> None:
    answer = staff.signed_in(Role.ASSESSOR).get(f"/desk/northfold/examples/{case_id}")
    assert answer.status_code == 404
    assert "There is no such example" in answer.text
    assert "<b>bold" not in answer.text


def test_a_version_that_is_gone_takes_its_examples_along(
    staff: Staff, desk_app: Flask, service: Service, england: Rules
) -> None:
    old = an_example(service)
    new = replace(england, version="0123456789ab")
    laws = {**service.laws, "england": (new,)}
    site: Site = desk_app.extensions["site"]
    desk_app.extensions["site"] = replace(site, services={"blue-badge": replace(service, laws=laws)})
    try:
        client = staff.signed_in(Role.ASSESSOR)
        assert client.get(f"/desk/northfold/examples/{old.id}").status_code == 404
        again = replace(old, version=new.version)
        assert client.get(f"/desk/northfold/examples/{again.id}").status_code == 200
    finally:
        desk_app.extensions["site"] = site


@pytest.mark.parametrize("nation", NATIONS)
def test_each_other_outcome_is_that_of_the_answers_with_that_one_changed(service: Service, nation: str) -> None:
    rules = rules_of(service, nation)
    seen = 0
    for case in one_of_each_outcome(rules).values():
        decision = case.decision(rules)
        for other in others(rules, decision):
            ticked = case.answers[other.question]
            if rules.question(other.question).many:
                after = ticked | {other.option} if other.ticked else ticked - {other.option}
            else:
                after = frozenset({other.option})
            if other.outcome is not None:
                changed = decide(rules, {**case.answers, other.question: after})
                assert changed.outcome == other.outcome != decision.outcome
                assert Value.MET not in changed.journey.remainder.impossible
                seen += 1
    assert seen > 5


@pytest.mark.parametrize("nation", NATIONS)
def test_a_letter_names_each_rule_and_says_how_to_challenge_in_the_councils_languages(
    desk_app: Flask, service: Service, nation: str
) -> None:
    rules, place = rules_of(service, nation), NATIONS[nation]
    with desk_app.app_context():
        council = desk_app.extensions["councils"].known(place)
        for case in one_of_each_outcome(rules).values():
            decision, card = case.decision(rules), card_of(rules, case, place)
            assert tuple(draft.language for draft in card.drafts) == council.languages
            for draft in card.drafts:
                words = service.words[draft.language]
                shown = (*decision.because, *decision.also_met, *decision.open, *decision.considered)
                assert shown
                assert all(words.criteria[reason.criterion.id].name in draft.text for reason in shown)
                assert council.name(draft.language) in draft.text
                assert "ombwd" in draft.text.lower() or "ombudsman" in draft.text.lower()
                assert not re.search(r"\{\w+\}|\*\*|\]\(", draft.text)


def test_a_letter_is_in_the_languages_that_the_council_has(staff: Staff, service: Service) -> None:
    for place, welsh in (("aberwennol", True), ("northfold", None)):
        council = staff.app.extensions["councils"].known(place)
        nation = council.nation
        case = next(iter(examples(rules_of(service, nation)).cases.values()))
        page = staff.signed_in(Role.ASSESSOR, place).get(f"/desk/{place}/examples/{case.id}").text
        assert ('id="letter-cy"' in page) is ("cy" in council.languages if welsh is None else welsh)
        letters = re.findall(r'<textarea[^>]* id="letter-[^>]*>', page)
        assert len(letters) == len(council.languages)
        assert not any("readonly" in letter or "disabled" in letter for letter in letters)
        assert 'id="letter' not in "".join(re.findall(r"<form.*?</form>", page, re.DOTALL))  # so it is sent nowhere


def test_a_letter_says_what_would_change_it(desk_app: Flask, england: Rules) -> None:
    said = {
        "unlikely": ("What would change this:", "did not turn on any one answer"),
        "depends": ("You can find out or do this:",),
    }
    with desk_app.app_context():
        for case in examples(england).cases.values():
            outcome = case.decision(england).outcome
            [english, *_] = card_of(england, case, "northfold").drafts
            assert any(each in english.text for each in said.get(outcome, ("Tell us if any of them change",)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ask {council} for **it**.", "Ask <Kent> for it."),
        ("[a page](https://a.example/x) here", "a page (https://a.example/x) here"),
        ("one\ntwo", "one two"),
        ("list:\n\n- a\n- b", "list:\n\n- a\n- b"),
        ("{other}", "{other}"),
    ],
)
def test_markdown_becomes_plain_text(text: str, said: str) -> None:
    assert plain(text, council="<Kent>") == said


def test_what_words_hold_is_no_markup_on_a_card(staff: Staff, desk_app: Flask, service: Service) -> None:
    case = an_example(service)
    english = service.words["en"]
    criteria = {key: each.model_copy(update={"name": "<b>x</b>&</textarea>"}) for key, each in english.criteria.items()}
    words = {**service.words, "en": english.model_copy(update={"criteria": criteria})}
    site: Site = desk_app.extensions["site"]
    laws = {"england": (rules_of(service, "england"),)}
    desk_app.extensions["site"] = replace(
        site, services={"blue-badge": replace(service, words=words, laws={**service.laws, **laws})}
    )
    try:
        client = staff.signed_in(Role.ASSESSOR)
        rule = rules_of(service, "england").criteria[0].id
        for page in ("examples", f"examples/rule/{rule}", f"examples/{case.id}"):
            assert "<b>x" not in client.get(f"/desk/northfold/{page}").text
    finally:
        desk_app.extensions["site"] = site


def everywhere(engine: Engine) -> Iterator[str]:
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        for table in tables.sorted_tables:
            for row in connection.execute(select(table)):
                yield from map(str, row)


def a_receipt(app: Flask, rules: Rules, case: Case) -> str:
    site: Site = app.extensions["site"]
    return site.receipts.issue(rules, case.answers, TODAY)


@pytest.mark.parametrize("nation", NATIONS)
def test_a_code_opens_to_its_card_and_leaves_nothing_behind(
    staff: Staff, desk_app: Flask, engine: Engine, service: Service, nation: str, caplog: pytest.LogCaptureFixture
) -> None:
    rules = rules_of(service, nation)
    client = staff.signed_in(Role.ASSESSOR)
    log = logging.getLogger("checker.requests")
    log.addHandler(caplog.handler)
    caplog.set_level(logging.DEBUG)
    try:
        for outcome, case in one_of_each_outcome(rules).items():
            code = a_receipt(desk_app, rules, case)
            answer = client.send("/desk/northfold/receipt", code=code.lower())
            assert answer.status_code == 200
            assert answer.headers["Cache-Control"] == "no-store"
            assert f'data-outcome="{outcome}"' in answer.text
            assert "Issued on 21 November 2026" in answer.text
            assert code not in answer.text.upper()
            kept = "\n".join([*everywhere(engine), caplog.text]).upper()
            assert "RECEIPT_OPENED" in kept
            assert "/DESK/<COUNCIL>/RECEIPT" in kept
            for trace in (code, code.replace("-", ""), case.id.upper()):
                assert trace not in kept
    finally:
        log.removeHandler(caplog.handler)
    assert staff.log()[-1] == ("Ada Example", "northfold", "receipt_opened", "")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda _: "", "Enter the code"),
        (lambda code: f"{code[:5]}U{code[6:]}", "group 2 has"),
        (lambda code: code[:-1], "look at group 5"),
        (lambda code: code[:-1] + ("0" if code[-1] != "0" else "1"), "a character is wrong"),
        (lambda _: "0" * 20, "Nothing here opens this code"),
        (lambda _: "<script>alert(1)</script>", "group 1 has"),
    ],
)
def test_a_code_with_a_slip_says_where_it_is(
    staff: Staff, desk_app: Flask, service: Service, england: Rules, change: object, said: str
) -> None:
    assert callable(change)
    code = change(a_receipt(desk_app, rules_of(service, "england"), an_example(service)))
    answer = staff.signed_in(Role.ASSESSOR).send("/desk/northfold/receipt", code=code)
    assert answer.status_code == 422
    assert said in answer.text
    assert "<script>alert" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert staff.log()[-1][2] != "receipt_opened"


def test_a_code_that_is_too_old_says_so(staff: Staff, desk_app: Flask, service: Service) -> None:
    code = a_receipt(desk_app, rules_of(service, "england"), an_example(service))
    staff.clock.pass_by(days=367)
    answer = staff.signed_in(Role.ASSESSOR).send("/desk/northfold/receipt", code=code)
    assert answer.status_code == 422
    assert "opens for 12 months" in answer.text


def test_without_keys_no_code_is_asked_for(staff: Staff, desk_app: Flask) -> None:
    settings = desk_app.extensions["settings"]
    desk_app.extensions["settings"] = replace(settings, receipt_keys=())
    try:
        client = staff.signed_in(Role.ASSESSOR)
        page = client.get("/desk/northfold/receipt").text
        assert "has no keys" in page
        assert 'name="code"' not in page
        assert client.send("/desk/northfold/receipt", code="x").status_code == 503
    finally:
        desk_app.extensions["settings"] = settings


def test_a_case_of_a_decision_is_the_example(england: Rules) -> None:
    for case in one_of_each_outcome(england).values():
        assert case_of(england, case.decision(england)) == case

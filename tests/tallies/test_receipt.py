from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import create_app
from app.engine.answers import Answers, parse_answers
from app.engine.decision import decide
from app.engine.formula import Value
from app.engine.path_number import paths
from app.engine.problem import LoadError
from app.engine.rulebook import Service
from app.engine.rules import Rules
from app.settings import Settings
from app.tallies import receipt as receipt_module
from app.tallies.readable_code import read_code, write_code
from app.tallies.receipt import Receipt, ReceiptError, Receipts
from tests.engine.people import made_up_people
from tests.tallies.parish import PARISH, QUESTIONS, parish_rules

KEY = urlsafe_b64encode(bytes(range(32))).decode()
OTHER_KEY = urlsafe_b64encode(bytes(range(1, 33))).decode()
DAY = date(2026, 11, 21)
CARER: dict[str, frozenset[str]] = {
    "age": frozenset({"unsaid"}),
    "carer": frozenset({"yes"}),
    "help": frozenset({"wheels", "stairs"}),
    "distance": frozenset({"near"}),
}


def refusal(receipts: Receipts, code: str, today: date = DAY) -> ReceiptError:
    with pytest.raises(ReceiptError) as caught:
        receipts.open(code, today)
    return caught.value


@pytest.fixture
def receipts() -> Receipts:
    return Receipts((KEY,), (PARISH,))


# The number of each of these people, and the code that each was given on a day.
GOLDEN: list[tuple[int, dict[str, set[str]], date, str]] = [
    (0, {"age": {"young"}, "carer": {"yes"}, "help": set(), "distance": {"near"}}, DAY, "PZ1C-00YC-J3GQ-59N9-3W04"),
    (
        21,
        {"age": {"young"}, "carer": {"no"}, "help": {"stairs", "wheels"}, "distance": {"far"}},
        DAY,
        "B393-NRBK-2PGP-05Y5-8SD8",
    ),
    (
        32,
        {"age": {"old"}, "help": {"stairs"}, "letter": {"no"}, "distance": {"near"}},
        date(2028, 2, 29),
        "CC1J-T2KZ-TPYG-A0SG-1A2X",
    ),
    (
        64,
        {"age": {"unsaid"}, "carer": {"no"}, "help": {"stairs", "school", "wheels"}, "distance": {"far"}},
        DAY,
        "EEEJ-Y67G-9TBN-S20F-ZKAE",
    ),
]


@pytest.mark.parametrize(("number", "person", "day", "code"), GOLDEN)
def test_a_code_once_given_out_stands_for_the_same_person_on_the_same_day(
    receipts: Receipts, number: int, person: dict[str, set[str]], day: date, code: str
) -> None:
    """Where this fails, codes in people's hands would open to somebody else: give receipts a new form then."""
    answers = {question: frozenset(ticked) for question, ticked in person.items()}
    assert paths(PARISH).number(answers) == number
    assert receipts.issue(PARISH, answers, day) == code
    assert receipts.open(code, day) == Receipt(day, PARISH, answers)


@pytest.mark.parametrize("nation", ["england", "wales", "scotland", "northern_ireland"])
def test_what_people_of_every_nation_answered_is_read_back_with_its_outcome(
    services: Mapping[str, Service], nation: str
) -> None:
    service = services["blue-badge"]
    kept = [rules for laws in service.laws.values() for rules in laws]
    rules = service.laws[nation][-1]
    receipts = Receipts((OTHER_KEY, KEY), kept)
    seen: dict[str, Answers] = {}
    for person in made_up_people(service.vocabulary, 200, seed=21):
        decision = decide(rules, parse_answers(service.vocabulary, person))
        code = receipts.issue(rules, decision.journey.answers, DAY)
        opened = receipts.open(code.lower(), DAY)
        assert opened == Receipt(DAY, rules, decision.journey.answers)
        assert decide(opened.rules, opened.answers) == decision
        assert seen.setdefault(code, decision.journey.answers) == decision.journey.answers


def test_the_rules_of_every_nation_have_room_in_a_receipt(services: Mapping[str, Service]) -> None:
    kept = [rules for service in services.values() for laws in service.laws.values() for rules in laws]
    Receipts((KEY,), kept).check_room()


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ("hello", "mistyped", "20 letters and digits"),
        ("0000-0000-0000-0000-0001", "mistyped", "compare every group"),
        ("0000-0000-0000-0000-000U", "mistyped", "group 5 has 'U'"),
        ("0000-0000-0000-0000-0000", "foreign", "nothing here opens this code"),
    ],
)
def test_a_code_that_does_not_open_is_told_with_what_to_do(
    receipts: Receipts, typed: str, code: str, said: str
) -> None:
    error = refusal(receipts, typed)
    assert error.code == code
    assert said in str(error)


@settings(max_examples=100, deadline=None)
@given(place=st.integers(0, 18), change=st.integers(1, 31), number=st.integers(0, paths(PARISH).count - 1))
def test_a_character_altered_and_the_check_character_made_right_opens_nothing(
    place: int, change: int, number: int
) -> None:
    receipts = Receipts((KEY,), (PARISH,))
    code = receipts.issue(PARISH, paths(PARISH).answers(number), DAY)
    altered = write_code(read_code(code) ^ change << 5 * place)
    assert refusal(receipts, altered).code == "foreign"


def without_an_option() -> Rules:
    last = QUESTIONS[-1]
    return parish_rules((*QUESTIONS[:-1], replace(last, offers={**last.offers, "unsaid": Value.MET})))


@pytest.mark.parametrize(
    "rules",
    [
        replace(PARISH, service="other"),
        replace(PARISH, nation="other"),
        replace(PARISH, version="0123456789ac"),
        without_an_option(),
    ],
    ids=["service", "nation", "version", "paths"],
)
def test_a_code_opens_only_under_the_rules_that_it_was_made_with(receipts: Receipts, rules: Rules) -> None:
    code = receipts.issue(PARISH, CARER, DAY)
    assert refusal(Receipts((KEY,), (rules,)), code).code == "foreign"
    both = Receipts((KEY,), (rules, PARISH))
    assert both.open(code, DAY).rules is PARISH
    assert both.open(both.issue(rules, CARER, DAY), DAY).rules is rules


def test_keys_rotate_and_a_destroyed_key_opens_nothing(receipts: Receipts) -> None:
    code = receipts.issue(PARISH, CARER, DAY)
    rotated = Receipts((OTHER_KEY, KEY), (PARISH,))
    assert rotated.open(code, DAY).answers == CARER
    assert rotated.issue(PARISH, CARER, DAY) == Receipts((OTHER_KEY,), (PARISH,)).issue(PARISH, CARER, DAY) != code
    assert refusal(Receipts((OTHER_KEY,), (PARISH,)), code).code == "foreign"


@pytest.mark.parametrize(
    ("days", "opens"), [(-1, True), (0, True), (365, True), (366, True), (367, False), (5000, False)]
)
def test_a_code_opens_for_12_months(receipts: Receipts, days: int, opens: bool) -> None:
    code = receipts.issue(PARISH, CARER, DAY)
    today = DAY + timedelta(days=days)
    if opens:
        assert receipts.open(code, today).issued == DAY
    else:
        error = refusal(receipts, code, today)
        assert error.code == "expired"
        assert "this code is of 2026-11-21" in str(error)


@settings(deadline=None)
@given(day=st.dates(date(2026, 1, 1), date(2200, 1, 1)), age=st.integers(0, 366))
def test_days_never_run_out(day: date, age: int) -> None:
    receipts = Receipts((KEY,), (PARISH,))
    assert receipts.open(receipts.issue(PARISH, CARER, day), day + timedelta(days=age)).issued == day


def test_rules_with_more_paths_than_a_receipt_holds_are_named() -> None:
    options = [f"o{number}" for number in range(60)]
    long = replace(QUESTIONS[2], offers=dict.fromkeys(["wheels", "stairs", *options, "nothing"], Value.MET))
    rules = parish_rules((*QUESTIONS[:2], long, *QUESTIONS[3:]))
    with pytest.raises(LoadError, match=r"too-much-to-carry: parish has \d+ paths"):
        Receipts((KEY,), (PARISH, rules)).check_room()


def test_a_server_does_not_start_with_rules_that_have_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipt_module, "MOST_PATHS", 1000)
    with pytest.raises(SystemExit, match="too-much-to-carry"):
        create_app(Settings(), warm=True)
